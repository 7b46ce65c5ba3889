"""Topics of the Simple Notification Service: their encryption, and what their policies say."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from collectors.aws.account import Account, Service, tags_of
from collectors.aws.encryption import at_rest
from collectors.aws.kms_calls import DESCRIBE_KEY
from collectors.aws.message_policy import message_tls, policy_exposure
from collectors.aws.policy_document import PolicyText, grants
from collectors.calls import Call, Scope
from collectors.document import Document, Unknown, then
from collectors.facts.operations import Topic
from collectors.facts.shared import Encryption

TOPIC = "AWS::SNS::Topic"
_KEPT = (
    "TopicArn",
    "Owner",
    "KmsMasterKeyId",
    "FifoTopic",
    "SignatureVersion",
    "SubscriptionsConfirmed",
)


def _sns(operation: str, result: str, scope: Scope = "resource", *, paged: bool = False) -> Call:
    return Call(
        provider="aws",
        service="sns",
        operation=operation,
        permission=f"sns:{operation}",
        scope=scope,
        result=result,
        paged=paged,
    )


LIST_TOPICS = _sns("ListTopics", "Topics", "region", paged=True)
GET_ATTRIBUTES = _sns("GetTopicAttributes", "Attributes")
LIST_TAGS = _sns("ListTagsForResource", "Tags")

_CARRYING = ("sns:Publish",)
_NO_POLICY = Unknown("SNS does not tell the policy of the topic")

Attributes = dict[str, str]


def topics(account: Account, region: str) -> Iterable[Document]:
    """A document for each topic of a region."""
    found = account.read(LIST_TOPICS, region)
    if isinstance(found, Unknown):
        yield account.unlisted(Topic, found, region, TOPIC)
        return
    yield from account.map(lambda item: _document(account, region, item["TopicArn"]), found)


def _document(account: Account, region: str, arn: str) -> Document:
    name = arn.rpartition(":")[2]
    attributes: Attributes | Unknown = account.read(GET_ATTRIBUTES, region, name, TopicArn=arn)
    # Every topic has a policy: the default one, unless another was set.
    policy: PolicyText | Unknown = then(attributes, lambda known: known.get("Policy") or _NO_POLICY)
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
        tags=then(account.read(LIST_TAGS, region, name, ResourceArn=arn), tags_of),
        native_type=TOPIC,
        native=_native(attributes),
    )


def _encryption(account: Account, region: str, attributes: Attributes | Unknown) -> Encryption:
    """Messages are encrypted where a key is named. That the disks of the service are encrypted
    whatever the topic says (SNS developer guide, "Data encryption") is nothing that a customer
    controls or sees, and does not count."""
    if isinstance(attributes, Unknown):
        reason = attributes
        return Encryption.unread(reason)
    key = attributes.get("KmsMasterKeyId")
    return at_rest(account, region, bool(key), key)


def _native(attributes: Attributes | Unknown) -> dict[str, Any]:
    if isinstance(attributes, Unknown):
        return {}
    return {key: attributes[key] for key in _KEPT if key in attributes}


SERVICE = Service(
    name="Simple Notification Service",
    types=((Topic, TOPIC),),
    calls=(LIST_TOPICS, GET_ATTRIBUTES, LIST_TAGS, DESCRIBE_KEY),
    region=topics,
)
