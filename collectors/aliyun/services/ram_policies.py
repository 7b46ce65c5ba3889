"""Custom RAM policies: what they say and what it amounts to."""

from __future__ import annotations

from collections.abc import Iterable

from collectors.aliyun.account import Account, Service, tags_of
from collectors.aliyun.policy_rights import escalation_paths, full_admin
from collectors.aliyun.ram_calls import GET_POLICY, LIST_POLICIES
from collectors.aliyun.ram_rights import Item, document_of, policy_arn
from collectors.document import Document, Unknown, then
from collectors.facts.identity import Policy
from collectors.policy_clauses import clauses, statements
from collectors.regions import GLOBAL

POLICY = "ACS::RAM::Policy"
CUSTOM = "Custom"
_KEPT = ("PolicyName", "PolicyType", "DefaultVersion", "CreateDate", "UpdateDate")


def policies(account: Account) -> Iterable[Document]:
    """A document for each policy of the customer, with its default version. What the vendor's own
    policies give shows in the users and roles that hold them."""
    found = account.listed(LIST_POLICIES, PolicyType=CUSTOM)
    if isinstance(found, Unknown):
        yield account.unlisted(Policy, found, GLOBAL, POLICY)
        return
    yield from account.map(lambda policy: _document(account, policy), found)


def _document(account: Account, policy: Item) -> Document:
    name = policy["PolicyName"]
    text = document_of(account, CUSTOM, name)
    written = then(text, clauses)
    native = {key: policy[key] for key in _KEPT if key in policy}
    return account.document(
        Policy(
            attached=int(policy["AttachmentCount"]),
            managed_by="customer",
            statements=then(text, statements),
            full_admin=then(written, full_admin),
            escalation_paths=then(written, escalation_paths),
        ),
        id=policy_arn(account, CUSTOM, name),
        region=GLOBAL,
        name=name,
        tags=tags_of(policy.get("Tags")),
        native_type=POLICY,
        native=native if isinstance(text, Unknown) else {**native, "PolicyDocument": text},
    )


SERVICE = Service(
    name="RAM policies",
    types=((Policy, POLICY),),
    calls=(LIST_POLICIES, GET_POLICY),
    account=policies,
)
