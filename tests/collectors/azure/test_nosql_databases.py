"""Caches of Redis and accounts of Cosmos DB over HTTP."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest

from collectors.azure import cosmos_facts
from collectors.azure.services import cosmos_accounts, redis_caches
from collectors.calls import Call
from collectors.document import Unknown
from tests.collectors.azure.conftest import OpenAccount, Serve, by_name
from tests.collectors.azure.server import AzureServer, Fault
from tests.collectors.azure.world import SUBSCRIPTION, load

Collected = Callable[..., dict[str, Any]]
EVERYWHERE = ["0.0.0.0/0", "::/0"]


@pytest.fixture(scope="module")
def server(serve: Serve) -> AzureServer:
    return serve("redis_caches", "cosmos_accounts", "workspaces", "alarms", "locks", "networks")


@pytest.fixture
def collected(server: AzureServer, open_account: OpenAccount) -> Collected:
    def collect(module: ModuleType, *denied: str) -> dict[str, Any]:
        server.decide = lambda asked: (
            Fault(status=403, code="AuthorizationFailed")
            if asked.call.operation in denied
            else None
        )
        made: set[Call] = set()
        found = by_name(module.SERVICE.account(open_account(server, made=made)))
        assert denied or made == set(module.SERVICE.calls)
        return found

    return collect


def test_redis(collected: Collected) -> None:
    found = collected(redis_caches)
    core, opened, green = (
        found[name].facts for name in ("redis-core", "redis-open", "301-redis-green")
    )
    assert (core["network_kind"], core["exposure"]["public"], core["allow_list"]) == (
        "vpc", False, [],
    )  # fmt: skip
    assert core["tls"] == {"minimum": "1.2", "required": True, "policy": None}
    assert (core["backup"]["enabled"], core["multi_zone"]) == (True, True)
    assert core["replicas"] == [{"region": "chinaeast2", "account": SUBSCRIPTION}]
    assert core["subnet_routes_to_internet"] is False
    assert opened["exposure"] == {"public": True, "via": ["firewall"]}
    assert (opened["allow_list"], opened["authentication"]) == (EVERYWHERE, False)
    assert (opened["tls"]["required"], opened["backup"]["enabled"]) == (False, False)
    assert opened["multi_zone"] is False
    assert (green["exposure"]["public"], green["private_endpoint"]) == (False, True)
    assert (green["allow_list"], green["authentication"]) == ([], True), "its endpoint is off"
    assert "multi_zone" in found["301-redis-green"].unknown
    assert "SECRET" not in str(found["redis-core"].native)


def test_rules_of_a_cache_that_cannot_be_read(collected: Collected) -> None:
    found = collected(redis_caches, "FirewallRules_List", "LinkedServer_List")
    assert "exposure/public" in found["redis-open"].unknown
    assert "replicas" in found["redis-core"].unknown


def test_cosmos(collected: Collected) -> None:
    found = collected(cosmos_accounts)
    core, opened, office = (
        found[name].facts for name in ("cosmos-core", "cosmos-open", "cosmos-office")
    )
    assert (core["engine"], core["engine_version"], opened["engine"]) == (
        "mongodb", "4.2", "cassandra",
    )  # fmt: skip
    assert (core["exposure"]["public"], core["private_endpoint"]) == (False, True)
    assert core["allow_list"] == [], "nobody comes by the endpoint that is off"
    assert core["encryption"]["key_manager"] == "customer"
    assert (core["backup"]["retention_days"], core["backup"]["point_in_time"]) == (30, True)
    assert core["replicas"] == [{"region": "chinaeast2", "account": SUBSCRIPTION}]
    assert (core["multi_zone"], core["audit_log"]["enabled"]) == (True, True)
    assert opened["exposure"] == {"public": True, "via": ["firewall"]}
    assert (opened["tls"]["minimum"], opened["multi_zone"]) == ("1.0", False)
    assert opened["audit_log"]["enabled"] is False, "another interface's requests are logged"
    assert (opened["backup"]["retention_days"], opened["backup"]["point_in_time"]) == (0, False)
    assert opened["backup"]["copies"][0]["region"] == "chinaeast3"
    assert office["allow_list"] == ["173.2.147.78/32", "prefix-list:AzureCloud"]
    assert office["exposure"] == {"public": True, "via": ["azure-services"]}
    assert "tls/minimum" in found["cosmos-office"].unknown


def test_a_perimeter_decides_who_gets_in_and_not_the_firewall(
    serve: Serve, open_account: OpenAccount
) -> None:
    server = serve("cosmos_accounts", "workspaces", "alarms", "locks", "networks")
    path = f"/subscriptions/{SUBSCRIPTION}/providers/{cosmos_accounts.NATIVE}"
    accounts = load("cosmos_accounts")[path]["value"]
    for one in accounts:
        one["properties"] |= {
            "publicNetworkAccess": "SecuredByPerimeter",
            "isVirtualNetworkFilterEnabled": True,
            "ipRules": [],
        }
    server.put(path, {"value": accounts})
    for one in cosmos_accounts.accounts(open_account(server)):
        assert {"exposure/public", "allow_list", "network_kind"} <= one.unknown.keys()


@pytest.mark.parametrize("module", [redis_caches, cosmos_accounts])
def test_lists_that_are_denied_have_stand_ins(collected: Collected, module: ModuleType) -> None:
    operations = ("Redis_ListBySubscription", "DatabaseAccounts_List")
    (found,) = collected(module, *operations).values()
    assert found.unlisted


@pytest.mark.parametrize("properties", [{}, {"ipRules": []}])
def test_rules_that_are_not_told_close_nothing(properties: dict[str, Any]) -> None:
    assert isinstance(cosmos_facts.allow_list(properties), Unknown)
