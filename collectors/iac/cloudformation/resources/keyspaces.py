"""Tables of Keyspaces. Source: CloudFormation template reference, Amazon Keyspaces."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.iac.blocks import Block
from collectors.iac.mappers.aws.keyspaces import KEYSPACE, TABLE
from collectors.iac.stacks.resource import Resource, Translation, is_open, part, renamed, tags


def table(resource: Resource) -> Iterator[Block]:
    """A table."""
    values = renamed(
        resource.properties, {"KeyspaceName": "keyspace_name", "TableName": "table_name"}
    )
    values["encryption_specification"] = part(
        resource.get("EncryptionSpecification"),
        {"EncryptionType": "type", "KmsKeyIdentifier": "kms_key_identifier"},
    )
    recovery: Any = resource.get("PointInTimeRecoveryEnabled")
    if recovery is not None:
        on = recovery if is_open(recovery) else _word(recovery)
        values["point_in_time_recovery"] = {"status": on}
    yield resource.block(TABLE, values | {"tags": tags(resource.get("Tags"))})


def _word(value: object) -> str:
    return "ENABLED" if str(value).lower() == "true" else "DISABLED"


def keyspace(resource: Resource) -> Iterator[Block]:
    """A keyspace, with the regions of its tables."""
    values = renamed(resource.properties, {"KeyspaceName": "name"})
    values["replication_specification"] = part(
        resource.get("ReplicationSpecification"),
        {"ReplicationStrategy": "replication_strategy", "RegionList": "region_list"},
    )
    yield resource.block(KEYSPACE, values)


TRANSLATIONS: dict[str, Translation] = {
    "AWS::Cassandra::Keyspace": keyspace,
    "AWS::Cassandra::Table": table,
}
