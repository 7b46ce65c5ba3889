"""Machine images that a template makes, and who may launch them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from collectors.aws.logic import Known, every
from collectors.document import Document, Unknown
from collectors.facts.compute import Image
from collectors.facts.shared import Encryption
from collectors.iac.blocks import Block, Mapping, PartOf, Project, nested, read
from collectors.iac.mappers.aws.disk import BY_DEFAULT, DEFAULT_KEY, SNAPSHOTS, device_encryption
from collectors.iac.mappers.aws.encryption import KEY_DATA, KEYS, at_rest
from collectors.iac.mappers.aws.shared import aws_document
from collectors.iac.mappers.joins import identity, joined, target_of

IMAGE, COPY, FROM_INSTANCE = "aws_ami", "aws_ami_copy", "aws_ami_from_instance"
PERMISSION = "aws_ami_launch_permission"
EVERYONE = "all"


def map_image(block: Block, project: Project) -> Iterator[Document]:
    """An image of its own, a copy, or one of an instance."""
    facts = Image(
        encryption=_encryption(block, project),
        shared_with=_shared_with(block, project),
        created=Unknown("the image is made at apply"),
        source_exists=None,
        copies=Unknown("copies in other regions are not told"),
        hardened=None,
    )
    yield aws_document(block, project, facts)


def _encryption(block: Block, project: Project) -> Encryption:
    """Encrypted when every disk is: by the disks of the image, by those of what it is made from."""
    if block.type == COPY:
        return _of_copy(block, project)
    if block.type == FROM_INSTANCE:
        return Encryption.unread(Unknown("the disks of the instance decide"))
    devices = nested(block.values, "ebs_block_device")
    if isinstance(devices, Unknown):
        return Encryption.unread(devices)
    found = [device_encryption(block, project, each) for each in devices]
    if not found:
        return Encryption.unread(
            Unknown("the image has no EBS disk: how its store encrypts is not told")
        )
    enabled: Known = every([each.enabled for each in found])
    worst = next((each for each in found if each.enabled is not True), found[0])
    return worst if enabled is not True else found[0]


def _of_copy(block: Block, project: Project) -> Encryption:
    if read(block.values, "encrypted", bool, default=False) is True:
        return at_rest(project, True, block.values.get("kms_key_id"))
    source = target_of(project, block.get("source_ami_id"), IMAGE, FROM_INSTANCE)
    if source and source is not block:
        return _encryption(source, project)
    return Encryption.unread(Unknown("the image that is copied is not part of this template"))


def _shared_with(block: Block, project: Project) -> list[str] | Unknown:
    """The accounts, organisations and groups that may launch it; without a permission nobody."""
    found = joined(project, block, "image_id", PERMISSION)
    shared: list[Any] = []
    for each in found.blocks:
        arguments = ("group", "account_id", "organization_arn", "organizational_unit_arn")
        named = [identity(project, each.get(name)) for name in arguments]
        shared += [name for name in named if name is not None]
    return cast("list[str]", [*shared, *([found.doubt] if found.doubt else [])])


MAPPINGS = [
    Mapping(
        types=(IMAGE, COPY, FROM_INSTANCE),
        facts=Image,
        map=map_image,
        joined=(PERMISSION, BY_DEFAULT, DEFAULT_KEY, *SNAPSHOTS, *KEYS, *KEY_DATA),
    )
]

PART_OF = {
    "aws_ami_launch_permission": PartOf("aws_ami", ("image_id",)),
}

LINK_TYPES = frozenset({"aws_ebs_default_kms_key"})
