"""Calls that tell who holds which role in the subscription, and in what is above and below it."""

from __future__ import annotations

from collectors.azure.account import Account
from collectors.azure.calls import child
from collectors.azure.ids import name_of
from collectors.azure.role_rights import Item
from collectors.document import Unknown, then

_NOT_LISTED = Unknown("the definition of the role is not visible to this account")
_AUTHORIZATION = "/subscriptions/{subscription}/providers/Microsoft.Authorization"

LIST_ROLES = child(
    "Microsoft.Authorization/roleDefinitions",
    "RoleDefinitions_List",
    f"{_AUTHORIZATION}/roleDefinitions",
    scope="account",
    paged=True,
    # Also those that can be assigned in single resource groups alone.
    query=(("$filter", "atScopeAndBelow()"),),
)
LIST_ASSIGNMENTS = child(
    "Microsoft.Authorization/roleAssignments",
    "RoleAssignments_ListForSubscription",
    f"{_AUTHORIZATION}/roleAssignments",
    scope="account",
    paged=True,
)
LIST_ELIGIBLE = child(
    "Microsoft.Authorization/roleEligibilityScheduleInstances",
    "RoleEligibilityScheduleInstances_ListForScope",
    f"{_AUTHORIZATION}/roleEligibilityScheduleInstances",
    scope="account",
    paged=True,
)


def role_key(id_: str) -> str:
    """What the ids of one role definition have in common, whatever scope they are written for."""
    return name_of(id_).lower()


def roles_by_key(account: Account) -> dict[str, Item] | Unknown:
    """All role definitions that can be assigned in the subscription, built-in ones too."""
    return then(
        account.listed(LIST_ROLES), lambda found: {role_key(str(one["id"])): one for one in found}
    )


def definition_of(roles: dict[str, Item] | Unknown, id_: str) -> Item | Unknown:
    """The definition of a role, by its id in whatever scope, among all by `role_key`."""
    return then(roles, lambda known: known.get(role_key(id_), _NOT_LISTED))


def holders(found: list[Item]) -> dict[str, list[Item]]:
    """Assignments (their properties) of each role."""
    by_role: dict[str, list[Item]] = {}
    for one in found:
        properties = one["properties"]
        by_role.setdefault(role_key(str(properties["roleDefinitionId"])), []).append(properties)
    return by_role
