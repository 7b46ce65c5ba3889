"""Databases of Azure SQL over HTTP."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from collectors.azure import sql_facts
from collectors.azure.services.sql_servers import SERVICE, databases
from collectors.calls import Call
from collectors.document import Unknown
from tests.collectors.azure.conftest import OpenAccount, Serve, by_name
from tests.collectors.azure.server import AzureServer, Fault
from tests.collectors.azure.world import SUBSCRIPTION

Collected = Callable[..., dict[str, Any]]
WORLD = ("sql_servers", "storage_accounts", "workspaces", "alarms", "locks")
OPEN = (
    f"/subscriptions/{SUBSCRIPTION}/resourceGroups/rg-core/providers/Microsoft.Sql/servers/sql-open"
)


@pytest.fixture(scope="module")
def server(serve: Serve) -> AzureServer:
    return serve(*WORLD)


@pytest.fixture
def collected(server: AzureServer, open_account: OpenAccount) -> Collected:
    def collect(*denied: str, made: set[Call] | None = None) -> dict[str, Any]:
        server.decide = lambda asked: (
            Fault(status=403, code="AuthorizationFailed")
            if asked.call.operation in denied
            else None
        )
        return by_name(databases(open_account(server, made=made)))

    return collect


def test_a_database_behind_a_private_endpoint(collected: Collected) -> None:
    made: set[Call] = set()
    found = collected(made=made)
    assert made == set(SERVICE.calls)
    assert set(found) == {"sql-core/ledger", "sql-open/web", "sql-open/crm"}
    ledger = found["sql-core/ledger"].facts
    assert (ledger["exposure"]["public"], ledger["network_kind"]) == (False, "vpc")
    assert (ledger["private_endpoint"], ledger["allow_list"]) == (True, [])
    assert ledger["tls"] == {"minimum": "1.2", "required": True, "policy": None}
    assert ledger["encryption"]["key_manager"] == "customer"
    assert ledger["encryption"]["key_id"].startswith("https://kv-core.vault.azure.cn/keys/tde/")
    assert (ledger["audit_log"]["enabled"], ledger["audit_log"]["retention_days"]) == (True, 200)
    backup = ledger["backup"]
    assert (backup["retention_days"], backup["point_in_time"]) == (35, True)
    assert backup["copies"] == [{"region": "chinaeast3", "account": SUBSCRIPTION, "kind": "geo"}]
    assert ledger["replicas"] == [{"region": "chinaeast2", "account": SUBSCRIPTION}]
    assert ledger["multi_zone"] is True


def test_a_server_that_is_open(collected: Collected) -> None:
    found = collected()
    web, crm = found["sql-open/web"].facts, found["sql-open/crm"].facts
    assert web["exposure"] == {"public": True, "via": ["firewall", "azure-services"]}
    assert web["allow_list"] == [
        "prefix-list:AzureCloud", "203.0.113.0/29", "203.0.113.8/31", "0.0.0.0/0",
        "2001:db8::/120", None,
    ]  # fmt: skip
    # Rules that a database has itself are told by T-SQL alone.
    assert "allow_list/5" in found["sql-open/web"].unknown
    assert web["tls"]["minimum"] == "1.0", "a server that was never told refuses no version"
    assert (web["encryption"]["key_manager"], crm["encryption"]["enabled"]) == ("provider", False)
    assert web["audit_log"]["enabled"] is False
    assert crm["audit_log"] == {
        "enabled": True,
        "destination": "https://stcore.blob.core.chinacloudapi.cn/",
        "destination_account": SUBSCRIPTION,
        "destination_region": "chinanorth3",
        "retention_days": 90,
    }
    assert (web["backup"]["copies"], web["private_endpoint"]) == ([], False)


def test_narrow_rules_of_a_server_do_not_close_its_databases(
    serve: Serve, open_account: OpenAccount
) -> None:
    server = serve(*WORLD)
    rule = {"startIpAddress": "203.0.113.0", "endIpAddress": "203.0.113.9"}
    server.put(f"{OPEN}/firewallRules", {"value": [{"properties": rule}]})
    server.put(f"{OPEN}/ipv6FirewallRules", {"value": []})
    found = by_name(databases(open_account(server)))
    assert "exposure/public" in found["sql-open/web"].unknown
    assert found["sql-open/web"].facts["allow_list"][0] == "203.0.113.0/29"
    assert found["sql-core/ledger"].facts["exposure"]["public"] is False


def test_rules_that_cannot_be_read_leave_it_open_who_gets_in(collected: Collected) -> None:
    for operation in ("FirewallRules_ListByServer", "IPv6FirewallRules_ListByServer"):
        found = collected(operation)
        assert found["sql-open/web"].unknown["exposure/public"].startswith("AuthorizationFailed")
        assert found["sql-core/ledger"].facts["exposure"]["public"] is False


def test_a_servers_audit_that_cannot_be_read_is_no_audit_that_is_off(collected: Collected) -> None:
    found = collected("ServerBlobAuditingPolicies_Get")
    assert "audit_log/enabled" in found["sql-open/web"].unknown
    assert found["sql-open/crm"].facts["audit_log"]["enabled"] is True, "its own is on"


def test_lists_that_are_denied_have_stand_ins(collected: Collected) -> None:
    (servers,) = collected("Servers_List").values()
    assert servers.unlisted
    (of_one,) = collected("Databases_ListByServer").values()
    assert (of_one.unlisted, of_one.region) == (True, "chinanorth3")


@pytest.mark.parametrize("word", ["SecuredByPerimeter", None])
def test_a_word_that_is_not_known_closes_nothing(word: str | None) -> None:
    assert isinstance(sql_facts.public_of({"publicNetworkAccess": word}), Unknown)
