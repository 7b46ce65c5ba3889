"""Streams of Data Firehose: the encryption of what they keep until it is delivered."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from collectors.aws.account import Account, Service, tags_of
from collectors.aws.encryption import KEY_NOT_TOLD, OFF, at_rest
from collectors.aws.kms_calls import DESCRIBE_KEY
from collectors.aws.logic import told
from collectors.aws.stream_calls import DESCRIBE_STREAM, stream_encryption
from collectors.aws.stream_facts import OTHER_SOURCE, endpoint_tls
from collectors.calls import Call, Scope
from collectors.document import Document, Unknown, then
from collectors.facts.operations import Topic
from collectors.facts.shared import Encryption, Exposure

DELIVERY_STREAM = "AWS::KinesisFirehose::DeliveryStream"
# The most that one question may ask for: twice the streams that a region may have, and the tags
# that a stream may have.
STREAMS, TAGS = 10_000, 50

_MORE = Unknown("Firehose does not list all of its streams at once")
_STATUS = Unknown("Firehose does not tell whether the stream is encrypted")
_KEPT = (
    "DeliveryStreamARN",
    "DeliveryStreamStatus",
    "DeliveryStreamType",
    "DeliveryStreamEncryptionConfiguration",
    "CreateTimestamp",
    "Source",
)


def _firehose(operation: str, result: str, scope: Scope = "resource") -> Call:
    return Call(
        provider="aws",
        service="firehose",
        operation=operation,
        permission=f"firehose:{operation}",
        scope=scope,
        result=result,
        not_everywhere=scope == "region",
    )


LIST_STREAMS = _firehose("ListDeliveryStreams", "", "region")
DESCRIBE = _firehose("DescribeDeliveryStream", "DeliveryStreamDescription")
LIST_TAGS = _firehose("ListTagsForDeliveryStream", "Tags")

Item = dict[str, Any]


def delivery_streams(account: Account, region: str) -> Iterable[Document]:
    """A document for each stream of a region."""
    answer = account.read(LIST_STREAMS, region, Limit=STREAMS)
    if answer is None:
        return
    names = then(answer, _names)
    if isinstance(names, Unknown):
        yield account.unlisted(Topic, names, region, DELIVERY_STREAM)
        return
    yield from account.map(lambda name: _document(account, region, name), names)


def _names(answer: Item) -> list[str] | Unknown:
    more: bool | Unknown = told(answer, "HasMoreDeliveryStreams")
    names: list[str] | Unknown = told(answer, "DeliveryStreamNames")
    return then(more, lambda left: _MORE if left else names)


def _document(account: Account, region: str, name: str) -> Document:
    stream: Item | Unknown = account.read(DESCRIBE, region, name, DeliveryStreamName=name)
    tags = account.read(LIST_TAGS, region, name, DeliveryStreamName=name, Limit=TAGS)
    return account.document(
        Topic(
            encryption=_encryption(account, region, stream),
            # Streams have no policy: identities of the account alone write to them.
            policy=[],
            tls=endpoint_tls(),
            exposure=Exposure(public=False, via=[]),
        ),
        id=account.arn("firehose", region, f"deliverystream/{name}"),
        region=region,
        name=name,
        tags=then(tags, tags_of),
        native_type=DELIVERY_STREAM,
        native=_native(stream),
    )


def _encryption(account: Account, region: str, stream: Item | Unknown) -> Encryption:
    """Encryption of what is kept: of what comes from a Kinesis stream nothing is, which stays in
    that stream (Firehose developer guide, "Data protection")."""
    if isinstance(stream, Unknown):
        return Encryption.unread(stream)
    source = stream.get("Source", {}).get("KinesisStreamSourceDescription")
    if source:
        return _of_source(account, source["KinesisStreamARN"])
    if stream["DeliveryStreamType"] != "DirectPut":
        return Encryption.unread(OTHER_SOURCE)
    settings = stream.get("DeliveryStreamEncryptionConfiguration", {})
    match settings.get("Status"):
        case "DISABLED":
            return OFF
        case "ENABLED":
            return at_rest(account, region, True, _key(settings))
    # A change under way, or one that failed, says nothing of what holds meanwhile.
    return Encryption.unread(_STATUS)


def _key(settings: Item) -> str | Unknown | None:
    if settings.get("KeyType") == "AWS_OWNED_CMK":
        return None
    return settings.get("KeyARN") or KEY_NOT_TOLD


def _of_source(account: Account, arn: str) -> Encryption:
    region, owner, resource = arn.split(":")[3:6]
    if owner != account.id:
        return Encryption.unread(Unknown(f"the Kinesis stream {arn} is of another account"))
    name = resource.partition("/")[2]
    summary = account.read(DESCRIBE_STREAM, region, name, StreamName=name)
    return stream_encryption(account, region, summary)


def _native(stream: Item | Unknown) -> Item:
    if isinstance(stream, Unknown):
        return {}
    return {key: stream[key] for key in _KEPT if key in stream}


SERVICE = Service(
    name="Data Firehose",
    types=((Topic, DELIVERY_STREAM),),
    calls=(LIST_STREAMS, DESCRIBE, LIST_TAGS, DESCRIBE_STREAM, DESCRIBE_KEY),
    region=delivery_streams,
)
