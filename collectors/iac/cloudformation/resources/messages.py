"""Queues and topics with their policies. Source: CloudFormation template reference, Amazon SQS and
Amazon SNS."""

from __future__ import annotations

from collections.abc import Iterator

from collectors.iac.blocks import Block
from collectors.iac.cloudformation.resources.networks import plain
from collectors.iac.mappers.aws.alarm_actions import SUBSCRIPTION
from collectors.iac.mappers.aws.messages import QUEUE, QUEUE_POLICY, TOPIC, TOPIC_POLICY
from collectors.iac.stacks.resource import Resource, Translation, renamed, tags

_KEY = {"KmsMasterKeyId": "kms_master_key_id"}


def topic(resource: Resource) -> Iterator[Block]:
    """A topic, and the subscriptions that are written into it."""
    values = renamed(resource.properties, {"TopicName": "name", **_KEY})
    yield resource.block(TOPIC, values | {"tags": tags(resource.get("Tags"))})
    written = resource.get("Subscription")
    for i, each in enumerate(written if isinstance(written, list) else [written]):
        if each is not None:
            protocol = each.get("Protocol") if isinstance(each, dict) else each
            values = {"topic_arn": resource.itself("arn"), "protocol": protocol}
            yield resource.block(SUBSCRIPTION, values, part=f"Subscription/{i}")


TRANSLATIONS: dict[str, Translation] = {
    "AWS::SNS::Subscription": plain(
        SUBSCRIPTION, {"TopicArn": "topic_arn", "Protocol": "protocol"}
    ),
    "AWS::SNS::Topic": topic,
    "AWS::SNS::TopicInlinePolicy": plain(
        TOPIC_POLICY, {"TopicArn": "arn", "PolicyDocument": "policy"}
    ),
    "AWS::SNS::TopicPolicy": plain(TOPIC_POLICY, {"Topics": "arn", "PolicyDocument": "policy"}),
    "AWS::SQS::Queue": plain(
        QUEUE, {"QueueName": "name", "SqsManagedSseEnabled": "sqs_managed_sse_enabled", **_KEY}
    ),
    "AWS::SQS::QueueInlinePolicy": plain(
        QUEUE_POLICY, {"Queue": "queue_url", "PolicyDocument": "policy"}
    ),
    "AWS::SQS::QueuePolicy": plain(
        QUEUE_POLICY, {"Queues": "queue_url", "PolicyDocument": "policy"}
    ),
}
