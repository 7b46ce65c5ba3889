"""Flexible servers of PostgreSQL and MySQL over HTTP."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest

from collectors.azure.services import mysql_servers, postgresql_servers
from collectors.calls import Call
from tests.collectors.azure.conftest import OpenAccount, Serve, by_name
from tests.collectors.azure.server import AzureServer, Fault
from tests.collectors.azure.world import SUBSCRIPTION

Collected = Callable[..., dict[str, Any]]


@pytest.fixture(scope="module")
def server(serve: Serve) -> AzureServer:
    return serve(
        "postgresql_servers", "mysql_servers", "private_endpoints", "workspaces", "alarms", "locks",
        "networks",
    )  # fmt: skip


@pytest.fixture
def collected(server: AzureServer, open_account: OpenAccount) -> Collected:
    def collect(module: ModuleType, *denied: str, made: set[Call] | None = None) -> dict[str, Any]:
        server.decide = lambda asked: (
            Fault(status=403, code="AuthorizationFailed")
            if asked.call.operation in denied
            else None
        )
        return by_name(module.SERVICE.account(open_account(server, made=made)))

    return collect


@pytest.mark.parametrize("module", [postgresql_servers, mysql_servers])
def test_services_declare_what_they_ask(collected: Collected, module: ModuleType) -> None:
    made: set[Call] = set()
    collected(module, made=made)
    # Those that only servers within a virtual network ask for, of which MySQL has none here.
    optional = {"VirtualNetworks_ListAll", "RouteTables_ListAll"}
    missing = set(module.SERVICE.calls) - made
    assert made <= set(module.SERVICE.calls)
    assert {call.operation for call in missing} <= optional


def test_a_server_in_a_virtual_network(collected: Collected) -> None:
    core = collected(postgresql_servers)["pg-core"]
    facts = core.facts
    assert (core.region, facts["engine"], facts["engine_version"]) == (
        "chinanorth3", "postgresql", "14",
    )  # fmt: skip
    assert (facts["network_kind"], facts["exposure"]["public"]) == ("vpc", False)
    assert (facts["private_endpoint"], facts["subnet_routes_to_internet"]) == (True, False)
    assert facts["tls"] == {"minimum": "1.2", "required": True, "policy": None}
    assert facts["encryption"]["key_id"] == "https://kv-core.vault.azure.cn/keys/pg/0123"
    assert (facts["audit_log"]["enabled"], facts["audit_log"]["retention_days"]) == (True, 200)
    assert facts["backup"] == {
        "enabled": True,
        "retention_days": 35,
        "point_in_time": True,
        "copies": [{"region": "chinaeast3", "account": SUBSCRIPTION, "kind": "geo"}],
    }
    assert facts["multi_zone"] is True


def test_an_open_server_and_its_replica(collected: Collected) -> None:
    found = collected(postgresql_servers)
    opened, replica = found["pg-open"].facts, found["pg-replica"].facts
    assert opened["exposure"] == {"public": True, "via": ["firewall"]}
    assert (opened["network_kind"], opened["allow_list"]) == ("public", ["0.0.0.0/0"])
    assert (opened["tls"]["minimum"], opened["tls"]["required"]) == ("1.1", False)
    assert opened["encryption"]["key_manager"] == "provider"
    assert opened["replicas"] == [{"region": "chinaeast2", "account": SUBSCRIPTION}]
    assert opened["subnet_routes_to_internet"] is None
    assert "private_endpoint" in found["pg-open"].unknown, "one elsewhere would not be told"
    assert (replica["exposure"]["public"], replica["replicas"]) == (False, [])


def test_audit_needs_the_extension_and_the_parameter(collected: Collected) -> None:
    found = collected(postgresql_servers)
    logs = {name: one.facts["audit_log"]["enabled"] for name, one in found.items()}
    assert logs == {"pg-core": True, "pg-open": False, "pg-replica": False}


def test_mysql(collected: Collected) -> None:
    found = collected(mysql_servers)
    core, opened = found["my-core"].facts, found["my-open"].facts
    assert (core["network_kind"], core["private_endpoint"]) == ("vpc", True)
    assert (core["tls"]["minimum"], core["tls"]["required"]) == ("1.2", True)
    assert core["audit_log"]["enabled"] is True
    assert opened["exposure"] == {"public": True, "via": ["azure-services"]}
    assert opened["allow_list"] == ["prefix-list:AzureCloud", "203.0.113.4/32"]
    assert (opened["tls"]["required"], opened["private_endpoint"]) == (False, False)
    assert (opened["audit_log"]["enabled"], opened["multi_zone"]) == (False, False)


def test_parameters_and_rules_that_cannot_be_read(collected: Collected) -> None:
    found = collected(postgresql_servers, "Configurations_Get", "FirewallRules_ListByServer")
    unknown = found["pg-open"].unknown
    assert {"tls/required", "tls/minimum", "audit_log/enabled", "exposure/public"} <= set(unknown)
    assert found["pg-core"].facts["exposure"]["public"] is False


@pytest.mark.parametrize("module", [postgresql_servers, mysql_servers])
def test_lists_that_are_denied_have_stand_ins(collected: Collected, module: ModuleType) -> None:
    (found,) = collected(module, "Servers_List").values()
    assert found.unlisted
