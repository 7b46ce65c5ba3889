"""azurerm_storage_account as a bucket: access, network, keys, copies."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.document import Document, Unknown
from collectors.iac.blocks import Reference
from tests.collectors.iac.mappers.hand import block, the, unknown

OFF = {
    "enabled": False,
    "destination": None,
    "destination_account": None,
    "destination_region": None,
    "retention_days": None,
}
APPLY = Unknown("var.x is decided at apply")
NO_WAY = "no private endpoint of this template leads to it; another stack may have one"


def test_good() -> None:
    document = the(
        block(
            "azurerm_storage_account.main",
            {
                "name": "store",
                "location": "China North 3",
                "resource_group_name": "rg",
                "account_tier": "Standard",
                "account_replication_type": "GZRS",
                "min_tls_version": "TLS1_2",
                "https_traffic_only_enabled": True,
                "allow_nested_items_to_be_public": False,
                "public_network_access_enabled": True,
                "network_rules": [
                    {"default_action": "Deny", "ip_rules": ["203.0.113.7", "198.51.100.0/24"]}
                ],
                "customer_managed_key": [
                    {
                        "key_vault_key_id": Reference("azurerm_key_vault_key.k"),
                        "user_assigned_identity_id": "x",
                    }
                ],
                "blob_properties": [{"versioning_enabled": True}],
                "immutability_policy": [
                    {
                        "state": "Locked",
                        "period_since_creation_in_days": 180,
                        "allow_protected_append_writes": False,
                    }
                ],
                "tags": {"system": "shop"},
            },
        ),
        block("azurerm_key_vault_key.k", {"name": "k"}),
        block(
            "azurerm_storage_management_policy.p",
            {
                "storage_account_id": Reference("azurerm_storage_account.main"),
                "rule": [
                    {
                        "name": "old",
                        "enabled": True,
                        "actions": [{"version": [{"delete_after_days_since_creation": 90}]}],
                    }
                ],
            },
        ),
        block(
            "azurerm_storage_container.c",
            {
                "name": "c",
                "storage_account_id": Reference("azurerm_storage_account.main"),
                "container_access_type": "blob",
            },
        ),
    )
    assert (document.region, document.country, document.name, document.tags) == (
        "chinanorth3",
        "CN",
        "store",
        {"system": "shop"},
    )
    assert document.facts == {
        "exposure": {"public": False, "via": []},
        "public_access_block": True,
        "acl": [],
        "encryption": {
            "enabled": True,
            "key_manager": "customer",
            "key_id": "main.tf#azurerm_key_vault_key.k",
            "algorithm": "AES-256",
        },
        "tls": {"minimum": "1.2", "required": True, "policy": None},
        "versioning": True,
        "mfa_delete": None,
        "object_lock_days": 180,
        "replication": [{"region": "chinaeast3", "account": "template", "whole": True}],
        "redundancy": "multi-region",
        "lifecycle": {"noncurrent_expiry_days": 90, "abort_incomplete_days": None},
        "source_ranges": ["203.0.113.7/32", "198.51.100.0/24"],
        "referers": None,
        "acceleration": False,
        "policy": [],
        "logging": OFF,
    }
    assert unknown(document) == {
        "private_endpoint": NO_WAY,
    }


def test_bad() -> None:
    document = the(
        block(
            "azurerm_storage_account.main",
            {
                "name": "store",
                "location": "China North 3",
                "resource_group_name": "rg",
                "account_tier": "Standard",
                "account_replication_type": "LRS",
                "min_tls_version": "TLS1_0",
                "enable_https_traffic_only": False,
                "allow_nested_items_to_be_public": True,
            },
        ),
        block(
            "azurerm_storage_container.open",
            {
                "name": "open",
                "storage_account_name": Reference("azurerm_storage_account.main", "name"),
                "container_access_type": "container",
            },
        ),
        block(
            "azurerm_storage_container.closed",
            {"name": "closed", "storage_account_id": Reference("azurerm_storage_account.main")},
        ),
        block(
            "azurerm_storage_account_network_rules.n",
            {
                "storage_account_id": Reference("azurerm_storage_account.main"),
                "default_action": "Allow",
            },
        ),
    )
    assert (document.region, document.country, document.name, document.tags) == (
        "chinanorth3",
        "CN",
        "store",
        {},
    )
    assert document.facts == {
        "exposure": {"public": True, "via": ["acl"]},
        "public_access_block": False,
        "acl": [
            {
                "principal": "*",
                "account": None,
                "kind": "anyone",
                "actions": ["read", "list"],
                "conditions": [],
                "narrows": False,
            }
        ],
        "encryption": {
            "enabled": True,
            "key_manager": "provider",
            "key_id": None,
            "algorithm": "AES-256",
        },
        "tls": {"minimum": "1.0", "required": False, "policy": None},
        "versioning": False,
        "mfa_delete": None,
        "object_lock_days": None,
        "replication": [],
        "redundancy": "zone",
        "lifecycle": None,
        "source_ranges": ["0.0.0.0/0", "::/0"],
        "referers": None,
        "acceleration": False,
        "policy": [],
        "logging": OFF,
    }
    assert unknown(document) == {
        "private_endpoint": NO_WAY,
    }


def test_nothing_written_but_what_is_required() -> None:
    document = the(
        block(
            "azurerm_storage_account.main",
            {
                "name": "store",
                "location": "China North 3",
                "resource_group_name": "rg",
                "account_tier": "Standard",
                "account_replication_type": "GRS",
            },
        ),
    )
    assert (document.region, document.country, document.name, document.tags) == (
        "chinanorth3",
        "CN",
        "store",
        {},
    )
    assert document.facts == {
        "exposure": {"public": False, "via": []},
        "acl": [],
        "encryption": {
            "enabled": True,
            "key_manager": "provider",
            "key_id": None,
            "algorithm": "AES-256",
        },
        "tls": {"minimum": "1.2", "required": True, "policy": None},
        "versioning": False,
        "mfa_delete": None,
        "object_lock_days": None,
        "replication": [{"region": "chinaeast3", "account": "template", "whole": True}],
        "redundancy": "multi-region",
        "lifecycle": None,
        "source_ranges": ["0.0.0.0/0", "::/0"],
        "referers": None,
        "acceleration": False,
        "policy": [],
        "logging": OFF,
    }
    assert unknown(document) == {
        "private_endpoint": NO_WAY,
        "public_access_block": "not written: azurerm 3 and 4 allow public containers "
        "by default, 5 does not",
    }


def test_unknown_until_apply() -> None:
    document = the(
        block(
            "azurerm_storage_account.main",
            {
                "name": "store",
                "location": APPLY,
                "resource_group_name": "rg",
                "account_tier": "Standard",
                "account_replication_type": APPLY,
                "min_tls_version": APPLY,
                "https_traffic_only_enabled": APPLY,
                "allow_nested_items_to_be_public": APPLY,
                "public_network_access_enabled": APPLY,
                "customer_managed_key": APPLY,
                "blob_properties": APPLY,
                "immutability_policy": APPLY,
            },
        ),
        block(
            "azurerm_storage_container.c",
            {"name": "c", "storage_account_id": APPLY, "container_access_type": "blob"},
        ),
    )
    assert (document.region, document.country, document.name, document.tags) == (
        "",
        None,
        "store",
        {},
    )
    assert document.facts == {
        "exposure": {},
        "acl": [None],
        "encryption": {"enabled": True, "algorithm": "AES-256"},
        "tls": {"policy": None},
        "mfa_delete": None,
        "lifecycle": None,
        "referers": None,
        "acceleration": False,
        "policy": [],
        "logging": OFF,
    }
    assert unknown(document) == {
        "private_endpoint": NO_WAY,
        "region": "var.x is decided at apply",
        "country": "var.x is decided at apply",
        "exposure/public": "var.x is decided at apply",
        "exposure/via": "var.x is decided at apply",
        "public_access_block": "var.x is decided at apply",
        "acl/0": "azurerm_storage_container.c.storage_account_id: var.x is decided at apply",
        "encryption/key_manager": "var.x is decided at apply",
        "encryption/key_id": "var.x is decided at apply",
        "tls/minimum": "var.x is decided at apply",
        "tls/required": "var.x is decided at apply",
        "versioning": "var.x is decided at apply",
        "object_lock_days": "var.x is decided at apply",
        "replication": "var.x is decided at apply",
        "redundancy": "var.x is decided at apply",
        "source_ranges": "var.x is decided at apply",
    }


def test_a_static_website_is_public_whatever_the_containers_say() -> None:
    document = the(
        block(
            "azurerm_storage_account.main",
            {
                "name": "store",
                "location": "China North 3",
                "resource_group_name": "rg",
                "account_tier": "Standard",
                "account_replication_type": "ZRS",
                "allow_nested_items_to_be_public": False,
            },
        ),
        block(
            "azurerm_storage_account_static_website.w",
            {"storage_account_id": Reference("azurerm_storage_account.main")},
        ),
        block(
            "azurerm_storage_account_customer_managed_key.k",
            {
                "storage_account_id": Reference("azurerm_storage_account.main"),
                "key_vault_key_id": "https://v.vault.azure.cn/keys/k/1",
            },
        ),
    )
    assert (document.region, document.country, document.name, document.tags) == (
        "chinanorth3",
        "CN",
        "store",
        {},
    )
    assert document.facts == {
        "exposure": {"public": True, "via": ["static-website"]},
        "public_access_block": True,
        "acl": [],
        "encryption": {
            "enabled": True,
            "key_manager": "customer",
            "key_id": "https://v.vault.azure.cn/keys/k/1",
            "algorithm": "AES-256",
        },
        "tls": {"minimum": "1.2", "required": True, "policy": None},
        "versioning": False,
        "mfa_delete": None,
        "object_lock_days": None,
        "replication": [],
        "redundancy": "multi-zone",
        "lifecycle": None,
        "source_ranges": ["0.0.0.0/0", "::/0"],
        "referers": None,
        "acceleration": False,
        "policy": [],
        "logging": OFF,
    }
    assert unknown(document) == {
        "private_endpoint": NO_WAY,
    }


ACCOUNT = Reference("azurerm_storage_account.s")
BLOBS = Reference("azurerm_storage_account.s", "id/blobServices/default")
SENT = [{"category": name} for name in ("StorageRead", "StorageWrite", "StorageDelete")]


def _logged(target: Any, logs: Any = SENT) -> Document:
    setting = {
        "target_resource_id": target,
        "storage_account_id": "/subscriptions/s/a",
        "enabled_log": logs,
    }
    account = block("azurerm_storage_account.s", {"name": "store"})
    return the(account, block("azurerm_monitor_diagnostic_setting.d", setting))


def test_the_log_of_blobs_is_a_setting_of_their_service() -> None:
    literal = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Storage/storageAccounts/store"
    for target in (BLOBS, f"{literal}/blobServices/default"):
        assert _logged(target).facts["logging"]["enabled"] is True
    queues = Reference("azurerm_storage_account.s", "id/queueServices/default")
    for other in (queues, f"{literal}/queueServices/default", Reference("azurerm_key_vault.v")):
        assert _logged(other).facts["logging"] == OFF
    assert _logged(BLOBS, SENT[:1]).facts["logging"] == OFF
    # A plan tells which account is meant, and not which service of it.
    for unsure in (ACCOUNT, APPLY):
        assert "logging/enabled" in unknown(_logged(unsure))
    assert _logged(ACCOUNT, []).facts["logging"] == OFF


def test_an_endpoint_of_blobs() -> None:
    def reached(groups: list[str]) -> Any:
        connection = {
            "private_connection_resource_id": ACCOUNT,
            "is_manual_connection": False,
            "subresource_names": groups,
        }
        endpoint = {"private_service_connection": [connection]}
        found = the(
            block("azurerm_storage_account.s", {}), block("azurerm_private_endpoint.e", endpoint)
        )
        return found.facts.get("private_endpoint", found.unknown.get("private_endpoint"))

    assert (reached(["blob"]), reached(["file"])) == (True, NO_WAY)


DAYS = {"delete_after_days_since_creation": 90}


@pytest.mark.parametrize(
    "rules",
    [
        APPLY,
        [{"actions": APPLY}],
        [{"actions": [{"version": APPLY}]}],
        [
            {"actions": [{"version": [{"delete_after_days_since_creation": 90}]}]},
            {"actions": APPLY},
        ],
    ],
)
def test_rules_that_are_not_known_may_delete_versions_sooner(rules: Any) -> None:
    document = the(
        block("azurerm_storage_account.main", {"name": "store"}),
        block(
            "azurerm_storage_management_policy.p",
            {"storage_account_id": Reference("azurerm_storage_account.main"), "rule": rules},
        ),
    )
    assert "lifecycle/noncurrent_expiry_days" in document.unknown


@pytest.mark.parametrize(
    ("asked", "blocked", "minimum"),
    [
        ("~> 2.99", True, "1.0"),
        ("2.10.0", None, "1.0"),
        ("~> 3.0", False, "1.2"),
        (">= 3.0, < 5.0", False, "1.2"),
        ("~> 5.0", True, "1.2"),
        (">= 3.0", None, "1.2"),
    ],
)
def test_defaults_by_the_version_of_the_provider(
    asked: str, blocked: bool | None, minimum: str
) -> None:
    found = the(block("azurerm_storage_account.a", {"name": "a"}, {"version": asked}))
    assert found.facts.get("public_access_block") is blocked
    assert found.facts["tls"]["minimum"] == minimum


def test_object_replication_copies_what_its_rules_name() -> None:
    source, target = "azurerm_storage_account.a", "azurerm_storage_account.b"
    values = {"name": "a", "location": "China North 3", "account_replication_type": "LRS"}
    policy = {
        "source_storage_account_id": Reference(source),
        "destination_storage_account_id": Reference(target),
        "rules": [{"source_container_name": "c", "destination_container_name": "d"}],
    }
    kind = "azurerm_storage_object_replication"
    other = block(target, {"name": "b", "location": "eastus", "account_replication_type": "LRS"})
    found = the(block(source, values), other, block(f"{kind}.p", policy))
    assert found.facts["replication"] == [
        {"region": "eastus", "account": "template", "whole": False}
    ]
    away = policy | {"destination_storage_account_id": "/subscriptions/1/x"}
    assert "replication/0/region" in the(block(source, values), block(f"{kind}.p", away)).unknown
    unclear = policy | {"source_storage_account_id": APPLY}
    assert "replication/0" in the(block(source, values), block(f"{kind}.p", unclear)).unknown
