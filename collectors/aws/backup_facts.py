"""What locks of vaults, and rules and selections of plans of AWS Backup amount to. Pure: answers of
an account and templates are read with it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from collectors.aws.backup_selections import protections
from collectors.document import Unknown, also
from collectors.facts.backup import PlanCopy

_BY_PATTERN = Unknown("how many resources a plan takes by tag or by pattern is not counted")
_BY_PLAN = Unknown("the lock keeps a backup for as long as its plan says, and sets no least time")
_AIR_GAPPED = "LOGICALLY_AIR_GAPPED_BACKUP_VAULT"

Item = dict[str, Any]


def lock_days(item: Item, now: datetime) -> int | Unknown | None:
    """The least time that a locked vault keeps a backup; null where it is not locked for good.

    A lock without a date can be taken off by an administrator at any time, one with a date until
    then (API reference, BackupVaultListMember: Locked, LockDate). An air-gapped vault is locked
    from the beginning (AWS Backup developer guide, "Logically air-gapped vaults").
    """
    if item.get("VaultType") != _AIR_GAPPED:
        locked, date = item.get("Locked"), item.get("LockDate")
        if not isinstance(locked, bool):
            return Unknown("AWS Backup does not tell whether the vault is locked")
        if not locked or date is None or datetime.fromisoformat(date) > now:
            return None
    return least_days(item.get("MinRetentionDays"))


def least_days(minimum: int | None) -> int | Unknown:
    """The least time that a vault locked for good keeps a backup, by its lock's minimum."""
    return _BY_PLAN if minimum is None else minimum


def resources(selections: list[Item | Unknown]) -> int | Unknown:
    """How many resources the selections of a plan take, where they name them one by one."""
    named: set[str] = set()
    for selection in selections:
        if isinstance(selection, Unknown):
            return selection
        own = selection.get("Resources") or []
        narrowed = any((selection.get("Conditions") or {}).values())
        by_pattern = any("*" in arn or "?" in arn for arn in own)
        if not own or selection.get("ListOfTags") or narrowed or by_pattern:
            return _BY_PATTERN
        if selection.get("NotResources"):
            return _BY_PATTERN
        named.update(own)
    return len(named)


def schedule(rules: list[Item]) -> str | Unknown:
    """When the rules of a plan run, in the order of the plan."""
    found = [rule.get("ScheduleExpression") for rule in rules]
    if not all(found):
        return Unknown("AWS Backup does not tell the schedule of a rule")
    return "; ".join(str(one) for one in found)


def retention_days(rules: list[Item]) -> int | Unknown:
    """How long the rule that keeps longest keeps a backup."""
    days = [one.days for one in protections(rules)]
    return also(None, *days) or max((day for day in days if isinstance(day, int)), default=0)


def copies(rules: list[Item]) -> list[PlanCopy]:
    """Where the rules copy backups to, each vault once."""
    arns = {
        action["DestinationBackupVaultArn"]
        for rule in rules
        for action in rule.get("CopyActions") or []
    }
    parts = [(arn, arn.split(":")) for arn in sorted(arns)]
    return [PlanCopy(region=part[3], account=part[4], vault=arn) for arn, part in parts]
