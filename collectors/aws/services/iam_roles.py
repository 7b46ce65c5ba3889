"""IAM roles: whom they trust and what rights they give."""

from __future__ import annotations

from collections.abc import Iterable

from collectors.aws.account import Account, Service, tags_of
from collectors.aws.iam_calls import LIST_ROLES, ROLE_DETAILS
from collectors.aws.iam_rights import CALLS as RIGHTS_CALLS
from collectors.aws.iam_rights import Item, is_privileged, policy_names, rights, ways_up
from collectors.aws.policy_document import grants
from collectors.document import Document, Unknown, then
from collectors.facts.identity import Role
from collectors.regions import GLOBAL

ROLE = "AWS::IAM::Role"
SERVICE_LINKED = "/aws-service-role/"
_KEPT = (
    "RoleName",
    "RoleId",
    "Path",
    "CreateDate",
    "AssumeRolePolicyDocument",
    "AttachedManagedPolicies",
    "RolePolicyList",
    "RoleLastUsed",
    "PermissionsBoundary",
)


def roles(account: Account) -> Iterable[Document]:
    """A document for each role except service-linked ones: AWS fixes what those trust and may do,
    and nobody in the account can change it."""
    found = account.read(ROLE_DETAILS, Filter=["Role"])
    if isinstance(found, Unknown):
        yield account.unlisted(Role, found, GLOBAL, ROLE)
        return
    listed = account.read(LIST_ROLES)
    sessions = then(
        listed, lambda known: {role["Arn"]: role["MaxSessionDuration"] // 60 for role in known}
    )
    own = list(filter(is_own, found))
    yield from account.map(lambda role: _document(account, role, sessions), own)


def is_own(holder: Item) -> bool:
    """Whether the account decides on a role (a user, a group): not so a service-linked one."""
    return not str(holder["Path"]).startswith(SERVICE_LINKED)


def _document(account: Account, role: Item, sessions: dict[str, int] | Unknown) -> Document:
    policies = rights(account, [role])
    return account.document(
        Role(
            trust=grants(role["AssumeRolePolicyDocument"]),
            policies=policy_names(role),
            privileged=is_privileged(policies),
            max_session_minutes=then(sessions, lambda known: _minutes(known, role["Arn"])),
            # IAM tells nothing of a role that was not used in the last 400 days.
            last_used=role.get("RoleLastUsed", {}).get("LastUsedDate"),
            escalation_paths=ways_up(policies),
        ),
        id=role["Arn"],
        region=GLOBAL,
        name=role["RoleName"],
        tags=tags_of(role.get("Tags")),
        native_type=ROLE,
        native={key: role[key] for key in _KEPT if key in role},
    )


def _minutes(sessions: dict[str, int], arn: str) -> int | Unknown:
    return sessions.get(arn, Unknown("the role is newer than the list of roles"))


SERVICE = Service(
    name="IAM roles",
    types=((Role, ROLE),),
    calls=(ROLE_DETAILS, LIST_ROLES, *RIGHTS_CALLS),
    account=roles,
)
