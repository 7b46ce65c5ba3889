"""aws_ebs_volume and EBS snapshots, with encryption by default where the project sets it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from collectors.document import Document, Unknown, also, then
from collectors.facts.compute import Disk, Snapshot
from collectors.facts.shared import Backup, Encryption
from collectors.iac.blocks import NOT_GIVEN, Block, Mapping, PartOf, Project, read
from collectors.iac.mappers.aws.encryption import KEY_DATA, KEYS, at_rest
from collectors.iac.mappers.aws.planned import PLANS, arn_like, planned
from collectors.iac.mappers.aws.shared import aws_document, is_same_place, tag_name
from collectors.iac.mappers.aws.snapshot_policies import LIFECYCLE_POLICY, kept_by_policies
from collectors.iac.mappers.joins import GIB, given, identity, joined, target_of

VOLUME = "aws_ebs_volume"
SNAPSHOTS = ("aws_ebs_snapshot", "aws_ebs_snapshot_copy", "aws_ebs_snapshot_import")
PERMISSION = "aws_snapshot_create_volume_permission"
ATTACHMENT = "aws_volume_attachment"
BY_DEFAULT = "aws_ebs_encryption_by_default"
DEFAULT_KEY = "aws_ebs_default_kms_key"

ACCOUNT_DECIDES = Unknown(
    "without an own setting the account's encryption by default of the region decides"
)
_ELSEWHERE = Unknown("the snapshot is not part of this template")


def map_volume(block: Block, project: Project) -> Iterator[Document]:
    """An EBS volume. One that Terraform attaches is not deleted with its instance (EC2 API
    reference, AttachVolume)."""
    uses = joined(project, block, "volume_id", ATTACHMENT)
    size = block.read("size", int, Unknown("the size is that of the snapshot"))
    facts = Disk(
        encryption=encryption_of(block, project),
        attached=True
        if uses.blocks
        else uses.doubt or Unknown("nothing in this template attaches the volume"),
        size_bytes=then(size, lambda gib: gib * GIB),
        zone=block.read("availability_zone", str, Unknown("the template names no zone")),
        delete_with_instance=False,
        backup=_backup(block, project),
    )
    yield aws_document(block, project, facts, name=tag_name(block))


def _backup(block: Block, project: Project) -> Backup:
    """By plans of AWS Backup, and by policies that make snapshots."""
    arn = arn_like(block, project, "ec2", "volume/*")
    return planned(
        block, project, "EBS", arn, lambda thing: kept_by_policies(block, project, thing)
    )


def map_snapshot(block: Block, project: Project) -> Iterator[Document]:
    """A snapshot of a volume, a copy of a snapshot, or an imported one."""
    volume = target_of(project, block.get("volume_id"), VOLUME)
    made = block.type == SNAPSHOTS[0]
    facts = Snapshot(
        encryption=snapshot_encryption(block, project),
        shared_with=_shared_with(block, project),
        created=Unknown("the snapshot is made at apply"),
        source_exists=(True if volume else Unknown("the volume is not part of this template"))
        if made
        else None,
        # A copy is a snapshot of its own, as live.
        copies=None,
        hardened=None,
    )
    yield aws_document(block, project, facts, name=tag_name(block))


def encryption_of(block: Block, project: Project) -> Encryption:
    """Encryption of an aws_ebs_volume."""
    return device_encryption(block, project, block.values)


def device_encryption(block: Block, project: Project, values: dict[str, Any]) -> Encryption:
    """Encryption of a volume by its arguments, in a block of its own or nested in `block`.

    A volume from an encrypted snapshot is encrypted; encryption by default also encrypts what does
    not ask for it (EBS user guide, "Amazon EBS encryption").
    """
    own = read(values, "encrypted", bool, default=cast("Any", None))
    default = by_default(block, project)
    if own is True or default is True:
        return at_rest(project, True, _key(block, project, values))
    if given(values, "snapshot_id") is not False:
        source = target_of(project, values.get("snapshot_id"), *SNAPSHOTS)
        encryption = snapshot_encryption(source, project) if source else None
        if encryption and encryption.enabled is True:
            return encryption
        enabled = encryption.enabled if encryption else also(values["snapshot_id"]) or _ELSEWHERE
        return _unless_known(project, enabled, values)
    if own is None:
        own = default if default is False else ACCOUNT_DECIDES
    return _unless_known(project, own, values)


def _unless_known(project: Project, enabled: bool | Unknown, values: dict[str, Any]) -> Encryption:
    """Off, or with a key that only what is not known here would tell."""
    if isinstance(enabled, Unknown) and values.get("kms_key_id") is None:
        return Encryption.unread(enabled)
    return at_rest(project, enabled, values.get("kms_key_id"))


def by_default(block: Block, project: Project) -> bool | Unknown:
    """Whether the project turns encryption by default on in the region of a block; unknown where
    it does not say: the account's setting stays."""
    answers = [
        setting.read("enabled", bool, True)
        for setting in project.of_type(BY_DEFAULT)
        if is_same_place(setting, block, project)
    ]
    return answers[0] if answers else ACCOUNT_DECIDES


def _key(block: Block, project: Project, values: dict[str, Any]) -> Any:
    """The key of a volume: its own, or the default of the region, which may be another than AWS's
    own key where the account has changed it."""
    if values.get("kms_key_id") is not None:
        return values["kms_key_id"]
    for default in project.of_type(DEFAULT_KEY):
        if is_same_place(default, block, project):
            return project.take(default).get("key_arn")
    return Unknown("the account's default key for EBS is used")


def snapshot_encryption(block: Block, project: Project) -> Encryption:
    """Encryption of a snapshot: that of its volume; of a copy, its own or that of its source."""
    if block.type == SNAPSHOTS[0]:
        volume = target_of(project, block.get("volume_id"), VOLUME)
        if volume:
            return encryption_of(volume, project)
        return Encryption.unread(Unknown("the volume is not part of this template"))
    if block.read("encrypted", bool, False) is not True:
        source = target_of(project, block.get("source_snapshot_id"), *SNAPSHOTS)
        if source and source is not block and source.type == SNAPSHOTS[0]:
            found = snapshot_encryption(source, project)
            if found.enabled is not False:
                return found
        elif block.get("source_snapshot_id") is not NOT_GIVEN:
            return Encryption.unread(_ELSEWHERE)
    return device_encryption(block, project, {**block.values, "snapshot_id": None})


def _shared_with(block: Block, project: Project) -> list[str] | Unknown:
    """The accounts that the project lets use the snapshot: none without a permission."""
    found = joined(project, block, "snapshot_id", PERMISSION)
    accounts: list[Any] = [identity(project, each.get("account_id")) for each in found.blocks]
    return cast("list[str]", [*accounts, *([found.doubt] if found.doubt else [])])


MAPPINGS = [
    Mapping(
        types=(VOLUME,),
        facts=Disk,
        map=map_volume,
        joined=(ATTACHMENT, BY_DEFAULT, DEFAULT_KEY, LIFECYCLE_POLICY, *PLANS, *KEYS, *KEY_DATA),
    ),
    Mapping(
        types=SNAPSHOTS,
        facts=Snapshot,
        map=map_snapshot,
        joined=(VOLUME, PERMISSION, BY_DEFAULT, DEFAULT_KEY, *KEYS, *KEY_DATA),
    ),
]

PART_OF = {
    "aws_snapshot_create_volume_permission": PartOf("aws_ebs_snapshot", ("snapshot_id",)),
}

LINK_TYPES = frozenset({"aws_dlm_lifecycle_policy"})
