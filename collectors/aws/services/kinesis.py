"""Streams of Kinesis Data Streams: their encryption, and what their policies say."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from collectors.aws.account import Account, Service, tags_of
from collectors.aws.kms_calls import DESCRIBE_KEY
from collectors.aws.message_policy import policy_exposure
from collectors.aws.policy_document import PolicyText, grants
from collectors.aws.stream_calls import DESCRIBE_STREAM, stream_encryption
from collectors.aws.stream_facts import endpoint_tls
from collectors.calls import Call, Scope
from collectors.document import Document, Unknown, then
from collectors.facts.operations import Topic
from collectors.facts.shared import Grant

STREAM = "AWS::Kinesis::Stream"
# The most tags that one question may ask for, which is also the most that a stream has.
TAGS = 50

_NO_POLICY = ("", "{}")
"""How Kinesis says that there is no policy, besides its error."""
_QUEUES = Unknown("the policies of the queues on the stream are not read")
_KEPT = (
    "StreamARN",
    "StreamStatus",
    "StreamModeDetails",
    "StreamCreationTimestamp",
    "RetentionPeriodHours",
    "EncryptionType",
    "KeyId",
    "ConsumerCount",
    "QueueCount",
)


def _kinesis(
    operation: str,
    result: str,
    scope: Scope = "resource",
    *,
    paged: bool = False,
    absent: tuple[str, ...] = (),
) -> Call:
    return Call(
        provider="aws",
        service="kinesis",
        operation=operation,
        permission=f"kinesis:{operation}",
        scope=scope,
        result=result,
        paged=paged,
        absent=absent,
    )


LIST_STREAMS = _kinesis("ListStreams", "StreamNames", "region", paged=True)
LIST_CONSUMERS = _kinesis("ListStreamConsumers", "Consumers", paged=True)
GET_POLICY = _kinesis("GetResourcePolicy", "Policy", absent=("ResourceNotFoundException",))
LIST_TAGS = _kinesis("ListTagsForStream", "Tags")

Summary = dict[str, Any]
Policies = list[PolicyText | Unknown]


def streams(account: Account, region: str) -> Iterable[Document]:
    """A document for each stream of a region."""
    found = account.read(LIST_STREAMS, region)
    if isinstance(found, Unknown):
        yield account.unlisted(Topic, found, region, STREAM)
        return
    yield from account.map(lambda name: _document(account, region, name), found)


def _document(account: Account, region: str, name: str) -> Document:
    summary: Summary | Unknown = account.read(DESCRIBE_STREAM, region, name, StreamName=name)
    arn = account.arn("kinesis", region, f"stream/{name}")
    policies = _policies(account, region, arn, summary)
    tags = account.read(LIST_TAGS, region, name, StreamName=name, Limit=TAGS)
    return account.document(
        Topic(
            encryption=stream_encryption(account, region, summary),
            policy=_grants(policies),
            tls=endpoint_tls(),
            exposure=policy_exposure(*policies),
        ),
        id=arn,
        region=region,
        name=name,
        tags=then(tags, tags_of),
        native_type=STREAM,
        native=_native(summary),
    )


def _policies(account: Account, region: str, arn: str, summary: Summary | Unknown) -> Policies:
    """The policies by which others read the stream or write to it: its own, and that of each of its
    consumers (developer guide, "Share your data stream with another account")."""
    policies = [_policy(account, region, arn)]
    consumers = _consumers(account, region, arn, summary)
    if isinstance(consumers, Unknown):
        return [*policies, consumers]
    policies += [_policy(account, region, each["ConsumerARN"]) for each in consumers]
    if isinstance(summary, dict) and summary.get("QueueCount"):
        policies.append(_QUEUES)
    return policies


def _consumers(
    account: Account, region: str, arn: str, summary: Summary | Unknown
) -> list[dict[str, Any]] | Unknown:
    if isinstance(summary, dict) and summary.get("ConsumerCount") == 0:
        return []
    found: list[dict[str, Any]] | Unknown = account.read(
        LIST_CONSUMERS, region, arn.rpartition("/")[2], StreamARN=arn
    )
    return found


def _policy(account: Account, region: str, arn: str) -> PolicyText | Unknown:
    found: str | Unknown | None = account.read(
        GET_POLICY, region, arn.partition("/")[2], ResourceARN=arn
    )
    return None if isinstance(found, str) and found.strip() in _NO_POLICY else found


def _grants(policies: Policies) -> list[Grant] | Unknown:
    found: list[Grant] = []
    for policy in policies:
        those = then(policy, grants)
        if isinstance(those, Unknown):
            return those
        found += those
    return found


def _native(summary: Summary | Unknown) -> dict[str, Any]:
    if isinstance(summary, Unknown):
        return {}
    return {key: summary[key] for key in _KEPT if key in summary}


SERVICE = Service(
    name="Kinesis Data Streams",
    types=((Topic, STREAM),),
    calls=(LIST_STREAMS, DESCRIBE_STREAM, LIST_CONSUMERS, GET_POLICY, LIST_TAGS, DESCRIBE_KEY),
    region=streams,
)
