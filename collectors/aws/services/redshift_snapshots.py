"""Manual snapshots of Redshift, of clusters and serverless, and with whom they are shared."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from collectors.aws.account import Account, Service, tags_of
from collectors.aws.encryption import KEY_NOT_TOLD, at_rest
from collectors.aws.kms_calls import DESCRIBE_KEY
from collectors.aws.redshift_workgroups import LIST_TAGS, encryption_by, serverless_call, tags_by
from collectors.calls import Call
from collectors.document import Document, Unknown
from collectors.facts.database import DatabaseSnapshot
from collectors.facts.shared import Encryption

SNAPSHOT = "AWS::Redshift::ClusterSnapshot"
SERVERLESS_SNAPSHOT = "AWS::RedshiftServerless::Snapshot"
LIST_SNAPSHOTS = serverless_call("ListSnapshots", "snapshots")
DESCRIBE_SNAPSHOTS = Call(
    provider="aws",
    service="redshift",
    operation="DescribeClusterSnapshots",
    permission="redshift:DescribeClusterSnapshots",
    scope="region",
    result="Snapshots",
    paged=True,
)
_KEPT = (
    "SnapshotArn",
    "ClusterIdentifier",
    "ClusterVersion",
    "SnapshotType",
    "SnapshotCreateTime",
    "Status",
    "Encrypted",
    "EncryptedWithHSM",
    "KmsKeyId",
    "SourceRegion",
    "ManualSnapshotRetentionPeriod",
)
_KEPT_OF_SERVERLESS = ("snapshotArn", "namespaceName", "status", "snapshotRetentionPeriod")
_BEING_MADE = Unknown("the snapshot is still being made")

Item = dict[str, Any]


def snapshots(account: Account, region: str) -> Iterable[Document]:
    """A document for each manual snapshot of a region: automatic ones cannot be shared."""
    found = account.read(DESCRIBE_SNAPSHOTS, region, SnapshotType="manual")
    if isinstance(found, Unknown):
        yield account.unlisted(DatabaseSnapshot, found, region, SNAPSHOT)
        return
    own = [item for item in found if _is_own(item, account.id)]
    yield from account.map(lambda item: _document(account, region, item), own)


def _is_own(item: Item, account_id: str) -> bool:
    """What others share with this account is theirs: who else may restore it is told to them alone.
    Servers that know no filter answer with automatic ones too."""
    theirs = item.get("OwnerAccount", account_id) != account_id
    return not theirs and item.get("SnapshotType") != "automated"


def _document(account: Account, region: str, item: Item) -> Document:
    name = item["SnapshotIdentifier"]
    place = f"snapshot:{item['ClusterIdentifier']}/{name}"
    return account.document(
        DatabaseSnapshot(
            encryption=encryption(account, region, item),
            shared_with=shared_with(item),
            created=item.get("SnapshotCreateTime", _BEING_MADE),
        ),
        id=item.get("SnapshotArn") or account.arn("redshift", region, place),
        region=region,
        name=name,
        tags=tags_of(item.get("Tags")),
        native_type=SNAPSHOT,
        native={key: item[key] for key in _KEPT if key in item},
    )


def serverless_snapshots(account: Account, region: str) -> Iterable[Document]:
    """A document for each snapshot of a serverless warehouse; recovery points are none."""
    found = account.read(LIST_SNAPSHOTS, region)
    if isinstance(found, Unknown):
        yield account.unlisted(DatabaseSnapshot, found, region, SERVERLESS_SNAPSHOT)
        return
    own = [item for item in found if item.get("ownerAccount", account.id) == account.id]
    yield from account.map(lambda item: _serverless(account, region, item), own)


def _serverless(account: Account, region: str, item: Item) -> Document:
    arn, name = item["snapshotArn"], item["snapshotName"]
    # It is restored to a namespace or to a cluster, and shared for either.
    sharing = ("accountsWithRestoreAccess", "accountsWithProvisionedRestoreAccess")
    return account.document(
        DatabaseSnapshot(
            encryption=encryption_by(account, region, item.get("kmsKeyId")),
            shared_with=sorted({one for key in sharing for one in item.get(key) or []}),
            created=item.get("snapshotCreateTime", _BEING_MADE),
        ),
        id=arn,
        region=region,
        name=name,
        tags=tags_by(account, region, arn),
        native_type=SERVERLESS_SNAPSHOT,
        native={key: item[key] for key in _KEPT_OF_SERVERLESS if key in item},
    )


def every_snapshot(account: Account, region: str) -> Iterable[Document]:
    """Documents of the snapshots of clusters and of serverless warehouses."""
    yield from snapshots(account, region)
    yield from serverless_snapshots(account, region)


def encryption(account: Account, region: str, item: Item) -> Encryption:
    """A snapshot is encrypted as its cluster was: by a key of KMS or of a hardware module."""
    if item["Encrypted"] and item.get("EncryptedWithHSM"):
        return Encryption(
            enabled=True, key_manager="external", key_id=KEY_NOT_TOLD, algorithm="AES-256"
        )
    return at_rest(account, region, item["Encrypted"], item.get("KmsKeyId") or KEY_NOT_TOLD)


def shared_with(item: Item) -> list[str]:
    """The accounts that may restore a snapshot; everybody at once never may. Without any, the
    answer leaves them out (API reference, Snapshot)."""
    return sorted(one["AccountId"] for one in item.get("AccountsWithRestoreAccess") or [])


SERVICE = Service(
    name="Redshift snapshots",
    types=((DatabaseSnapshot, SNAPSHOT), (DatabaseSnapshot, SERVERLESS_SNAPSHOT)),
    calls=(DESCRIBE_SNAPSHOTS, LIST_SNAPSHOTS, LIST_TAGS, DESCRIBE_KEY),
    region=every_snapshot,
)
