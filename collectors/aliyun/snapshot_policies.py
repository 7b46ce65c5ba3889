"""How long backups of disks are kept, and where they are copied to. Pure.

Sources: ecs DescribeDisks, DescribeAutoSnapshotPolicyEx; hbr DescribePolicyBindings,
DescribePoliciesV2.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from msgspec import Struct

from collectors.document import Unknown, also
from collectors.facts.shared import Backup, BackupCopy

Item = dict[str, Any]

FOR_EVER = 65536
"""Days that stand for snapshots that are kept until somebody deletes them (-1): the longest period
that the API takes."""

NO_BACKUP = Backup(enabled=False, retention_days=0, point_in_time=False, copies=[])


class Plans(Struct, frozen=True, kw_only=True):
    """What backs up the disks of a region: snapshot policies by id, the bindings of whole instances
    to policies of Cloud Backup, and these policies by id."""

    snapshots: dict[str, Item] | Unknown
    bindings: list[Item] | Unknown
    policies: dict[str, Item] | Unknown


def unread(reason: Unknown) -> Backup:
    """A backup of which nothing could be read."""
    return Backup(enabled=reason, retention_days=reason, point_in_time=False, copies=reason)


def backup_of_disk(disk: Item, plans: Plans, account: str) -> Backup:
    """The backup of a disk: by its automatic snapshots, or with the instance that it is attached
    to. Of both, the one that keeps longer."""
    own = _by_snapshots(disk, plans, account)
    whole = _with_instance(disk, plans, account)
    if whole.enabled is False:
        return own
    if own.enabled is False:
        return whole
    doubt = also(own.enabled, whole.enabled)
    if doubt:
        sure = True in (own.enabled, whole.enabled)
        return Backup(
            enabled=True if sure else doubt,
            retention_days=doubt,
            point_in_time=False,
            copies=doubt,
        )
    days = (own.retention_days, whole.retention_days)
    return Backup(
        enabled=True,
        retention_days=also(*days) or max(day for day in days if isinstance(day, int)),
        point_in_time=False,
        copies=_joined([own, whole]),
    )


def backup_of_all(backups: Iterable[Backup]) -> Backup:
    """The backup of several disks together: it is as good as that of the worst of them."""
    found = list(backups)
    if not found or any(one.enabled is False for one in found):
        return NO_BACKUP
    doubt = also(*(one.enabled for one in found))
    if doubt:
        return unread(doubt)
    days = [one.retention_days for one in found]
    return Backup(
        enabled=True,
        retention_days=also(*days) or min(day for day in days if isinstance(day, int)),
        point_in_time=False,
        copies=_joined(found),
    )


def _joined(backups: list[Backup]) -> list[BackupCopy] | Unknown:
    copies: list[BackupCopy] = []
    for one in backups:
        if isinstance(one.copies, Unknown):
            return one.copies
        copies += [copy for copy in one.copies if copy not in copies]
    return copies


def _by_snapshots(disk: Item, plans: Plans, account: str) -> Backup:
    name = disk.get("AutoSnapshotPolicyId")
    if not name:
        if not disk.get("EnableAutomatedSnapshotPolicy"):
            return NO_BACKUP
        unnamed = Unknown("ECS does not name the snapshot policy of the disk")
        return Backup(enabled=True, retention_days=unnamed, point_in_time=False, copies=unnamed)
    if isinstance(plans.snapshots, Unknown):
        return unread(plans.snapshots)
    policy = plans.snapshots.get(name)
    if policy is None:
        missing = Unknown("the snapshot policy of the disk is not visible to this account")
        return Backup(enabled=True, retention_days=missing, point_in_time=False, copies=missing)
    if policy.get("Status") == "Expire":  # an overdue account: the policy does nothing
        return NO_BACKUP
    return Backup(
        enabled=True,
        retention_days=_days(policy.get("RetentionDays")),
        point_in_time=False,
        copies=_copies(policy, account),
    )


def _days(value: object) -> int | Unknown:
    try:
        days = int(str(value))
    except ValueError:
        return Unknown("the policy does not tell how long snapshots are kept")
    return FOR_EVER if days < 0 else days


def _copies(policy: Item, account: str) -> list[BackupCopy] | Unknown:
    if not policy.get("EnableCrossRegionCopy"):
        return []
    text = str(policy.get("TargetCopyRegions") or "")
    try:
        regions = [str(one) for one in json.loads(text)]
    except (ValueError, TypeError):
        regions = [one.strip(" \"'") for one in text.strip("[]").split(",")]
    regions = [one for one in regions if one]
    if not regions:
        return Unknown("the policy does not tell where snapshots are copied to")
    return [BackupCopy(region=one, account=account, kind="snapshot") for one in regions]


def _with_instance(disk: Item, plans: Plans, account: str) -> Backup:
    """Cloud Backup of the whole instance (UDM_ECS), which may leave disks out."""
    instances = _instances(disk)
    if not instances:
        return NO_BACKUP
    if isinstance(plans.bindings, Unknown):
        return unread(plans.bindings)
    for binding in plans.bindings:
        if binding.get("DataSourceId") in instances and _covers(binding, disk["DiskId"]):
            return _by_policy(binding, plans.policies, account)
    return NO_BACKUP


def _instances(disk: Item) -> set[str]:
    attachments = (disk.get("Attachments") or {}).get("Attachment") or []
    names = [disk.get("InstanceId"), *(one.get("InstanceId") for one in attachments)]
    return {name for name in names if name}


def _covers(binding: Item, disk: str) -> bool:
    if binding.get("Disabled"):
        return False
    detail = (binding.get("AdvancedOptions") or {}).get("UdmDetail") or {}
    chosen = detail.get("DiskIdList") or []
    return disk in chosen if chosen else disk not in (detail.get("ExcludeDiskIdList") or [])


def _by_policy(binding: Item, policies: dict[str, Item] | Unknown, account: str) -> Backup:
    policy = policies if isinstance(policies, Unknown) else policies.get(binding["PolicyId"])
    if policy is None:
        policy = Unknown("the backup policy of the instance is not visible to this account")
    if isinstance(policy, Unknown):
        return Backup(enabled=True, retention_days=policy, point_in_time=False, copies=policy)
    rules = policy.get("Rules") or []
    kept = [rule.get("Retention") for rule in rules if rule.get("RuleType") == "TRANSITION"]
    untold = Unknown("the backup policy of the instance does not tell how long backups are kept")
    return Backup(
        enabled=True,
        retention_days=_days(kept[0]) if kept and kept[0] is not None else untold,
        point_in_time=False,
        copies=[
            BackupCopy(region=rule["ReplicationRegionId"], account=account, kind="backup")
            for rule in rules
            if rule.get("RuleType") == "REPLICATION" and rule.get("ReplicationRegionId")
        ],
    )
