"""Snapshots of ECS disks, and with whom they are shared.

A snapshot is not told of its copies: each copy is a snapshot of its own in its region, with a
document there.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from collectors.aliyun.account import Account, Service, tags_of
from collectors.aliyun.disk_encryption import encryption_of
from collectors.aliyun.ecs_calls import DESCRIBE_DISKS, DESCRIBE_SNAPSHOTS
from collectors.aliyun.kms_calls import DESCRIBE_KEY
from collectors.aliyun.sharing import SHARING_CALLS, shared_ids, targets_of
from collectors.document import Document, Unknown, then
from collectors.facts.compute import Snapshot

Item = dict[str, Any]

NATIVE = "ACS::ECS::Snapshot"


def snapshots(account: Account, region: str) -> Iterable[Document]:
    """A document for each snapshot of a region."""
    found = account.listed(DESCRIBE_SNAPSHOTS, region)
    if isinstance(found, Unknown):
        yield account.unlisted(Snapshot, found, region, NATIVE)
        return
    if not found:
        return
    known = then(
        account.listed(DESCRIBE_DISKS, region), lambda all_: {one["DiskId"] for one in all_}
    )
    shared = shared_ids(account, region)
    yield from account.map(lambda item: _document(account, region, item, known, shared), found)


def _document(
    account: Account,
    region: str,
    item: Item,
    known: set[str] | Unknown,
    shared: set[str] | Unknown,
) -> Document:
    identity = item["SnapshotId"]
    return account.document(
        Snapshot(
            encryption=encryption_of(account, region, item),
            shared_with=targets_of(account, region, shared, identity),
            created=item["CreationTime"],
            source_exists=_source_exists(item, region, known),
            copies=None,
            hardened=None,
        ),
        id=account.arn("ecs", region, f"snapshot/{identity}"),
        region=region,
        name=item.get("SnapshotName") or identity,
        tags=tags_of(item.get("Tags")),
        native_type=NATIVE,
        native=item,
    )


def _source_exists(item: Item, region: str, known: set[str] | Unknown) -> bool | Unknown | None:
    """Whether the disk is still there; null for a copy, whose disk may be in another region."""
    disk = item.get("SourceDiskId")
    copied = item.get("SourceSnapshotId") or item.get("SourceRegionId") not in (None, "", region)
    if not disk or copied:
        return None
    return then(known, lambda disks: disk in disks)


SERVICE = Service(
    name="ECS snapshots",
    types=((Snapshot, NATIVE),),
    calls=(DESCRIBE_SNAPSHOTS, DESCRIBE_DISKS, DESCRIBE_KEY, *SHARING_CALLS),
    region=snapshots,
)
