"""What role definitions amount to: administration, ways to raise one's own rights. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from collectors.azure.ids import name_of
from collectors.azure.rights import Granted, Rights
from collectors.document import Unknown
from collectors.facts.identity import Statement

Item = dict[str, Any]

# Who may do one of these gives any role to anybody, or rewrites a role that they hold. What can be
# had through a managed identity of a resource is not counted: every Contributor could.
CHANGES_OF_RIGHTS = (
    "Microsoft.Authorization/roleAssignmentScheduleRequests/write",
    "Microsoft.Authorization/roleAssignments/write",
    "Microsoft.Authorization/roleDefinitions/write",
    "Microsoft.Authorization/roleEligibilityScheduleRequests/write",
)
# Owner, User Access Administrator, Role Based Access Control Administrator, whose ids are the same
# in all tenants ("Azure built-in roles").
_ADMINISTRATORS = (
    "8e3af657-a8ff-443c-a75c-2fe8c4bcb635",
    "18d7d88d-d35e-4fb5-a5c3-7773c20a72d9",
    "f58310d9-a9f6-439a-9e8d-f62e7b41a168",
)
# Actions that there are not: only patterns that cover everything, all of Authorization, match them.
_ANY_ACTION = "~/~"
_ANY_AUTHORIZATION = "Microsoft.Authorization/~/~"
_CONDITION = Unknown("a condition in the role definition is not evaluated")


def is_custom(role: Item) -> bool:
    """Whether a role definition is the customer's own."""
    return str(role["properties"]["type"]).lower() == "customrole"


def escalation_paths(role: Item) -> list[str] | Unknown:
    """The changes of rights that a role allows, sorted. Unknown where it allows more under a
    condition, which may say which roles are meant."""
    found = _allowed(role, conditional=False)
    return found if found == _allowed(role, conditional=True) else _CONDITION


def full_admin(role: Item) -> bool:
    """Whether a role gives every action, without a condition, in whatever scope it is assigned. One
    that leaves out all changes of rights, as Contributor does, is none."""
    return _covers(role, _ANY_ACTION) and bool(_allowed(role, conditional=False))


def privileged(role: Item) -> bool:
    """Whether a role is for administrators: the built-in ones that hand out roles, and those that
    give everything or all of Microsoft.Authorization, changes of rights included."""
    known = name_of(str(role["id"])).lower() in _ADMINISTRATORS
    changes = _covers(role, _ANY_AUTHORIZATION) and bool(_allowed(role, conditional=False))
    return known or changes


def allows(role: Item, action: str) -> bool:
    """Whether a role allows an action, without a condition, in the scope it is assigned at."""
    return _covers(role, action)


def statements(role: Item) -> list[Statement]:
    """The permissions of a role, those on data included, on its assignable scopes."""
    scopes = [str(one) for one in role["properties"]["assignableScopes"]]
    return [
        Statement(
            effect="allow",
            actions=[*one["actions"], *(one.get("dataActions") or ())],
            not_actions=[*(one.get("notActions") or ()), *(one.get("notDataActions") or ())],
            resources=scopes,
            conditions=[str(one["condition"])] if one.get("condition") else [],
        )
        for one in role["properties"]["permissions"]
    ]


def _allowed(role: Item, *, conditional: bool) -> list[str]:
    return [one for one in CHANGES_OF_RIGHTS if _covers(role, one, conditional=conditional)]


def _covers(role: Item, action: str, *, conditional: bool = False) -> bool:
    permissions: Iterable[Item] = role["properties"]["permissions"]
    return Rights(
        tuple(
            Granted(tuple(one["actions"]), tuple(one.get("notActions") or ()))
            for one in permissions
            if conditional or not one.get("condition")
        )
    ).cover(action)
