"""Members of the groups that roles and policies name. Groups that nothing names are not read."""

from __future__ import annotations

from typing import Any

from collectors.azure.account import Account
from collectors.azure.entra_calls import GET_GROUP, LIST_GROUP_ELIGIBLE, LIST_MEMBERS
from collectors.document import Unknown, also

GROUP_CALLS = (GET_GROUP, LIST_MEMBERS)

_HIDDEN = Unknown("the members of a group with hidden membership are not told")

Members = dict[str, frozenset[str] | Unknown]
"""The ids of all members of groups, those of groups within them too, by the group's id."""


def members_of(account: Account, groups: set[str]) -> Members:
    """The members of groups, of each asked once. A group that was deleted has none."""
    listed = sorted(groups)
    found = account.map(lambda group: _members(account, group), listed)
    return dict(zip(listed, found, strict=True))


def eligible_for(account: Account, groups: set[str]) -> Members:
    """Who may make themselves members of groups (Privileged Identity Management for groups), or
    owners, who let themselves in. Members of a group among them may, each for itself."""
    listed = sorted(groups)
    found = account.map(lambda group: _eligible(account, group), listed)
    return dict(zip(listed, found, strict=True))


def group_name(account: Account, group: str) -> str:
    """What the directory calls a group, its id where it does not tell."""
    found: Any = account.read(GET_GROUP, resource=group, group=group)
    return str(found.get("displayName") or group) if isinstance(found, dict) else group


def _members(account: Account, group: str) -> frozenset[str] | Unknown:
    """Microsoft Graph gives an empty list of a group whose membership is hidden from the caller."""
    found = account.read(GET_GROUP, resource=group, group=group)
    if isinstance(found, Unknown):
        return found
    if found is None:
        return frozenset()
    if str(found.get("visibility")).lower() == "hiddenmembership":
        return _HIDDEN
    members = account.listed(LIST_MEMBERS, resource=group, group=group)
    if isinstance(members, Unknown):
        return members
    return frozenset(str(one["id"]) for one in members)


def _eligible(account: Account, group: str) -> frozenset[str] | Unknown:
    found = account.listed(LIST_GROUP_ELIGIBLE, resource=group, group=group)
    if isinstance(found, Unknown):
        return found
    principals = sorted({str(one["principalId"]) for one in found})
    # Which of them are groups is not told: of a user or a program there is no group, and no member.
    inside = members_of(account, set(principals)).values()
    doubt = also(None, *inside)
    known = (one for one in inside if not isinstance(one, Unknown))
    return doubt or frozenset(principals).union(*known)
