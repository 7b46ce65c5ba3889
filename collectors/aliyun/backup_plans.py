"""What backs up a resource by Cloud Backup (HBR), and what vaults and policies say. Pure.

Two generations live side by side: policies with what is bound to them (DescribePoliciesV2,
DescribePolicyBindings), and plans of one resource each (DescribeBackupPlans). Either writes to
vaults, which may be mirrored to another region (DescribeVaults).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from msgspec import Struct

from collectors.document import Unknown, also, then
from collectors.facts.backup import PlanCopy
from collectors.facts.shared import Backup, BackupCopy

Item = dict[str, Any]

NO_BACKUP = Backup(enabled=False, retention_days=0, point_in_time=False, copies=[])
FOR_EVER = 65536
"""Days that stand for backups that nothing removes: the longest period that the API takes."""


class Protection(Struct, frozen=True, kw_only=True):
    """What backs up the resources of one kind in a region. Policies and vaults are by their ids."""

    bindings: list[Item] | Unknown
    policies: dict[str, Item] | Unknown
    plans: list[Item] | Unknown
    vaults: dict[str, Item] | Unknown


def backup_of(resource: str, key: str, protection: Protection, account: str) -> Backup:
    """The backup of a resource, whose id plans name under `key`. Of several the one that keeps
    longest; what could not be read may be one, so that none is sure only when all was read."""
    sources = (
        then(protection.bindings, lambda found: _bound(found, resource, protection, account)),
        then(protection.plans, lambda found: _planned(found, key, resource, protection, account)),
    )
    found = [one for source in sources if not isinstance(source, Unknown) for one in source]
    doubt = also(*sources)
    if not found:
        if doubt is None:
            return NO_BACKUP
        return Backup(enabled=doubt, retention_days=doubt, point_in_time=False, copies=doubt)
    return Backup(
        enabled=True,
        retention_days=_longest([one.retention_days for one in found], doubt),
        point_in_time=False,
        copies=doubt or _all_copies(found),
    )


def _longest(days: list[int | Unknown], doubt: Unknown | None) -> int | Unknown:
    return doubt or also(*days) or max(day for day in days if isinstance(day, int))


def _all_copies(backups: list[Backup]) -> list[BackupCopy] | Unknown:
    copies: list[BackupCopy] = []
    for one in backups:
        if isinstance(one.copies, Unknown):
            return one.copies
        copies += [copy for copy in one.copies if copy not in copies]
    return copies


def _bound(
    bindings: list[Item], resource: str, protection: Protection, account: str
) -> list[Backup]:
    return [
        _of_policy(binding, protection, account)
        for binding in bindings
        if binding.get("DataSourceId") == resource and not binding.get("Disabled")
    ]


def _of_policy(binding: Item, protection: Protection, account: str) -> Backup:
    policies = protection.policies
    policy = policies if isinstance(policies, Unknown) else policies.get(binding["PolicyId"])
    if policy is None:
        policy = Unknown("the backup policy of the resource is not visible to this account")
    if isinstance(policy, Unknown):
        return Backup(enabled=True, retention_days=policy, point_in_time=False, copies=policy)
    return Backup(
        enabled=True,
        retention_days=retention_of(policy),
        point_in_time=False,
        copies=then(
            copies_of(policy, protection.vaults, account),
            lambda found: [
                BackupCopy(region=one.region, account=one.account, kind="backup") for one in found
            ],
        ),
    )


def _planned(
    plans: list[Item], key: str, resource: str, protection: Protection, account: str
) -> list[Backup]:
    return [
        Backup(
            enabled=True,
            retention_days=days_of(plan),
            point_in_time=False,
            copies=then(
                mirrors(plan.get("VaultId"), protection.vaults, account),
                lambda found: [
                    BackupCopy(region=one.region, account=one.account, kind="backup")
                    for one in found
                ],
            ),
        )
        for plan in plans
        if plan.get(key) == resource and not plan.get("Disabled")
    ]


def days_of(item: Item) -> int | Unknown:
    """Days that a plan or a rule keeps backups."""
    kept = item.get("Retention")
    if not isinstance(kept, int | str) or not str(kept).lstrip("-").isdecimal():
        return Unknown("Cloud Backup does not tell how long backups are kept")
    return int(kept) if int(kept) >= 0 else FOR_EVER


def retention_of(policy: Item) -> int | Unknown:
    """Days that a policy keeps backups: every policy has one rule of that kind."""
    rules = [rule for rule in policy.get("Rules") or [] if rule.get("RuleType") == "TRANSITION"]
    if not rules:
        return Unknown("Cloud Backup does not tell how long backups are kept")
    return days_of(rules[0])


def schedule_of(policy: Item) -> str | Unknown:
    """When a policy backs up, as Cloud Backup writes it: I|start|interval."""
    rules = [rule for rule in policy.get("Rules") or [] if rule.get("RuleType") == "BACKUP"]
    found = ", ".join(str(rule["Schedule"]) for rule in rules if rule.get("Schedule"))
    return found or Unknown("Cloud Backup does not tell the schedule")


def copies_of(
    policy: Item, vaults: dict[str, Item] | Unknown, account: str
) -> list[PlanCopy] | Unknown:
    """Where a policy copies to: by its own rules, and by the mirrors of the vaults it writes to."""
    rules: Iterable[Item] = policy.get("Rules") or []
    copies: list[PlanCopy] = []
    for rule in rules:
        found: list[PlanCopy] | Unknown = []
        if rule.get("RuleType") == "REPLICATION" and rule.get("ReplicationRegionId"):
            own = PlanCopy(
                region=rule["ReplicationRegionId"],
                account=account,
                vault=rule.get("VaultId") or Unknown("the API does not name the vault of the copy"),
            )
            found = [own]
        elif rule.get("RuleType") == "BACKUP" and rule.get("VaultId"):
            found = mirrors(rule["VaultId"], vaults, account)
        if isinstance(found, Unknown):
            return found
        copies += found
    return copies


def mirrors(
    vault: str | None, vaults: dict[str, Item] | Unknown, account: str
) -> list[PlanCopy] | Unknown:
    """The vaults of other regions that a vault is mirrored to. One that is not listed belongs to
    another account, whose mirrors are not known."""
    if isinstance(vaults, Unknown):
        return vaults
    if not vault:
        return []
    item = vaults.get(vault)
    if item is None:
        return Unknown(f"the vault {vault} is not visible to this account")
    target = item.get("ReplicationTargetRegionId")
    if not target:
        return []
    return [
        PlanCopy(
            region=str(target),
            account=str(item.get("ReplicationTargetOwnerId") or account),
            vault=item.get("ReplicationTargetVaultId")
            or Unknown("the API does not name the vault of the copy"),
        )
    ]
