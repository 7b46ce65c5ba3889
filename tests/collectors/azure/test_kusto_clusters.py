"""Clusters of Azure Data Explorer, and stores of App Configuration, over HTTP."""

from __future__ import annotations

import pytest

from collectors.azure.services import app_configurations, kusto_clusters
from collectors.calls import Call
from tests.collectors.azure.conftest import OpenAccount, Serve, by_name
from tests.collectors.azure.server import AzureServer, Fault

ANY = ["0.0.0.0/0", "::/0"]


@pytest.fixture(scope="module")
def server(serve: Serve) -> AzureServer:
    return serve("kusto_clusters", "app_configurations", "workspaces", "alarms", "locks")


def test_clusters(server: AzureServer, open_account: OpenAccount) -> None:
    made: set[Call] = set()
    found = by_name(kusto_clusters.clusters(open_account(server, made=made)))
    assert made == set(kusto_clusters.SERVICE.calls)
    core, opened, office = (found[name].facts for name in ("adx-core", "adx-open", "adx-office"))
    assert (core["exposure"]["public"], core["allow_list"]) == (False, [])
    assert (core["private_endpoint"], core["multi_zone"], core["network_kind"]) == (
        True,
        True,
        "vpc",
    )
    assert core["encryption"] == {
        "enabled": True,
        "key_manager": "customer",
        "key_id": "https://kv-core.vault.azure.cn/keys/adx",
        "algorithm": "AES-256",
    }
    assert (core["audit_log"]["enabled"], core["audit_log"]["retention_days"]) == (True, 200)
    # Without a list there is no firewall.
    assert (opened["exposure"]["public"], opened["allow_list"]) == (True, ANY)
    assert (opened["encryption"]["enabled"], opened["multi_zone"]) == (False, False)
    assert (opened["audit_log"]["enabled"], opened["private_endpoint"]) == (False, False)
    assert (office["exposure"]["public"], office["allow_list"]) == (
        False,
        ["203.0.113.7/32", "198.51.100.0/24"],
    )
    assert {"tls/minimum", "tls/required", "backup/enabled"} <= set(found["adx-core"].unknown)


def test_stores(server: AzureServer, open_account: OpenAccount) -> None:
    made: set[Call] = set()
    found = by_name(app_configurations.stores(open_account(server, made=made)))
    assert made == set(app_configurations.SERVICE.calls)
    core, opened = found["cfg-core"].facts, found["cfg-open"].facts
    assert (core["exposure"]["public"], core["allow_list"]) == (False, [])
    assert core["encryption"]["key_id"] == "https://kv-core.vault.azure.cn/keys/cfg"
    assert [one["region"] for one in core["replicas"]] == ["chinaeast3"]
    assert (core["audit_log"]["enabled"], core["private_endpoint"]) == (True, True)
    # Where nobody chose, the public endpoint is on until a private one leads to the store.
    assert (opened["exposure"]["public"], opened["allow_list"]) == (True, ANY)
    assert (opened["encryption"]["key_manager"], opened["replicas"]) == ("provider", [])
    assert found["cfg-endpoint"].facts["exposure"]["public"] is False


def test_what_is_denied_is_unknown(server: AzureServer, open_account: OpenAccount) -> None:
    denied = {"DiagnosticSettings_List", "Replicas_ListByConfigurationStore"}
    server.decide = lambda asked: (
        Fault(status=403, code="AuthorizationFailed") if asked.call.operation in denied else None
    )
    cluster = by_name(kusto_clusters.clusters(open_account(server)))["adx-core"]
    store = by_name(app_configurations.stores(open_account(server)))["cfg-open"]
    server.decide = lambda asked: None
    assert "audit_log/enabled" in cluster.unknown
    assert "replicas" in store.unknown
