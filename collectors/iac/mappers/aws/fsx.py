"""FSx: file systems of Windows File Server, Lustre, NetApp ONTAP and OpenZFS."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.aws import fsx_facts
from collectors.document import Document, Unknown, then
from collectors.facts.shared import Backup, Tls
from collectors.facts.storage import FileSystem
from collectors.iac.blocks import Block, Mapping, Project
from collectors.iac.mappers.aws.encryption import KEY_DATA, KEYS, at_rest
from collectors.iac.mappers.aws.planned import PLANS, arn_like, planned
from collectors.iac.mappers.aws.share import NETWORK, Interface, mount_ranges, share_exposure
from collectors.iac.mappers.aws.shared import aws_document, tag_name
from collectors.iac.mappers.joins import items

KINDS = {
    "aws_fsx_windows_file_system": "WINDOWS",
    "aws_fsx_lustre_file_system": "LUSTRE",
    "aws_fsx_ontap_file_system": "ONTAP",
    "aws_fsx_openzfs_file_system": "OPENZFS",
}
_REQUIRED = Unknown("the template gives no deployment_type")
# Where nothing is written (documentation and schemas of the provider; for Lustre, whose days it
# leaves to the service, FSx API reference, CreateFileSystemLustreConfiguration).
_DEPLOYMENTS = {"WINDOWS": "SINGLE_AZ_1", "LUSTRE": "SCRATCH_1"}
_DAYS = {"WINDOWS": 7, "LUSTRE": 0, "ONTAP": 0, "OPENZFS": 0}


def map_file_system(block: Block, project: Project) -> Iterator[Document]:
    """A file system, whose interfaces share its security groups."""
    kind = KINDS[block.type]
    ports = fsx_facts.PORTS[kind]
    network = block.read("network_type", str, "IPV4")
    interfaces = [
        Interface(
            subnets=items(block.values, "subnet_ids"),
            groups=items(block.values, "security_group_ids"),
            ipv6=then(network, lambda word: word != "IPV4"),
        )
    ]
    deployment = block.read("deployment_type", str, _DEPLOYMENTS.get(kind, _REQUIRED))
    not_told = fsx_facts.TLS_NOT_TOLD
    facts = FileSystem(
        encryption=at_rest(project, True, _key(block, deployment)),
        tls=Tls(minimum=not_told, required=not_told, policy=None),
        mount_ranges=mount_ranges(project, interfaces, ports),
        exposure=share_exposure(project, interfaces, ports),
        backup=_backup(block, project, deployment),
        redundancy=then(deployment, lambda told: fsx_facts.redundancy(_item(kind, told))),
    )
    yield aws_document(block, project, facts, name=tag_name(block))


def _key(block: Block, deployment: str | Unknown) -> Any:
    """The key of a file system; scratch ones have a key of FSx."""
    key = block.values.get("kms_key_id")
    scratch = then(deployment, lambda told: told.startswith("SCRATCH"))
    if isinstance(scratch, Unknown):
        return scratch if KINDS[block.type] == "LUSTRE" and key is not None else key
    return None if scratch else key


def _item(kind: str, deployment: str, **settings: Any) -> dict[str, Any]:
    """A file system in the words of DescribeFileSystems."""
    told = {"DeploymentType": deployment, **settings}
    return {"FileSystemType": kind, fsx_facts.SETTINGS[kind]: told}


def _backup(block: Block, project: Project, deployment: str | Unknown) -> Backup:
    """Automatic backups of FSx, and plans. Where the template writes neither, a plan of the
    account may take it."""
    kind = KINDS[block.type]
    by_plan = planned(block, project, "FSx", arn_like(block, project, "fsx", "file-system/*"))
    days = block.read("automatic_backup_retention_days", int, _DAYS[kind])
    if isinstance(deployment, Unknown) or isinstance(days, Unknown):
        doubt: Any = deployment if isinstance(deployment, Unknown) else days
        enabled = True if by_plan.enabled is True else doubt
        return Backup(
            enabled=enabled, retention_days=doubt, point_in_time=False, copies=by_plan.copies
        )
    found = fsx_facts.backup(_item(kind, deployment, AutomaticBackupRetentionDays=days), by_plan)
    if found.enabled is True and by_plan.enabled is not True:
        found.retention_days = days
    return found


MAPPINGS = [
    Mapping(
        types=tuple(KINDS),
        facts=FileSystem,
        map=map_file_system,
        joined=(*PLANS, *NETWORK, *KEYS, *KEY_DATA),
    )
]

LINK_TYPES = frozenset({"aws_backup_region_settings"})
