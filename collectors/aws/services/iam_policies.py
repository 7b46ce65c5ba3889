"""Managed policies of the customer: what they say and what it amounts to."""

from __future__ import annotations

from collections.abc import Iterable

from collectors.aws.account import Account, Service, tags_of
from collectors.aws.iam_calls import LIST_POLICY_TAGS, POLICY_DETAILS
from collectors.aws.iam_rights import Item, default_document
from collectors.aws.policy_document import clauses, statements
from collectors.aws.policy_rights import escalation_paths, full_admin
from collectors.document import Document, Unknown, then
from collectors.facts.identity import Policy
from collectors.regions import GLOBAL

POLICY = "AWS::IAM::ManagedPolicy"
_KEPT = ("PolicyName", "PolicyId", "Path", "DefaultVersionId", "CreateDate", "UpdateDate")


def policies(account: Account) -> Iterable[Document]:
    """A document for each managed policy of the customer, with its default version. What AWS's own
    policies give shows in the users and roles that hold them."""
    found = account.read(POLICY_DETAILS, Filter=["LocalManagedPolicy"])
    if isinstance(found, Unknown):
        yield account.unlisted(Policy, found, GLOBAL, POLICY)
        return
    yield from account.map(lambda policy: _document(account, policy), found)


def _document(account: Account, policy: Item) -> Document:
    arn = policy["Arn"]
    text = default_document(policy)
    written = then(text, clauses)
    tags = account.read(LIST_POLICY_TAGS, resource=arn, PolicyArn=arn)
    native = {key: policy[key] for key in _KEPT if key in policy}
    return account.document(
        Policy(
            attached=policy["AttachmentCount"],
            managed_by="customer",
            statements=then(text, statements),
            full_admin=then(written, full_admin),
            escalation_paths=then(written, escalation_paths),
        ),
        id=arn,
        region=GLOBAL,
        name=arn.rpartition("/")[2],
        tags=then(tags, tags_of),
        native_type=POLICY,
        native=native if isinstance(text, Unknown) else {**native, "Document": text},
    )


SERVICE = Service(
    name="IAM policies",
    types=((Policy, POLICY),),
    calls=(POLICY_DETAILS, LIST_POLICY_TAGS),
    account=policies,
)
