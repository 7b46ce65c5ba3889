"""Members of the groups that roles and policies name, and who may become one. Groups that nothing
names are not read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from collectors.azure.account import Account
from collectors.azure.calls import AzureCall
from collectors.azure.entra_calls import (
    GET_GROUP,
    LIST_GROUP_ELIGIBLE,
    LIST_MEMBERS,
    LIST_OWNERS,
)
from collectors.document import Unknown, also

GROUP_CALLS = (GET_GROUP, LIST_MEMBERS)
JOINING_CALLS = (*GROUP_CALLS, LIST_GROUP_ELIGIBLE, LIST_OWNERS)

_HIDDEN = Unknown("the members of a group with hidden membership are not told")
_GROUP = "#microsoft.graph.group"

Item = dict[str, Any]
Members = dict[str, frozenset[str] | Unknown]
"""The ids of all members of groups, those of groups within them too, by the group's id."""


def members_of(account: Account, groups: set[str]) -> Members:
    """The members of groups, of each asked once. A group that was deleted has none."""
    return _each(account, groups, _members)


def eligible_for(account: Account, groups: set[str]) -> Members:
    """Who may make themselves members of groups, or of groups within them, or owners, who let
    themselves in (Privileged Identity Management for groups). Members of a group among them may,
    each for itself."""
    return _each(account, groups, _eligible)


def owners_of(account: Account, groups: set[str]) -> Members:
    """Who owns groups, or groups within them, and so may let themselves in. Microsoft Graph 1.0
    does not tell of programs that do."""
    return _each(account, groups, _owners)


def group_name(account: Account, group: str) -> str:
    """What the directory calls a group, its id where it does not tell."""
    found: Any = account.read(GET_GROUP, resource=group, group=group)
    return str(found.get("displayName") or group) if isinstance(found, dict) else group


def _each(
    account: Account,
    groups: set[str],
    ask: Callable[[Account, str], frozenset[str] | Unknown],
) -> Members:
    listed = sorted(groups)
    found = account.map(lambda group: ask(account, group), listed)
    return dict(zip(listed, found, strict=True))


def _objects(account: Account, group: str) -> list[Item] | Unknown:
    """Microsoft Graph gives an empty list of a group whose membership is hidden from the caller."""
    found = account.read(GET_GROUP, resource=group, group=group)
    if isinstance(found, Unknown):
        return found
    if found is None:
        return []
    if str(found.get("visibility")).lower() == "hiddenmembership":
        return _HIDDEN
    return account.listed(LIST_MEMBERS, resource=group, group=group)


def _members(account: Account, group: str) -> frozenset[str] | Unknown:
    found = _objects(account, group)
    return found if isinstance(found, Unknown) else _ids(found, "id")


def _eligible(account: Account, group: str) -> frozenset[str] | Unknown:
    found = _of_all(account, group, LIST_GROUP_ELIGIBLE)
    if isinstance(found, Unknown):
        return found
    principals = _ids(found, "principalId")
    # Which of them are groups is not told: of a user or a program there is no group, and no member.
    inside = [_members(account, one) for one in sorted(principals)]
    known = (one for one in inside if not isinstance(one, Unknown))
    return also(None, *inside) or principals.union(*known)


def _owners(account: Account, group: str) -> frozenset[str] | Unknown:
    found = _of_all(account, group, LIST_OWNERS)
    return found if isinstance(found, Unknown) else _ids(found, "id")


def _of_all(account: Account, group: str, call: AzureCall) -> list[Item] | Unknown:
    """What a call tells of a group and of the groups within it."""
    members = _objects(account, group)
    if isinstance(members, Unknown):
        return members
    within = [str(one["id"]) for one in members if one.get("@odata.type", _GROUP) == _GROUP]
    lists = [account.listed(call, resource=one, group=one) for one in (group, *within)]
    known = [one for some_ in lists if not isinstance(some_, Unknown) for one in some_]
    return also(None, *lists) or known


def _ids(items: list[Item], name: str) -> frozenset[str]:
    return frozenset(str(one[name]) for one in items)
