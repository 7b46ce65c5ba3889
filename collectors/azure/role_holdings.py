"""The roles that principals hold or may activate, as the lists of Azure and of the directory tell
them."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from collectors.azure import entra_roles, role_rights
from collectors.azure.account import Account
from collectors.azure.entra_calls import (
    LIST_DIRECTORY_ELIGIBLE,
    LIST_DIRECTORY_HOLDERS,
    LIST_DIRECTORY_ROLES,
)
from collectors.azure.role_calls import (
    LIST_ASSIGNMENTS,
    LIST_ELIGIBLE,
    LIST_ROLES,
    definition_of,
    role_key,
    roles_by_key,
)
from collectors.document import Unknown, then

Item = dict[str, Any]

ROLE_LIST_CALLS = (
    LIST_ASSIGNMENTS,
    LIST_ELIGIBLE,
    LIST_ROLES,
    LIST_DIRECTORY_HOLDERS,
    LIST_DIRECTORY_ELIGIBLE,
    LIST_DIRECTORY_ROLES,
)

_KINDLESS = Unknown("it is not told whether a user or a group holds a role")
_KINDS = {"user", "group", "serviceprincipal", "device", "foreigngroup"}


class Holding(Struct, frozen=True, kw_only=True):
    """A role that a principal (its id in the directory) holds, or may activate (`eligible`), or
    would hold as a member of a group that it owns, or as a program (`by_owning`, `eligible` too).
    `definition` is the role's as its API writes it; `scope` an ARM id, or one of the directory."""

    principal: str
    kind: str
    role: str
    name: str
    scope: str
    eligible: bool
    of_directory: bool
    definition: Item | Unknown | None
    privileged: bool | Unknown
    by_owning: bool = False


Found = tuple[list[Holding], list[Unknown]]
"""Roles, and which lists of them could not be read."""


def in_subscription(subscription: Account) -> Found:
    """The roles in a subscription, above and below it."""
    roles = roles_by_key(subscription)
    found: list[Holding] = []
    unread: list[Unknown] = []
    for call, eligible in ((LIST_ASSIGNMENTS, False), (LIST_ELIGIBLE, True)):
        listed = subscription.listed(call)
        if isinstance(listed, Unknown):
            unread.append(listed)
        else:
            found += [azure_holding(one["properties"], roles, eligible) for one in listed]
    return found, [*unread, *_kindless(found)]


def azure_holding(held: Item, roles: dict[str, Item] | Unknown, eligible: bool) -> Holding:
    """What an assignment (its properties) or authorization gives, `roles` being all definitions by
    `role_key`."""
    id_ = str(held["roleDefinitionId"])
    definition = definition_of(roles, id_)
    named = {} if isinstance(definition, Unknown) else definition["properties"]
    return Holding(
        principal=str(held["principalId"]),
        kind=str(held.get("principalType")).lower(),
        role=role_key(id_),
        name=str(named.get("roleName") or id_),
        scope=str(held["scope"]),
        eligible=eligible,
        of_directory=False,
        definition=definition,
        privileged=then(definition, role_rights.privileged),
    )


def in_directory(account: Account) -> Found:
    """The roles in the directory."""
    definitions = then(
        account.listed(LIST_DIRECTORY_ROLES),
        lambda listed: {str(one["id"]).lower(): one for one in listed},
    )
    found: list[Holding] = []
    unread: list[Unknown] = []
    for call, eligible in ((LIST_DIRECTORY_HOLDERS, False), (LIST_DIRECTORY_ELIGIBLE, True)):
        listed = account.listed(call)
        if isinstance(listed, Unknown):
            unread.append(listed)
        else:
            found += [_directory(one, definitions, eligible) for one in listed]
    return found, [*unread, *_kindless(found)]


def _kindless(found: list[Holding]) -> list[Unknown]:
    """What is held by who knows whom may be held by a group, and so by anybody."""
    return [_KINDLESS] if any(one.kind not in _KINDS for one in found) else []


def _directory(held: Item, definitions: dict[str, Item] | Unknown, eligible: bool) -> Holding:
    role = str(held["roleDefinitionId"]).lower()
    definition = then(definitions, lambda known: known.get(role))
    kind = str((held.get("principal") or {}).get("@odata.type"))
    return Holding(
        principal=str(held["principalId"]),
        kind=kind.rpartition(".")[2].lower(),
        role=role,
        name=entra_roles.role_name(role, None if isinstance(definition, Unknown) else definition),
        scope=str(held.get("directoryScopeId") or ""),
        eligible=eligible,
        of_directory=True,
        definition=definition,
        privileged=entra_roles.is_privileged(role, definition),
    )
