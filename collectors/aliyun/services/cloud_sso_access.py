"""CloudSSO: its groups, and the policies that are written into its access configurations.

What the vendor's own policies in an access configuration give shows in the users that reach it.
"""

from __future__ import annotations

from collections.abc import Iterable

from collectors.aliyun.account import Account, Service, tags_of
from collectors.aliyun.cloud_sso import (
    DIRECTORY_CALLS,
    LIST_ASSIGNMENTS,
    LIST_CONFIGURATIONS,
    LIST_GROUPS,
    LIST_MEMBERS,
    LIST_POLICIES,
    Directory,
    Item,
    directories,
)
from collectors.aliyun.policy_rights import escalation_paths, full_admin
from collectors.document import Document, Unknown, then
from collectors.facts.identity import Group, Policy
from collectors.policy_clauses import clauses, statements
from collectors.regions import GLOBAL

GROUP = "ACS::CloudSSO::Group"
CONFIGURATION = "ACS::CloudSSO::AccessConfiguration"
_INLINE = "Inline"
_KEPT_OF_GROUPS = ("GroupId", "GroupName", "ProvisionType", "CreateTime", "UpdateTime")
_KEPT = (
    "AccessConfigurationId", "AccessConfigurationName", "SessionDuration", "CreateTime",
    "UpdateTime",
)  # fmt: skip


def access(account: Account) -> Iterable[Document]:
    """The documents of a directory's groups and access configurations."""
    found = directories(account)
    if isinstance(found, Unknown):
        yield account.unlisted(Group, found, GLOBAL, GROUP)
        yield account.unlisted(Policy, found, GLOBAL, CONFIGURATION)
        return
    for directory in found:
        yield from _groups(account, directory)
        yield from _configurations(account, directory)


def _groups(account: Account, directory: Directory) -> Iterable[Document]:
    found = directory.read(account, LIST_GROUPS)
    if isinstance(found, Unknown):
        yield account.unlisted(Group, found, directory.region, GROUP)
        return
    yield from account.map(lambda item: _group(account, directory, item), found)


def _group(account: Account, directory: Directory, item: Item) -> Document:
    identity = str(item["GroupId"])
    members = directory.read(account, LIST_MEMBERS, GroupId=identity)
    return account.document(
        Group(members=then(members, len)),
        id=directory.arn(account, f"group/{identity}"),
        region=directory.region,
        name=str(item["GroupName"]),
        native_type=GROUP,
        native={key: item[key] for key in _KEPT_OF_GROUPS if key in item},
    )


def _configurations(account: Account, directory: Directory) -> Iterable[Document]:
    found = directory.read(account, LIST_CONFIGURATIONS)
    if isinstance(found, Unknown):
        yield account.unlisted(Policy, found, directory.region, CONFIGURATION)
        return
    assignments = directory.read(account, LIST_ASSIGNMENTS)
    documents = account.map(
        lambda item: _configuration(account, directory, item, assignments), found
    )
    yield from (document for document in documents if document is not None)


def _configuration(
    account: Account, directory: Directory, item: Item, assignments: list[Item] | Unknown
) -> Document | None:
    """The document of an access configuration; none for one without a policy of the customer."""
    identity = str(item["AccessConfigurationId"])
    held = directory.read(account, LIST_POLICIES, AccessConfigurationId=identity)
    text = then(held, inline)
    if text is None:
        return None
    written = then(text, clauses)
    native = {key: item[key] for key in _KEPT if key in item}
    return account.document(
        Policy(
            attached=then(
                assignments,
                lambda all_: sum(one["AccessConfigurationId"] == identity for one in all_),
            ),
            managed_by="customer",
            statements=then(text, statements),
            full_admin=then(written, full_admin),
            escalation_paths=then(written, escalation_paths),
        ),
        id=directory.arn(account, f"access-configuration/{identity}"),
        region=directory.region,
        name=str(item["AccessConfigurationName"]),
        tags=tags_of(item.get("Tags")),
        native_type=CONFIGURATION,
        native=native if isinstance(text, Unknown) else {**native, "PolicyDocument": text},
    )


def inline(policies: list[Item]) -> str | Unknown | None:
    """The text of the policy that is written into an access configuration; it has one at most."""
    for one in policies:
        if one["PermissionPolicyType"] == _INLINE:
            text = one.get("PermissionPolicyDocument")
            return str(text) if text else Unknown("the text of an inline policy is not told")
    return None


SERVICE = Service(
    name="CloudSSO access",
    types=((Group, GROUP), (Policy, CONFIGURATION)),
    calls=(
        *DIRECTORY_CALLS,
        LIST_GROUPS,
        LIST_MEMBERS,
        LIST_CONFIGURATIONS,
        LIST_POLICIES,
        LIST_ASSIGNMENTS,
    ),
    account=access,
)
