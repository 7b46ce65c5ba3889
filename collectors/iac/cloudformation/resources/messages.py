"""Queues and topics with their policies. Source: CloudFormation template reference, Amazon SQS and
Amazon SNS."""

from __future__ import annotations

from collectors.iac.cloudformation.resources.networks import plain
from collectors.iac.mappers.aws.messages import QUEUE, QUEUE_POLICY, TOPIC, TOPIC_POLICY
from collectors.iac.stacks.resource import Translation

_KEY = {"KmsMasterKeyId": "kms_master_key_id"}

TRANSLATIONS: dict[str, Translation] = {
    "AWS::SNS::Topic": plain(TOPIC, {"TopicName": "name", **_KEY}),
    "AWS::SNS::TopicPolicy": plain(TOPIC_POLICY, {"Topics": "arn", "PolicyDocument": "policy"}),
    "AWS::SQS::Queue": plain(
        QUEUE, {"QueueName": "name", "SqsManagedSseEnabled": "sqs_managed_sse_enabled", **_KEY}
    ),
    "AWS::SQS::QueuePolicy": plain(
        QUEUE_POLICY, {"Queues": "queue_url", "PolicyDocument": "policy"}
    ),
}
