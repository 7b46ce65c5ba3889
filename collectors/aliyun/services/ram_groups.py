"""RAM user groups: how many users are in them, and their rights."""

from __future__ import annotations

from collections.abc import Iterable

from collectors.aliyun.account import Account, Service
from collectors.aliyun.ram_calls import LIST_GROUPS
from collectors.aliyun.ram_rights import (
    MEMBERS_CALLS,
    RIGHTS_CALLS,
    is_privileged,
    read_grants,
    read_members,
    read_policies,
    rights_of,
    ways_up,
)
from collectors.document import Document, Unknown, then
from collectors.facts.identity import Group
from collectors.regions import GLOBAL

GROUP = "ACS::RAM::Group"
_KEPT = ("GroupId", "GroupName", "CreateDate", "UpdateDate")


def groups(account: Account) -> Iterable[Document]:
    """A document for each group. RAM groups have no tags."""
    members = read_members(account)
    found = account.listed(LIST_GROUPS)
    if isinstance(found, Unknown) or isinstance(members, Unknown):
        reason = found if isinstance(found, Unknown) else members
        assert isinstance(reason, Unknown)
        yield account.unlisted(Group, reason, GLOBAL, GROUP)
        return
    if not found:
        return
    grants = read_grants(account, members=False)
    read_policies(account, grants, ("group",))
    for group in found:
        name = group["GroupName"]
        rights = rights_of(account, grants, "group", name)
        yield account.document(
            Group(
                members=then(members[name], len),
                privileged=is_privileged(rights),
                escalation_paths=ways_up(rights),
            ),
            id=f"acs:ram::{account.id}:group/{name}",
            region=GLOBAL,
            name=name,
            native_type=GROUP,
            native={key: group[key] for key in _KEPT if key in group},
        )


SERVICE = Service(
    name="RAM groups",
    types=((Group, GROUP),),
    calls=(*MEMBERS_CALLS, *RIGHTS_CALLS),
    account=groups,
)
