"""Custom images of ECS that the account owns, and with whom they are shared."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from collectors.aliyun.account import Account, Service, tags_of
from collectors.aliyun.disk_encryption import encryption_of
from collectors.aliyun.ecs_calls import (
    DESCRIBE_IMAGES,
    DESCRIBE_SNAPSHOTS,
    IMAGE_STATES,
    ecs_call,
)
from collectors.aliyun.kms_calls import DESCRIBE_KEY
from collectors.aliyun.sharing import SHARING_CALLS, shared_ids, targets_of
from collectors.document import Document, Unknown, also, then
from collectors.facts.compute import Image
from collectors.facts.shared import Encryption

Item = dict[str, Any]

DESCRIBE_PERMISSION = ecs_call("DescribeImageSharePermission", "", "resource", paged=False)

NATIVE = "ACS::ECS::Image"
# An image can be shared with 50 accounts (ECS, "Share a custom image"), which fit into one page.
_MOST_ACCOUNTS = 100


def images(account: Account, region: str) -> Iterable[Document]:
    """A document for each image of a region that the account owns, in whatever state."""
    found = account.listed(DESCRIBE_IMAGES, region, ImageOwnerAlias="self", Status=IMAGE_STATES)
    if isinstance(found, Unknown):
        yield account.unlisted(Image, found, region, NATIVE)
        return
    if not found:
        return
    snapshots = then(
        account.listed(DESCRIBE_SNAPSHOTS, region),
        lambda all_: {one["SnapshotId"]: one for one in all_},
    )
    shared = shared_ids(account, region)
    yield from account.map(lambda item: _document(account, region, item, snapshots, shared), found)


def _document(
    account: Account,
    region: str,
    item: Item,
    snapshots: dict[str, Item] | Unknown,
    shared: set[str] | Unknown,
) -> Document:
    identity = item["ImageId"]
    return account.document(
        Image(
            encryption=_encryption(account, region, item, snapshots),
            shared_with=_shared_with(account, region, item, shared),
            created=item["CreationTime"],
            # ECS does not name the instance that an image was made of, and keeps its snapshots.
            source_exists=None,
            copies=Unknown("ECS does not tell where an image is copied to"),
            hardened=None,
        ),
        id=account.arn("ecs", region, f"image/{identity}"),
        region=region,
        name=item.get("ImageName") or identity,
        tags=tags_of(item.get("Tags")),
        native_type=NATIVE,
        native=item,
    )


def _shared_with(
    account: Account, region: str, item: Item, shared: set[str] | Unknown
) -> list[Any] | Unknown:
    """The accounts that the image is shared with, by itself or by Resource Sharing; everyone for a
    community image."""
    identity = item["ImageId"]
    if item.get("IsPublic"):
        return ["all"]
    permission = account.read(
        DESCRIBE_PERMISSION, region, identity, ImageId=identity, PageSize=_MOST_ACCOUNTS
    )
    ways = (then(permission, _permitted), targets_of(account, region, shared, identity))
    known = sorted({one for way in ways if not isinstance(way, Unknown) for one in way})
    doubt = also(*ways)
    if doubt:
        return [*known, doubt] if known else doubt
    return known


def _permitted(answer: Item) -> list[str] | Unknown:
    accounts = [str(one["AliyunId"]) for one in answer["Accounts"]["Account"]]
    groups = (answer.get("ShareGroups") or {}).get("ShareGroup") or []
    if int(answer.get("TotalCount", 0)) > len(accounts) + len(groups):
        return Unknown("the image is shared with more accounts than the API told")
    return [*accounts, *(str(one["Group"]) for one in groups)]


def _encryption(
    account: Account, region: str, item: Item, snapshots: dict[str, Item] | Unknown
) -> Encryption | Unknown:
    """Encryption of an image: that of its disks, which lie in snapshots."""
    mappings = (item.get("DiskDeviceMappings") or {}).get("DiskDeviceMapping") or []
    names = [mapping.get("SnapshotId") for mapping in mappings]
    if not names or not all(names):
        return Unknown("the image does not name the snapshots of its disks")
    if isinstance(snapshots, Unknown):
        return snapshots
    found = [encryption_of(account, region, snapshots.get(str(name), {})) for name in names]
    for one in found:
        if one.enabled is False:
            return one
    for one in found:
        if isinstance(one.enabled, Unknown):
            return Unknown("a snapshot of the image is not visible to this account")
    keys = {one.key_id for one in found if isinstance(one.key_id, str)}
    if len(keys) == 1 and all(isinstance(one.key_id, str) for one in found):
        return found[0]
    several = Unknown("the snapshots of the image do not name one key that all of them use")
    return Encryption(
        enabled=True, key_manager=several, key_id=several, algorithm=found[0].algorithm
    )


SERVICE = Service(
    name="ECS images",
    types=((Image, NATIVE),),
    calls=(
        DESCRIBE_IMAGES,
        DESCRIBE_SNAPSHOTS,
        DESCRIBE_PERMISSION,
        DESCRIBE_KEY,
        *SHARING_CALLS,
    ),
    region=images,
)
