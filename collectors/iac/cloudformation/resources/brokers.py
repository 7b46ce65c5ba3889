"""Brokers of Amazon MQ. Source: CloudFormation template reference, Amazon MQ."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.iac.blocks import Block
from collectors.iac.mappers.aws.broker import BROKER
from collectors.iac.stacks.resource import Resource, Translation, part, renamed, tags

_NAMES = {
    "BrokerName": "broker_name",
    "EngineType": "engine_type",
    "PubliclyAccessible": "publicly_accessible",
    "SubnetIds": "subnet_ids",
    "SecurityGroups": "security_groups",
}
_OPTIONS = {"KmsKeyId": "kms_key_id", "UseAwsOwnedKey": "use_aws_owned_key"}


def broker(resource: Resource) -> Iterator[Block]:
    """A broker of either engine."""
    values: dict[str, Any] = renamed(resource.properties, _NAMES) | {
        "encryption_options": part(resource.get("EncryptionOptions"), _OPTIONS),
        "tags": tags(resource.get("Tags")),
    }
    yield resource.block(BROKER, values)


TRANSLATIONS: dict[str, Translation] = {"AWS::AmazonMQ::Broker": broker}
