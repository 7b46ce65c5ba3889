"""Secrets with their rotation and policies. Source: CloudFormation template reference, AWS Secrets
Manager."""

from __future__ import annotations

from collections.abc import Iterator

from collectors.iac.blocks import Block
from collectors.iac.cloudformation.resources.networks import plain
from collectors.iac.mappers.aws.secret import POLICY, ROTATION, SECRET
from collectors.iac.stacks.resource import Resource, Translation, part, parts, renamed, tags


def secret(resource: Resource) -> Iterator[Block]:
    """A secret, never its value."""
    values = renamed(resource.properties, {"Name": "name", "KmsKeyId": "kms_key_id"})
    names = {"Region": "region", "KmsKeyId": "kms_key_id"}
    values["replica"] = parts(resource.get("ReplicaRegions"), names)
    yield resource.block(SECRET, values | {"tags": tags(resource.get("Tags"))})


def rotation(resource: Resource) -> Iterator[Block]:
    """The rotation of a secret."""
    names = {
        "AutomaticallyAfterDays": "automatically_after_days",
        "ScheduleExpression": "schedule_expression",
    }
    values = renamed(resource.properties, {"SecretId": "secret_id"})
    values["rotation_rules"] = part(resource.get("RotationRules"), names)
    yield resource.block(ROTATION, values)


TRANSLATIONS: dict[str, Translation] = {
    "AWS::SecretsManager::ResourcePolicy": plain(
        POLICY, {"SecretId": "secret_arn", "ResourcePolicy": "policy"}
    ),
    "AWS::SecretsManager::RotationSchedule": rotation,
    "AWS::SecretsManager::Secret": secret,
}
