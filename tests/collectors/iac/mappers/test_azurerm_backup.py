"""Vaults and policies of Azure Backup, and what of a machine they decide."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.document import Document, Unknown
from collectors.iac.blocks import Block, Reference
from tests.collectors.iac.mappers.hand import block, documents

APPLY = Unknown("var.x is decided at apply")
VAULT = "azurerm_recovery_services_vault.v"
POLICY = "azurerm_backup_policy_vm.p"


def _vault(**values: Any) -> Block:
    return block(VAULT, {"name": "v", "location": "chinanorth3", "tags": {"a": "b"}} | values)


def _policy(**values: Any) -> Block:
    given = {"name": "p", "recovery_vault_name": Reference(VAULT, "name")}
    given |= {"backup": [{"frequency": "Daily"}], "retention_daily": [{"count": 200}]}
    return block(POLICY, {key: it for key, it in (given | values).items() if it is not None})


MACHINE = block("azurerm_linux_virtual_machine.m", {"name": "m"})
PROTECTED = block(
    "azurerm_backup_protected_vm.m",
    {"source_vm_id": Reference(MACHINE.address), "backup_policy_id": Reference(POLICY)},
)


def _found(*blocks: Block) -> dict[str, Document]:
    return {each.type: each for each in documents(*blocks)}


def test_a_vault_with_its_policy() -> None:
    found = _found(_vault(immutability="Locked"), _policy(), MACHINE, PROTECTED)
    assert found["backup.vault"].facts == {
        "encryption": {
            "enabled": True,
            "key_manager": "provider",
            "key_id": None,
            "algorithm": "AES-256",
        },
        "lock_days": 200,
        "policy": [],
        "region": "chinanorth3",
        "redundancy": "multi-region",
    }
    plan = found["backup.plan"]
    assert (plan.name, plan.region, plan.tags) == ("v/p", "chinanorth3", {"a": "b"})
    assert plan.facts == {
        "resources": 1,
        "schedule": "Daily",
        "retention_days": 200,
        "copies": [{"region": "chinaeast3", "account": "template", "vault": f"main.tf#{VAULT}"}],
    }
    backup = found["compute.instance"].facts["backup"]
    assert (backup["enabled"], backup["retention_days"]) == (True, 200)
    assert [each["region"] for each in backup["copies"]] == ["chinaeast3"]


def test_a_vault_that_is_not_locked() -> None:
    found = _found(_vault(storage_mode_type="LocallyRedundant", encryption=[{"key_id": "k"}]))
    vault = found["backup.vault"].facts
    assert (vault["lock_days"], vault["redundancy"]) == (None, "zone")
    assert vault["encryption"]["key_manager"] == "customer"
    assert _found(_vault(immutability="Unlocked"))["backup.vault"].facts["lock_days"] is None


@pytest.mark.parametrize(
    "values",
    [
        {"immutability": "Locked"},
        {"immutability": APPLY},
        {"immutability": "Locked", "encryption": APPLY, "storage_mode_type": APPLY},
    ],
)
def test_what_is_not_known_of_a_vault(values: dict[str, Any]) -> None:
    found = _found(_vault(**values))["backup.vault"]
    assert "lock_days" in found.unknown
    assert ("redundancy" in found.unknown) == ("storage_mode_type" in values)


@pytest.mark.parametrize(
    ("values", "days"),
    [
        ({"retention_daily": None, "retention_weekly": [{"count": 26}]}, 182),
        ({"retention_daily": None, "retention_monthly": [{"count": 12}]}, 360),
        ({"retention_daily": [{"count": APPLY}], "retention_weekly": [{"count": 9}]}, None),
        ({"retention_daily": APPLY}, None),
        ({"retention_daily": None}, None),
    ],
)
def test_retention(values: dict[str, Any], days: int | None) -> None:
    assert _found(_vault(), _policy(**values))["backup.plan"].facts.get("retention_days") == days


def test_databases_in_machines() -> None:
    parts = [
        {"policy_type": "Log", "simple_retention": [{"count": 8}]},
        {
            "policy_type": "Full",
            "backup": [{"frequency": "Weekly"}],
            "retention_weekly": [{"count": 30}],
        },
    ]
    policy = block("azurerm_backup_policy_vm_workload.w", {"name": "w", "protection_policy": parts})
    (found,) = documents(policy)
    assert (found.facts["retention_days"], found.facts["schedule"]) == (210, "Weekly")
    assert {"copies", "resources"} <= set(found.unknown)


def test_a_backup_vault() -> None:
    reference = Reference("azurerm_data_protection_backup_vault.v")
    vault = block(
        reference.address, {"name": "v", "location": "chinanorth3", "redundancy": "GeoRedundant"}
    )
    key = block(
        "azurerm_data_protection_backup_vault_customer_managed_key.k",
        {"data_protection_backup_vault_id": reference, "key_vault_key_id": "k"},
    )
    given = {"name": "p", "vault_id": reference}
    disks = block(
        "azurerm_data_protection_backup_policy_disk.d",
        given
        | {
            "backup_repeating_time_intervals": ["R/2026-01-01T00:00:00Z/P1D"],
            "default_retention_duration": "P7D",
        },
    )
    blobs = block(
        "azurerm_data_protection_backup_policy_blob_storage.b",
        given | {"vault_default_retention_duration": "P6M"},
    )
    found, of_disks, of_blobs = documents(vault, key, disks, blobs)
    assert found.facts["encryption"]["key_id"] == "k"
    assert found.facts["redundancy"] == "multi-region"
    assert (of_disks.facts["retention_days"], of_disks.facts["copies"]) == (7, [])
    assert of_disks.facts["schedule"] == "R/2026-01-01T00:00:00Z/P1D"
    assert (of_blobs.facts["retention_days"], len(of_blobs.facts["copies"])) == (180, 1)


@pytest.mark.parametrize(
    ("values", "enabled"),
    [
        ({"protection_state": "ProtectionStopped"}, False),
        ({"protection_state": "Protected"}, True),
        ({"protection_state": APPLY}, None),
        ({"exclude_disk_luns": [1]}, None),
    ],
)
def test_what_stops_a_backup(values: dict[str, Any], enabled: bool | None) -> None:
    item = block(PROTECTED.address, PROTECTED.values | values)
    backup = _found(_vault(), _policy(), MACHINE, item)["compute.instance"].facts["backup"]
    assert backup.get("enabled") is enabled


def test_what_backs_up_a_machine_elsewhere() -> None:
    found = _found(MACHINE, PROTECTED)["compute.instance"]
    assert found.facts["backup"]["enabled"] is True
    assert {"backup/retention_days", "backup/copies"} <= set(found.unknown)
