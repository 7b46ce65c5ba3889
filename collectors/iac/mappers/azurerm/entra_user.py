"""azuread_user: people who sign in with an account of the tenant."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.document import Document, Unknown, then
from collectors.facts.identity import User
from collectors.iac.blocks import Block, Mapping, Project, template_document
from collectors.iac.mappers.azurerm.roles import ASSIGNMENTS
from collectors.iac.mappers.joins import identity, joined, name_of
from collectors.regions import GLOBAL

USER = "azuread_user"

_INVITED = "#EXT#"
_FACTOR = Unknown("the second factor of a user is set after apply: a template does not tell")
_SIGN_IN = Unknown("a template does not tell when the user signs in to Entra ID")
_PASSWORD = Unknown("a template does not tell when the user changes the password in Entra ID")
_GROUPS = Unknown("the groups of a user of Entra ID are not read from templates")
_RIGHTS = Unknown("the roles of a user of Entra ID are not read from templates")
_NO_NAME = Unknown("the template gives no user_principal_name")
_GUEST = Unknown("whether the user is a guest shows after apply")


def map_user(block: Block, project: Project) -> Iterator[Document]:
    """A user, who is enabled unless the template says otherwise (schema of the provider)."""
    facts = User(
        # Every account of the tenant can sign in to the portal of Azure.
        console=True,
        mfa=_FACTOR,
        mfa_kinds=_FACTOR,
        # Entra ID has keys for applications alone.
        keys=[],
        password_last_used=_SIGN_IN,
        password_changed=_PASSWORD,
        groups=_GROUPS,
        direct_policies=_direct(block, project),
        privileged=_RIGHTS,
        escalation_paths=None,
        external=_is_external(block),
        enabled=block.read("account_enabled", bool, default=True),
    )
    yield template_document(
        block,
        project,
        facts,
        provider="azure",
        region=GLOBAL,
        name=name_of(block, "user_principal_name", "display_name"),
        tags={},
    )


def _direct(block: Block, project: Project) -> list[Any]:
    """The roles of Azure that the template gives to the user itself, with a place for others: those
    of the directory, and those of other templates."""
    held = joined(project, block, "principal_id", *ASSIGNMENTS, take=False).blocks
    return [*(_role(one, project) for one in held), _RIGHTS]


def _role(assignment: Block, project: Project) -> Any:
    named = assignment.get("role_definition_name")
    value = named if isinstance(named, str) else assignment.get("role_definition_id")
    return identity(project, value) or Unknown("the assignment names no role")


def _is_external(block: Block) -> bool | Unknown:
    """The provider makes members, who have a password here; guests come by invitation, and only an
    imported one has the name of such."""
    name = block.read("user_principal_name", str, _NO_NAME)
    return then(name, lambda text: _GUEST if _INVITED in text.upper() else False)


MAPPINGS = [Mapping(types=(USER,), facts=User, map=map_user)]
