"""Who administers the account, and with which of the three duties: system, security, audit.

A duty is told by what policies allow on all resources. Whoever may make and remove machines,
networks or databases administers the system; whoever may change rights, the policies of keys or
the defence against threats administers security; whoever may change or stop a trail administers
audit. Reading the records of trails is an auditor's work too, and counts as such for those who hold
no other duty. Full administration is all of them, and so is holding the three together.

Principals are users, and the roles that people can take on: not those of services and of programs
(pods, builds). The account's own logon is left out: no policy limits it, and it has facts of its
own. Control policies of a resource directory are not weighed.
"""

from __future__ import annotations

from typing import Any, Literal

from collectors.aliyun.account import Account
from collectors.aliyun.policy_document import grants as trust_of
from collectors.aliyun.policy_rights import CHANGES_OF_RIGHTS, allowed_on_all
from collectors.aliyun.ram_calls import LIST_OIDC_PROVIDERS, LIST_USERS
from collectors.aliyun.ram_rights import (
    MEMBERS_CALLS,
    RIGHTS_CALLS,
    ROLE_CALLS,
    Item,
    Rights,
    is_privileged,
    known_clauses,
    read_grants,
    read_policies,
    read_roles,
    read_users,
    rights_of,
)
from collectors.document import Unknown, also
from collectors.facts.account import Administrator
from collectors.facts.shared import Grant
from collectors.policy_clauses import Clause

ADMINISTRATORS_CALLS = (
    LIST_USERS,
    LIST_OIDC_PROVIDERS,
    *MEMBERS_CALLS,
    *ROLE_CALLS,
    *RIGHTS_CALLS,
)

Duty = Literal["system", "security", "audit", "all"]
Holder = tuple[str, Rights, Unknown | None]
"""A principal, what reaches it, and why it is not known whether people can be it."""

_FOR_PROGRAMS = (
    "oidc-ack-",
    "token.actions.githubusercontent.com",
    "gitlab.com",
    "app.terraform.io",
)
"""Issuers of tokens for programs: pods of ACK (RRSA) and builds, not people."""

# Making and removing; each by itself is what a release or a scaling group does.
_SYSTEM = (
    ("ecs:DeleteInstance", "ecs:RunInstances"),
    ("vpc:CreateVpc", "vpc:DeleteVpc"),
    ("rds:CreateDBInstance", "rds:DeleteDBInstance"),
)
_SECURITY = (*CHANGES_OF_RIGHTS, "kms:SetKeyPolicy", "yundun-sas:ModifyStrategy")
_AUDIT = ("actiontrail:DeleteTrail", "actiontrail:StopLogging", "actiontrail:UpdateTrail")
_READS_AUDIT = "actiontrail:LookupEvents"


def administrators(account: Account) -> list[Any] | Unknown:
    """The administrators by name, one entry for each duty; the duty is unknown of a principal whose
    policies could not all be read. Kinds of principals that could not be listed have an unknown
    place at the end."""
    users, roles = read_users(account), read_roles(account)
    grants = read_grants(account, members=True)
    read_policies(account, grants, ("user", "group", "role"))
    issuers = _issuers(account)
    holders: list[Holder] = []
    for user in [] if isinstance(users, Unknown) else users:
        name = str(user["UserPrincipalName"]).partition("@")[0]
        arn = f"acs:ram::{account.id}:user/{name}"
        holders.append((arn, rights_of(account, grants, "user", name), None))
    for name, role in [] if isinstance(roles, Unknown) else roles:
        if for_people(role, issuers):
            arn = f"acs:ram::{account.id}:role/{name}"
            holders.append((arn, rights_of(account, grants, "role", name), also(role)))
    found = [one for holder in sorted(holders, key=_arn) for one in _entries(*holder)]
    unread = [answer for answer in (users, roles) if isinstance(answer, Unknown)]
    return unread[0] if unread and not found else [*found, *unread]


def _arn(holder: Holder) -> str:
    return holder[0]


def _issuers(account: Account) -> dict[str, str]:
    """The issuers of OpenID Connect providers by name. Of one that is not known it is not said that
    it speaks for programs."""
    found = account.listed(LIST_OIDC_PROVIDERS)
    return (
        {}
        if isinstance(found, Unknown)
        else {provider["Arn"]: provider["IssuerUrl"] for provider in found}
    )


def _entries(arn: str, held: Rights, untold: Unknown | None) -> list[Administrator]:
    unread = also(None, *held)
    if is_privileged(held) is True:
        return [Administrator(principal=arn, duty=untold or "all")]
    if unread:
        return [Administrator(principal=arn, duty=unread)]
    known = duties(known_clauses(held))
    if untold:
        return [Administrator(principal=arn, duty=untold)] if known else []
    return [Administrator(principal=arn, duty=duty) for duty in known]


def duties(found: list[Clause]) -> list[Duty]:
    """The duties that statements together give to somebody who is no full administrator."""
    held: list[Duty] = []
    if any(all(allowed_on_all(found, action) for action in actions) for actions in _SYSTEM):
        held.append("system")
    if any(allowed_on_all(found, action) for action in _SECURITY):
        held.append("security")
    if any(allowed_on_all(found, action) for action in _AUDIT):
        held.append("audit")
    if not held and allowed_on_all(found, _READS_AUDIT):
        held.append("audit")
    return ["all"] if len(held) == 3 else held


def for_people(role: Item | Unknown, issuers: dict[str, str]) -> bool:
    """Whether people can take a role on: it trusts more than services and programs. One whose trust
    policy cannot be read may let people in."""
    if isinstance(role, Unknown):
        return True
    trust = trust_of(role["AssumeRolePolicyDocument"])
    return isinstance(trust, Unknown) or any(_lets_people_in(one, issuers) for one in trust)


def _lets_people_in(grant: Grant, issuers: dict[str, str]) -> bool:
    if grant.kind == "federated":
        return not issued_for_programs(issuers.get(str(grant.principal), ""))
    return grant.kind != "service"


def issued_for_programs(issuer: str) -> bool:
    """Whether an issuer of OpenID Connect, by its address, speaks for programs."""
    return issuer.removeprefix("https://").startswith(_FOR_PROGRAMS)
