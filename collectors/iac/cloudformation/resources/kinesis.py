"""Streams of Kinesis Data Streams and of Data Firehose. Source: CloudFormation template reference,
Amazon Kinesis and Amazon Data Firehose."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.iac.blocks import Block
from collectors.iac.cloudformation.resources.networks import plain
from collectors.iac.mappers.aws.delivery_stream import DELIVERY_STREAM
from collectors.iac.mappers.aws.stream import CONSUMER, POLICY, STREAM
from collectors.iac.stacks.resource import Resource, Translation, part, renamed, tags

_OTHER_SOURCES = ("MSKSourceConfiguration", "DatabaseSourceConfiguration")


def stream(resource: Resource) -> Iterator[Block]:
    """A stream of Kinesis Data Streams, in the clear without StreamEncryption."""
    encryption = resource.get("StreamEncryption")
    known = encryption if isinstance(encryption, dict) else {}
    values: dict[str, Any] = {
        "name": resource.get("Name"),
        # What stands for the whole property stands for its parts.
        "encryption_type": known.get("EncryptionType") if known else encryption,
        "kms_key_id": known.get("KeyId"),
        "tags": tags(resource.get("Tags")),
    }
    yield resource.block(STREAM, values)


def delivery_stream(resource: Resource) -> Iterator[Block]:
    """A stream of Data Firehose, in the clear where no input for its encryption is written."""
    values: dict[str, Any] = {
        "name": resource.get("DeliveryStreamName"),
        "kinesis_source_configuration": part(
            resource.get("KinesisStreamSourceConfiguration"),
            {"KinesisStreamARN": "kinesis_stream_arn"},
        ),
        # Any source but a Kinesis stream is looked at alike.
        "msk_source_configuration": next(filter(None, map(resource.get, _OTHER_SOURCES)), None),
        "server_side_encryption": _encryption(
            resource.get("DeliveryStreamEncryptionConfigurationInput")
        ),
        "tags": tags(resource.get("Tags")),
    }
    yield resource.block(DELIVERY_STREAM, values)


def _encryption(given: Any) -> Any:
    if not isinstance(given, dict):
        return given
    return {"enabled": True} | renamed(given, {"KeyType": "key_type", "KeyARN": "key_arn"})


TRANSLATIONS: dict[str, Translation] = {
    "AWS::Kinesis::ResourcePolicy": plain(
        POLICY, {"ResourceArn": "resource_arn", "ResourcePolicy": "policy"}
    ),
    "AWS::Kinesis::Stream": stream,
    "AWS::Kinesis::StreamConsumer": plain(CONSUMER, {"StreamARN": "stream_arn"}),
    "AWS::KinesisFirehose::DeliveryStream": delivery_stream,
}
