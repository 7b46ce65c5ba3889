"""azurerm_lighthouse_definition: the roles that principals of another tenant hold, or may activate,
where azurerm_lighthouse_assignment says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

import msgspec

from collectors.azure import role_rights as rights
from collectors.document import Document, Unknown, also, then
from collectors.facts.identity import Role
from collectors.facts.shared import Grant
from collectors.iac.blocks import Block, Mapping, PartOf, Project, nested, template_document
from collectors.iac.mappers.azurerm.roles import definition_of, settled
from collectors.iac.mappers.joins import identity, joined, name_of
from collectors.logic import some
from collectors.regions import GLOBAL

DEFINITION, ASSIGNMENT = "azurerm_lighthouse_definition", "azurerm_lighthouse_assignment"

_NO_SESSION = Unknown("Azure limits sessions in Conditional Access, not by role")
_NO_USE = Unknown("Azure does not tell when a role was last used")
_NO_TENANT = Unknown("the delegation names no managing tenant")
_NO_PRINCIPAL = Unknown("the delegation names no principal")
_NO_ROLE = Unknown("the delegation names no role")


def map_definition(block: Block, project: Project) -> Iterator[Document]:
    """A delegation, whether this template assigns it or another one does."""
    joined(project, block, "lighthouse_definition_id", ASSIGNMENT)
    given = _authorizations(block)
    known = [one for one in given if not isinstance(one, Unknown)]
    doubts = [one for one in given if isinstance(one, Unknown)]
    roles = [definition_of(one, project) for one in known]
    told = [then(one, lambda role: settled(role[1], rights.privileged, role[0])) for one in roles]
    paths = [
        then(one, lambda role: settled(role[1], rights.escalation_paths, role[0])) for one in roles
    ]
    tenant = block.read("managing_tenant_id", str, _NO_TENANT)
    facts = Role(
        trust=cast("Any", [*(_grant(one, tenant, project) for one in known), *doubts]),
        policies=cast("Any", [*(_role(one, project) for one in known), *doubts]),
        privileged=some([*told, *doubts]),
        max_session_minutes=_NO_SESSION,
        last_used=_NO_USE,
        escalation_paths=_together([*paths, *doubts]),
    )
    yield template_document(
        block,
        project,
        facts,
        provider="azure",
        region=GLOBAL,
        name=name_of(block, "name"),
        tags={},
    )


def _authorizations(block: Block) -> list[Block | Unknown]:
    """Each authorization like an assignment of its role."""
    found: list[Block | Unknown] = []
    for argument in ("authorization", "eligible_authorization"):
        written = nested(block.values, argument)
        if isinstance(written, Unknown):
            found.append(written)
        else:
            found += [msgspec.structs.replace(block, values=one) for one in written]
    return found


def _role(authorization: Block, project: Project) -> str | Unknown:
    return identity(project, authorization.get("role_definition_id")) or _NO_ROLE


def _grant(authorization: Block, tenant: str | Unknown, project: Project) -> Grant:
    return Grant(
        principal=identity(project, authorization.get("principal_id")) or _NO_PRINCIPAL,
        account=tenant,
        kind="account",
        actions=cast("Any", [_role(authorization, project)]),
        conditions=[],
        narrows=False,
    )


def _together(paths: list[list[str] | Unknown]) -> list[str] | Unknown:
    doubt = also(None, *paths)
    if doubt:
        return doubt
    return sorted({one for each in paths if not isinstance(each, Unknown) for one in each})


MAPPINGS = [Mapping(types=(DEFINITION,), facts=Role, map=map_definition, joined=(ASSIGNMENT,))]

PART_OF = {
    "azurerm_lighthouse_assignment": PartOf(
        "azurerm_lighthouse_definition", ("lighthouse_definition_id",)
    ),
}
