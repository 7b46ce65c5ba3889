"""aws_efs_file_system with its mount targets, policy, replications and backups."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.aws.logic import Known
from collectors.aws.policy_document import ANYONE, PolicyText
from collectors.aws.share_policy import refuses_plaintext
from collectors.document import Document, Unknown, then
from collectors.facts.shared import Backup, Exposure, Tls
from collectors.facts.storage import FileSystem
from collectors.iac.blocks import Block, Mapping, PartOf, Project, nested, read
from collectors.iac.mappers.aws import policy
from collectors.iac.mappers.aws.encryption import KEY_DATA, KEYS, at_rest
from collectors.iac.mappers.aws.planned import PLANS, arn_like, planned
from collectors.iac.mappers.aws.policy_open import is_open
from collectors.iac.mappers.aws.policy_source import DOCUMENT
from collectors.iac.mappers.aws.share import NETWORK, Interface, mount_ranges, share_exposure
from collectors.iac.mappers.aws.shared import aws_document, region_of, tag_name
from collectors.iac.mappers.joins import given, items, joined

FILE_SYSTEM, BACKUP = "aws_efs_file_system", "aws_efs_backup_policy"
MOUNT_TARGET, POLICY = "aws_efs_mount_target", "aws_efs_file_system_policy"
REPLICATION = "aws_efs_replication_configuration"

_NFS = (2049,)
_IPV6 = {"IPV4_ONLY": False, "IPV6_ONLY": True, "DUAL_STACK": True}
_UNMOUNTED = Unknown("no mount target of the file system is in this template")
_STATUS = Unknown("the backup policy gives no status")
_KEPT = Unknown("the plan of the automatic backups of the file system is not told")
_NO_REGION = Unknown("a replication gives no region")


def map_file_system(block: Block, project: Project) -> Iterator[Document]:
    """A file system, not encrypted unless it says so (EFS API reference, CreateFileSystem)."""
    interfaces = _interfaces(block, project)
    facts = FileSystem(
        encryption=at_rest(
            project,
            block.read("encrypted", bool, default=False),
            block.values.get("kms_key_id"),
        ),
        tls=Tls(minimum="1.2", required=_refuses(block, project), policy=None),
        mount_ranges=then(interfaces, lambda found: mount_ranges(project, found, _NFS)),
        exposure=_exposure(interfaces, project),
        backup=_backup(block, project),
        redundancy=_redundancy(block, project),
    )
    yield aws_document(block, project, facts, name=tag_name(block))


def _interfaces(block: Block, project: Project) -> list[Interface] | Unknown:
    """The mount targets of a file system, of which a template may have none or some."""
    found = joined(project, block, "file_system_id", MOUNT_TARGET)
    if found.doubt or not found.blocks:
        return found.doubt or _UNMOUNTED
    return [_interface(each) for each in found.blocks]


def _interface(target: Block) -> Interface:
    kind = target.read("ip_address_type", str, "IPV4_ONLY")
    missing = Unknown("the kind of addresses of a mount target is not known to this version")
    return Interface(
        subnets=[target.get("subnet_id")],
        groups=items(target.values, "security_groups"),
        ipv6=then(kind, lambda word: _IPV6.get(word, missing)),
    )


def _exposure(interfaces: list[Interface] | Unknown, project: Project) -> Exposure:
    if isinstance(interfaces, Unknown):
        return Exposure.unread(interfaces)
    return share_exposure(project, interfaces, _NFS)


def _refuses(block: Block, project: Project) -> bool | Unknown:
    """Whether nobody mounts it without TLS; without a policy everybody may."""
    found = joined(project, block, "file_system_id", POLICY)
    if len(found.blocks) > 1:
        return Unknown("several policies set this file system: the last one applied holds")
    if found.doubt or not found.blocks:
        # Also beside one that is known: of several the last one applied holds.
        return found.doubt or False
    written = policy.read_policy(project, found.blocks[0].get("policy"))
    if written is None:
        return False
    return then(written, lambda known: is_open(project, known, _refuses_all, whole=block))


def _refuses_all(document: PolicyText) -> Known:
    return refuses_plaintext(document, ANYONE)


def _redundancy(block: Block, project: Project) -> Any:
    """Several zones unless one is named; several regions where it is replicated to another one."""
    found = joined(project, block, "source_file_system_id", REPLICATION)
    regions = [each for link in found.blocks for each in _regions(link)]
    own = region_of(block, project)
    known = [each for each in regions if isinstance(each, str)]
    if isinstance(own, str) and any(each != own for each in known):
        return "multi-region"
    unsure = [each for each in (*regions, own, found.doubt) if isinstance(each, Unknown)]
    doubt = unsure[0] if unsure and (regions or found.doubt) else None
    one = given(block.values, "availability_zone_name")
    # Several zones are enough by themselves.
    return then(one, lambda named: (doubt or "zone") if named else "multi-zone")


def _regions(replication: Block) -> list[str | Unknown]:
    """Where a replication copies to; a destination that names a zone alone is in the same region
    (provider documentation)."""
    written = nested(replication.values, "destination")
    if isinstance(written, Unknown):
        return [written]
    return [
        read(each, "region", str, _NO_REGION)
        for each in written
        if each.get("region") is not None or not given(each, "availability_zone_name")
    ]


def _backup(block: Block, project: Project) -> Backup:
    """By plans of the template, or by the automatic backups of EFS, whose plan is the account's."""
    arn = arn_like(block, project, "elasticfilesystem", "file-system/*")
    found = planned(block, project, "EFS", arn)
    automatic = _automatic(block, project)
    if found.enabled is True or automatic is False:
        return found
    if isinstance(automatic, Unknown):
        return Backup(
            enabled=automatic, retention_days=automatic, point_in_time=False, copies=automatic
        )
    return Backup(enabled=True, retention_days=_KEPT, point_in_time=False, copies=_KEPT)


def _automatic(block: Block, project: Project) -> bool | Unknown:
    """Whether automatic backups are on. Without a word they are for a file system in one zone (EFS
    API reference, CreateFileSystem: Backup)."""
    found = joined(project, block, "file_system_id", BACKUP)
    if not found.blocks:
        return found.doubt or given(block.values, "availability_zone_name")
    listed = nested(found.blocks[0].values, "backup_policy")
    word = then(listed, lambda all_: read(all_[0], "status", str, _STATUS) if all_ else _STATUS)
    return then(word, lambda status: status == "ENABLED")


MAPPINGS = [
    Mapping(
        types=(FILE_SYSTEM,),
        facts=FileSystem,
        map=map_file_system,
        joined=(
            BACKUP,
            MOUNT_TARGET,
            POLICY,
            REPLICATION,
            DOCUMENT,
            *PLANS,
            *NETWORK,
            *KEYS,
            *KEY_DATA,
        ),
    )
]

PART_OF = {
    "aws_efs_backup_policy": PartOf("aws_efs_file_system", ("file_system_id",)),
    "aws_efs_file_system_policy": PartOf(
        "aws_efs_file_system", ("file_system_id",), no_more=(POLICY,)
    ),
    "aws_efs_mount_target": PartOf("aws_efs_file_system", ("file_system_id",)),
    "aws_efs_replication_configuration": PartOf("aws_efs_file_system", ("source_file_system_id",)),
}
