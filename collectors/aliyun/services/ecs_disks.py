"""ECS cloud disks with their backups."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from collectors.aliyun.account import Account, Service, tags_of
from collectors.aliyun.disk_encryption import encryption_of
from collectors.aliyun.disk_plans import PLAN_CALLS, read_plans
from collectors.aliyun.ecs_calls import DESCRIBE_DISKS
from collectors.aliyun.kms_calls import DESCRIBE_KEY
from collectors.aliyun.snapshot_policies import Plans, backup_of_disk
from collectors.document import Document, Unknown
from collectors.facts.compute import Disk

Item = dict[str, Any]

NATIVE = "ACS::ECS::Disk"
_GIB = 1024**3


def disks(account: Account, region: str) -> Iterable[Document]:
    """A document for each disk of a region."""
    found = account.listed(DESCRIBE_DISKS, region)
    if isinstance(found, Unknown):
        yield account.unlisted(Disk, found, region, NATIVE)
        return
    if not found:
        return
    plans = read_plans(account, region)
    yield from account.map(lambda item: _document(account, region, item, plans), found)


def _document(account: Account, region: str, item: Item, plans: Plans) -> Document:
    identity = item["DiskId"]
    attachments = (item.get("Attachments") or {}).get("Attachment") or []
    return account.document(
        Disk(
            encryption=encryption_of(account, region, item),
            attached=bool(item.get("InstanceId") or attachments or item["Status"] == "In_use"),
            size_bytes=int(item["Size"]) * _GIB,
            backup=backup_of_disk(item, plans, account.id),
            zone=item.get("ZoneId") or Unknown("the disk stands in several zones"),
            delete_with_instance=bool(item["DeleteWithInstance"]),
        ),
        id=account.arn("ecs", region, f"disk/{identity}"),
        region=region,
        name=item.get("DiskName") or identity,
        tags=tags_of(item.get("Tags")),
        native_type=NATIVE,
        native=item,
    )


SERVICE = Service(
    name="ECS disks",
    types=((Disk, NATIVE),),
    calls=(DESCRIBE_DISKS, DESCRIBE_KEY, *PLAN_CALLS),
    region=disks,
)
