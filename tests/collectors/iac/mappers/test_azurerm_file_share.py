"""Shares of Azure Files: who mounts them, their backup."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.document import Document, Unknown
from collectors.iac.blocks import Block, Reference
from tests.collectors.iac.mappers.hand import block, the

APPLY = Unknown("var.x is decided at apply")
ACCOUNT = Reference("azurerm_storage_account.a")
ANY = ["0.0.0.0/0", "::/0"]


def account(**values: Any) -> Block:
    given = {"name": "a", "location": "chinaeast2", "account_replication_type": "ZRS"}
    return block("azurerm_storage_account.a", {**given, **values})


def share(*others: Block, **values: Any) -> Document:
    given = {"name": "files", "storage_account_id": ACCOUNT, **values}
    return the(block("azurerm_storage_share.s", given), *others)


@pytest.mark.parametrize(
    ("values", "ranges", "public"),
    [
        ({}, ANY, True),
        ({"public_network_access_enabled": False}, [], False),
        ({"network_rules": [{"default_action": "Allow"}]}, ANY, True),
        ({"network_rules": [{"default_action": "Deny", "ip_rules": ["203.0.113.7"]}]},
         ["203.0.113.7/32"], False),
        ({"network_rules": APPLY}, None, None),
    ],
)  # fmt: skip
def test_who_mounts_it(
    values: dict[str, Any], ranges: list[str] | None, public: bool | None
) -> None:
    found = share(account(**values))
    assert found.facts.get("mount_ranges") == ranges
    assert found.facts["exposure"].get("public") is public


def test_what_its_account_decides() -> None:
    key = [{"key_vault_key_id": "https://k"}]
    found = share(account(customer_managed_key=key, min_tls_version="TLS1_0"))
    assert (found.region, found.facts["redundancy"]) == ("chinaeast2", "multi-zone")
    assert found.facts["encryption"]["key_manager"] == "customer"
    assert found.facts["tls"]["minimum"] == "1.0"
    by_name = share(account(), storage_account_id=None, storage_account_name="a")
    assert by_name.facts["mount_ranges"] == ANY
    away = share()
    assert {"mount_ranges", "encryption/enabled", "backup/enabled", "region"} <= set(away.unknown)


def _protected(**values: Any) -> Block:
    given = {
        "source_storage_account_id": ACCOUNT,
        "source_file_share_name": Reference("azurerm_storage_share.s", "name"),
        "backup_policy_id": Reference("azurerm_backup_policy_file_share.p"),
    }
    return block("azurerm_backup_protected_file_share.b", {**given, **values})


def test_backup() -> None:
    assert share(account()).facts["backup"]["enabled"] is False
    policy = block(
        "azurerm_backup_policy_file_share.p",
        {
            "recovery_vault_name": Reference("azurerm_recovery_services_vault.v", "name"),
            "retention_daily": [{"count": 40}],
        },
    )
    vault = block(
        "azurerm_recovery_services_vault.v",
        {"name": "v", "location": "chinaeast2", "storage_mode_type": "LocallyRedundant"},
    )
    kept = share(account(), _protected(), policy, vault).facts["backup"]
    assert (kept["enabled"], kept["retention_days"], kept["copies"]) == (True, 40, [])
    other = share(account(), _protected(source_file_share_name="other"), policy, vault)
    assert other.facts["backup"]["enabled"] is False
    open_ = share(account(), _protected(source_file_share_name=APPLY), policy, vault)
    assert "backup/enabled" in open_.unknown
