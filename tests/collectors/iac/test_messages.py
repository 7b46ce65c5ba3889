"""Queues and topics in Terraform and CloudFormation: encryption, and whom their policies let in."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from collectors.iac.blocks import Reference
from tests.collectors.iac.conftest import documents
from tests.collectors.iac.mappers.hand import block, the

ALLOW = {"Effect": "Allow", "Principal": "*", "Action": "sqs:SendMessage", "Resource": "*"}
PLAIN = {"Bool": {"aws:SecureTransport": "false"}}
DENY = {"Effect": "Deny", "Principal": "*", "Action": "sqs:*", "Resource": "*", "Condition": PLAIN}


def text(*statements: dict[str, Any]) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": [*statements]})


@pytest.mark.parametrize(
    ("values", "enabled", "manager"),
    [
        ({}, True, "provider"),
        ({"sqs_managed_sse_enabled": False}, False, None),
        ({"kms_master_key_id": "alias/mine"}, True, "customer"),
        ({"kms_master_key_id": "alias/aws/sqs"}, True, "provider"),
    ],
)
def test_encryption_of_queues(values: dict[str, Any], enabled: bool, manager: str | None) -> None:
    found = the(block("aws_sqs_queue.q", values)).facts["encryption"]
    assert (found["enabled"], found["key_manager"]) == (enabled, manager)


def test_encryption_of_topics() -> None:
    """What the service does to its own disks is nothing that a topic sets."""
    plain, own = (
        the(block("aws_sns_topic.t", values)).facts["encryption"]
        for values in ({}, {"kms_master_key_id": "alias/mine"})
    )
    assert (plain["enabled"], own["enabled"], own["key_manager"]) == (False, True, "customer")


@pytest.mark.parametrize(
    ("statements", "public", "required"),
    [
        ([ALLOW], True, False),
        ([DENY], False, True),
        ([ALLOW, DENY], True, True),
        ([DENY | {"Action": "sqs:SendMessage"}], False, False),
        ([DENY | {"Resource": "arn:aws:sqs:eu-west-1:1:other"}], False, False),
        ([DENY | {"Resource": "arn:aws:sqs:eu-west-1:1:q"}], False, True),
        ([ALLOW | {"Principal": {"AWS": "arn:aws:iam::111122223333:root"}}], False, False),
    ],
)
def test_policies(statements: list[dict[str, Any]], public: bool, required: bool) -> None:
    queue = block("aws_sqs_queue.q", {"name": "q"})
    own = block("aws_sqs_queue.q", {"name": "q", "policy": text(*statements)})
    separate = block(
        "aws_sqs_queue_policy.p",
        {"queue_url": Reference("aws_sqs_queue.q", "url"), "policy": text(*statements)},
    )
    for found in (the(own), the(queue, separate)):
        assert found.facts["exposure"]["public"] is public
        assert found.facts["tls"]["required"] is required


def test_without_a_policy_nobody_else_is_let_in() -> None:
    queue, topic = the(block("aws_sqs_queue.q", {})), the(block("aws_sns_topic.t", {}))
    assert (queue.facts["policy"], queue.facts["tls"]["required"]) == ([], False)
    assert "policy" in topic.unknown
    assert queue.facts["exposure"] == topic.facts["exposure"] == {"public": False, "via": []}


def test_a_policy_that_is_not_known_passes_nothing() -> None:
    unknown = block("aws_sqs_queue.q", {"policy": Reference("data.x.y", "json")})
    found = the(unknown)
    assert {"policy", "exposure/public", "tls/required"} <= set(found.unknown)


STACK = """AWSTemplateFormatVersion: '2010-09-09'
Resources:
  Queue:
    Type: AWS::SQS::Queue
    Properties: {SqsManagedSseEnabled: false}
  Policy:
    Type: AWS::SQS::QueuePolicy
    Properties:
      Queues: [!Ref Queue]
      PolicyDocument:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Principal: "*", Action: sqs:SendMessage, Resource: !GetAtt Queue.Arn}
          - Effect: Deny
            Principal: "*"
            Action: sqs:*
            Resource: !GetAtt Queue.Arn
            Condition: {Bool: {"aws:SecureTransport": "false"}}
  Topic:
    Type: AWS::SNS::Topic
    Properties: {KmsMasterKeyId: alias/mine}
  Inline:
    Type: AWS::SNS::TopicInlinePolicy
    Properties:
      TopicArn: !Ref Topic
      PolicyDocument:
        Version: "2012-10-17"
        Statement: [{Effect: Allow, Principal: "*", Action: sns:Publish, Resource: "*"}]
  Other: {Type: AWS::SQS::Queue}
  OtherInline:
    Type: AWS::SQS::QueueInlinePolicy
    Properties:
      Queue: !Ref Other
      PolicyDocument:
        Version: "2012-10-17"
        Statement: [{Effect: Allow, Principal: "*", Action: "sqs:*", Resource: "*"}]
  Elsewhere:
    Type: AWS::SNS::TopicPolicy
    Properties:
      Topics: ["arn:aws:sns:eu-west-1:111122223333:other"]
      PolicyDocument:
        Version: "2012-10-17"
        Statement: [{Effect: Allow, Principal: "*", Action: sns:Publish, Resource: "*"}]
"""


def test_a_queue_without_a_name_may_be_the_one_that_a_policy_names() -> None:
    named = text(DENY | {"Resource": "arn:aws:sqs:eu-west-1:1:q"})
    assert "tls/required" in the(block("aws_sqs_queue.q", {"policy": named})).unknown


def test_cloudformation(folder: Path) -> None:
    (folder / "stack.yaml").write_text(STACK, encoding="utf-8")
    found = documents(folder)[1]
    queue = found["Queue"].facts
    assert queue["encryption"]["enabled"] is False
    assert queue["exposure"] == {"public": True, "via": ["policy"]}
    assert queue["tls"]["required"] is True
    assert found["Topic"].facts["encryption"]["key_manager"] == "customer"
    assert found["Topic"].facts["exposure"]["public"] is True
    assert found["Other"].facts["exposure"]["public"] is True
    # The policy of a topic that is not in the template is judged alone.
    assert found["Elsewhere"].facts["exposure"]["public"] is True
