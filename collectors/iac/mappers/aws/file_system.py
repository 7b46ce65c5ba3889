"""aws_efs_file_system: its encryption, its place and its automatic backups."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from collectors.document import Document, Unknown, then
from collectors.facts.shared import Backup, Exposure
from collectors.facts.storage import FileSystem
from collectors.iac.blocks import Block, Mapping, Project, nested, read
from collectors.iac.mappers.aws.encryption import KEY_DATA, KEYS, at_rest
from collectors.iac.mappers.aws.shared import aws_document, tag_name
from collectors.iac.mappers.joins import given, joined

FILE_SYSTEM, BACKUP = "aws_efs_file_system", "aws_efs_backup_policy"
REPLICATION = "aws_efs_replication_configuration"

_REPLICAS = Unknown("replications of file systems are not read from templates")
_NETWORK = Unknown("the mount targets of file systems are not read from templates")
_POLICY = Unknown("the policies of file systems are not read from templates")
_PLANS = Unknown("the plans of AWS Backup are not read from templates")


def map_file_system(block: Block, project: Project) -> Iterator[Document]:
    """A file system, not encrypted unless it says so (EFS API reference, CreateFileSystem)."""
    facts = FileSystem(
        encryption=at_rest(
            project,
            block.read("encrypted", bool, default=False),
            block.values.get("kms_key_id"),
        ),
        tls=cast("Any", _POLICY),
        mount_ranges=cast("Any", _NETWORK),
        exposure=Exposure(public=_NETWORK, via=cast("Any", _NETWORK)),
        backup=_backup(block, project),
        redundancy=_redundancy(block, project),
    )
    yield aws_document(block, project, facts, name=tag_name(block))


def _redundancy(block: Block, project: Project) -> Any:
    """Several zones unless one is named; a replication may add a region."""
    if project.of_type(REPLICATION):
        return _REPLICAS
    one = given(block.values, "availability_zone_name")
    return then(one, lambda named: "zone" if named else "multi-zone")


def _backup(block: Block, project: Project) -> Backup:
    """The automatic backups of EFS, which a plan of AWS Backup may stand for; how long that keeps
    them is up to the account's plans."""
    found = joined(project, block, "file_system_id", BACKUP)
    enabled: Any = found.doubt or _PLANS
    if found.blocks:
        listed = nested(found.blocks[0].values, "backup_policy")
        status = then(listed, lambda all_: read(all_[0], "status", str, _PLANS) if all_ else _PLANS)
        enabled = then(status, lambda word: True if word == "ENABLED" else _PLANS)
    rest: Any = _PLANS
    return Backup(enabled=enabled, retention_days=rest, point_in_time=rest, copies=rest)


MAPPINGS = [
    Mapping(
        types=(FILE_SYSTEM,),
        facts=FileSystem,
        map=map_file_system,
        joined=(BACKUP, *KEYS, *KEY_DATA),
    )
]
