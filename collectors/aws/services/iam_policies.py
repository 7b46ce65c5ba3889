"""Policies of the customer, managed ones and those written into a user, group or role: what they
say and what it amounts to."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from collectors.aws.account import Account, Service, tags_of
from collectors.aws.iam_calls import (
    GROUP_DETAILS,
    LIST_POLICY_TAGS,
    POLICY_DETAILS,
    ROLE_DETAILS,
    USER_DETAILS,
)
from collectors.aws.iam_rights import Item, default_document, inline_policies
from collectors.aws.policy_document import clauses, statements
from collectors.aws.policy_rights import escalation_paths, full_admin
from collectors.aws.services.iam_roles import is_own
from collectors.calls import Call
from collectors.document import Document, Unknown, then
from collectors.facts.identity import Policy
from collectors.regions import GLOBAL

POLICY = "AWS::IAM::ManagedPolicy"
_KEPT = ("PolicyName", "PolicyId", "Path", "DefaultVersionId", "CreateDate", "UpdateDate")

# Who can hold an inline policy: its native type, the call, the filter, the key of the name.
_HOLDERS: tuple[tuple[str, Call, str, str], ...] = (
    ("AWS::IAM::UserPolicy", USER_DETAILS, "User", "UserName"),
    ("AWS::IAM::GroupPolicy", GROUP_DETAILS, "Group", "GroupName"),
    ("AWS::IAM::RolePolicy", ROLE_DETAILS, "Role", "RoleName"),
)


def policies(account: Account) -> Iterable[Document]:
    """A document for each managed policy of the customer, with its default version, and for each
    inline policy. What AWS's own policies give shows in the users and roles that hold them."""
    yield from _managed(account)
    for native_type, call, kind, name in _HOLDERS:
        holders = account.read(call, Filter=[kind])
        if isinstance(holders, Unknown):
            yield account.unlisted(Policy, holders, GLOBAL, native_type)
            continue
        for holder in filter(is_own, holders):
            for policy in inline_policies(holder):
                yield _inline_document(account, native_type, holder["Arn"], holder[name], policy)


def _managed(account: Account) -> Iterable[Document]:
    found = account.read(POLICY_DETAILS, Filter=["LocalManagedPolicy"])
    if isinstance(found, Unknown):
        yield account.unlisted(Policy, found, GLOBAL, POLICY)
        return
    yield from account.map(lambda policy: _managed_document(account, policy), found)


def _managed_document(account: Account, policy: Item) -> Document:
    arn = policy["Arn"]
    text = default_document(policy)
    tags = account.read(LIST_POLICY_TAGS, resource=arn, PolicyArn=arn)
    native = {key: policy[key] for key in _KEPT if key in policy}
    return account.document(
        _facts(text, attached=policy["AttachmentCount"]),
        id=arn,
        region=GLOBAL,
        name=arn.rpartition("/")[2],
        tags=then(tags, tags_of),
        native_type=POLICY,
        native=native if isinstance(text, Unknown) else {**native, "Document": text},
    )


def _inline_document(
    account: Account, native_type: str, holder_arn: str, holder: str, policy: Item
) -> Document:
    """An inline policy has no ARN: its id is its holder's with the policy's name."""
    name = policy["PolicyName"]
    return account.document(
        _facts(policy["PolicyDocument"], attached=1),
        id=f"{holder_arn}#{name}",
        region=GLOBAL,
        name=f"{holder}/{name}",
        native_type=native_type,
        native={"PolicyName": name, "Document": policy["PolicyDocument"]},
    )


def _facts(text: Any, *, attached: int) -> Policy:
    written = then(text, clauses)
    return Policy(
        attached=attached,
        managed_by="customer",
        statements=then(text, statements),
        full_admin=then(written, full_admin),
        escalation_paths=then(written, escalation_paths),
    )


SERVICE = Service(
    name="IAM policies",
    types=((Policy, POLICY), *((Policy, holder[0]) for holder in _HOLDERS)),
    calls=(POLICY_DETAILS, LIST_POLICY_TAGS, USER_DETAILS, GROUP_DETAILS, ROLE_DETAILS),
    account=policies,
)
