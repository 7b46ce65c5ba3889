"""Azure Cosmos DB: who reaches an account, its keys, backups and regions."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.document import Unknown
from collectors.iac.blocks import Block, Reference
from tests.collectors.iac.mappers.hand import block, the, unknown

APPLY = Unknown("var.x is decided at apply")
ANYWHERE = ["0.0.0.0/0", "::/0"]


def account(**values: Any) -> Block:
    given = {"name": "c", "location": "China North 3", "geo_location": [WRITTEN]}
    return block("azurerm_cosmosdb_account.c", {**given, **values})


WRITTEN = {"location": "chinanorth3", "failover_priority": 0, "zone_redundant": True}
SECOND = {"location": "China East 3", "failover_priority": 1}


def test_an_account_that_is_kept_well() -> None:
    found = the(
        account(
            kind="MongoDB",
            mongo_server_version="4.2",
            minimal_tls_version="Tls12",
            public_network_access_enabled=False,
            key_vault_key_id="https://v/keys/k",
            backup=[{"type": "Continuous", "tier": "Continuous30Days"}],
            geo_location=[WRITTEN, SECOND],
        ),
        block(
            "azurerm_monitor_diagnostic_setting.d",
            {
                "target_resource_id": Reference("azurerm_cosmosdb_account.c"),
                "storage_account_id": "/subscriptions/s/a",
                "enabled_log": [{"category": "MongoRequests"}],
            },
        ),
        block("azurerm_management_lock.l", {"scope": Reference("azurerm_cosmosdb_account.c")}),
    )
    assert found.facts == {
        "engine": "mongodb",
        "engine_version": "4.2",
        "version_supported": True,
        "network_kind": "vpc",
        "exposure": {"public": False, "via": []},
        "allow_list": [],
        "authentication": True,
        "tls": {"minimum": "1.2", "required": True, "policy": None},
        "encryption": {
            "enabled": True,
            "key_manager": "customer",
            "key_id": "https://v/keys/k",
            "algorithm": "AES-256",
        },
        "audit_log": {
            "enabled": True,
            "destination": "/subscriptions/s/a",
            "destination_account": "s",
        },
        "backup": {"enabled": True, "retention_days": 30, "point_in_time": True, "copies": []},
        "multi_zone": True,
        "replicas": [{"region": "chinaeast3", "account": "template"}],
        "guard_instance": None,
        "deletion_protection": True,
        "auto_minor_upgrade": True,
        "tenancy": "shared",
        "subnet_routes_to_internet": None,
        "firewall_ids": [],
    }
    assert set(unknown(found)) == {
        "alarms",
        "audit_log/destination_region",
        "audit_log/retention_days",
        "private_endpoint",
    }


def test_an_account_in_which_nothing_is_written() -> None:
    found = the(account())
    assert found.facts["engine"] == "cosmosdb"
    assert found.facts["allow_list"] == ANYWHERE
    assert found.facts["exposure"] == {"public": True, "via": ["firewall"]}
    assert found.facts["encryption"]["key_manager"] == "provider"
    assert found.facts["audit_log"]["enabled"] is False
    assert found.facts["backup"] == {
        "enabled": True,
        "retention_days": 0,
        "point_in_time": False,
        "copies": [{"region": "chinaeast3", "account": "template", "kind": "geo"}],
    }
    assert (found.facts["multi_zone"], found.facts["replicas"]) == (True, [])


def test_what_is_decided_at_apply() -> None:
    arguments = (
        "kind", "capabilities", "ip_range_filter", "minimal_tls_version", "backup",
        "key_vault_key_id", "geo_location", "multiple_write_locations_enabled",
    )  # fmt: skip
    found = the(account(**dict.fromkeys(arguments, APPLY)))
    lost = {"engine", "exposure/public", "allow_list", "tls/minimum", "encryption/key_manager",
            "audit_log/enabled", "backup/enabled", "multi_zone", "replicas"}  # fmt: skip
    assert lost <= set(unknown(found))
    assert "exposure/public" in unknown(the(account(public_network_access_enabled=APPLY)))


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (
            {"ip_range_filter": "203.0.113.0/24, 198.51.100.1"},
            ["203.0.113.0/24", "198.51.100.1/32"],
        ),
        ({"ip_range_filter": ["203.0.113.0/24"]}, ["203.0.113.0/24"]),
        ({"ip_range_filter": ["0.0.0.0"]}, ["prefix-list:AzureCloud"]),
        ({"ip_range_filter": ["203.0.113.1", APPLY]}, ["203.0.113.1/32", None]),
        ({"ip_range_filter": [APPLY]}, [None]),
        ({"is_virtual_network_filter_enabled": True}, []),
        ({"is_virtual_network_filter_enabled": APPLY}, None),
    ],
)
def test_who_reaches_an_account(values: dict[str, Any], expected: Any) -> None:
    assert the(account(**values)).facts.get("allow_list") == expected


def test_an_account_is_spread_where_its_writes_go() -> None:
    flat = {"location": "chinanorth3", "failover_priority": 0}
    assert the(account(geo_location=[flat])).facts["multi_zone"] is False
    # The second region takes no writes unless all do.
    places = [WRITTEN, SECOND]
    assert the(account(geo_location=places)).facts["multi_zone"] is True
    several = account(geo_location=places, multiple_write_locations_enabled=True)
    assert the(several).facts["multi_zone"] is False
    assert "multi_zone" in unknown(the(account(geo_location=[{**flat, "zone_redundant": APPLY}])))


def test_backups_of_parts_that_are_not_known() -> None:
    found = the(account(backup=[{"type": "Continuous", "tier": APPLY}]))
    assert found.facts["backup"] == {"enabled": True, "point_in_time": True, "copies": []}
    periodic = {"type": "Periodic", "retention_in_hours": APPLY, "storage_redundancy": APPLY}
    found = the(account(backup=[periodic]))
    assert {"backup/retention_days", "backup/copies"} <= set(unknown(found))
    local = {"type": "Periodic", "retention_in_hours": 720, "storage_redundancy": "Local"}
    kept = the(account(backup=[local])).facts["backup"]
    assert (kept["retention_days"], kept["copies"]) == (30, [])


@pytest.mark.parametrize(
    ("asked", "minimum"),
    [({"version": "~> 4.1"}, "1.2"), ({"version": "~> 3.0"}, None), ({}, None)],
)
def test_the_lowest_tls_that_is_not_written(asked: dict[str, Any], minimum: str | None) -> None:
    found = the(block("azurerm_cosmosdb_account.c", {"name": "c"}, asked))
    assert found.facts["tls"].get("minimum") == minimum
