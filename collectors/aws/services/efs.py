"""Elastic File System: who may mount a file system, what backs it up, and where its copies are."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

from msgspec import Struct

from collectors.aws.account import Account, Service, tags_of
from collectors.aws.backup_selections import CALLS as PLAN_CALLS
from collectors.aws.backup_selections import Plan, Thing, read_backup_plans
from collectors.aws.encryption import KEY_NOT_TOLD, at_rest
from collectors.aws.kms_calls import DESCRIBE_KEY
from collectors.aws.plan_backup import backup_by_plans
from collectors.aws.policy_document import PolicyText
from collectors.aws.share_network import CALLS as NETWORK_CALLS
from collectors.aws.share_network import (
    Network,
    interfaces_of,
    mount_ranges,
    read_network,
    share_exposure,
)
from collectors.aws.share_policy import share_tls
from collectors.calls import Call, Scope
from collectors.document import Document, Unknown, then
from collectors.facts.shared import Backup
from collectors.facts.storage import FileSystem

FILE_SYSTEM = "AWS::EFS::FileSystem"
_KEPT = (
    "FileSystemId",
    "CreationTime",
    "LifeCycleState",
    "NumberOfMountTargets",
    "PerformanceMode",
    "ThroughputMode",
    "Encrypted",
    "KmsKeyId",
    "AvailabilityZoneName",
    "FileSystemProtection",
)
NFS = (2049,)


def _efs(
    operation: str,
    result: str,
    scope: Scope = "resource",
    *,
    paged: bool = False,
    absent: tuple[str, ...] = (),
) -> Call:
    return Call(
        provider="aws",
        service="efs",
        operation=operation,
        permission=f"elasticfilesystem:{operation}",
        scope=scope,
        result=result,
        paged=paged,
        absent=absent,
    )


DESCRIBE_FILE_SYSTEMS = _efs("DescribeFileSystems", "FileSystems", "region", paged=True)
DESCRIBE_MOUNT_TARGETS = _efs("DescribeMountTargets", "MountTargets", paged=True)
DESCRIBE_POLICY = _efs("DescribeFileSystemPolicy", "Policy", absent=("PolicyNotFound",))
DESCRIBE_BACKUP_POLICY = _efs(
    "DescribeBackupPolicy", "BackupPolicy.Status", absent=("PolicyNotFound",)
)
DESCRIBE_REPLICATION = _efs(
    "DescribeReplicationConfigurations",
    "Replications",
    "region",
    paged=True,
)

Item = dict[str, Any]
Redundancy = Literal["zone", "multi-zone", "multi-region"]


class _Around(Struct, frozen=True):
    """What the file systems of a region are joined with."""

    network: Network
    plans: list[Plan] | Unknown
    replications: list[Item] | Unknown | None


def file_systems(account: Account, region: str) -> Iterable[Document]:
    """A document for each file system of a region."""
    found = account.read(DESCRIBE_FILE_SYSTEMS, region)
    if isinstance(found, Unknown):
        yield account.unlisted(FileSystem, found, region, FILE_SYSTEM)
        return
    if not found:
        return
    around = _Around(
        network=read_network(account, region),
        plans=read_backup_plans(account, region),
        replications=account.read(DESCRIBE_REPLICATION, region),
    )
    yield from account.map(lambda item: _document(account, region, item, around), found)


def _document(account: Account, region: str, item: Item, around: _Around) -> Document:
    name = item["FileSystemId"]
    arn = item.get("FileSystemArn") or account.arn(
        "elasticfilesystem", region, f"file-system/{name}"
    )
    tags = tags_of(item.get("Tags"))
    targets = account.read(DESCRIBE_MOUNT_TARGETS, region, name, FileSystemId=name)
    interfaces = then(
        targets,
        lambda found: interfaces_of(
            around.network, [target["NetworkInterfaceId"] for target in found]
        ),
    )
    policy: PolicyText | Unknown = account.read(DESCRIBE_POLICY, region, name, FileSystemId=name)
    status = account.read(DESCRIBE_BACKUP_POLICY, region, name, FileSystemId=name)
    return account.document(
        FileSystem(
            encryption=at_rest(
                account, region, item["Encrypted"], item.get("KmsKeyId", KEY_NOT_TOLD)
            ),
            tls=share_tls(policy, arn),
            mount_ranges=mount_ranges(around.network, interfaces, NFS),
            exposure=share_exposure(around.network, interfaces, NFS),
            backup=backup(status, backup_by_plans(around.plans, Thing("EFS", arn, tags))),
            redundancy=redundancy(item, region, around.replications),
        ),
        id=arn,
        region=region,
        name=item.get("Name") or name,
        tags=tags,
        native_type=FILE_SYSTEM,
        native={key: item[key] for key in _KEPT if key in item},
    )


def backup(status: str | Unknown | None, planned: Backup) -> Backup:
    """The backup by plans, among them the one that automatic backups belong to, which takes file
    systems by a tag. `status` is that of automatic backups, null where they were never set."""
    if planned.enabled is True or status in {None, "DISABLED", "DISABLING"}:
        return planned
    if isinstance(status, Unknown):
        return Backup(enabled=status, retention_days=status, point_in_time=False, copies=status)
    unseen = Unknown("the plan of the automatic backups of the file system is not told")
    return Backup(
        enabled=True if status == "ENABLED" else unseen,
        retention_days=unseen,
        point_in_time=False,
        copies=unseen,
    )


def redundancy(
    item: Item, region: str, replications: list[Item] | Unknown | None
) -> Redundancy | Unknown:
    """In one zone where a zone is named, else in several (EFS user guide, "EFS file system types");
    in several regions where it is replicated to another one."""
    if isinstance(replications, Unknown):
        # Several zones are enough by themselves.
        return replications if item.get("AvailabilityZoneName") else "multi-zone"
    copies = [
        copy
        for one in replications or []
        if one["SourceFileSystemId"] == item["FileSystemId"]
        for copy in one["Destinations"]
    ]
    if any(copy["Status"] == "ENABLED" and copy["Region"] != region for copy in copies):
        return "multi-region"
    return "zone" if item.get("AvailabilityZoneName") else "multi-zone"


SERVICE = Service(
    name="Elastic File System",
    types=((FileSystem, FILE_SYSTEM),),
    calls=(
        DESCRIBE_FILE_SYSTEMS,
        DESCRIBE_MOUNT_TARGETS,
        DESCRIBE_POLICY,
        DESCRIBE_BACKUP_POLICY,
        DESCRIBE_REPLICATION,
        *NETWORK_CALLS,
        *PLAN_CALLS,
        DESCRIBE_KEY,
    ),
    region=file_systems,
)
