"""The volumes that an instance is made with: its root volume, and those of its own block."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec import structs

from collectors.document import Document, Unknown, then
from collectors.facts.compute import Disk
from collectors.facts.shared import Encryption
from collectors.iac.blocks import Block, Project, nested, read, template_document
from collectors.iac.mappers.aws.disk import device_encryption
from collectors.iac.mappers.aws.launched import DEVICES
from collectors.iac.mappers.aws.planned import arn_like, planned
from collectors.iac.mappers.aws.shared import all_tags, region_of, tag_name
from collectors.iac.mappers.joins import GIB, given
from collectors.iac.mappers.launched import BOTH, Launched

_IMAGE = Unknown("the image decides on the root disk's encryption")
_SIZE = Unknown("the image or the snapshot decides how large the disk is")
_MORE = Unknown("the launch template may say more of the volume")
_NO_TAGS = Unknown("which tags the disk gets is not written")


def encryptions(machine: Launched, project: Project) -> list[Encryption]:
    """The encryption of each volume, first the root volume. Of the root volume nothing written
    leaves it to the image and the account."""
    devices = [*_devices(machine, project), *_templated(machine, project)]
    return [found for _, _, found in devices]


def disks(machine: Launched, project: Project, zone: str | Unknown) -> Iterator[Document]:
    """A document for each volume. Plans that take the instance keep its volumes; a live account
    has more that may."""
    block = machine.block
    kept = planned(block, project, "EC2", arn_like(block, project, "ec2", "instance/*"))
    devices = [*_devices(machine, project)]
    # Which of a launch template's are others than those of the instance is not known.
    devices += [] if _has_own(machine) else _templated(machine, project)
    for part, values, encryption in devices:
        size = read(values, "volume_size", int, _SIZE)
        facts = Disk(
            encryption=encryption,
            attached=True,
            size_bytes=then(size, lambda gib: gib * GIB),
            zone=zone,
            delete_with_instance=read(
                values, "delete_on_termination", bool, _left_open(machine) or True
            ),
            backup=kept,
        )
        found = template_document(
            block,
            project,
            facts,
            provider="aws",
            region=region_of(block, project),
            name=f"{tag_name(block)} {part}",
            tags=_tags(block, values),
            native_type="AWS::EC2::Volume",
        )
        found.id = f"{found.id}.{part}"
        yield found


def _devices(
    machine: Launched, project: Project
) -> Iterator[tuple[str, dict[str, Any], Encryption]]:
    """Each volume of the instance's own: the name of its block, its arguments, its encryption."""
    block, open_ = machine.made, _left_open(machine)
    root = nested(block.values, "root_block_device")
    if isinstance(root, Unknown):
        yield "root_block_device", {}, Encryption.unread(root)
    else:
        values = root[0] if root else {}
        asked = {"snapshot_id": _IMAGE, **_with(values, open_)}
        yield "root_block_device", values, device_encryption(block, project, asked)
    devices = nested(block.values, "ebs_block_device")
    if isinstance(devices, Unknown):
        yield "ebs_block_device", {}, Encryption.unread(devices)
        return
    for number, values in enumerate(devices):
        name = f"ebs_block_device[{number}]"
        yield name, values, device_encryption(block, project, _with(values, open_))


def _templated(
    machine: Launched, project: Project
) -> Iterator[tuple[str, dict[str, Any], Encryption]]:
    """As `_devices`, each volume of the launch template; the instance may have changed it where it
    has volumes of its own."""
    found = nested(machine.made.values, DEVICES)
    if isinstance(found, Unknown):
        yield DEVICES, {}, Encryption.unread(found)
        return
    for number, mapping in enumerate(found):
        name = f"{DEVICES}[{number}]"
        volumes = nested(mapping, "ebs")
        if isinstance(volumes, Unknown):
            yield name, {}, Encryption.unread(volumes)
            continue
        for values in volumes:
            encryption = device_encryption(machine.made, project, values)
            if encryption.enabled is False and _has_own(machine):
                encryption = Encryption.unread(BOTH)
            yield name, values, encryption


def _has_own(machine: Launched) -> bool:
    return given(machine.block.values, "root_block_device", "ebs_block_device") is not False


def _left_open(machine: Launched) -> Unknown | None:
    """Why nothing written of a volume says nothing: a launch template may tell of it."""
    is_told = given(machine.made.values, DEVICES) is not False
    return machine.unless or (_MORE if is_told else None)


def _with(values: dict[str, Any], open_: Unknown | None) -> dict[str, Any]:
    written = values.get("encrypted") is not None
    return values if written or not open_ else {**values, "encrypted": open_}


def _tags(block: Block, values: dict[str, Any]) -> dict[str, str] | Unknown:
    """The tags of the volume's own block, or those that the instance gives to all. Where neither is
    written the provider's default tags may be there, or none: in doubt it is of any system."""
    for own in (values.get("tags"), block.values.get("volume_tags")):
        if own is not None:
            return all_tags(structs.replace(block, values={"tags": own}))
    return _NO_TAGS
