"""azurerm_kubernetes_cluster: its endpoint, keys, audit log and zones."""

from __future__ import annotations

import pytest

from collectors.document import Unknown
from collectors.iac.blocks import Block, Reference
from tests.collectors.iac.mappers.hand import block, the

APPLY = Unknown("var.x is decided at apply")
CLUSTER = Reference("azurerm_kubernetes_cluster.main")


def _setting(**values: object) -> Block:
    workspace = Reference("azurerm_log_analytics_workspace.w")
    given = {"target_resource_id": CLUSTER, "log_analytics_workspace_id": workspace}
    return block("azurerm_monitor_diagnostic_setting.s", given | values)


WORKSPACE = block(
    "azurerm_log_analytics_workspace.w", {"location": "chinanorth3", "retention_in_days": 200}
)


def test_good() -> None:
    document = the(
        block(
            "azurerm_kubernetes_cluster.main",
            {
                "name": "aks",
                "location": "China North 3",
                "kubernetes_version": "1.32",
                "private_cluster_enabled": True,
                "api_server_access_profile": [{"authorized_ip_ranges": ["198.51.100.0/24"]}],
                "key_management_service": [{"key_vault_key_id": "https://v/keys/k"}],
                "network_profile": [{"network_plugin": "azure", "network_policy": "cilium"}],
                "default_node_pool": [{"name": "a", "zones": ["1", "2"]}],
            },
            {"version": ">= 3.0"},
        ),
        block(
            "azurerm_kubernetes_cluster_node_pool.b",
            {"kubernetes_cluster_id": CLUSTER, "zones": ["3"]},
        ),
        _setting(enabled_log=[{"category": "kube-audit-admin"}]),
        WORKSPACE,
    )
    assert document.region == "chinanorth3"
    log = document.facts.pop("audit_log")
    assert document.facts == {
        "version": "1.32",
        "endpoint_public": False,
        "endpoint_ranges": ["198.51.100.0/24"],
        "secrets_encryption": {
            "enabled": True,
            "key_manager": "customer",
            "key_id": "https://v/keys/k",
            "algorithm": None,
        },
        "rbac": True,
        "network_policy": True,
        "node_zones": ["1", "2", "3"],
        "nodes_hardened": None,
    }
    assert (log["enabled"], log["destination_region"]) == (True, "chinanorth3")
    assert log["retention_days"] == 200
    assert "version_supported" in document.unknown


def test_defaults_are_the_open_ones() -> None:
    document = the(
        block(
            "azurerm_kubernetes_cluster.main",
            {"name": "aks", "location": "chinanorth3", "default_node_pool": [{"name": "a"}]},
        )
    )
    assert document.facts["endpoint_public"] is True
    assert document.facts["endpoint_ranges"] == []
    assert document.facts["secrets_encryption"]["key_manager"] == "provider"
    assert document.facts["audit_log"]["enabled"] is False
    assert document.facts["network_policy"] is False
    assert {"version", "version_supported", "node_zones"} <= set(document.unknown)


def test_a_switch_that_the_provider_does_not_pass_on_closes_nothing() -> None:
    cluster = block("azurerm_kubernetes_cluster.main", {"public_network_access_enabled": False})
    assert the(cluster).unknown["endpoint_public"] == (
        "the provider does not pass public_network_access_enabled to the service"
    )
    private = {"public_network_access_enabled": False, "private_cluster_enabled": True}
    found = the(block("azurerm_kubernetes_cluster.main", private))
    assert found.facts["endpoint_public"] is False


@pytest.mark.parametrize(
    ("older", "expected"),
    [([{"enabled": False}], False), ([{"enabled": True}], True), (APPLY, None)],
)
def test_roles_of_older_versions_of_the_provider(older: object, expected: bool | None) -> None:
    cluster = block("azurerm_kubernetes_cluster.main", {"role_based_access_control": older})
    assert the(cluster).facts.get("rbac") is expected


@pytest.mark.parametrize(
    ("asked", "expected"),
    [({"version": "~> 3.0"}, True), ({"version": "~> 2.60"}, False), ({}, None)],
)
def test_roles_that_are_not_written(asked: dict[str, str], expected: bool | None) -> None:
    found = the(block("azurerm_kubernetes_cluster.main", {"name": "a"}, asked))
    assert found.facts.get("rbac") is expected


@pytest.mark.parametrize(("entra", "expected"), [([{"managed": True}], True), (APPLY, None)])
def test_roles_of_entra_are_roles_of_the_cluster(entra: object, expected: bool | None) -> None:
    argument = "azure_active_directory_role_based_access_control"
    assert the(block("azurerm_kubernetes_cluster.main", {argument: entra})).facts.get("rbac") is (
        expected
    )


def test_unknown_values_decide_nothing() -> None:
    names = (
        "private_cluster_enabled", "api_server_access_profile", "key_management_service",
        "network_profile", "default_node_pool", "role_based_access_control_enabled",
    )  # fmt: skip
    document = the(
        block("azurerm_kubernetes_cluster.main", dict.fromkeys(names, APPLY)),
        _setting(enabled_log=APPLY),
    )
    assert set(document.facts) == {"secrets_encryption", "nodes_hardened", "audit_log"}
    assert "enabled" not in document.facts["audit_log"]
    assert set(document.facts["secrets_encryption"]) == {"enabled", "algorithm"}


@pytest.mark.parametrize(
    ("logs", "enabled"),
    [
        ({"enabled_log": [{"category_group": "audit"}]}, True),
        ({"enabled_log": [{"category": "kube-audit"}, {"category": APPLY}]}, True),
        ({"log": [{"category": "kube-audit", "enabled": False}]}, False),
        ({"log": [{"category": "kube-audit"}]}, True),
        ({"enabled_log": [{"category": "kube-apiserver"}]}, False),
        ({"enabled_log": [{"category": APPLY}]}, None),
        ({"log": [{"category": "kube-audit", "enabled": APPLY}]}, None),
        ({"target_resource_id": APPLY, "enabled_log": [{"category": "kube-audit"}]}, None),
        ({"target_resource_id": "/other", "enabled_log": [{"category": "kube-audit"}]}, False),
    ],
)
def test_which_settings_send_the_audit_log(logs: dict[str, object], enabled: bool | None) -> None:
    cluster = block("azurerm_kubernetes_cluster.main", {"name": "aks"})
    found = the(cluster, _setting(**logs)).facts.get("audit_log", {})
    assert found.get("enabled") is enabled


@pytest.mark.parametrize(
    ("table", "days"),
    [
        ({"name": "AKSAudit", "retention_in_days": 30}, None),
        ({"name": "AKSAudit", "retention_in_days": 30, "total_retention_in_days": 365}, 200),
        ({"name": "AKSAudit", "retention_in_days": APPLY}, None),
        ({"name": "AKSAudit"}, 200),
        # No diagnostic setting sends to tables of agents, or of one's own.
        ({"name": "Heartbeat", "retention_in_days": 30}, 200),
        ({"name": "Mine_CL", "retention_in_days": 30}, 200),
        ({"name": "AKSAudit", "retention_in_days": 30, "workspace_id": "/other"}, 200),
    ],
)
def test_a_table_may_keep_the_log_for_less_time(table: dict[str, object], days: int | None) -> None:
    cluster = block("azurerm_kubernetes_cluster.main", {"name": "aks"})
    given = {"workspace_id": Reference("azurerm_log_analytics_workspace.w")} | table
    own = block("azurerm_log_analytics_workspace_table.t", given)
    found = the(cluster, _setting(enabled_log=[{"category": "kube-audit"}]), WORKSPACE, own)
    assert found.facts["audit_log"].get("retention_days") == days
