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
from collectors.iac.mappers.aws.planned import arn_like, planned
from collectors.iac.mappers.aws.shared import all_tags, region_of, tag_name
from collectors.iac.mappers.joins import GIB

_IMAGE = Unknown("the image decides on the root disk's encryption")
_SIZE = Unknown("the image or the snapshot decides how large the disk is")
_NO_TAGS = Unknown("which tags the disk gets is not written")


def encryptions(block: Block, project: Project, unless: Unknown | None) -> list[Encryption]:
    """The encryption of each volume, first the root volume; `unless`: why nothing written says
    nothing. Of the root volume nothing written leaves it to the image and the account."""
    return [found for _, _, found in _devices(block, project, unless)]


def disks(
    block: Block, project: Project, unless: Unknown | None, zone: str | Unknown
) -> Iterator[Document]:
    """A document for each volume. Plans that take the instance keep its volumes; a live account
    has more that may."""
    kept = planned(block, project, "EC2", arn_like(block, project, "ec2", "instance/*"))
    for part, values, encryption in _devices(block, project, unless):
        size = read(values, "volume_size", int, _SIZE)
        facts = Disk(
            encryption=encryption,
            attached=True,
            size_bytes=then(size, lambda gib: gib * GIB),
            zone=zone,
            delete_with_instance=read(values, "delete_on_termination", bool, unless or True),
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
    block: Block, project: Project, unless: Unknown | None
) -> Iterator[tuple[str, dict[str, Any], Encryption]]:
    """Each volume: the name of its block, its arguments, its encryption."""
    root = nested(block.values, "root_block_device")
    if isinstance(root, Unknown):
        yield "root_block_device", {}, Encryption.unread(root)
    else:
        values = root[0] if root else {}
        written = values.get("encrypted") is not None
        asked = {"snapshot_id": _IMAGE, **values}
        if unless and not written:
            asked["encrypted"] = unless
        yield "root_block_device", values, device_encryption(block, project, asked)
    devices = nested(block.values, "ebs_block_device")
    if isinstance(devices, Unknown):
        yield "ebs_block_device", {}, Encryption.unread(devices)
        return
    for number, values in enumerate(devices):
        name = f"ebs_block_device[{number}]"
        yield name, values, device_encryption(block, project, values)


def _tags(block: Block, values: dict[str, Any]) -> dict[str, str] | Unknown:
    """The tags of the volume's own block, or those that the instance gives to all. Where neither is
    written the provider's default tags may be there, or none: in doubt it is of any system."""
    for own in (values.get("tags"), block.values.get("volume_tags")):
        if own is not None:
            return all_tags(structs.replace(block, values={"tags": own}))
    return _NO_TAGS
