"""Vaults of Azure Backup, of either kind, with their policies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from collectors.azure.account import Account, Service, tags_of
from collectors.azure.backup_calls import (
    LIST_BACKUP_INSTANCES,
    LIST_BACKUP_POLICIES,
    LIST_BACKUP_VAULTS,
    LIST_INSTANCE_POLICIES,
    LIST_VAULTS,
)
from collectors.azure.backup_retention import instance_copied, instance_retention, item_retention
from collectors.azure.backup_vaults import (
    instance_schedule,
    item_schedule,
    lock_days,
    plan_copies,
    protection_encryption,
    recovery_encryption,
    redundancy_of,
)
from collectors.azure.ids import key, region_of
from collectors.document import Document, Unknown
from collectors.facts.backup import BackupPlan, BackupVault
from collectors.facts.shared import Encryption

RECOVERY, PROTECTION = "Microsoft.RecoveryServices/vaults", "Microsoft.DataProtection/backupVaults"
RECOVERY_POLICY, PROTECTION_POLICY = f"{RECOVERY}/backupPolicies", f"{PROTECTION}/backupPolicies"

Item = dict[str, Any]
Plans = list[tuple[Item, BackupPlan]]
"""The policies of a vault, as ARM writes them, with their facts."""


def vaults(account: Account) -> Iterable[Document]:
    """Documents of the vaults and of their policies."""
    for call, read in ((LIST_VAULTS, _recovery), (LIST_BACKUP_VAULTS, _protection)):
        found = account.resources(call)
        if isinstance(found, Unknown):
            yield account.unlisted(BackupVault, found, native_type=call.native_type)
            policies = f"{call.native_type}/backupPolicies"
            yield account.unlisted(BackupPlan, found, native_type=policies)
            continue
        for vault in found:
            yield from read(account, vault)


def _recovery(account: Account, vault: Item) -> Iterator[Document]:
    policies = account.listed(LIST_BACKUP_POLICIES, id=vault["id"])
    plans: Plans | Unknown = (
        policies
        if isinstance(policies, Unknown)
        else [(policy, _recovery_plan(vault, policy["properties"])) for policy in policies]
    )
    yield _vault(account, vault, RECOVERY, recovery_encryption(vault), plans)
    yield from _plans(account, vault, RECOVERY_POLICY, plans)


def _recovery_plan(vault: Item, policy: Item) -> BackupPlan:
    protected = policy.get("protectedItemsCount")
    return BackupPlan(
        resources=protected
        if isinstance(protected, int)
        else Unknown("the backup policy does not tell how much it protects"),
        schedule=item_schedule(policy),
        retention_days=item_retention(policy),
        copies=plan_copies(vault),
    )


def _protection(account: Account, vault: Item) -> Iterator[Document]:
    policies = account.listed(LIST_INSTANCE_POLICIES, id=vault["id"])
    instances = account.listed(LIST_BACKUP_INSTANCES, id=vault["id"])
    plans: Plans | Unknown = (
        policies
        if isinstance(policies, Unknown)
        else [(policy, _protection_plan(vault, policy, instances)) for policy in policies]
    )
    yield _vault(account, vault, PROTECTION, protection_encryption(vault), plans)
    yield from _plans(account, vault, PROTECTION_POLICY, plans)


def _protection_plan(vault: Item, policy: Item, instances: list[Item] | Unknown) -> BackupPlan:
    """Operational backups stay beside what they are of, and are copied nowhere."""
    return BackupPlan(
        resources=instances if isinstance(instances, Unknown) else _users(policy, instances),
        schedule=instance_schedule(policy["properties"]),
        retention_days=instance_retention(policy["properties"]),
        copies=plan_copies(vault) if instance_copied(policy["properties"]) else [],
    )


def _users(policy: Item, instances: list[Item]) -> int:
    used = [(one["properties"].get("policyInfo") or {}).get("policyId") for one in instances]
    return sum(key(str(one)) == key(policy["id"]) for one in used)


def _vault(
    account: Account, vault: Item, native: str, encryption: Encryption, plans: Plans | Unknown
) -> Document:
    """Roles decide on access: vaults have no policy of their own."""
    kept: list[int | Unknown] | Unknown = (
        plans
        if isinstance(plans, Unknown)
        else [plan.retention_days for _, plan in plans if plan.resources != 0]
    )
    return account.document(
        BackupVault(
            encryption=encryption,
            lock_days=lock_days(vault, kept),
            policy=[],
            region=region_of(vault),
            redundancy=redundancy_of(vault),
        ),
        vault,
        native_type=native,
        native=vault,
    )


def _plans(
    account: Account, vault: Item, native: str, plans: Plans | Unknown
) -> Iterator[Document]:
    if isinstance(plans, Unknown):
        yield account.unlisted(BackupPlan, plans, region_of(vault), native)
        return
    for policy, facts in plans:
        yield account.document(
            facts,
            policy,
            region=region_of(vault),
            tags=tags_of(vault),
            name=f"{vault['name']}/{policy['name']}",
            native_type=native,
            native=policy,
        )


SERVICE = Service(
    name="Azure Backup",
    types=(
        (BackupVault, RECOVERY),
        (BackupVault, PROTECTION),
        (BackupPlan, RECOVERY_POLICY),
        (BackupPlan, PROTECTION_POLICY),
    ),
    calls=(
        LIST_VAULTS,
        LIST_BACKUP_POLICIES,
        LIST_BACKUP_VAULTS,
        LIST_INSTANCE_POLICIES,
        LIST_BACKUP_INSTANCES,
    ),
    account=vaults,
)
