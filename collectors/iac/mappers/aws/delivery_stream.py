"""aws_kinesis_firehose_delivery_stream."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.aws.stream_facts import OTHER_SOURCE, endpoint_tls
from collectors.document import Document, Unknown, also, then
from collectors.facts.operations import Topic
from collectors.facts.shared import Encryption, Exposure
from collectors.iac.blocks import Block, Mapping, Project, nested, read
from collectors.iac.mappers.aws.encryption import KEY_DATA, KEYS, at_rest
from collectors.iac.mappers.aws.shared import aws_document
from collectors.iac.mappers.aws.stream import STREAM, encryption_of
from collectors.iac.mappers.joins import given, target_of

DELIVERY_STREAM = "aws_kinesis_firehose_delivery_stream"

_ELSEWHERE = Unknown("the Kinesis stream is not part of this template")
_NO_KEY = Unknown("the template names no key for the stream's encryption")


def map_delivery_stream(block: Block, project: Project) -> Iterator[Document]:
    """A stream, which has no policy: identities of the account alone write to it."""
    facts = Topic(
        encryption=_encryption(block, project),
        policy=[],
        tls=endpoint_tls(),
        exposure=Exposure(public=False, via=[]),
    )
    yield aws_document(block, project, facts)


def _encryption(block: Block, project: Project) -> Encryption:
    """As collectors.aws.services.firehose says; off unless it is asked for (API reference,
    CreateDeliveryStream)."""
    source = nested(block.values, "kinesis_source_configuration")
    if isinstance(source, Unknown):
        return Encryption.unread(source)
    if source:
        return _of_source(project, source[0].get("kinesis_stream_arn"))
    other = given(block.values, "msk_source_configuration")
    if other is not False:
        return Encryption.unread(also(other) or OTHER_SOURCE)
    written = nested(block.values, "server_side_encryption")
    if isinstance(written, Unknown):
        return Encryption.unread(written)
    settings = written[0] if written else {}
    return at_rest(project, read(settings, "enabled", bool, False), _key(settings))


def _of_source(project: Project, arn: Any) -> Encryption:
    stream = target_of(project, arn, STREAM)
    if stream is None:
        return Encryption.unread(also(arn) or _ELSEWHERE)
    return encryption_of(stream, project)


def _key(settings: dict[str, Any]) -> Any:
    """The key that is named where it is to be the customer's; it is one of AWS unless told so."""
    kind = read(settings, "key_type", str, "AWS_OWNED_CMK")
    if kind == "AWS_OWNED_CMK":
        return None
    return then(kind, lambda _: settings.get("key_arn") or _NO_KEY)


MAPPINGS = [
    Mapping(
        types=(DELIVERY_STREAM,),
        facts=Topic,
        map=map_delivery_stream,
        joined=(STREAM, *KEYS, *KEY_DATA),
    )
]
