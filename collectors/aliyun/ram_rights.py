"""The rights of RAM users, groups and roles: the statements of all policies that reach them."""

from __future__ import annotations

from typing import Any, Literal

from msgspec import Struct

from collectors.aliyun.account import Account
from collectors.aliyun.policy_rights import escalation_paths, full_admin
from collectors.aliyun.ram_calls import (
    BOTH_STATES,
    GET_POLICY,
    GET_ROLE,
    LIST_GROUPS,
    LIST_POLICY_ATTACHMENTS,
    LIST_ROLES,
    LIST_USERS,
    LIST_USERS_FOR_GROUP,
)
from collectors.document import Unknown, also, then
from collectors.policy_clauses import Clause, clauses

Item = dict[str, Any]
Kind = Literal["user", "group", "role"]
Rights = list[list[Clause] | Unknown]
"""The clauses of each policy, unknown where it could not be read."""
Members = dict[str, list[str] | Unknown]
"""The names of users by the name of their group."""

_KINDS: dict[str, Kind] = {"IMSUser": "user", "IMSGroup": "group", "ServiceRole": "role"}
_ADMINISTRATOR = ("System", "AdministratorAccess")
# The vendor's own policy, which nobody changes (RAM user guide, "AdministratorAccess").
_EVERYTHING = {"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}

RIGHTS_CALLS = (LIST_POLICY_ATTACHMENTS, GET_POLICY)
MEMBERS_CALLS = (LIST_GROUPS, LIST_USERS_FOR_GROUP)
ROLE_CALLS = (LIST_ROLES, GET_ROLE)


class Attachment(Struct, frozen=True, kw_only=True):
    """A policy that a principal holds. `whole`: on the whole account, not on a resource group."""

    kind: Kind
    name: str
    policy_type: str
    policy_name: str
    whole: bool


class Grants(Struct, frozen=True):
    """Who holds which policy, and who is in which group. RAM compares names without regard to case:
    keys are names in lower case."""

    held: dict[tuple[Kind, str], list[Attachment]] | Unknown
    groups: dict[str, list[str]] | Unknown

    def of(self, kind: Kind, name: str) -> list[Attachment] | Unknown:
        """The policies that a principal holds itself."""
        return then(self.held, lambda held: held.get((kind, name.lower()), []))

    def groups_of(self, user: str) -> list[str] | Unknown:
        """The names of a user's groups, sorted; unknown where the members of one could not be
        listed."""
        return then(self.groups, lambda groups: sorted(groups.get(user.lower(), [])))


def read_grants(account: Account, *, members: bool) -> Grants:
    """What all users, groups and roles of the account hold; group members where asked for."""
    found = account.listed(LIST_POLICY_ATTACHMENTS)
    return Grants(
        held=then(found, lambda items: _by_holder(account, items)),
        groups=then(read_members(account), _by_user) if members else {},
    )


def _by_holder(account: Account, items: list[Item]) -> dict[tuple[Kind, str], list[Attachment]]:
    held: dict[tuple[Kind, str], list[Attachment]] = {}
    for one in (_attachment(account, item) for item in items if item["PrincipalType"] in _KINDS):
        held.setdefault((one.kind, one.name.lower()), []).append(one)
    return held


def _by_user(members: Members) -> dict[str, list[str]] | Unknown:
    groups: dict[str, list[str]] = {}
    for group, users in members.items():
        if isinstance(users, Unknown):
            return users
        for user in users:
            groups.setdefault(user.lower(), []).append(group)
    return groups


def read_users(account: Account) -> list[Any] | Unknown:
    """The users of the account, frozen ones too."""
    return account.listed(LIST_USERS, Status=BOTH_STATES)


def read_members(account: Account) -> Members | Unknown:
    """The users of each group."""
    groups = account.listed(LIST_GROUPS)
    if isinstance(groups, Unknown):
        return groups
    names = [str(group["GroupName"]) for group in groups]
    lists = account.map(
        lambda name: account.listed(LIST_USERS_FOR_GROUP, resource=name, GroupName=name), names
    )
    return {
        name: then(found, lambda users: [str(user["UserName"]) for user in users])
        for name, found in zip(names, lists, strict=True)
    }


def read_roles(account: Account) -> list[tuple[str, Item | Unknown]] | Unknown:
    """The names of roles and their details, service-linked ones left out: the service fixes what
    those trust and may do, and nobody in the account can change it (RAM user guide,
    "Service-linked roles")."""
    listed = account.listed(LIST_ROLES)
    if isinstance(listed, Unknown):
        return listed
    names = [str(role["RoleName"]) for role in listed]
    details = account.map(lambda name: _role(account, name), names)
    return [
        (name, found)
        for name, found in zip(names, details, strict=True)
        if isinstance(found, Unknown) or not found.get("IsServiceLinkedRole")
    ]


def _role(account: Account, name: str) -> Item | Unknown:
    found: Item | Unknown = account.read(GET_ROLE, resource=name, RoleName=name)
    return found


def policy_names(account: Account, found: list[Attachment]) -> list[str]:
    """The names of policies as RAM writes them, each once."""
    return sorted({policy_arn(account, one.policy_type, one.policy_name) for one in found})


def policy_arn(account: Account, policy_type: str, name: str) -> str:
    """`acs:ram::system:policy/AdministratorAccess`, `acs:ram::1234567890123456:policy/release`."""
    return f"acs:ram::{'system' if policy_type == 'System' else account.id}:policy/{name}"


def read_policies(account: Account, grants: Grants, kinds: tuple[Kind, ...]) -> None:
    """Ask for the documents of all policies that principals of some kinds hold, at once."""
    held = {} if isinstance(grants.held, Unknown) else grants.held
    wanted = {
        (one.policy_type, one.policy_name)
        for (kind, _), found in held.items()
        for one in found
        if one.whole and kind in kinds and not _is_of_service(one)
    }
    account.map(lambda key: _document(account, *key), sorted(wanted))


def rights(account: Account, found: list[Attachment]) -> Rights:
    """The clauses of policies that are held on the whole account."""
    held = {(one.policy_type, one.policy_name) for one in found if one.whole}
    return [then(_document(account, *key), clauses) for key in sorted(held)]


def rights_of(account: Account, grants: Grants, kind: Kind, name: str) -> Rights:
    """The policies that reach a principal, by itself or through its groups."""
    own = grants.of(kind, name)
    groups = grants.groups_of(name) if kind == "user" else []
    held: list[Attachment] = [] if isinstance(own, Unknown) else list(own)
    unread: list[Unknown] = [one for one in (own, groups) if isinstance(one, Unknown)]
    for group in [] if isinstance(groups, Unknown) else groups:
        by_group = grants.of("group", group)
        held += [] if isinstance(by_group, Unknown) else by_group
    return [*rights(account, held), *unread]


def known_clauses(found: Rights) -> list[Clause]:
    """The clauses of the policies that could be read."""
    return [clause for policy in found if not isinstance(policy, Unknown) for clause in policy]


def is_privileged(found: Rights) -> bool | Unknown:
    """Whether policies together give full administration; what could not be read leaves that open
    unless the rest gives it already."""
    return full_admin(known_clauses(found)) or also(None, *found) or False


def ways_up(found: Rights) -> list[str] | Unknown:
    """The ways to raise one's own rights that policies together allow."""
    return also(None, *found) or escalation_paths(known_clauses(found))


def document_of(account: Account, policy_type: str, name: str) -> str | Unknown:
    """The text of the default version of a policy."""
    found = account.read(GET_POLICY, resource=name, PolicyName=name, PolicyType=policy_type)
    return then(found, lambda policy: str(policy["DefaultPolicyVersion"]["PolicyDocument"]))


def _document(account: Account, policy_type: str, name: str) -> Any:
    if (policy_type, name) == _ADMINISTRATOR:
        return _EVERYTHING
    return document_of(account, policy_type, name)


def _is_of_service(one: Attachment) -> bool:
    """Policies that only service-linked roles can hold."""
    return one.policy_type == "System" and one.policy_name.startswith("AliyunServiceRolePolicyFor")


def _attachment(account: Account, item: Item) -> Attachment:
    """PrincipalName is a user's logon name, `developers@group.example.onaliyun.com` or
    `app@role.example.onaliyunservice.com`; names themselves have no "@". ResourceGroupId is the
    account's own id where the whole account is meant."""
    return Attachment(
        kind=_KINDS[item["PrincipalType"]],
        name=str(item["PrincipalName"]).partition("@")[0],
        policy_type=str(item["PolicyType"]),
        policy_name=str(item["PolicyName"]),
        whole=str(item.get("ResourceGroupId") or account.id) == account.id,
    )
