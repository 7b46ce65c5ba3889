"""Who administers the account, and with which of the three duties: system, security, audit.

A duty is told by what policies allow on all resources. Whoever may make and remove machines,
networks or databases administers the system; whoever may change rights, the policies of keys or the
detection of threats administers security; whoever may change or stop a trail administers audit.
Reading the records of the trail is an auditor's work too, and counts as such for those who hold no
other duty. Full administration is all of them, and so is holding the three together.

Principals are users, and the roles that people can take on: not those of services and of programs
(builds, pods). The root user is left out: no policy limits it, and it has facts of its own. As
everywhere in rights, permissions boundaries are not weighed, and neither are organisations'.
"""

from __future__ import annotations

from typing import Literal

from collectors.aws.account import Account
from collectors.aws.iam_calls import GROUP_DETAILS, ROLE_DETAILS, USER_DETAILS
from collectors.aws.iam_rights import CALLS as RIGHTS_CALLS
from collectors.aws.iam_rights import Item, Rights, is_privileged, known_clauses, rights
from collectors.aws.iam_rights import rights_of_user as of_user
from collectors.aws.policy_document import Clause, grants
from collectors.aws.policy_rights import CHANGES_OF_RIGHTS, allowed_on_all
from collectors.aws.services.iam_roles import is_own
from collectors.document import Unknown, also
from collectors.facts.account import Administrator
from collectors.facts.shared import Grant

CALLS = (USER_DETAILS, GROUP_DETAILS, ROLE_DETAILS, *RIGHTS_CALLS)

Duty = Literal["system", "security", "audit", "all"]

FOR_PROGRAMS = (
    "oidc.eks.",
    "token.actions.githubusercontent.com",
    "gitlab.com",
    "app.terraform.io",
)
"""Issuers of tokens for programs: builds and pods, not people."""

# Making and removing; each by itself is what a release or an autoscaler does.
_SYSTEM = (
    ("ec2:RunInstances", "ec2:TerminateInstances"),
    ("ec2:CreateVpc", "ec2:DeleteVpc"),
    ("rds:CreateDBInstance", "rds:DeleteDBInstance"),
)
_SECURITY = (
    *CHANGES_OF_RIGHTS,
    "guardduty:DeleteDetector",
    "guardduty:UpdateDetector",
    "kms:PutKeyPolicy",
    "securityhub:DisableSecurityHub",
)
_AUDIT = (
    "cloudtrail:DeleteTrail",
    "cloudtrail:PutEventSelectors",
    "cloudtrail:StopLogging",
    "cloudtrail:UpdateTrail",
)
_READS_AUDIT = "cloudtrail:LookupEvents"


def administrators(account: Account) -> list[Administrator] | Unknown:
    """The administrators by ARN, one entry for each duty; the duty is unknown of a principal whose
    policies could not all be read. Kinds of principals that could not be listed have an unknown
    place at the end."""
    users = account.read(USER_DETAILS, Filter=["User"])
    groups = account.read(GROUP_DETAILS, Filter=["Group"])
    roles = account.read(ROLE_DETAILS, Filter=["Role"])
    holders: list[tuple[str, Rights]] = []
    if not isinstance(users, Unknown):
        holders += [(user["Arn"], of_user(account, user, groups)) for user in users]
    if not isinstance(roles, Unknown):
        holders += [(role["Arn"], rights(account, [role])) for role in roles if for_people(role)]
    found = [one for arn, held in sorted(holders, key=_arn) for one in _entries(arn, held)]
    unread = [answer for answer in (users, roles) if isinstance(answer, Unknown)]
    if unread and not found:
        return unread[0]
    return [*found, *unread]  # type: ignore[list-item]  # places that are unknown as a whole


def _arn(holder: tuple[str, Rights]) -> str:
    return holder[0]


def _entries(arn: str, held: Rights) -> list[Administrator]:
    unread = also(None, *held)
    if is_privileged(held) is True:
        return [Administrator(principal=arn, duty="all")]
    if unread:
        return [Administrator(principal=arn, duty=unread)]
    return [Administrator(principal=arn, duty=duty) for duty in duties(known_clauses(held))]


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


def for_people(role: Item) -> bool:
    """Whether people can take a role on: it is not service-linked, and trusts more than services
    and programs. A trust policy that cannot be read may let people in."""
    trust = grants(role["AssumeRolePolicyDocument"])
    return is_own(role) and (isinstance(trust, Unknown) or any(map(_lets_people_in, trust)))


def _lets_people_in(grant: Grant) -> bool:
    if grant.kind == "federated":
        return not issued_for_programs(str(grant.principal))
    return grant.kind != "service"


def issued_for_programs(provider: str) -> bool:
    """Whether an identity provider of OpenID Connect, by its ARN, speaks for programs."""
    return provider.partition(":oidc-provider/")[2].startswith(FOR_PROGRAMS)
