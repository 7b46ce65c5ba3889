"""The disks that an alicloud_instance is made with: its system disk, and those of its own block."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.document import Document, Unknown, then
from collectors.facts.compute import Disk
from collectors.facts.shared import Backup, Encryption
from collectors.iac.blocks import Block, Project, Reference, nested, read, template_document
from collectors.iac.mappers.alicloud.disk import (
    SNAPSHOTS,
    disk_encryption,
    no_backup,
    policy_backup,
)
from collectors.iac.mappers.alicloud.launched import SYSTEM
from collectors.iac.mappers.alicloud.shared import region_of, zone_of
from collectors.iac.mappers.joins import GIB, joined, name_of, tags_of
from collectors.iac.mappers.launched import Launched

_SIZE = Unknown("the template gives no size")
_WHICH = Unknown("a snapshot policy is attached to one of the disks, and which is not known")
_SYSTEM_DISK = "system_disk"


def encryptions(machine: Launched, project: Project) -> list[Encryption]:
    """The encryption of each disk, first the system disk."""
    return [found for _, _, found in _devices(machine.made, project, machine.unless)]


def disks(machine: Launched, project: Project) -> Iterator[Document]:
    """A document for each disk. They get the tags of the instance (ECS API, RunInstances)."""
    block, unless = machine.block, machine.unless
    name = name_of(block, "instance_name")
    for part, values, encryption in _devices(machine.made, project, unless):
        size = read(values, "size", int, unless or _SIZE)
        # A system disk always goes with its instance.
        found = template_document(
            block,
            project,
            Disk(
                encryption=encryption,
                attached=True,
                size_bytes=then(size, lambda gib: gib * GIB),
                backup=_backup(block, project, values, unless, system=part == _SYSTEM_DISK),
                zone=zone_of(machine.made, project),
                delete_with_instance=read(values, "delete_with_instance", bool, unless or True),
            ),
            provider="aliyun",
            region=region_of(block, project),
            tags=tags_of(block),
            name=name if isinstance(name, Unknown) else f"{name} {part}",
            native_type="ALIYUN::ECS::Disk",
        )
        found.id = f"{found.id}.{part}"
        yield found


def _devices(
    block: Block, project: Project, unless: Unknown | None
) -> Iterator[tuple[str, dict[str, Any], Encryption]]:
    """Each disk: the name of its argument, its arguments, its encryption."""
    found = {name: block.values.get(theirs) for name, theirs in SYSTEM.items()}
    system = {name: value for name, value in found.items() if value is not None}
    asked = {"encrypted": unless, **system} if unless else system
    yield _SYSTEM_DISK, system, disk_encryption(block, project, asked)
    data = nested(block.values, "data_disks")
    if isinstance(data, Unknown):
        yield "data_disks", {}, Encryption.unread(data)
        return
    for number, values in enumerate(data):
        yield f"data_disks[{number}]", values, disk_encryption(block, project, values)


def _backup(
    block: Block, project: Project, values: dict[str, Any], unless: Unknown | None, *, system: bool
) -> Backup:
    """Automatic snapshots by the policy that the disk names, or that is attached to it."""
    policy = values.get("auto_snapshot_policy_id")
    if policy is not None:
        return no_backup(policy) if isinstance(policy, Unknown) else policy_backup(policy, project)
    links = joined(project, block, "disk_id", SNAPSHOTS)
    for link in links.blocks:
        disk = link.get("disk_id")
        if not isinstance(disk, Reference) or disk.attribute != "system_disk_id":
            return no_backup(_WHICH)
        if system:
            return policy_backup(link.get("auto_snapshot_policy_id"), project)
    return no_backup(unless or links.doubt)
