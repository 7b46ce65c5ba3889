"""Who holds which role, of Azure and of the directory: directly, through a group, or as somebody
who may let himself into a group or act as a program that has it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct, structs

from collectors.azure.account import Account
from collectors.azure.applications import service_principals
from collectors.azure.entra_groups import (
    JOINING_CALLS,
    Members,
    eligible_for,
    members_of,
    owners_of,
)
from collectors.azure.program_owners import PROGRAM_OWNER_CALLS, owners_of_programs
from collectors.azure.role_holdings import (
    ROLE_LIST_CALLS,
    Holding,
    in_directory,
    in_subscription,
)
from collectors.document import Unknown, also

HOLDINGS_CALLS = (*ROLE_LIST_CALLS, *JOINING_CALLS, *PROGRAM_OWNER_CALLS)


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
    found, missing = in_directory(account)
    unread = list(missing)
    for azure, azure_missing in account.map(in_subscription, subscriptions):
        found += azure
        unread += azure_missing
    held: dict[str, list[Holding]] = {}
    for one in found:
        held.setdefault(one.principal, []).append(one)
    groups = {one.principal for one in found if one.kind == "group"}
    programs = {one.principal for one in found if one.kind == "serviceprincipal"}
    members, eligible = members_of(account, groups), eligible_for(account, groups)
    return Holdings(
        held=held,
        members=members,
        eligible=eligible,
        owners=_owners(account, programs, (members, eligible)),
        unread=tuple(unread),
        directory_unread=tuple(missing),
    )


def _owners(account: Account, programs: set[str], inside: tuple[Members, ...]) -> Members:
    """The owners of programs and of groups; those of programs in a group are the group's too."""
    known = service_principals(account)
    ids: Iterable[str] = () if isinstance(known, Unknown) else known
    groups = set(inside[0])
    among = {group: _known(group, inside).intersection(ids) for group in groups}
    of_programs = owners_of_programs(account, programs.union(*among.values()))
    found = {one: of_programs[one] for one in programs}
    for group, own in owners_of(account, groups).items():
        parts = [own, *(of_programs[one] for one in among[group])]
        every = [one for one in parts if not isinstance(one, Unknown)]
        found[group] = also(None, *parts) or frozenset[str]().union(*every)
    return found


def _known(group: str, inside: tuple[Members, ...]) -> set[str]:
    """Who is known to be in a group, or to be able to join it."""
    found: set[str] = set()
    for members in inside:
        one = members[group]
        found |= frozenset() if isinstance(one, Unknown) else one
    return found


def names(holdings: Iterable[Holding]) -> list[str]:
    """The names of roles, once each."""
    return sorted({one.name for one in holdings})
