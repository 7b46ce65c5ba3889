"""Tables of DynamoDB, also global ones. Source: CloudFormation template reference, Amazon
DynamoDB."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.iac.blocks import Block
from collectors.iac.mappers.aws.table import POLICY, TABLE
from collectors.iac.stacks.resource import Resource, Translation, part, renamed, tags

_OWN = {"TableName": "name", "DeletionProtectionEnabled": "deletion_protection_enabled"}
_RECOVERY = {
    "PointInTimeRecoveryEnabled": "enabled",
    "RecoveryPeriodInDays": "recovery_period_in_days",
}
_KEY = {"SSEEnabled": "enabled", "KMSMasterKeyId": "kms_key_arn"}


def table(resource: Resource) -> Iterator[Block]:
    """A table, and its policy."""
    values = _values(resource.properties) | {
        "server_side_encryption": part(resource.get("SSESpecification"), _KEY)
    }
    yield resource.block(TABLE, values)
    yield from _policy(resource, resource.properties, resource.itself().address)


def _values(properties: dict[str, Any]) -> dict[str, Any]:
    recovery = properties.get("PointInTimeRecoverySpecification")
    return renamed(properties, _OWN) | {
        "point_in_time_recovery": part(recovery, _RECOVERY),
        "tags": tags(properties.get("Tags")),
    }


def global_table(resource: Resource) -> Iterator[Block]:
    """A global table: a table in each of its regions, of which every other one is a replica."""
    listed = resource.get("Replicas")
    if not isinstance(listed, list):
        yield resource.block(TABLE, {"replica": listed, "region": listed})
        return
    shared = resource.get("SSESpecification")
    for i, each in enumerate(listed):
        own = each if isinstance(each, dict) else {}
        values = _values(own) | renamed(resource.properties, {"TableName": "name"})
        encryption = part(shared, _KEY)
        if isinstance(encryption, dict):
            key = own.get("SSESpecification")
            encryption |= part(key, _KEY) if isinstance(key, dict) else {"kms_key_arn": key}
        others = [one for one in listed if one is not each]
        values |= {
            "region": own.get("Region") if isinstance(each, dict) else each,
            "server_side_encryption": encryption,
        }
        name = f"Replicas[{i}]" if i else ""
        made = resource.block(TABLE, values, part=name)
        made.values["elsewhere"] = [
            one.get("Region") if isinstance(one, dict) else one for one in others
        ]
        yield made
        yield from _policy(resource, own, made.address, name)


def _policy(
    resource: Resource, properties: dict[str, Any], address: str, name: str = ""
) -> Iterator[Block]:
    written = properties.get("ResourcePolicy")
    if written is None:
        return
    text = written.get("PolicyDocument") if isinstance(written, dict) else written
    values = {"resource_arn": type(resource.itself())(address, "arn"), "policy": text}
    yield resource.block(POLICY, values, part=f"{name}ResourcePolicy")


TRANSLATIONS: dict[str, Translation] = {
    "AWS::DynamoDB::GlobalTable": global_table,
    "AWS::DynamoDB::Table": table,
}
