"""Clusters of Azure DocumentDB over HTTP."""

from __future__ import annotations

import pytest

from collectors.azure.services.mongo_clusters import SERVICE, clusters
from collectors.calls import Call
from tests.collectors.azure.conftest import OpenAccount, Serve, by_name
from tests.collectors.azure.server import AzureServer, Fault
from tests.collectors.azure.world import SUBSCRIPTION


@pytest.fixture(scope="module")
def server(serve: Serve) -> AzureServer:
    return serve("mongo_clusters", "workspaces", "alarms", "locks")


def test_clusters(server: AzureServer, open_account: OpenAccount) -> None:
    made: set[Call] = set()
    found = by_name(clusters(open_account(server, made=made)))
    assert made == set(SERVICE.calls)
    core, opened, far = (found[name].facts for name in ("mongo-core", "mongo-open", "mongo-far"))
    assert (core["exposure"]["public"], core["allow_list"]) == (False, [])
    assert core["private_endpoint"] is True
    # Zones are preferred, and may have had no room.
    assert "multi_zone" in found["mongo-core"].unknown
    assert core["encryption"]["key_manager"] == "customer"
    assert (core["audit_log"]["enabled"], core["audit_log"]["retention_days"]) == (True, 200)
    assert core["replicas"] == [{"region": "chinaeast2", "account": SUBSCRIPTION}]
    # The rule for Azure's services lets in every customer of Azure.
    assert opened["exposure"] == {"public": True, "via": ["azure-services"]}
    assert (opened["audit_log"]["enabled"], opened["multi_zone"]) == (False, False)
    assert {"encryption/key_manager", "tls/minimum"} <= set(found["mongo-open"].unknown)
    assert (far["exposure"]["public"], far["allow_list"]) == (False, ["203.0.113.0/24"])
    assert "connectionString" not in str(found["mongo-core"].native)


@pytest.mark.parametrize(
    ("operation", "facts"),
    [
        ("FirewallRules_ListByMongoCluster", {"exposure/public", "allow_list"}),
        ("DiagnosticSettings_List", {"audit_log/enabled"}),
    ],
)
def test_what_is_denied_is_unknown(
    server: AzureServer, open_account: OpenAccount, operation: str, facts: set[str]
) -> None:
    server.decide = lambda asked: (
        Fault(status=403, code="AuthorizationFailed") if asked.call.operation == operation else None
    )
    found = by_name(clusters(open_account(server)))["mongo-far"]
    server.decide = lambda asked: None
    assert facts <= set(found.unknown)
