"""FSx: file systems of Windows File Server, Lustre, NetApp ONTAP and OpenZFS."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

from collectors.aws.account import Account, Service, tags_of
from collectors.aws.backup_selections import CALLS as PLAN_CALLS
from collectors.aws.backup_selections import Plan, Thing, read_backup_plans
from collectors.aws.encryption import KEY_NOT_TOLD, at_rest
from collectors.aws.kms_calls import DESCRIBE_KEY
from collectors.aws.plan_backup import backup_by_plans, own_and_planned
from collectors.aws.share_network import CALLS as NETWORK_CALLS
from collectors.aws.share_network import (
    Network,
    interfaces_of,
    mount_ranges,
    read_network,
    share_exposure,
)
from collectors.calls import Call
from collectors.document import Document, Unknown
from collectors.facts.shared import Backup, Encryption, Tls
from collectors.facts.storage import FileSystem

FILE_SYSTEM = "AWS::FSx::FileSystem"
# The settings of Windows and ONTAP may hold passwords: only what is named here is kept.
_KEPT = (
    "FileSystemId",
    "FileSystemType",
    "FileSystemTypeVersion",
    "CreationTime",
    "Lifecycle",
    "StorageCapacity",
    "StorageType",
    "VpcId",
    "SubnetIds",
    "KmsKeyId",
)
DESCRIBE_FILE_SYSTEMS = Call(
    provider="aws",
    service="fsx",
    operation="DescribeFileSystems",
    permission="fsx:DescribeFileSystems",
    scope="region",
    result="FileSystems",
    paged=True,
)
_SETTINGS = {
    "WINDOWS": "WindowsConfiguration",
    "LUSTRE": "LustreConfiguration",
    "ONTAP": "OntapConfiguration",
    "OPENZFS": "OpenZFSConfiguration",
}
# Where clients mount: SMB, Lustre, NFS, iSCSI (FSx user guides, "File system access control").
_PORTS = {
    "WINDOWS": (445,),
    "LUSTRE": (988,),
    "ONTAP": (445, 2049, 3260),
    "OPENZFS": (2049,),
}
_TLS_NOT_TOLD = Unknown("FSx does not tell whether clients must encrypt what they send")
_VOLUMES = Unknown("plans back up the volumes of an ONTAP file system, which are not read")

Item = dict[str, Any]


def file_systems(account: Account, region: str) -> Iterable[Document]:
    """A document for each file system of a region."""
    found = account.read(DESCRIBE_FILE_SYSTEMS, region)
    if isinstance(found, Unknown):
        yield account.unlisted(FileSystem, found, region, FILE_SYSTEM)
        return
    if not found:
        return
    network = read_network(account, region)
    plans = read_backup_plans(account, region)
    yield from account.map(lambda item: _document(account, region, item, network, plans), found)


def _document(
    account: Account, region: str, item: Item, network: Network, plans: list[Plan] | Unknown
) -> Document:
    kind, arn = item["FileSystemType"], item["ResourceARN"]
    tags = tags_of(item.get("Tags"))
    ports = _PORTS.get(kind, ())
    ids = item.get("NetworkInterfaceIds")
    interfaces = interfaces_of(network, ids) if ids and ports else _unnamed(kind)
    return account.document(
        FileSystem(
            encryption=encryption(account, region, item),
            tls=Tls(minimum=_TLS_NOT_TOLD, required=_TLS_NOT_TOLD, policy=None),
            mount_ranges=mount_ranges(network, interfaces, ports),
            exposure=share_exposure(network, interfaces, ports),
            backup=backup(item, backup_by_plans(plans, Thing("FSx", arn, tags))),
            redundancy=redundancy(item),
        ),
        id=arn,
        region=region,
        name=tags.get("Name") or item["FileSystemId"],
        tags=tags,
        native_type=FILE_SYSTEM,
        native={key: item[key] for key in _KEPT if key in item},
    )


def _unnamed(kind: str) -> Unknown:
    return Unknown(f"FSx does not name the network interfaces of this file system ({kind})")


def encryption(account: Account, region: str, item: Item) -> Encryption:
    """File systems are always encrypted; scratch ones of Lustre with a key of FSx, all others with
    one of KMS (FSx user guides, "Encryption of data at rest")."""
    key = None if _deployment(item).startswith("SCRATCH") else item.get("KmsKeyId", KEY_NOT_TOLD)
    return at_rest(account, region, True, key)


def backup(item: Item, planned: Backup) -> Backup:
    """Daily automatic backups, which FSx itself takes, and those of plans."""
    kind = item["FileSystemType"]
    if _deployment(item).startswith("SCRATCH"):
        # There are no backups of scratch file systems (FSx for Lustre user guide).
        days: int | Unknown = 0
    else:
        days = _settings(item).get(
            "AutomaticBackupRetentionDays",
            Unknown("FSx does not tell how long automatic backups are kept"),
        )
    both = own_and_planned(days, False, planned)
    if kind == "ONTAP" and both.enabled is False:
        return Backup(enabled=_VOLUMES, retention_days=_VOLUMES, point_in_time=False, copies=[])
    return both


def redundancy(item: Item) -> Literal["zone", "multi-zone", "single"] | Unknown:
    """By the type of deployment. Lustre stands in one zone, of which scratch keeps one copy."""
    deployment = _deployment(item)
    if deployment.startswith("MULTI_AZ"):
        return "multi-zone"
    if deployment.startswith("SCRATCH"):
        return "single"
    if deployment.startswith(("SINGLE_AZ", "PERSISTENT")):
        return "zone"
    return Unknown("FSx does not tell how the file system is deployed")


def _settings(item: Item) -> Item:
    settings: Item = item.get(_SETTINGS.get(item["FileSystemType"], ""), {})
    return settings


def _deployment(item: Item) -> str:
    return str(_settings(item).get("DeploymentType", ""))


SERVICE = Service(
    name="FSx",
    types=((FileSystem, FILE_SYSTEM),),
    calls=(DESCRIBE_FILE_SYSTEMS, *NETWORK_CALLS, *PLAN_CALLS, DESCRIBE_KEY),
    region=file_systems,
)
