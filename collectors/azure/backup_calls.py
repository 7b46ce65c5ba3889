"""Calls of Azure Backup: Recovery Services vaults, and Backup vaults (Data Protection)."""

from __future__ import annotations

from collectors.azure.calls import child, listing

_RECOVERY = "Microsoft.RecoveryServices/vaults"
_PROTECTION = "Microsoft.DataProtection/backupVaults"

LIST_VAULTS = listing(_RECOVERY, "Vaults_ListBySubscriptionId")
LIST_PROTECTED_ITEMS = child(
    f"{_RECOVERY}/backupProtectedItems",
    "BackupProtectedItems_List",
    "{id}/backupProtectedItems",
    paged=True,
)
LIST_BACKUP_POLICIES = child(
    f"{_RECOVERY}/backupPolicies", "BackupPolicies_List", "{id}/backupPolicies", paged=True
)
LIST_BACKUP_VAULTS = listing(_PROTECTION, "BackupVaults_GetInSubscription")
LIST_BACKUP_INSTANCES = child(
    f"{_PROTECTION}/backupInstances", "BackupInstances_List", "{id}/backupInstances", paged=True
)
LIST_INSTANCE_POLICIES = child(
    f"{_PROTECTION}/backupPolicies",
    "DataProtectionBackupPolicies_List",
    "{id}/backupPolicies",
    paged=True,
)

BACKUP_ITEM_CALLS = (
    LIST_VAULTS,
    LIST_PROTECTED_ITEMS,
    LIST_BACKUP_POLICIES,
    LIST_BACKUP_VAULTS,
    LIST_BACKUP_INSTANCES,
    LIST_INSTANCE_POLICIES,
)
