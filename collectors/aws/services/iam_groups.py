"""IAM groups: how many users are in them, and their rights."""

from __future__ import annotations

from collections.abc import Iterable

from collectors.aws.account import Account, Service
from collectors.aws.iam_calls import GROUP_DETAILS, USER_DETAILS
from collectors.aws.iam_rights import CALLS as RIGHTS_CALLS
from collectors.aws.iam_rights import is_privileged, rights, ways_up
from collectors.document import Document, Unknown, then
from collectors.facts.identity import Group
from collectors.regions import GLOBAL

GROUP = "AWS::IAM::Group"
_KEPT = ("GroupName", "GroupId", "Path", "CreateDate", "AttachedManagedPolicies", "GroupPolicyList")


def groups(account: Account) -> Iterable[Document]:
    """A document for each group. IAM groups have no tags."""
    found = account.read(GROUP_DETAILS, Filter=["Group"])
    if isinstance(found, Unknown):
        yield account.unlisted(Group, found, GLOBAL, GROUP)
        return
    users = account.read(USER_DETAILS, Filter=["User"])
    lists = then(users, lambda known: [user["GroupList"] for user in known])
    for group in found:
        held = rights(account, [group])
        yield account.document(
            Group(
                members=_members(lists, group["GroupName"]),
                privileged=is_privileged(held),
                escalation_paths=ways_up(held),
            ),
            id=group["Arn"],
            region=GLOBAL,
            name=group["GroupName"],
            native_type=GROUP,
            native={key: group[key] for key in _KEPT if key in group},
        )


def _members(lists: list[list[str]] | Unknown, group: str) -> int | Unknown:
    return then(lists, lambda known: sum(group in names for names in known))


SERVICE = Service(
    name="IAM groups",
    types=((Group, GROUP),),
    calls=(GROUP_DETAILS, USER_DETAILS, *RIGHTS_CALLS),
    account=groups,
)
