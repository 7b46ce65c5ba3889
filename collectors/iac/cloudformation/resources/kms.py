"""KMS keys and aliases. Source: CloudFormation template reference, AWS KMS."""

from __future__ import annotations

from collections.abc import Iterator

from collectors.iac.blocks import Block
from collectors.iac.stacks.resource import Resource, Translation, renamed, tags

_KEY = {
    "KeyPolicy": "policy",
    "KeySpec": "customer_master_key_spec",
    "EnableKeyRotation": "enable_key_rotation",
    "RotationPeriodInDays": "rotation_period_in_days",
    "Enabled": "is_enabled",
    "Description": "description",
}


def key(resource: Resource) -> Iterator[Block]:
    """A key of the customer, or one whose material is imported."""
    values = renamed(resource.properties, _KEY) | {"tags": tags(resource.get("Tags"))}
    if resource.get("Origin") == "EXTERNAL":
        # The key stands without its material until somebody imports it.
        values["enabled"] = values.pop("is_enabled", None)
        yield resource.block("aws_kms_external_key", values)
        return
    yield resource.block("aws_kms_key", values)


def replica(resource: Resource) -> Iterator[Block]:
    """A copy of a key in another region."""
    names = {"PrimaryKeyArn": "primary_key_arn", "KeyPolicy": "policy", "Enabled": "enabled"}
    values = renamed(resource.properties, names) | {"tags": tags(resource.get("Tags"))}
    yield resource.block("aws_kms_replica_key", values)


def alias(resource: Resource) -> Iterator[Block]:
    """A name of a key."""
    names = {"AliasName": "name", "TargetKeyId": "target_key_id"}
    yield resource.block("aws_kms_alias", renamed(resource.properties, names))


TRANSLATIONS: dict[str, Translation] = {
    "AWS::KMS::Alias": alias,
    "AWS::KMS::Key": key,
    "AWS::KMS::ReplicaKey": replica,
}
