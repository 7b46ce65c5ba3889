"""Who holds which role, of Azure and of the directory, directly or through a group."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from msgspec import Struct, structs

from collectors.azure import entra_roles, role_rights
from collectors.azure.account import Account
from collectors.azure.entra_calls import (
    LIST_DIRECTORY_ELIGIBLE,
    LIST_DIRECTORY_HOLDERS,
    LIST_DIRECTORY_ROLES,
)
from collectors.azure.entra_groups import (
    JOINING_CALLS,
    Members,
    eligible_for,
    members_of,
    owners_of,
)
from collectors.azure.program_owners import PROGRAM_OWNER_CALLS, owners_of_programs
from collectors.azure.role_calls import (
    LIST_ASSIGNMENTS,
    LIST_ELIGIBLE,
    LIST_ROLES,
    definition_of,
    role_key,
    roles_by_key,
)
from collectors.document import Unknown, also, then

Item = dict[str, Any]

HOLDINGS_CALLS = (
    LIST_ASSIGNMENTS,
    LIST_ELIGIBLE,
    LIST_ROLES,
    LIST_DIRECTORY_HOLDERS,
    LIST_DIRECTORY_ELIGIBLE,
    LIST_DIRECTORY_ROLES,
    *JOINING_CALLS,
    *PROGRAM_OWNER_CALLS,
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


class Holdings(Struct, frozen=True):
    """The roles of all principals. `unread` says which lists of roles could not be read, first
    those of the directory (`directory_unread`). `members` are those of groups with roles,
    `eligible` those who may become members, `owners` those who may make anybody one, and those
    of programs with roles."""

    held: dict[str, list[Holding]]
    members: Members
    eligible: Members
    owners: Members
    unread: tuple[Unknown, ...]
    directory_unread: tuple[Unknown, ...]

    def direct(self, principal: str) -> list[Holding]:
        """The roles that are given to a principal itself."""
        return self.held.get(principal, [])

    def groups(self, principal: str) -> list[str] | Unknown:
        """The groups with roles that a principal is a member of."""
        missing = also(None, *self.members.values())
        return missing or _with(self.members, principal)

    def of(self, principal: str) -> list[Holding]:
        """All known roles of a principal, those of its groups too. What it gets by joining a group
        is to be activated."""
        through, joining, owning = (
            [one for group in _with(among, principal) for one in self.direct(group)]
            for among in self._groups()
        )
        return [
            *self.direct(principal),
            *through,
            *(structs.replace(one, eligible=True) for one in joining),
            *(structs.replace(one, eligible=True, by_owning=True) for one in owning),
        ]

    def doubts(self) -> list[Unknown]:
        """Why a principal could have more roles than are known."""
        groups = [one for among in self._groups() for one in among.values()]
        return [*self.unread, *(one for one in groups if isinstance(one, Unknown))]

    def directory_doubts(self) -> list[Unknown]:
        """Why a principal could have more roles of the directory than are known."""
        groups = [
            among.get(principal)
            for principal, holdings in self.held.items()
            for among in self._groups()
            if any(one.of_directory for one in holdings)
        ]
        return [*self.directory_unread, *(one for one in groups if isinstance(one, Unknown))]

    def principals(self, role: str) -> set[str] | Unknown:
        """Who holds or may activate a role of the directory, members of groups among them."""
        missing = also(None, *self.directory_doubts())
        if missing:
            return missing
        return {
            member
            for principal, holdings in self.held.items()
            if any(one.of_directory and one.role == role for one in holdings)
            for member in self._members(principal)
        }

    def _members(self, principal: str) -> set[str]:
        """The principal itself, or who is in the group that it is, or may be."""
        found: set[str] = set()
        for among in self._groups():
            members = among.get(principal, frozenset((principal,)))
            found |= frozenset() if isinstance(members, Unknown) else members
        return found

    def _groups(self) -> tuple[Members, ...]:
        return (self.members, self.eligible, self.owners)


def _with(members: Members, principal: str) -> list[str]:
    """The groups that a principal is in."""
    return [
        group
        for group, known in sorted(members.items())
        if not isinstance(known, Unknown) and principal in known
    ]


def holdings_in(account: Account, subscriptions: Sequence[Account]) -> Holdings:
    """The roles in subscriptions of one tenant, and in its directory. Worked out once for each
    account and choice of subscriptions."""
    name = "holdings " + " ".join(one.id for one in subscriptions)
    return account.once(name, lambda: _read(account, subscriptions))


def _read(account: Account, subscriptions: Sequence[Account]) -> Holdings:
    found, missing = _of_directory(account)
    unread = list(missing)
    for azure, azure_missing in account.map(_of_azure, subscriptions):
        found += azure
        unread += azure_missing
    held: dict[str, list[Holding]] = {}
    for one in found:
        held.setdefault(one.principal, []).append(one)
    groups = {one.principal for one in found if one.kind == "group"}
    programs = {one.principal for one in found if one.kind == "serviceprincipal"}
    return Holdings(
        held=held,
        members=members_of(account, groups),
        eligible=eligible_for(account, groups),
        owners=owners_of(account, groups) | owners_of_programs(account, programs),
        unread=tuple(unread),
        directory_unread=tuple(missing),
    )


Found = tuple[list[Holding], list[Unknown]]


def _of_azure(subscription: Account) -> Found:
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


def _of_directory(account: Account) -> Found:
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


def names(holdings: Iterable[Holding]) -> list[str]:
    """The names of roles, once each."""
    return sorted({one.name for one in holdings})
