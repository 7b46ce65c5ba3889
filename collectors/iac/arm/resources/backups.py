"""Vaults and policies of Azure Backup. Source: template reference, Microsoft.RecoveryServices and
Microsoft.DataProtection."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.document import Unknown, then
from collectors.iac.arm.resource import Resource, Translation, at
from collectors.iac.arm.resources.words import each, is_, named, or_
from collectors.iac.blocks import Block

_DAYS = {"days": 1, "weeks": 7, "months": 30, "years": 365}
_SCHEDULES = {
    "dailySchedule": ("retention_daily", 1),
    "weeklySchedule": ("retention_weekly", 7),
    "monthlySchedule": ("retention_monthly", 30),
    "yearlySchedule": ("retention_yearly", 365),
}
_KINDS = {
    "azureiaasvm": "azurerm_backup_policy_vm",
    "azurestorage": "azurerm_backup_policy_file_share",
    "azureworkload": "azurerm_backup_policy_vm_workload",
}
_DATA_SOURCES = {
    "microsoft.compute/disks": "disk",
    "microsoft.storage/storageaccounts/blobservices": "blob_storage",
}
_STORES = {
    "disk": {"operationalstore": "default_retention_duration"},
    "blob_storage": {
        "operationalstore": "operational_default_retention_duration",
        "vaultstore": "vault_default_retention_duration",
    },
}
_NO_COUNT = Unknown("the retention of the backup policy is not understood")
_NO_REDUNDANCY = Unknown("the template does not tell the redundancy of the vault")


def recovery(resource: Resource) -> Iterator[Block]:
    """A Recovery Services vault. Its redundancy may be set elsewhere where it is not written."""
    key = resource.get("encryption.keyVaultProperties.keyUri")
    redundancy = resource.get("redundancySettings.standardTierStorageRedundancy")
    values = named(resource) | {
        "immutability": resource.get("securitySettings.immutabilitySettings.state"),
        "storage_mode_type": or_(redundancy, _NO_REDUNDANCY),
        "encryption": None if key is None else [{"key_id": key}],
    }
    yield resource.block("azurerm_recovery_services_vault", values)


def recovery_policy(resource: Resource) -> Iterator[Block]:
    """A policy of a Recovery Services vault."""
    kind = resource.get("backupManagementType")
    known = _KINDS.get(kind.lower()) if isinstance(kind, str) else None
    if known is None:
        # What it is for decides how it is read.
        yield resource.block(resource.type, {})
        return
    values: dict[str, Any] = {"name": resource.name, "recovery_vault_name": resource.owner()}
    parts = resource.get("subProtectionPolicy")
    if isinstance(parts, list):
        values["protection_policy"] = [
            {"policy_type": at(one, "policyType")} | _schedules(one) for one in parts
        ]
    elif parts is not None:
        values["protection_policy"] = parts
    yield resource.block(known, values | _schedules(resource.properties))


def _schedules(policy: Any) -> dict[str, Any]:
    """The frequency of a policy, and the retention of each of its schedules."""
    frequency = at(policy, "schedulePolicy.scheduleRunFrequency")
    found: dict[str, Any] = {} if frequency is None else {"backup": [{"frequency": frequency}]}
    retention = at(policy, "retentionPolicy")
    for name, (argument, unit) in _SCHEDULES.items():
        duration = at(retention, f"{name}.retentionDuration")
        if duration is not None:
            found[argument] = [{"count": _count(duration, unit)}]
    simple = at(retention, "retentionDuration")
    if simple is not None:
        found["simple_retention"] = [{"count": _count(simple, 1)}]
    return found


def _count(duration: Any, unit: int) -> Any:
    """The duration in units of so many days."""
    count, kind = at(duration, "count"), at(duration, "durationType")
    if isinstance(count, Unknown) or isinstance(kind, Unknown):
        return count if isinstance(count, Unknown) else kind
    days = _DAYS.get(str(kind).lower())
    whole = days and isinstance(count, int) and (count * days) % unit == 0
    return count * days // unit if whole else _NO_COUNT


def protected(resource: Resource) -> Iterator[Block]:
    """Something that is backed up: a virtual machine, where it names one. Which of its disks are
    left out does not matter, but that some are."""
    kind = resource.get("protectedItemType")
    if is_(kind, "AzureFileShareProtectedItem") is True:
        values = {"backup_policy_id": resource.get("policyId")}
        yield resource.block("azurerm_backup_protected_file_share", values)
        return
    values = {
        "backup_policy_id": resource.get("policyId"),
        "source_vm_id": resource.get("sourceResourceId"),
        "protection_state": resource.get("protectionState"),
        "include_disk_luns": resource.get("extendedProperties.diskExclusionProperties"),
    }
    yield resource.block("azurerm_backup_protected_vm", values)


def protection(resource: Resource) -> Iterator[Block]:
    """A Backup vault."""
    stores = [
        at(one, "type")
        for one in each(resource.get("storageSettings"))
        if is_(at(one, "datastoreType"), "VaultStore") is not False
    ]
    settings = "securitySettings.encryptionSettings"
    on = or_(is_(resource.get(f"{settings}.state"), "Enabled"), False)
    key = or_(
        resource.get(f"{settings}.keyVaultProperties.keyUri"), Unknown("the key is not written")
    )
    values = named(resource) | {
        "immutability": resource.get("securitySettings.immutabilitySettings.state"),
        "redundancy": stores[0] if stores else None,
        "encryption": then(on, lambda enabled: [{"key_id": key}] if enabled else None),
    }
    yield resource.block("azurerm_data_protection_backup_vault", values)


def protection_policy(resource: Resource) -> Iterator[Block]:
    """A policy of a Backup vault. Of those for disks and blobs it is read what they do."""
    kinds = resource.get("datasourceTypes")
    kind = _DATA_SOURCES.get(str(kinds[0]).lower()) if isinstance(kinds, list) and kinds else None
    values = {"name": resource.name, "vault_id": resource.owner()}
    if kind is None:
        yield resource.block("azurerm_data_protection_backup_policy_postgresql", values)
        return
    values |= _rules(resource.get("policyRules"), kind)
    yield resource.block(f"azurerm_data_protection_backup_policy_{kind}", values)


def _rules(rules: Any, kind: str) -> dict[str, Any]:
    """The schedule, and how long the default rule keeps backups in each store."""
    if not isinstance(rules, list):
        names = ["backup_repeating_time_intervals", *_STORES[kind].values()]
        return dict.fromkeys(names, rules)
    found: dict[str, Any] = {}
    for rule in rules:
        intervals = at(rule, "trigger.schedule.repeatingTimeIntervals")
        if intervals is not None:
            found["backup_repeating_time_intervals"] = intervals
        # A rule that may be the default one is as good as none that is known.
        if is_(at(rule, "objectType"), "AzureRetentionRule") is not True:
            continue
        default = at(rule, "isDefault")
        for cycle in each(at(rule, "lifecycles")) if default in (True, "true") else ():
            store = at(cycle, "sourceDataStore.dataStoreType")
            if isinstance(store, Unknown):
                found |= dict.fromkeys(_STORES[kind].values(), store)
            elif name := _STORES[kind].get(str(store).lower()):
                found[name] = or_(at(cycle, "deleteAfter.duration"), _NO_COUNT)
    return found


def instance(resource: Resource) -> Iterator[Block]:
    """Something that a Backup vault backs up: a disk, or the blobs of a storage account."""
    told = resource.get("dataSourceInfo.datasourceType")
    kind = _DATA_SOURCES.get(str(told).lower())
    if kind is None:
        yield resource.block(resource.type, {})
        return
    values = {
        "vault_id": resource.owner(),
        "backup_policy_id": resource.get("policyInfo.policyId"),
        "disk_id" if kind == "disk" else "storage_account_id": resource.get(
            "dataSourceInfo.resourceID"
        ),
    }
    yield resource.block(f"azurerm_data_protection_backup_instance_{kind}", values)


_RECOVERY, _PROTECTION = (
    "Microsoft.RecoveryServices/vaults",
    "Microsoft.DataProtection/backupVaults",
)

TRANSLATIONS: dict[str, Translation] = {
    _PROTECTION: protection,
    f"{_PROTECTION}/backupInstances": instance,
    f"{_PROTECTION}/backupPolicies": protection_policy,
    _RECOVERY: recovery,
    f"{_RECOVERY}/backupFabrics/protectionContainers/protectedItems": protected,
    f"{_RECOVERY}/backupPolicies": recovery_policy,
}
