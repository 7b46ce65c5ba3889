"""Pools of Synapse with their workspace."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.document import Document, Unknown
from collectors.iac.blocks import Block, Reference
from tests.collectors.iac.mappers.hand import block, documents, the

APPLY = Unknown("var.x is decided at apply")
WORKSPACE = Reference("azurerm_synapse_workspace.w")
RULE = block(
    "azurerm_synapse_firewall_rule.r",
    {
        "synapse_workspace_id": WORKSPACE,
        "start_ip_address": "0.0.0.0",
        "end_ip_address": "255.255.255.255",
    },
)


def workspace(**values: Any) -> Block:
    return block("azurerm_synapse_workspace.w", {"name": "w", "location": "chinaeast2", **values})


def pool(*others: Block, **values: Any) -> Document:
    given = {"name": "p", "synapse_workspace_id": WORKSPACE, **values}
    return the(block("azurerm_synapse_sql_pool.p", given), *others)


def test_who_reaches_a_pool() -> None:
    opened = pool(workspace(), RULE)
    assert (opened.facts["exposure"]["public"], opened.facts["allow_list"]) == (True, ["0.0.0.0/0"])
    closed = pool(workspace(public_network_access_enabled=False), RULE)
    assert (closed.facts["exposure"]["public"], closed.facts["network_kind"]) == (False, "vpc")
    assert pool(workspace()).facts["allow_list"] == []
    away = pool()
    assert {"allow_list", "region", "audit_log/enabled"} <= set(away.unknown)


@pytest.mark.parametrize(
    ("values", "of_workspace", "enabled", "manager"),
    [
        ({}, {}, False, None),
        ({"data_encrypted": False}, {}, False, None),
        ({"data_encrypted": True}, {}, True, "provider"),
        ({"data_encrypted": APPLY}, {}, None, None),
        ({}, {"customer_managed_key": [{"key_versionless_id": "https://k"}]}, True, "customer"),
        ({}, {"customer_managed_key": APPLY}, None, None),
        ({"data_encrypted": True}, {"customer_managed_key": APPLY}, True, None),
    ],
)
def test_encryption(
    values: dict[str, Any], of_workspace: dict[str, Any], enabled: bool | None, manager: str | None
) -> None:
    found = pool(workspace(**of_workspace), **values).facts["encryption"]
    assert (found.get("enabled"), found.get("key_manager")) == (enabled, manager)


def test_backup_and_audit() -> None:
    policy = {"synapse_workspace_id": WORKSPACE, "storage_endpoint": "x", "retention_in_days": 200}
    audit = block("azurerm_synapse_workspace_extended_auditing_policy.a", policy)
    facts = pool(workspace(), audit).facts
    assert (facts["audit_log"]["enabled"], facts["audit_log"]["retention_days"]) == (True, 200)
    assert facts["backup"]["copies"][0]["region"] == "chinanorth2"
    # ARM has two names for the one setting.
    kind = "azurerm_synapse_workspace_extended_auditing_policy"
    off = block(f"{kind}.b", policy | {"enabled": False})
    assert "audit_log/enabled" in pool(workspace(), audit, off).unknown
    again = block(f"{kind}.b", policy)
    assert pool(workspace(), audit, again).facts["audit_log"]["enabled"] is True
    local = pool(workspace(), geo_backup_policy_enabled=False).facts
    assert (local["backup"]["copies"], local["audit_log"]["enabled"]) == ([], False)


def test_the_queries_of_a_serverless_pool() -> None:
    """Auditing of a workspace is that of its dedicated pools."""
    assert the(workspace()).facts["audit_log"]["enabled"] is False
    policy = {"synapse_workspace_id": WORKSPACE, "storage_endpoint": "x"}
    audit = block("azurerm_synapse_workspace_extended_auditing_policy.a", policy)
    assert "audit_log/enabled" in the(workspace(), audit).unknown
    setting = {
        "target_resource_id": WORKSPACE,
        "storage_account_id": "/store",
        "enabled_log": [{"category": "BuiltinSqlReqsEnded"}],
    }
    sent = block("azurerm_monitor_diagnostic_setting.d", setting)
    assert the(workspace(), sent).facts["audit_log"]["enabled"] is True


def test_a_workspace_without_a_pool() -> None:
    (found,) = documents(workspace())
    assert (found.facts["engine"], found.facts["encryption"]["key_manager"]) == (
        "synapse-serverless",
        "provider",
    )
    assert found.facts["tls"]["minimum"] == "1.2"
    assert "backup/enabled" in found.unknown
    of_pool = block("azurerm_synapse_sql_pool.p", {"synapse_workspace_id": WORKSPACE})
    assert [one.native_type for one in documents(workspace(), of_pool)] == [
        "azurerm_synapse_sql_pool"
    ]
