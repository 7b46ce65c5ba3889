"""Manual snapshots of MemoryDB, which are not shared: what leaves the account is exported to a
bucket (developer guide, "Exporting a snapshot")."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from collectors.aws.account import Account, Service, tags_of
from collectors.aws.encryption import at_rest
from collectors.aws.kms_calls import DESCRIBE_KEY
from collectors.aws.memorydb_calls import LIST_TAGS, memorydb_call
from collectors.document import Document, Unknown, then
from collectors.facts.database import DatabaseSnapshot

SNAPSHOT = "AWS::MemoryDB::Snapshot"
DESCRIBE_SNAPSHOTS = memorydb_call("DescribeSnapshots", "Snapshots", not_everywhere=True)

_BEING_MADE = Unknown("the snapshot is still being made")

Item = dict[str, Any]


def snapshots(account: Account, region: str) -> Iterable[Document]:
    """A document for each manual snapshot of a region."""
    found = account.read(DESCRIBE_SNAPSHOTS, region, Source="user", ShowDetail=True)
    if isinstance(found, Unknown):
        yield account.unlisted(DatabaseSnapshot, found, region, SNAPSHOT)
        return
    yield from account.map(lambda item: _document(account, region, item), found or [])


def _document(account: Account, region: str, item: Item) -> Document:
    arn = item["ARN"]
    return account.document(
        DatabaseSnapshot(
            # Always encrypted, by a key of the service unless one is named (developer guide,
            # "At-Rest Encryption in MemoryDB").
            encryption=at_rest(account, region, True, item.get("KmsKeyId") or None),
            shared_with=[],
            created=created(item),
        ),
        id=arn,
        region=region,
        name=item["Name"],
        tags=then(account.read(LIST_TAGS, region, arn, ResourceArn=arn), tags_of),
        native_type=SNAPSHOT,
        native=item,
    )


def created(item: Item) -> str | Unknown:
    """When the last shard of a snapshot was written."""
    shards = (item.get("ClusterConfiguration") or {}).get("Shards") or []
    times = [one["SnapshotCreationTime"] for one in shards if one.get("SnapshotCreationTime")]
    return max(times) if times and len(times) == len(shards) else _BEING_MADE


SERVICE = Service(
    name="MemoryDB snapshots",
    types=((DatabaseSnapshot, SNAPSHOT),),
    calls=(DESCRIBE_SNAPSHOTS, LIST_TAGS, DESCRIBE_KEY),
    region=snapshots,
)
