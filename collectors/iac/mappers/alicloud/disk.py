"""alicloud_ecs_disk and alicloud_disk with their automatic snapshot policies."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.aliyun.launch_data import SNAPSHOT_DECIDES
from collectors.document import Document, Unknown, then
from collectors.facts.compute import Disk
from collectors.facts.shared import Backup, BackupCopy, Encryption
from collectors.iac.accounts import same_account
from collectors.iac.blocks import Block, Mapping, Project, read
from collectors.iac.mappers.alicloud.shared import (
    AES,
    aliyun_document,
    customer_key,
    region_of,
    zone_of,
)
from collectors.iac.mappers.joins import (
    GIB,
    given,
    items,
    joined,
    target_of,
)

DISKS = ("alicloud_ecs_disk", "alicloud_disk")
ATTACHMENTS = ("alicloud_ecs_disk_attachment", "alicloud_disk_attachment")
SNAPSHOTS = "alicloud_ecs_auto_snapshot_policy_attachment"
POLICIES = ("alicloud_ecs_auto_snapshot_policy", "alicloud_snapshot_policy")
BY_DEFAULT = "alicloud_ecs_disk_encryption_by_default"

FOR_EVER = 65536
"""Snapshots kept until somebody deletes them (-1): the longest period that the API takes."""


def map_disk(block: Block, project: Project) -> Iterator[Document]:
    """A cloud disk."""
    uses = joined(project, block, "disk_id", *ATTACHMENTS)
    attached = True if uses.blocks else given(block.values, "instance_id")
    if attached is False:
        attached = uses.doubt or Unknown("nothing in this template attaches the disk")
    size = block.read("size", int, Unknown("the template gives no size"))
    zone = zone_of(block, project)
    facts = Disk(
        encryption=encryption_of(block, project),
        attached=attached,
        size_bytes=then(size, lambda gib: gib * GIB),
        backup=_backup(block, project),
        zone=zone,
        delete_with_instance=block.read("delete_with_instance", bool, False),
    )
    yield aliyun_document(block, project, facts, "disk_name", "name")


def encryption_of(block: Block, project: Project) -> Encryption:
    """Encryption of a disk that stands by itself."""
    return disk_encryption(block, project, block.values)


def disk_encryption(block: Block, project: Project, values: dict[str, Any]) -> Encryption:
    """Encryption by the arguments of a disk, in a block of its own or as a part of `block`. Off
    unless written, unless the project turns on encryption by default; a disk from a snapshot takes
    over what the snapshot has."""
    enabled: bool | Unknown = False
    if values.get("encrypted") is not None:
        enabled = read(values, "encrypted", bool, False)
    elif encrypts_by_default(block, project):
        enabled = True
    elif given(values, "snapshot_id") is not False:
        enabled = SNAPSHOT_DECIDES
    algorithm = read(values, "encrypt_algorithm", str, AES)
    return customer_key(project, enabled, values.get("kms_key_id"), algorithm)


def encrypts_by_default(block: Block, project: Project) -> bool:
    """Whether the region of a disk encrypts disks by default, as far as the template tells."""
    settings = [project.take(each) for each in project.of_type(BY_DEFAULT)]
    return any(
        each.get("encrypted") in (True, "true") and _is_same_place(each, block, project)
        for each in settings
    )


def _is_same_place(one: Block, other: Block, project: Project) -> bool:
    """Whether two resources are of one region and account, as far as the template tells."""
    if not same_account(project, one, other):
        return False
    regions = region_of(one, project), region_of(other, project)
    if any(isinstance(region, Unknown) for region in regions):
        return one.provider_values == other.provider_values
    return regions[0] == regions[1]


def _backup(block: Block, project: Project) -> Backup:
    links = joined(project, block, "disk_id", SNAPSHOTS)
    if links.blocks:
        return policy_backup(links.blocks[0].get("auto_snapshot_policy_id"), project)
    return no_backup(links.doubt)


def no_backup(doubt: Unknown | None) -> Backup:
    """No snapshots, unless there is a doubt."""
    if doubt:
        return Backup(enabled=doubt, retention_days=doubt, point_in_time=False)
    return Backup(enabled=False, retention_days=0, point_in_time=False, copies=[])


def policy_backup(value: object, project: Project) -> Backup:
    """Backup by the automatic snapshot policy that a value points to."""
    policy = target_of(project, value, *POLICIES)
    if policy is None:
        elsewhere = Unknown("the snapshot policy is not part of this template")
        return Backup(enabled=True, retention_days=elsewhere, point_in_time=False, copies=elsewhere)
    kept = policy.read("retention_days", int, Unknown("the policy gives no retention_days"))
    return Backup(
        enabled=True,
        retention_days=then(kept, lambda days: FOR_EVER if days == -1 else days),
        point_in_time=False,
        copies=_copies(policy, project),
    )


def _copies(policy: Block, project: Project) -> list[BackupCopy] | Unknown:
    on = policy.read("enable_cross_region_copy", bool, False)
    if on is not True:
        return on if isinstance(on, Unknown) else []
    regions = items(policy.values, "target_copy_regions")
    return then(
        regions,
        lambda found: [
            BackupCopy(
                region=read({"r": r}, "r", str, Unknown("no region")),
                account=project.account,
                kind="snapshot",
            )
            for r in found
        ],
    )


MAPPINGS = [
    Mapping(
        types=DISKS,
        facts=Disk,
        map=map_disk,
        joined=(*ATTACHMENTS, SNAPSHOTS, *POLICIES, BY_DEFAULT),
    ),
]

LINK_TYPES = frozenset(
    {
        "alicloud_disk_attachment",
        "alicloud_ecs_auto_snapshot_policy",
        "alicloud_ecs_auto_snapshot_policy_attachment",
        "alicloud_ecs_disk_attachment",
        "alicloud_ecs_disk_encryption_by_default",
        "alicloud_snapshot_policy",
    }
)
