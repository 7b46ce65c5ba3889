"""azuread_application, azuread_application_registration and azuread_service_principal: programs of
the tenant. As in a live tenant an application and its service principal are one document."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.document import Document, Unknown
from collectors.facts.identity import User
from collectors.iac.blocks import Block, Mapping, PartOf, Project, template_document
from collectors.iac.mappers.azurerm.entra_credentials import (
    APPLICATION,
    OF_APPLICATION,
    OF_PRINCIPAL,
    PRINCIPAL,
    credentials_of,
    joined_by,
)
from collectors.iac.mappers.joins import name_of, target_of
from collectors.logic import Known
from collectors.regions import GLOBAL

REGISTRATION = f"{APPLICATION}_registration"
_APPLICATIONS = (APPLICATION, REGISTRATION)
_NAMES = ("client_id", "application_id")
"""The argument of a service principal that names its application, and what it was called."""

_BY_HAND = Unknown("a secret or certificate of the program may be made by hand after apply")
_ELSEWHERE = Unknown("the application of the service principal is not part of this template")
_NO_PRINCIPAL = Unknown("the service principal of the application is not part of this template")
_RIGHTS = Unknown("roles of Entra ID are not read from templates")
_GROUPS = Unknown("groups of Entra ID are not read from templates")
_TENANT = Unknown("of which tenant the application is shows after apply")


def map_application(block: Block, project: Project) -> Iterator[Document]:
    """An application, with the service principal as which it acts in its tenant."""
    principals = joined_by(project, block, _NAMES, (PRINCIPAL,))
    keys = credentials_of(block, project)
    for one in principals.blocks:
        keys += credentials_of(one, project)
    doubt = principals.doubt
    enabled = _enabled(principals.blocks[0]) if principals.blocks else doubt or _NO_PRINCIPAL
    keys += [doubt] if doubt else []
    yield _document(block, project, keys, external=False, enabled=enabled)


def map_principal(block: Block, project: Project) -> Iterator[Document]:
    """A service principal of an application that the template does not make."""
    named = next((one for one in _NAMES if block.values.get(one) is not None), _NAMES[0])
    if target_of(project, block.get(named), *_APPLICATIONS):
        project.take(block)
        return
    keys = [*credentials_of(block, project), _ELSEWHERE]
    yield _document(block, project, keys, external=_TENANT, enabled=_enabled(block))


def _enabled(principal: Block) -> Known:
    """Enabled unless the template disables it (provider documentation)."""
    return principal.read("account_enabled", bool, default=True)


def _document(
    block: Block, project: Project, keys: list[Any], *, external: Known, enabled: Known
) -> Document:
    facts = User(
        console=False,
        mfa=None,
        mfa_kinds=None,
        keys=keys or _BY_HAND,
        password_last_used=None,
        password_changed=None,
        groups=_GROUPS,
        direct_policies=None,
        privileged=_RIGHTS,
        escalation_paths=None,
        external=external,
        enabled=enabled,
    )
    return template_document(
        block,
        project,
        facts,
        provider="azure",
        region=GLOBAL,
        name=name_of(block, "display_name"),
        # `tags` of a program switch features of Entra ID, and are no tags of Azure.
        tags={},
    )


MAPPINGS = [
    Mapping(
        types=_APPLICATIONS,
        facts=User,
        map=map_application,
        joined=(PRINCIPAL, *OF_APPLICATION, *OF_PRINCIPAL),
    ),
    Mapping(types=(PRINCIPAL,), facts=User, map=map_principal, joined=OF_PRINCIPAL),
]

PART_OF = {
    "azuread_application_certificate": PartOf(
        "azuread_application", ("application_id", "application_object_id")
    ),
    "azuread_application_password": PartOf(
        "azuread_application", ("application_id", "application_object_id")
    ),
    "azuread_service_principal_certificate": PartOf(
        "azuread_service_principal", ("service_principal_id",)
    ),
    "azuread_service_principal_password": PartOf(
        "azuread_service_principal", ("service_principal_id",)
    ),
}
