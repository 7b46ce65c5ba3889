"""Dedicated SQL pools of Synapse over HTTP."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from collectors.azure.services.synapse_pools import SERVICE, pools
from collectors.calls import Call
from tests.collectors.azure.conftest import OpenAccount, Serve, by_name
from tests.collectors.azure.server import AzureServer, Fault
from tests.collectors.azure.world import SUBSCRIPTION

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
        # Nothing is sent to a workspace of Log Analytics here.
        assert denied or {call.name for call in set(SERVICE.calls) - made} <= {
            "Microsoft.OperationalInsights:Workspaces_List",
            "Microsoft.OperationalInsights:Workspaces_Get",
        }
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


def test_calls_that_are_denied(collected: Collected) -> None:
    found = collected(
        "IpFirewallRules_ListByWorkspace",
        "SqlPoolGeoBackupPolicies_List",
        "WorkspaceManagedSqlServerDedicatedSQLMinimalTlsSettings_Get",
    )["workspace358-red/dw"]
    assert {"exposure/public", "backup/copies", "tls"} <= set(found.unknown)
    for operation in ("SqlPools_ListByWorkspace", "Workspaces_List"):
        assert {one.unlisted for one in collected(operation).values()} == {True}
