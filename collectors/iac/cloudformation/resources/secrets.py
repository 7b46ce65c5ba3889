"""Secrets with their rotation and policies, and parameters. Sources: CloudFormation template
reference, AWS Secrets Manager and AWS Systems Manager."""

from __future__ import annotations

from collections.abc import Iterator

from collectors.iac.blocks import Block
from collectors.iac.cloudformation.resources.networks import plain
from collectors.iac.mappers.aws.parameter import PARAMETER
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


def parameter(resource: Resource) -> Iterator[Block]:
    """A parameter of Parameter Store, never its value. CloudFormation makes none of the type
    SecureString, so that one whose type is decided at deployment is no secret either."""
    kind = resource.get("Type")
    values = {"name": resource.get("Name"), "type": kind if isinstance(kind, str) else "String"}
    yield resource.block(PARAMETER, values | {"tags": tags(resource.get("Tags"))})


TRANSLATIONS: dict[str, Translation] = {
    "AWS::SSM::Parameter": parameter,
    "AWS::SecretsManager::ResourcePolicy": plain(
        POLICY, {"SecretId": "secret_arn", "ResourcePolicy": "policy"}
    ),
    "AWS::SecretsManager::RotationSchedule": rotation,
    "AWS::SecretsManager::Secret": secret,
}
