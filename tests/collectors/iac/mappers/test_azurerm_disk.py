"""Azure managed disks."""

from __future__ import annotations

from collectors.document import Unknown
from collectors.iac.blocks import Reference
from tests.collectors.iac.mappers.hand import block, the, unknown

APPLY = Unknown("var.x is decided at apply")
BACKUP = {
    f"backup/{name}": "not attached in this template"
    for name in ("enabled", "retention_days", "point_in_time", "copies")
}


def test_disk_good() -> None:
    document = the(
        block(
            "azurerm_managed_disk.d",
            {
                "name": "d",
                "location": "China East 2",
                "disk_size_gb": 64,
                "zone": "1",
                "disk_encryption_set_id": Reference("azurerm_disk_encryption_set.s"),
            },
        ),
        block(
            "azurerm_virtual_machine_data_disk_attachment.a",
            {
                "managed_disk_id": Reference("azurerm_managed_disk.d"),
                "virtual_machine_id": Reference("azurerm_linux_virtual_machine.vm"),
            },
        ),
    )
    assert (document.region, document.country, document.name, document.tags) == (
        "chinaeast2",
        "CN",
        "d",
        {},
    )
    assert document.facts == {
        "encryption": {
            "enabled": True,
            "key_manager": "customer",
            "key_id": "azurerm_disk_encryption_set.s",
            "algorithm": "AES-256",
        },
        "attached": True,
        "size_bytes": 68719476736,
        "zone": "1",
        "backup": {},
        "delete_with_instance": False,
    }
    away = "the machine of the disk is not part of this template"
    assert unknown(document) == dict.fromkeys(BACKUP, away)


def test_disk_with_the_platforms_key_and_no_attachment() -> None:
    document = the(
        block(
            "azurerm_managed_disk.d",
            {"name": "d", "location": "germanynorth", "disk_size_gb": "64"},
        ),
    )
    assert (document.region, document.country, document.name, document.tags) == (
        "germanynorth",
        "DE",
        "d",
        {},
    )
    assert document.facts == {
        "encryption": {
            "enabled": True,
            "key_manager": "provider",
            "key_id": None,
            "algorithm": "AES-256",
        },
        "size_bytes": 68719476736,
        "backup": {},
        "delete_with_instance": False,
    }
    assert unknown(document) == BACKUP | {
        "attached": "not attached in this template",
        "zone": "the resource names no availability zone",
    }


def test_disk_unknown_until_apply() -> None:
    document = the(
        block(
            "azurerm_managed_disk.d",
            {
                "name": "d",
                "location": APPLY,
                "disk_size_gb": APPLY,
                "disk_encryption_set_id": APPLY,
            },
        ),
    )
    assert (document.region, document.country, document.name, document.tags) == ("", None, "d", {})
    assert document.facts == {
        "encryption": {"enabled": True, "algorithm": "AES-256"},
        "backup": {},
        "delete_with_instance": False,
    }
    assert unknown(document) == BACKUP | {
        "region": "var.x is decided at apply",
        "country": "var.x is decided at apply",
        "encryption/key_manager": "var.x is decided at apply",
        "encryption/key_id": "var.x is decided at apply",
        "attached": "not attached in this template",
        "size_bytes": "var.x is decided at apply",
        "zone": "the resource names no availability zone",
    }


def test_the_backup_of_a_disk() -> None:
    disk = block("azurerm_managed_disk.d", {"name": "d"})
    machine = block("azurerm_linux_virtual_machine.m", {"name": "m"})
    link = block(
        "azurerm_virtual_machine_data_disk_attachment.a",
        {
            "managed_disk_id": Reference(disk.address),
            "virtual_machine_id": Reference(machine.address),
        },
    )
    own = block(
        "azurerm_data_protection_backup_instance_disk.b",
        {
            "disk_id": Reference(disk.address),
            "backup_policy_id": Reference("azurerm_data_protection_backup_policy_disk.p"),
        },
    )
    policy = block(
        "azurerm_data_protection_backup_policy_disk.p", {"default_retention_duration": "P7D"}
    )
    of_machine = block(
        "azurerm_backup_protected_vm.b",
        {
            "source_vm_id": Reference(machine.address),
            "backup_policy_id": Reference("azurerm_backup_policy_vm.p"),
        },
    )
    daily = block("azurerm_backup_policy_vm.p", {"retention_daily": [{"count": 30}]})
    kept = {"enabled": True, "retention_days": 7, "point_in_time": False, "copies": []}
    assert the(disk, own, policy).facts["backup"] == kept
    assert the(disk, machine, link).facts["backup"]["enabled"] is False
    with_machine = the(disk, machine, link, of_machine, daily, own, policy).facts["backup"]
    assert with_machine["retention_days"] == 30
    elsewhere = block(own.address, own.values | {"disk_id": APPLY})
    assert "backup/enabled" in the(disk, machine, link, elsewhere).unknown
