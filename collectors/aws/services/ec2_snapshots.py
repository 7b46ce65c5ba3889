"""EBS snapshots that the account owns, and with whom it shares them.

A snapshot is not told of its copies: each copy is a snapshot of its own in its region, with a
document there, and names no source.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from collectors.aws.account import Account, Service, tags_of
from collectors.aws.ec2_calls import (
    DESCRIBE_SNAPSHOT_ATTRIBUTE,
    DESCRIBE_SNAPSHOTS,
    DESCRIBE_VOLUMES,
)
from collectors.aws.encryption import KEY_NOT_TOLD, at_rest
from collectors.aws.kms_calls import DESCRIBE_KEY
from collectors.document import Document, Unknown, then
from collectors.facts.compute import Snapshot

SNAPSHOT = "AWS::EC2::Snapshot"
# What stands for the volume of a snapshot that was made by copying (EBS user guide).
NO_VOLUME = "vol-ffffffff"


def snapshots(account: Account, region: str) -> Iterable[Document]:
    """A document for each snapshot of a region that the account owns."""
    found = account.read(DESCRIBE_SNAPSHOTS, region, OwnerIds=["self"])
    if isinstance(found, Unknown):
        yield account.unlisted(Snapshot, found, region, SNAPSHOT)
        return
    volumes = then(
        account.read(DESCRIBE_VOLUMES, region), lambda all_: {one["VolumeId"] for one in all_}
    )
    yield from account.map(lambda item: _document(account, region, item, volumes), found)


def _document(
    account: Account, region: str, snapshot: dict[str, Any], volumes: set[str] | Unknown
) -> Document:
    snapshot_id = snapshot["SnapshotId"]
    permissions = account.read(
        DESCRIBE_SNAPSHOT_ATTRIBUTE,
        region,
        snapshot_id,
        SnapshotId=snapshot_id,
        Attribute="createVolumePermission",
    )
    tags = tags_of(snapshot.get("Tags"))
    return account.document(
        Snapshot(
            encryption=at_rest(
                account, region, snapshot["Encrypted"], snapshot.get("KmsKeyId", KEY_NOT_TOLD)
            ),
            shared_with=then(permissions, shared_with),
            created=snapshot["StartTime"],
            copies=None,
            source_exists=source_exists(snapshot, volumes),
            hardened=None,
        ),
        id=account.arn("ec2", region, f"snapshot/{snapshot_id}"),
        region=region,
        name=tags.get("Name") or snapshot_id,
        tags=tags,
        native_type=SNAPSHOT,
        native=snapshot,
    )


def shared_with(permissions: list[dict[str, str]]) -> list[str]:
    """The accounts, or "all", that a permission list of EC2 names; for an image organisations and
    their units too, by ARN."""
    return sorted({target for permission in permissions for target in permission.values()})


def source_exists(snapshot: dict[str, Any], volumes: set[str] | Unknown) -> bool | Unknown | None:
    """Whether the snapshot's volume is still there; null for a copy, whose volume is not told."""
    volume = snapshot.get("VolumeId")
    if volume in (None, NO_VOLUME):
        return None
    return then(volumes, lambda known: volume in known)


SERVICE = Service(
    name="EBS snapshots",
    types=((Snapshot, SNAPSHOT),),
    calls=(DESCRIBE_SNAPSHOTS, DESCRIBE_VOLUMES, DESCRIBE_SNAPSHOT_ATTRIBUTE, DESCRIBE_KEY),
    region=snapshots,
)
