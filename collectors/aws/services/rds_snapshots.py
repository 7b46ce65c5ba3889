"""Manual snapshots of databases and clusters, and with whom they are shared."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from msgspec import Struct

from collectors.aws.account import Account, Service, tags_of
from collectors.aws.encryption import KEY_NOT_TOLD, at_rest
from collectors.aws.kms_calls import DESCRIBE_KEY
from collectors.aws.rds_calls import (
    DESCRIBE_CLUSTER_SNAPSHOT_ATTRIBUTES,
    DESCRIBE_CLUSTER_SNAPSHOTS,
    DESCRIBE_SNAPSHOT_ATTRIBUTES,
    DESCRIBE_SNAPSHOTS,
)
from collectors.calls import Call
from collectors.document import Document, Unknown, then
from collectors.facts.database import DatabaseSnapshot

SNAPSHOT = "AWS::RDS::DBSnapshot"
CLUSTER_SNAPSHOT = "AWS::RDS::DBClusterSnapshot"
_KEPT = (
    "DBInstanceIdentifier",
    "DBClusterIdentifier",
    "Engine",
    "EngineVersion",
    "SnapshotType",
    "SnapshotCreateTime",
    "Status",
    "SourceRegion",
    "KmsKeyId",
)


class _Kind(Struct, frozen=True):
    """How the API names one of the two kinds of snapshots."""

    native_type: str
    listed_by: Call
    shared_by: Call
    name: str
    encrypted: str

    @property
    def arn(self) -> str:
        return self.name.replace("Identifier", "Arn")

    @property
    def attributes(self) -> str:
        return self.name.replace("Identifier", "Attributes")


_KINDS = (
    _Kind(
        SNAPSHOT,
        DESCRIBE_SNAPSHOTS,
        DESCRIBE_SNAPSHOT_ATTRIBUTES,
        name="DBSnapshotIdentifier",
        encrypted="Encrypted",
    ),
    _Kind(
        CLUSTER_SNAPSHOT,
        DESCRIBE_CLUSTER_SNAPSHOTS,
        DESCRIBE_CLUSTER_SNAPSHOT_ATTRIBUTES,
        name="DBClusterSnapshotIdentifier",
        encrypted="StorageEncrypted",
    ),
)


def snapshots(account: Account, region: str) -> Iterable[Document]:
    """A document for each manual snapshot of a region: automatic ones cannot be shared."""
    for kind in _KINDS:
        found = account.read(kind.listed_by, region, SnapshotType="manual")
        if isinstance(found, Unknown):
            yield account.unlisted(DatabaseSnapshot, found, region, kind.native_type)
        else:
            yield from account.map(_maker(account, region, kind), found)


def _maker(account: Account, region: str, kind: _Kind) -> Any:
    return lambda item: _document(account, region, kind, item)


def _document(account: Account, region: str, kind: _Kind, item: dict[str, Any]) -> Document:
    name = item[kind.name]
    answer = account.read(kind.shared_by, region, name, **{kind.name: name})
    return account.document(
        DatabaseSnapshot(
            encryption=at_rest(
                account, region, item[kind.encrypted], item.get("KmsKeyId", KEY_NOT_TOLD)
            ),
            shared_with=then(answer, lambda result: shared_with(result[kind.attributes])),
            created=item.get("SnapshotCreateTime", Unknown("the snapshot is still being made")),
        ),
        id=item[kind.arn],
        region=region,
        name=name,
        tags=tags_of(item.get("TagList")),
        native_type=kind.native_type,
        native={key: item[key] for key in _KEPT if key in item},
    )


def shared_with(attributes: list[dict[str, Any]]) -> list[str]:
    """The accounts, or "all", that may restore a snapshot."""
    return sorted(
        account
        for attribute in attributes
        if attribute["AttributeName"] == "restore"
        for account in attribute["AttributeValues"]
    )


SERVICE = Service(
    name="RDS snapshots",
    types=((DatabaseSnapshot, SNAPSHOT), (DatabaseSnapshot, CLUSTER_SNAPSHOT)),
    calls=(
        DESCRIBE_SNAPSHOTS,
        DESCRIBE_SNAPSHOT_ATTRIBUTES,
        DESCRIBE_CLUSTER_SNAPSHOTS,
        DESCRIBE_CLUSTER_SNAPSHOT_ATTRIBUTES,
        DESCRIBE_KEY,
    ),
    region=snapshots,
)
