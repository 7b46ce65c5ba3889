"""What Redshift's answers say of auditing, parameters and snapshots. Pure."""

from __future__ import annotations

from typing import Any

from collectors.aws.logic import Known, told
from collectors.aws.plan_backup import own_and_planned
from collectors.aws.rds_settings import Parameters
from collectors.document import Unknown, then
from collectors.facts.shared import Backup, BackupCopy

Item = dict[str, Any]

_SWITCHES = {"true": True, "false": False}


def switch(parameters: Parameters, name: str) -> Known:
    """Whether a parameter is on."""
    value = parameters.get(name, "").lower()
    if value not in _SWITCHES:
        return Unknown(f"the parameter {name} has no value of its own: the engine's default holds")
    return _SWITCHES[value]


def is_audited(status: Item, parameters: Parameters | Unknown) -> Known:
    """Whether what users do leaves the cluster: logging is on, and by the parameter
    `enable_user_activity_logging` statements are logged (management guide, "Audit logging")."""
    if not status["LoggingEnabled"]:
        return False
    exported = status.get("LogExports") or []
    if status.get("LogDestinationType") == "cloudwatch" and "useractivitylog" not in exported:
        return False
    return then(parameters, lambda known: switch(known, "enable_user_activity_logging"))


def backup(item: Item, account_id: str, planned: Backup) -> Backup:
    """Automated snapshots and those of plans; snapshots copied to another region by the cluster's
    own setting are copies. A cluster is restored to a snapshot, not to a second."""
    days = told(item, "AutomatedSnapshotRetentionPeriod")
    both = own_and_planned(days, False, planned)
    target = (item.get("ClusterSnapshotCopyStatus") or {}).get("DestinationRegion")
    if not target:
        return both
    copy = BackupCopy(region=target, account=account_id, kind="snapshot-copy")
    return Backup(
        enabled=both.enabled,
        retention_days=both.retention_days,
        point_in_time=False,
        copies=then(both.copies, lambda known: [copy, *known]),
    )
