"""Role definitions and assignments. Source: template reference, Microsoft.Authorization."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.document import Unknown
from collectors.iac.arm.resource import Resource, Translation, at
from collectors.iac.arm.resources.words import or_
from collectors.iac.blocks import Block

_PARTS = {
    "actions": "actions",
    "notActions": "not_actions",
    "dataActions": "data_actions",
    "notDataActions": "not_data_actions",
}


def definition(resource: Resource) -> Iterator[Block]:
    """A custom role."""
    values = {
        "name": or_(resource.get("roleName"), resource.name),
        "assignable_scopes": resource.get("assignableScopes"),
        "permissions": _permissions(resource.get("permissions")),
    }
    yield resource.block("azurerm_role_definition", values)


def _permissions(value: Any) -> Any:
    if not isinstance(value, list):
        return value
    doubt = next((one for one in value if isinstance(one, Unknown)), None)
    return doubt or [
        {new: found for old, new in _PARTS.items() if (found := at(one, old)) is not None}
        for one in value
    ]


def assignment(resource: Resource) -> Iterator[Block]:
    """An assignment."""
    values = {
        "role_definition_id": resource.get("roleDefinitionId"),
        "principal_id": resource.get("principalId"),
        "principal_type": resource.get("principalType"),
        "condition": resource.get("condition"),
    }
    yield resource.block("azurerm_role_assignment", values)


TRANSLATIONS: dict[str, Translation] = {
    "Microsoft.Authorization/roleAssignments": assignment,
    "*/providers/roleAssignments": assignment,
    "Microsoft.Authorization/roleDefinitions": definition,
}
