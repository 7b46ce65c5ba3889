"""What FSx tells of a file system, and templates write of one: backups and copies. Pure."""

from __future__ import annotations

from typing import Any, Literal

from collectors.aws.plan_backup import own_and_planned
from collectors.document import Unknown
from collectors.facts.shared import Backup

SETTINGS = {
    "WINDOWS": "WindowsConfiguration",
    "LUSTRE": "LustreConfiguration",
    "ONTAP": "OntapConfiguration",
    "OPENZFS": "OpenZFSConfiguration",
}
# Where clients mount: SMB, Lustre, NFS, iSCSI (FSx user guides, "File system access control").
PORTS = {
    "WINDOWS": (445,),
    "LUSTRE": (988,),
    "ONTAP": (445, 2049, 3260),
    "OPENZFS": (2049,),
}
TLS_NOT_TOLD = Unknown("FSx does not tell whether clients must encrypt what they send")
_VOLUMES = Unknown("plans back up the volumes of an ONTAP file system, which are not read")

Item = dict[str, Any]


def backup(item: Item, planned: Backup) -> Backup:
    """Daily automatic backups, which FSx itself takes, and those of plans."""
    kind = item["FileSystemType"]
    if deployment_of(item).startswith("SCRATCH"):
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
    deployment = deployment_of(item)
    if deployment.startswith("MULTI_AZ"):
        return "multi-zone"
    if deployment.startswith("SCRATCH"):
        return "single"
    if deployment.startswith(("SINGLE_AZ", "PERSISTENT")):
        return "zone"
    return Unknown("FSx does not tell how the file system is deployed")


def _settings(item: Item) -> Item:
    settings: Item = item.get(SETTINGS.get(item["FileSystemType"], ""), {})
    return settings


def deployment_of(item: Item) -> str:
    """The type of deployment, empty where it is not told."""
    return str(_settings(item).get("DeploymentType", ""))
