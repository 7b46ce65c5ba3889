"""Azure DocumentDB: who reaches a cluster, its key, its zones and replicas."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.document import Document, Unknown
from collectors.iac.blocks import Block, Reference
from tests.collectors.iac.conftest import Write, documents
from tests.collectors.iac.mappers.hand import block, the

APPLY = Unknown("var.x is decided at apply")
CLUSTER = Reference("azurerm_mongo_cluster.m")


def cluster(*others: Block, **values: Any) -> Document:
    given = {"name": "m", "location": "China North 3", **values}
    return the(block("azurerm_mongo_cluster.m", given), *others)


def rule(first: Any, last: Any, owner: Any = CLUSTER) -> Block:
    ends = {"start_ip_address": first, "end_ip_address": last}
    return block("azurerm_mongo_cluster_firewall_rule.r", {"mongo_cluster_id": owner, **ends})


def test_a_cluster_that_is_kept_well() -> None:
    found = cluster(
        block("azurerm_mongo_cluster.far", {
            "location": "chinaeast2", "create_mode": "GeoReplica", "source_server_id": CLUSTER,
        }),
        block("azurerm_mongo_cluster.back", {
            "create_mode": "PointInTimeRestore", "source_server_id": CLUSTER,
        }),
        block("azurerm_management_lock.l", {"scope": CLUSTER}),
        block("azurerm_monitor_diagnostic_setting.d", {
            "target_resource_id": CLUSTER,
            "storage_account_id": "/subscriptions/s/a",
            "enabled_log": [{"category_group": "audit"}],
        }),
        version="7.0",
        public_network_access="Disabled",
        high_availability_mode="ZoneRedundantPreferred",
        customer_managed_key=[{"key_vault_key_id": "https://v/keys/k"}],
    )  # fmt: skip
    facts = found.facts
    assert (facts["engine"], facts["engine_version"], found.region) == (
        "mongodb", "7.0", "chinanorth3",
    )  # fmt: skip
    assert (facts["exposure"], facts["allow_list"]) == ({"public": False, "via": []}, [])
    assert facts["network_kind"] == "vpc"
    # Zones are preferred, and may have no room.
    assert "multi_zone" in found.unknown
    assert facts["encryption"] == {
        "enabled": True, "key_manager": "customer", "key_id": "https://v/keys/k",
        "algorithm": "AES-256",
    }  # fmt: skip
    assert facts["replicas"] == [{"region": "chinaeast2", "account": "template"}]
    assert (facts["audit_log"]["enabled"], facts["deletion_protection"]) == (True, True)


def test_a_cluster_in_which_nothing_is_written() -> None:
    found = cluster()
    assert found.facts["exposure"] == {"public": False, "via": []}
    assert (found.facts["network_kind"], found.facts["allow_list"]) == ("public", [])
    assert found.facts["encryption"]["key_manager"] == "provider"
    assert (found.facts["tls"], found.facts["replicas"]) == ({"required": True, "policy": None}, [])
    assert (found.facts["audit_log"]["enabled"], found.facts["deletion_protection"]) == (
        False, False,
    )  # fmt: skip
    assert {"engine_version", "multi_zone", "tls/minimum", "backup/retention_days"} <= set(
        found.unknown
    )


@pytest.mark.parametrize(
    ("rules", "values", "public", "via"),
    [
        ([rule("0.0.0.0", "255.255.255.255")], {}, True, ["firewall"]),
        ([rule("0.0.0.0", "0.0.0.0")], {}, True, ["azure-services"]),
        ([rule("203.0.113.0", "203.0.113.255")], {}, False, []),
        ([rule("203.0.113.0", APPLY)], {}, None, None),
        ([rule("0.0.0.0", "255.255.255.255", APPLY)], {}, None, None),
        ([rule("0.0.0.0", "0.0.0.0")], {"public_network_access": "Disabled"}, False, []),
        ([rule("0.0.0.0", "0.0.0.0")], {"public_network_access": APPLY}, None, None),
    ],
)  # fmt: skip
def test_access(rules: list[Block], values: dict[str, Any], public: Any, via: Any) -> None:
    found = cluster(*rules, **values)
    assert found.facts["exposure"].get("public") is public
    assert found.facts["exposure"].get("via") == via
    assert ("exposure/public" in found.unknown) == (public is None)


@pytest.mark.parametrize(
    ("values", "manager"),
    [
        ({"create_mode": "GeoReplica"}, None),
        ({"create_mode": APPLY}, None),
        ({"customer_managed_key": APPLY}, None),
        ({"customer_managed_key": [{"key_vault_key_id": APPLY}]}, "customer"),
        ({"customer_managed_key": [{}]}, "customer"),
    ],
)
def test_keys_that_are_not_known(values: dict[str, Any], manager: str | None) -> None:
    found = cluster(**values)
    assert found.facts["encryption"].get("key_manager") == manager
    assert "encryption/key_id" in found.unknown


def test_what_is_decided_at_apply() -> None:
    found = cluster(
        block("azurerm_mongo_cluster.far", {"create_mode": APPLY, "source_server_id": CLUSTER}),
        version=APPLY,
        high_availability_mode=APPLY,
    )
    assert {"engine_version", "multi_zone", "replicas"} <= set(found.unknown)
    assert cluster(high_availability_mode="Disabled").facts["multi_zone"] is False


def test_a_rule_whose_cluster_is_elsewhere_is_judged(project: Write) -> None:
    folder = project(
        """resource "azurerm_mongo_cluster_firewall_rule" "r" {
          mongo_cluster_id = "/subscriptions/s/x"
          start_ip_address = "0.0.0.0"
          end_ip_address   = "255.255.255.255"
        }"""
    )
    (found,) = documents(folder)[1].values()
    assert found.facts["exposure"] == {"public": True, "via": ["firewall"]}
