"""Streams of Kinesis and Firehose in Terraform and CloudFormation."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from collectors.document import Document, Unknown
from collectors.iac.blocks import Block, Reference
from tests.collectors.iac.conftest import documents
from tests.collectors.iac.mappers.hand import block, the

APPLY = Unknown("known after apply")
TLS = {"minimum": "1.2", "required": True, "policy": None}
CLOSED = {"public": False, "via": []}
OPEN = {"public": True, "via": ["policy"]}
IN_FULL = "arn:aws:kinesis:eu-west-1:111122223333:stream/s"


def text(principal: Any = "*") -> str:
    statement = {
        "Effect": "Allow",
        "Principal": principal,
        "Action": "kinesis:*",
        "Resource": "*",
    }
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def stream(values: dict[str, Any], *others: Block) -> Document:
    return the(block("aws_kinesis_stream.s", {"name": "s", **values}), *others)


def policy(of: Any, written: Any = None) -> Block:
    values = {"resource_arn": of, "policy": written or text()}
    return block("aws_kinesis_resource_policy.p", values)


@pytest.mark.parametrize(
    ("values", "enabled", "manager"),
    [
        ({}, False, None),
        ({"encryption_type": "NONE", "kms_key_id": "alias/mine"}, False, None),
        ({"encryption_type": "KMS", "kms_key_id": "alias/mine"}, True, "customer"),
        ({"encryption_type": "kms", "kms_key_id": "alias/aws/kinesis"}, True, "provider"),
        ({"encryption_type": "KMS"}, True, "unknown"),
        ({"encryption_type": APPLY, "kms_key_id": "alias/mine"}, "unknown", "unknown"),
    ],
)
def test_encryption(values: dict[str, Any], enabled: Any, manager: str | None) -> None:
    found = stream(values).facts["encryption"]
    assert found.get("enabled", "unknown") == enabled
    assert found.get("key_manager", "unknown") == manager


def test_without_a_policy_nobody_else_is_let_in() -> None:
    found = stream({})
    assert (found.facts["policy"], found.facts["exposure"]) == ([], CLOSED)
    assert found.facts["tls"] == TLS
    assert found.unknown.keys() <= {"region", "country"}


CONSUMER = block(
    "aws_kinesis_stream_consumer.c", {"stream_arn": Reference("aws_kinesis_stream.s", "arn")}
)
OWN = Reference("aws_kinesis_stream.s", "arn")
THEIRS = Reference("aws_kinesis_stream_consumer.c", "arn")


@pytest.mark.parametrize(
    ("others", "exposure"),
    [
        ([policy(OWN)], OPEN),
        ([policy(IN_FULL)], OPEN),
        ([policy(f"{IN_FULL}/consumer/c:1")], OPEN),
        ([policy(THEIRS), CONSUMER], OPEN),
        ([policy(f"{IN_FULL}2")], CLOSED),
        ([policy(OWN, text({"AWS": "1" * 12}))], CLOSED),
        ([policy(OWN, APPLY)], {}),
        ([policy(APPLY)], {}),
        # Whose consumer it is shows after apply.
        ([policy(THEIRS), block("aws_kinesis_stream_consumer.c", {"stream_arn": APPLY})], {}),
        ([block("aws_kinesis_stream_consumer.c", {"stream_arn": APPLY})], CLOSED),
    ],
)
def test_policies(others: list[Block], exposure: dict[str, Any]) -> None:
    assert stream({}, *others).facts["exposure"] == exposure


def delivery(values: dict[str, Any], *others: Block) -> Document:
    return the(block("aws_kinesis_firehose_delivery_stream.d", {"name": "d", **values}), *others)


def fed(arn: Any) -> dict[str, Any]:
    return {"kinesis_source_configuration": [{"kinesis_stream_arn": arn}]}


def sse(**values: Any) -> dict[str, Any]:
    return {"server_side_encryption": [values]}


CUSTOMER = {"key_type": "CUSTOMER_MANAGED_CMK", "key_arn": "alias/mine"}
SAFE = {"encryption_type": "KMS", "kms_key_id": "alias/mine"}


@pytest.mark.parametrize(
    ("values", "source", "enabled", "manager"),
    [
        ({}, None, False, None),
        (sse(enabled=False, **CUSTOMER), None, False, None),
        (sse(key_type="AWS_OWNED_CMK"), None, False, None),
        (sse(enabled=True), None, True, "provider"),
        (sse(enabled=True, **CUSTOMER), None, True, "customer"),
        (sse(enabled=True, key_type="CUSTOMER_MANAGED_CMK"), None, True, "unknown"),
        (sse(enabled=APPLY, **CUSTOMER), None, "unknown", "customer"),
        ({"server_side_encryption": APPLY}, None, "unknown", "unknown"),
        # What a Kinesis stream feeds is kept in that stream.
        (fed(OWN), SAFE, True, "customer"),
        (fed(OWN), {}, False, None),
        (fed(OWN) | sse(enabled=True), {}, False, None),
        (fed(OWN), None, "unknown", "unknown"),
        (fed(IN_FULL), SAFE, "unknown", "unknown"),
        ({"kinesis_source_configuration": APPLY}, SAFE, "unknown", "unknown"),
        ({"msk_source_configuration": [{}]} | sse(enabled=True), None, "unknown", "unknown"),
    ],
)
def test_deliveries(
    values: dict[str, Any], source: dict[str, Any] | None, enabled: Any, manager: str | None
) -> None:
    others = [] if source is None else [block("aws_kinesis_stream.s", source)]
    facts = delivery(values, *others).facts
    found = facts["encryption"]
    assert found.get("enabled", "unknown") == enabled
    assert found.get("key_manager", "unknown") == manager
    assert (facts["policy"], facts["tls"], facts["exposure"]) == ([], TLS, CLOSED)


STACK = """AWSTemplateFormatVersion: '2010-09-09'
Parameters:
  Encryption: {Type: String}
Resources:
  Safe:
    Type: AWS::Kinesis::Stream
    Properties:
      StreamEncryption: {EncryptionType: KMS, KeyId: alias/mine}
      Tags: [{Key: system, Value: core}]
  Open: {Type: AWS::Kinesis::Stream}
  Policy:
    Type: AWS::Kinesis::ResourcePolicy
    Properties:
      ResourceArn: !GetAtt Open.Arn
      ResourcePolicy:
        Version: "2012-10-17"
        Statement: [{Effect: Allow, Principal: "*", Action: "kinesis:*", Resource: "*"}]
  Consumed: {Type: AWS::Kinesis::Stream}
  Consumer:
    Type: AWS::Kinesis::StreamConsumer
    Properties: {StreamARN: !GetAtt Consumed.Arn, ConsumerName: c}
  ConsumerPolicy:
    Type: AWS::Kinesis::ResourcePolicy
    Properties:
      ResourceArn: !Ref Consumer
      ResourcePolicy:
        Version: "2012-10-17"
        Statement: [{Effect: Allow, Principal: "*", Action: "kinesis:*", Resource: "*"}]
  Elsewhere:
    Type: AWS::Kinesis::ResourcePolicy
    Properties:
      ResourceArn: "arn:aws:kinesis:eu-west-1:111122223333:stream/other"
      ResourcePolicy:
        Version: "2012-10-17"
        Statement: [{Effect: Allow, Principal: "*", Action: "kinesis:*", Resource: "*"}]
  Chosen:
    Type: AWS::Kinesis::Stream
    Properties: {StreamEncryption: {EncryptionType: !Ref Encryption, KeyId: alias/mine}}
  Plain: {Type: AWS::KinesisFirehose::DeliveryStream}
  Encrypted:
    Type: AWS::KinesisFirehose::DeliveryStream
    Properties:
      DeliveryStreamEncryptionConfigurationInput:
        {KeyType: CUSTOMER_MANAGED_CMK, KeyARN: alias/mine}
  Fed:
    Type: AWS::KinesisFirehose::DeliveryStream
    Properties:
      DeliveryStreamType: KinesisStreamAsSource
      KinesisStreamSourceConfiguration: {KinesisStreamARN: !GetAtt Safe.Arn, RoleARN: r}
  OfKafka:
    Type: AWS::KinesisFirehose::DeliveryStream
    Properties: {MSKSourceConfiguration: {MSKClusterARN: a, TopicName: t}}
"""


def test_cloudformation(folder: Path) -> None:
    (folder / "stack.yaml").write_text(STACK, encoding="utf-8")
    found = documents(folder)[1]
    encryption = {
        name: (told.get("enabled"), told.get("key_manager"))
        for name, one in found.items()
        if (told := one.facts["encryption"]) is not None
    }
    assert encryption == {
        "Safe": (True, "customer"),
        "Open": (False, None),
        "Consumed": (False, None),
        "Elsewhere": (None, None),
        "Chosen": (None, None),
        "Plain": (False, None),
        "Encrypted": (True, "customer"),
        "Fed": (True, "customer"),
        "OfKafka": (None, None),
    }
    public = {name for name, one in found.items() if one.facts["exposure"].get("public") is True}
    # The policy of a stream that is not in the template is judged alone.
    assert public == {"Open", "Consumed", "Elsewhere"}
    assert found["Safe"].facts["exposure"] == CLOSED
    assert found["Safe"].tags == {"system": "core"}
