"""SQL pools of Synapse over HTTP."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from collectors.azure.services.synapse_pools import SERVICE, pools
from collectors.calls import Call
from tests.collectors.azure.conftest import OpenAccount, Serve, by_name
from tests.collectors.azure.server import AzureServer, Fault
from tests.collectors.azure.world import SUBSCRIPTION

CORE = f"/subscriptions/{SUBSCRIPTION}/resourceGroups/rg-core/providers"
Collected = Callable[..., dict[str, Any]]


@pytest.fixture(scope="module")
def server(serve: Serve) -> AzureServer:
    return serve("synapse_pools", "storage_accounts", "workspaces", "alarms", "locks")


@pytest.fixture
def collected(server: AzureServer, open_account: OpenAccount) -> Collected:
    def collect(*denied: str) -> dict[str, Any]:
        server.decide = lambda asked: (
            Fault(status=403, code="AuthorizationFailed")
            if asked.call.operation in denied
            else None
        )
        made: set[Call] = set()
        found = by_name(pools(open_account(server, made=made)))
        assert denied or made == set(SERVICE.calls)
        return found

    return collect


def test_pools(collected: Collected) -> None:
    found = collected()
    core, red = found["syn-core/dw"].facts, found["workspace358-red/dw"].facts
    assert (core["network_kind"], core["exposure"]["public"]) == ("vpc", False)
    assert (core["private_endpoint"], core["tls"]["minimum"]) == (True, "1.2")
    assert core["encryption"]["key_id"] == "https://kv-core.vault.azure.cn/keys/synapse"
    assert core["audit_log"]["enabled"] is True
    assert core["audit_log"]["retention_days"] is None, "0 days are without end"
    assert core["backup"]["copies"] == [
        {"region": "chinaeast3", "account": SUBSCRIPTION, "kind": "geo"}
    ]
    assert red["exposure"] == {"public": True, "via": ["firewall"]}
    assert (red["tls"]["minimum"], red["encryption"]["enabled"]) == ("1.0", False)
    assert red["audit_log"]["enabled"] is False, "sent to Azure Monitor, and on from there nowhere"
    assert (red["backup"]["retention_days"], red["backup"]["copies"]) == (7, [])


def test_a_workspace_without_a_dedicated_pool(collected: Collected) -> None:
    found = collected()["syn-empty"]
    facts = found.facts
    assert (facts["engine"], facts["tls"]["minimum"]) == ("synapse-serverless", "1.2")
    assert facts["exposure"] == {"public": True, "via": ["azure-services"]}
    assert (facts["encryption"]["enabled"], facts["encryption"]["key_manager"]) == (
        True,
        "provider",
    )
    assert (facts["audit_log"]["enabled"], facts["audit_log"]["retention_days"]) == (True, 200)
    assert "backed up where it is kept" in found.unknown["backup"]


@pytest.mark.parametrize(("state", "known"), [("Disabled", True), ("Enabled", False)])
def test_the_log_of_serverless_queries(
    serve: Serve, open_account: OpenAccount, state: str, known: bool
) -> None:
    """Auditing is documented for dedicated pools: it may leave the serverless one out."""
    server = serve("synapse_pools", "storage_accounts", "workspaces", "alarms", "locks")
    workspace = f"{CORE}/Microsoft.Synapse/workspaces/syn-empty"
    server.put(f"{workspace}/providers/Microsoft.Insights/diagnosticSettings", {"value": []})
    setting = {"state": state, "storageEndpoint": "https://stcore.blob.core.chinacloudapi.cn"}
    server.put(f"{workspace}/auditingSettings/default", {"id": "x", "properties": setting})
    found = by_name(pools(open_account(server)))["syn-empty"]
    assert found.facts["audit_log"].get("enabled") is (False if known else None)
    assert ("audit_log/enabled" in found.unknown) is not known


def test_calls_that_are_denied(collected: Collected) -> None:
    found = collected(
        "IpFirewallRules_ListByWorkspace",
        "SqlPoolGeoBackupPolicies_List",
        "WorkspaceManagedSqlServerDedicatedSQLMinimalTlsSettings_Get",
    )["workspace358-red/dw"]
    assert {"exposure/public", "backup/copies", "tls"} <= set(found.unknown)
    for operation in ("SqlPools_ListByWorkspace", "Workspaces_List"):
        assert {one.unlisted for one in collected(operation).values()} == {True}


@pytest.mark.parametrize(("days", "kept"), [(0, 30), (10, 10), (90, 30)])
def test_the_storage_account_may_delete_the_audit(
    serve: Serve, open_account: OpenAccount, days: int, kept: int
) -> None:
    server = serve("synapse_pools", "storage_accounts", "workspaces", "alarms", "locks")
    delete = {"baseBlob": {"delete": {"daysAfterModificationGreaterThan": 30}}}
    rule = {"enabled": True, "definition": {"actions": delete, "filters": {}}}
    server.put(
        f"{CORE}/Microsoft.Storage/storageAccounts/stcore/managementPolicies/default",
        {"id": "x", "properties": {"policy": {"rules": [rule]}}},
    )
    setting = {
        "state": "Enabled",
        "storageEndpoint": "https://stcore.blob.core.chinacloudapi.cn/",
        "retentionDays": days,
        "storageAccountSubscriptionId": SUBSCRIPTION,
    }
    path = f"{CORE}/Microsoft.Synapse/workspaces/syn-core/auditingSettings/default"
    server.put(path, {"id": "x", "properties": setting})
    found = by_name(pools(open_account(server)))["syn-core/dw"]
    assert found.facts["audit_log"]["retention_days"] == kept
    setting["storageEndpoint"] = "https://elsewhere.blob.core.chinacloudapi.cn/"
    found = by_name(pools(open_account(server)))["syn-core/dw"]
    assert "audit_log/retention_days" in found.unknown
