"""Roles that every subscription has, as far as their changes of rights go. Source: "Azure built-in
roles", general and privileged, whose ids are the same in all tenants."""

from __future__ import annotations

from msgspec import Struct


class BuiltIn(Struct, frozen=True):
    """A role: its id, what it allows and what it leaves out."""

    id: str
    actions: tuple[str, ...]
    not_actions: tuple[str, ...] = ()


BY_NAME = {
    "owner": BuiltIn("8e3af657-a8ff-443c-a75c-2fe8c4bcb635", ("*",)),
    "contributor": BuiltIn(
        "b24988ac-6180-42a0-ab88-20f7382dd24c",
        ("*",),
        (
            "Microsoft.Authorization/*/Delete",
            "Microsoft.Authorization/*/Write",
            "Microsoft.Authorization/elevateAccess/Action",
        ),
    ),
    "reader": BuiltIn("acdd72a7-3385-48ef-bd42-f606fba81ae7", ("*/read",)),
    "user access administrator": BuiltIn(
        "18d7d88d-d35e-4fb5-a5c3-7773c20a72d9",
        ("*/read", "Microsoft.Authorization/*", "Microsoft.Support/*"),
    ),
    "role based access control administrator": BuiltIn(
        "f58310d9-a9f6-439a-9e8d-f62e7b41a168",
        (
            "Microsoft.Authorization/roleAssignments/write",
            "Microsoft.Authorization/roleAssignments/delete",
            "*/read",
            "Microsoft.Support/*",
        ),
    ),
}
"""By their names in lower case."""
BY_ID = {role.id: role for role in BY_NAME.values()}
