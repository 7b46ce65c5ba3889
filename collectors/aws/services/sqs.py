"""Queues of the Simple Queue Service: their encryption, and what their policies say."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from collectors.aws.account import Account, Service
from collectors.aws.encryption import at_rest
from collectors.aws.kms_calls import DESCRIBE_KEY
from collectors.aws.message_policy import message_tls, policy_exposure
from collectors.aws.policy_document import PolicyText, grants
from collectors.calls import Call, Scope
from collectors.document import Document, Unknown, then
from collectors.facts.operations import Topic
from collectors.facts.shared import Encryption

QUEUE = "AWS::SQS::Queue"
_KEPT = (
    "QueueArn",
    "CreatedTimestamp",
    "LastModifiedTimestamp",
    "MessageRetentionPeriod",
    "FifoQueue",
    "KmsMasterKeyId",
    "SqsManagedSseEnabled",
    "RedrivePolicy",
    "RedriveAllowPolicy",
)


def _sqs(
    operation: str, result: str, scope: Scope = "resource", *, paged: bool = False, may_omit: bool
) -> Call:
    return Call(
        provider="aws",
        service="sqs",
        operation=operation,
        permission=f"sqs:{operation}",
        scope=scope,
        result=result,
        paged=paged,
        may_omit=may_omit,
    )


# SQS leaves an empty list and empty tags out of its answers.
LIST_QUEUES = _sqs("ListQueues", "QueueUrls", "region", paged=True, may_omit=True)
GET_ATTRIBUTES = _sqs("GetQueueAttributes", "Attributes", may_omit=False)
LIST_TAGS = _sqs("ListQueueTags", "Tags", may_omit=True)

# Without a size SQS gives one page, and no word of what is left.
PAGE = 1000
_CARRYING = ("sqs:SendMessage", "sqs:ReceiveMessage")
_SWITCHES = {"true": True, "false": False}
_NOT_TOLD = Unknown("SQS does not tell whether the queue is encrypted")

Attributes = dict[str, str]


def queues(account: Account, region: str) -> Iterable[Document]:
    """A document for each queue of a region."""
    found = account.read(LIST_QUEUES, region, MaxResults=PAGE)
    if isinstance(found, Unknown):
        yield account.unlisted(Topic, found, region, QUEUE)
        return
    yield from account.map(lambda url: _document(account, region, url), found)


def _document(account: Account, region: str, url: str) -> Document:
    name = url.rpartition("/")[2]
    arn = account.arn("sqs", region, name)
    attributes: Attributes | Unknown = account.read(
        GET_ATTRIBUTES, region, name, QueueUrl=url, AttributeNames=["All"]
    )
    # A queue without a policy has no such attribute.
    policy: PolicyText | Unknown = then(attributes, lambda known: known.get("Policy") or None)
    return account.document(
        Topic(
            encryption=_encryption(account, region, attributes),
            policy=then(policy, grants),
            tls=message_tls(policy, _CARRYING, arn),
            exposure=policy_exposure(policy),
        ),
        id=arn,
        region=region,
        name=name,
        tags=then(account.read(LIST_TAGS, region, name, QueueUrl=url), lambda tags: tags or {}),
        native_type=QUEUE,
        native=_native(attributes),
    )


def _encryption(account: Account, region: str, attributes: Attributes | Unknown) -> Encryption:
    """A key of KMS where one is named, else one of SQS where that is on (SQS developer guide,
    "Encryption at rest")."""
    if isinstance(attributes, Unknown):
        return Encryption.unread(attributes)
    key = attributes.get("KmsMasterKeyId")
    if key:
        return at_rest(account, region, True, key)
    enabled = _SWITCHES.get(attributes.get("SqsManagedSseEnabled", "").lower())
    return (
        Encryption.unread(_NOT_TOLD) if enabled is None else at_rest(account, region, enabled, None)
    )


def _native(attributes: Attributes | Unknown) -> dict[str, Any]:
    if isinstance(attributes, Unknown):
        return {}
    return {key: attributes[key] for key in _KEPT if key in attributes}


SERVICE = Service(
    name="Simple Queue Service",
    types=((Topic, QUEUE),),
    calls=(LIST_QUEUES, GET_ATTRIBUTES, LIST_TAGS, DESCRIBE_KEY),
    region=queues,
)
