"""Snapshots of disks (alicloud_ecs_snapshot), and images (alicloud_image, alicloud_image_copy) with
whom they are shared."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from collectors.document import Document, Unknown
from collectors.facts.compute import Image, Snapshot
from collectors.facts.shared import Encryption
from collectors.iac.blocks import Block, Mapping, Project, nested
from collectors.iac.mappers.alicloud.disk import BY_DEFAULT, DISKS, encryption_of
from collectors.iac.mappers.alicloud.shared import aliyun_document, customer_key
from collectors.iac.mappers.joins import identity, joined, target_of

SNAPSHOTS = ("alicloud_ecs_snapshot", "alicloud_snapshot")
IMAGE, COPY, SHARED = "alicloud_image", "alicloud_image_copy", "alicloud_image_share_permission"

_AT_APPLY = Unknown("it is made at apply")


def map_snapshot(block: Block, project: Project) -> Iterator[Document]:
    """A snapshot, which is encrypted as its disk is."""
    disk = target_of(project, block.get("disk_id"), *DISKS)
    facts = Snapshot(
        encryption=_of_snapshot(block, project),
        shared_with=Unknown("with whom a snapshot is shared is not read from templates"),
        created=_AT_APPLY,
        source_exists=True if disk else Unknown("the snapshot's disk is not part of this template"),
        copies=None,
        hardened=None,
    )
    yield aliyun_document(block, project, facts, "snapshot_name", "name")


def _of_snapshot(block: Block, project: Project) -> Encryption:
    disk = target_of(project, block.get("disk_id"), *DISKS)
    if disk:
        return encryption_of(disk, project)
    return Encryption.unread(Unknown("the snapshot's disk is not part of this template"))


def map_image(block: Block, project: Project) -> Iterator[Document]:
    """An image that the template makes or copies."""
    facts = Image(
        encryption=_encryption(block, project),
        shared_with=_shared_with(block, project),
        created=_AT_APPLY,
        source_exists=None,
        copies=Unknown("where an image is copied to is not read from templates"),
        hardened=None,
    )
    yield aliyun_document(block, project, facts, "image_name", "name")


def _encryption(block: Block, project: Project) -> Encryption:
    """As its snapshots are; a copy may be encrypted of itself."""
    if block.type == COPY:
        return _of_copy(block, project)
    devices = nested(block.values, "disk_device_mapping")
    if isinstance(devices, Unknown):
        return Encryption.unread(devices)
    values = [block.values.get("snapshot_id"), *(each.get("snapshot_id") for each in devices)]
    written = [value for value in values if value not in (None, "")]
    if not written or block.values.get("instance_id") not in (None, ""):
        return Encryption.unread(Unknown("the disks of the instance decide"))
    found = [_named(value, project) for value in written]
    worst = next((each for each in found if each.enabled is False), None)
    return worst or next((each for each in found if each.enabled is not True), found[0])


def _named(value: Any, project: Project) -> Encryption:
    snapshot = target_of(project, value, *SNAPSHOTS)
    elsewhere = Unknown("a snapshot of the image is not part of this template")
    return _of_snapshot(snapshot, project) if snapshot else Encryption.unread(elsewhere)


def _of_copy(block: Block, project: Project) -> Encryption:
    on = block.read("encrypted", bool, default=False)
    if on is not False:
        return customer_key(project, on, block.values.get("kms_key_id"))
    source = target_of(project, block.get("source_image_id"), IMAGE)
    if source:
        return _encryption(source, project)
    return Encryption.unread(Unknown("the image that is copied is not part of this template"))


def _shared_with(block: Block, project: Project) -> list[str] | Unknown:
    """The accounts that may use it; without a permission nobody."""
    found = joined(project, block, "image_id", SHARED)
    shared: list[Any] = [identity(project, each.get("account_id")) for each in found.blocks]
    unclear = Unknown("the permission names no account")
    listed = [unclear if each is None else each for each in shared]
    return cast("list[str]", [*listed, *([found.doubt] if found.doubt else [])])


MAPPINGS = [
    Mapping(types=SNAPSHOTS, facts=Snapshot, map=map_snapshot, joined=(*DISKS, BY_DEFAULT)),
    Mapping(
        types=(IMAGE, COPY),
        facts=Image,
        map=map_image,
        joined=(SHARED, *SNAPSHOTS, *DISKS, BY_DEFAULT),
    ),
]

LINK_TYPES = frozenset({"alicloud_image_share_permission"})
