"""CloudSSO: its groups, and its access configurations as the policies that they are made of.

An access configuration holds policies of the vendor's own, one that is written into it, or both.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, TypeVar

from collectors.aliyun.account import Account, Service, tags_of
from collectors.aliyun.cloud_sso import (
    DIRECTORY_CALLS,
    INLINE,
    LIST_ASSIGNMENTS,
    LIST_CONFIGURATIONS,
    LIST_GROUPS,
    LIST_MEMBERS,
    LIST_POLICIES,
    Directory,
    Item,
    directories,
    inline_text,
)
from collectors.aliyun.policy_rights import escalation_paths, full_admin
from collectors.aliyun.ram_calls import GET_POLICY
from collectors.aliyun.ram_rights import document_of
from collectors.document import Document, Unknown, then
from collectors.facts.identity import Group, Policy
from collectors.policy_clauses import clauses, statements
from collectors.regions import GLOBAL

T = TypeVar("T")

GROUP = "ACS::CloudSSO::Group"
CONFIGURATION = "ACS::CloudSSO::AccessConfiguration"
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
        Group(members=then(members, len), privileged=None, escalation_paths=None),
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
    yield from account.map(
        lambda item: _configuration(account, directory, item, assignments), found
    )


def _configuration(
    account: Account, directory: Directory, item: Item, assignments: list[Item] | Unknown
) -> Document:
    identity = str(item["AccessConfigurationId"])
    held = directory.read(account, LIST_POLICIES, AccessConfigurationId=identity)
    texts = then(held, lambda all_: [text_of(account, one) for one in all_])
    said = then(texts, lambda all_: _joined(then(one, statements) for one in all_))
    written = then(texts, lambda all_: _joined(then(one, clauses) for one in all_))
    return account.document(
        Policy(
            attached=then(
                assignments,
                lambda all_: sum(one["AccessConfigurationId"] == identity for one in all_),
            ),
            managed_by=then(held, _managed_by),
            statements=said,
            full_admin=then(written, full_admin),
            escalation_paths=then(written, escalation_paths),
        ),
        id=directory.arn(account, f"access-configuration/{identity}"),
        region=directory.region,
        name=str(item["AccessConfigurationName"]),
        tags=tags_of(item.get("Tags")),
        native_type=CONFIGURATION,
        native={
            **{key: item[key] for key in _KEPT if key in item},
            "PermissionPolicies": [] if isinstance(held, Unknown) else held,
        },
    )


def _managed_by(policies: list[Item]) -> Literal["customer", "provider"]:
    """Whose work an access configuration is: the customer's where something is written into it."""
    kinds = {one["PermissionPolicyType"] for one in policies}
    return "customer" if INLINE in kinds else "provider"


def text_of(account: Account, policy: Item) -> str | Unknown:
    """The text of a policy: of the one that is written in, or by its name with RAM."""
    if policy["PermissionPolicyType"] == INLINE:
        return inline_text(policy)
    return document_of(account, "System", policy["PermissionPolicyName"])


def _joined(parts: Iterable[list[T] | Unknown]) -> list[T] | Unknown:
    found: list[T] = []
    for part in parts:
        if isinstance(part, Unknown):
            return part
        found += part
    return found


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
        GET_POLICY,
    ),
    account=access,
)
