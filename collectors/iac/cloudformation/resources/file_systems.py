"""EFS and FSx. Source: CloudFormation template reference, Amazon EFS and Amazon FSx."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.document import Unknown
from collectors.iac.blocks import Block
from collectors.iac.cloudformation.resources.networks import plain
from collectors.iac.mappers.aws.file_system import (
    BACKUP,
    FILE_SYSTEM,
    MOUNT_TARGET,
    POLICY,
    REPLICATION,
)
from collectors.iac.mappers.aws.fsx import KINDS
from collectors.iac.stacks.resource import Resource, Translation, part, parts, renamed, tags

_TYPES = {kind: type_ for type_, kind in KINDS.items()}
_SETTINGS = {
    "WINDOWS": "WindowsConfiguration",
    "LUSTRE": "LustreConfiguration",
    "ONTAP": "OntapConfiguration",
    "OPENZFS": "OpenZFSConfiguration",
}
# Days that automatic backups are kept where nothing is written (FSx API reference,
# AutomaticBackupRetentionDays; CreateFileSystemLustreConfiguration).
_DAYS = {"WINDOWS": 30, "LUSTRE": 0, "ONTAP": 30, "OPENZFS": 30}


def file_system(resource: Resource) -> Iterator[Block]:
    """A file system, whose backup policy, policy and replication Terraform has apart."""
    names = {
        "Encrypted": "encrypted",
        "KmsKeyId": "kms_key_id",
        "AvailabilityZoneName": "availability_zone_name",
    }
    values = renamed(resource.properties, names)
    yield resource.block(FILE_SYSTEM, values | {"tags": tags(resource.get("FileSystemTags"))})
    own = {"file_system_id": resource.itself()}
    written = resource.get("BackupPolicy")
    if written is not None:
        backup = {"backup_policy": part(written, {"Status": "status"})}
        yield resource.block(BACKUP, own | backup, part="BackupPolicy")
    policy = resource.get("FileSystemPolicy")
    if policy is not None:
        yield resource.block(POLICY, own | {"policy": policy}, part="FileSystemPolicy")
    replication = resource.get("ReplicationConfiguration")
    if replication is not None:
        copied = {"source_file_system_id": resource.itself(), "destination": _copies(replication)}
        yield resource.block(REPLICATION, copied, part="ReplicationConfiguration")


def _copies(written: Any) -> Any:
    if not isinstance(written, dict):
        return written
    names = {"Region": "region", "AvailabilityZoneName": "availability_zone_name"}
    return parts(written.get("Destinations"), names)


def fsx(resource: Resource) -> Iterator[Block]:
    """A file system of FSx, of which Terraform has a type for each kind."""
    kind = resource.get("FileSystemType")
    if kind not in _TYPES:
        kind = "WINDOWS"
        doubt = Unknown("the kind of the file system is not known")
        values: dict[str, Any] = dict.fromkeys(
            ("deployment_type", "automatic_backup_retention_days", "security_group_ids"), doubt
        )
        yield resource.block(_TYPES[kind], values)
        return
    settings = resource.get(_SETTINGS[kind])
    names = {
        "DeploymentType": "deployment_type",
        "AutomaticBackupRetentionDays": "automatic_backup_retention_days",
    }
    if settings is None or isinstance(settings, dict):
        own = {"automatic_backup_retention_days": _DAYS[kind]} | renamed(settings or {}, names)
    else:
        own = dict.fromkeys(names.values(), settings)
    top = {
        "KmsKeyId": "kms_key_id",
        "SecurityGroupIds": "security_group_ids",
        "SubnetIds": "subnet_ids",
        "NetworkType": "network_type",
    }
    values = renamed(resource.properties, top) | own
    yield resource.block(_TYPES[kind], values | {"tags": tags(resource.get("Tags"))})


TRANSLATIONS: dict[str, Translation] = {
    "AWS::EFS::FileSystem": file_system,
    "AWS::EFS::MountTarget": plain(
        MOUNT_TARGET,
        {
            "FileSystemId": "file_system_id",
            "SubnetId": "subnet_id",
            "SecurityGroups": "security_groups",
            "IpAddressType": "ip_address_type",
        },
    ),
    "AWS::FSx::FileSystem": fsx,
}
