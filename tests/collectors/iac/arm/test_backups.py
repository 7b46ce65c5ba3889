"""Vaults of Azure Backup, and namespaces of messages, in ARM templates."""

from __future__ import annotations

from typing import Any

from tests.collectors.iac.conftest import Read

VAULTS = "Microsoft.RecoveryServices/vaults"
VAULT: dict[str, Any] = {
    "type": VAULTS,
    "name": "v",
    "location": "chinanorth3",
    "properties": {
        "redundancySettings": {"standardTierStorageRedundancy": "ZoneRedundant"},
        "securitySettings": {"immutabilitySettings": {"state": "Locked"}},
    },
}
POLICY = {
    "type": f"{VAULTS}/backupPolicies",
    "name": "v/p",
    "properties": {
        "backupManagementType": "AzureIaasVM",
        "schedulePolicy": {"scheduleRunFrequency": "Daily"},
        "retentionPolicy": {
            "dailySchedule": {"retentionDuration": {"count": 26, "durationType": "Weeks"}}
        },
    },
}
ITEM: dict[str, Any] = {
    "type": f"{VAULTS}/backupFabrics/protectionContainers/protectedItems",
    "name": "v/Azure/c/i",
    "properties": {
        "protectedItemType": "Microsoft.Compute/virtualMachines",
        "policyId": f"[resourceId('{VAULTS}/backupPolicies', 'v', 'p')]",
        "sourceResourceId": "[resourceId('Microsoft.Compute/virtualMachines', 'vm')]",
    },
}
MACHINE = {"type": "Microsoft.Compute/virtualMachines", "name": "vm", "properties": {}}


def test_a_vault_with_a_machine(deployment: Read) -> None:
    found = deployment([VAULT, POLICY, ITEM, MACHINE])
    vault, plan = found[f"{VAULTS}/v"].facts, found[f"{VAULTS}/backupPolicies/v/p"].facts
    assert (vault["redundancy"], vault["lock_days"]) == ("multi-zone", 182)
    assert (plan["resources"], plan["schedule"], plan["copies"]) == (1, "Daily", [])
    machine = found["Microsoft.Compute/virtualMachines/vm"].facts["backup"]
    assert (machine["enabled"], machine["retention_days"]) == (True, 182)


def test_a_machine_of_which_not_all_is_backed_up(deployment: Read) -> None:
    def enabled(**more: Any) -> Any:
        item = {**ITEM, "properties": {**ITEM["properties"], **more}}
        found = deployment([VAULT, POLICY, item, MACHINE])["Microsoft.Compute/virtualMachines/vm"]
        return found.facts["backup"].get("enabled", found.unknown.get("backup/enabled"))

    system = {"diskExclusionProperties": {"diskLunList": [], "isInclusionList": True}}
    assert enabled(extendedProperties=system) == (
        "the backup of the machine leaves out some of its disks"
    )
    assert enabled(protectionState="ProtectionStopped") is False


def test_redundancy_that_is_not_written_is_unknown(deployment: Read) -> None:
    (found,) = deployment([{**VAULT, "properties": {}}]).values()
    assert "redundancy" in found.unknown
    assert found.facts["lock_days"] is None


def test_a_backup_vault(deployment: Read) -> None:
    vault = {
        "type": "Microsoft.DataProtection/backupVaults",
        "name": "v",
        "location": "chinanorth3",
        "properties": {
            "storageSettings": [{"datastoreType": "VaultStore", "type": "LocallyRedundant"}]
        },
    }
    (found,) = deployment([vault]).values()
    assert (found.facts["redundancy"], found.facts["lock_days"]) == ("zone", None)


PROTECTION = "Microsoft.DataProtection/backupVaults"


def _cycle(store: str, duration: str) -> dict[str, Any]:
    return {"deleteAfter": {"duration": duration}, "sourceDataStore": {"dataStoreType": store}}


def _protected(source: str, *cycles: dict[str, Any]) -> list[dict[str, Any]]:
    """A locked Backup vault with a policy, and something that it backs up by it."""
    often = {"schedule": {"repeatingTimeIntervals": ["R/2026-01-01T00:00:00+00:00/P1D"]}}
    rules = [
        {"objectType": "AzureBackupRule", "name": "b", "trigger": often},
        {
            "objectType": "AzureRetentionRule",
            "name": "long",
            "isDefault": False,
            "lifecycles": [_cycle("VaultStore", "P10Y")],
        },
        {
            "objectType": "AzureRetentionRule",
            "name": "Default",
            "isDefault": True,
            "lifecycles": [*cycles],
        },
    ]
    return [
        {
            "type": PROTECTION,
            "name": "v",
            "location": "chinanorth3",
            "properties": {
                "storageSettings": [{"datastoreType": "VaultStore", "type": "GeoRedundant"}],
                "securitySettings": {"immutabilitySettings": {"state": "Locked"}},
            },
        },
        {
            "type": f"{PROTECTION}/backupPolicies",
            "name": "v/p",
            "properties": {"datasourceTypes": [source], "policyRules": rules},
        },
        {
            "type": f"{PROTECTION}/backupInstances",
            "name": "v/i",
            "properties": {
                "dataSourceInfo": {"datasourceType": source, "resourceID": "/one"},
                "policyInfo": {
                    "policyId": f"[resourceId('{PROTECTION}/backupPolicies', 'v', 'p')]"
                },
            },
        },
    ]


def test_a_policy_of_a_backup_vault(deployment: Read) -> None:
    found = deployment(_protected("Microsoft.Compute/disks", _cycle("OperationalStore", "P30D")))
    plan = found[f"{PROTECTION}/backupPolicies/v/p"].facts
    assert (plan["resources"], plan["retention_days"], plan["copies"]) == (1, 30, [])
    assert plan["schedule"] == "R/2026-01-01T00:00:00+00:00/P1D"
    assert found[f"{PROTECTION}/v"].facts["lock_days"] == 30


def test_blobs_in_both_stores(deployment: Read) -> None:
    blobs = "Microsoft.Storage/storageAccounts/blobServices"
    cycles = (_cycle("OperationalStore", "P7D"), _cycle("VaultStore", "P26W"))
    plan = deployment(_protected(blobs, *cycles))[f"{PROTECTION}/backupPolicies/v/p"].facts
    assert plan["retention_days"] == 182
    assert [copy["region"] for copy in plan["copies"]] == ["chinaeast3"]
    alone = deployment(_protected(blobs, cycles[0]))[f"{PROTECTION}/backupPolicies/v/p"].facts
    assert (alone["retention_days"], alone["copies"]) == (7, [])


def test_what_a_policy_keeps_is_not_known(deployment: Read) -> None:
    none = deployment(_protected("Microsoft.Compute/disks"))[f"{PROTECTION}/backupPolicies/v/p"]
    assert "retention_days" in none.unknown
    database = "Microsoft.DBforPostgreSQL/servers/databases"
    found = deployment(_protected(database, _cycle("VaultStore", "P7D")))
    assert list(found) == [f"{PROTECTION}/v"]
    assert "lock_days" in found[f"{PROTECTION}/v"].unknown


def test_namespaces(deployment: Read) -> None:
    key = {"keyVaultUri": "https://v/", "keyName": "k"}
    bus = {
        "type": "Microsoft.ServiceBus/namespaces",
        "name": "n",
        "properties": {
            "minimumTlsVersion": "1.1",
            "encryption": {"keySource": "Microsoft.KeyVault", "keyVaultProperties": [key]},
        },
    }
    (found,) = deployment([bus]).values()
    assert found.facts["tls"]["minimum"] == "1.1"
    assert found.facts["encryption"]["key_id"] == "https://v/keys/k"
    (plain,) = deployment([{**bus, "properties": {}}]).values()
    assert "tls/minimum" in plain.unknown
    assert plain.facts["encryption"]["key_manager"] == "provider"
