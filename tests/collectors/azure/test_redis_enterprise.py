"""Databases of Azure Managed Redis over HTTP."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.azure.services.redis_enterprise import SERVICE, databases, is_public
from collectors.calls import Call
from collectors.document import Unknown
from tests.collectors.azure.conftest import OpenAccount, Serve, by_name
from tests.collectors.azure.server import AzureServer, Fault
from tests.collectors.azure.world import SUBSCRIPTION

FAR = "0f0f0f0f-0000-4000-8000-0000000000c1"


@pytest.fixture(scope="module")
def server(serve: Serve) -> AzureServer:
    return serve("redis_enterprise", "alarms", "locks")


def test_databases(server: AzureServer, open_account: OpenAccount) -> None:
    made: set[Call] = set()
    found = by_name(databases(open_account(server, made=made)))
    assert made == set(SERVICE.calls)
    names = ("amr-core/default", "amr-open/default", "ent-old/default")
    core, opened, old = (found[name].facts for name in names)
    assert (core["exposure"]["public"], core["network_kind"]) == (False, "vpc")
    assert (core["private_endpoint"], core["allow_list"]) == (True, [])
    assert core["tls"] == {"minimum": "1.2", "required": True, "policy": None}
    assert (core["backup"]["enabled"], core["multi_zone"]) == (True, True)
    near, far = core["replicas"]
    assert (near["account"], far["account"]) == (SUBSCRIPTION, FAR)
    assert [one.get("region") for one in core["replicas"]] == ["chinaeast2", None]
    # No rules limit who reaches a public endpoint.
    assert opened["exposure"] == {"public": True, "via": ["firewall"]}
    assert opened["allow_list"] == ["0.0.0.0/0", "::/0"]
    assert (opened["tls"]["required"], opened["multi_zone"]) == (False, False)
    assert opened["backup"]["enabled"] is False
    # It does not tell whether its private endpoint closed the public one.
    assert {"exposure/public", "network_kind"} <= set(found["ent-old/default"].unknown)
    assert (old["multi_zone"], old["replicas"]) == (True, [])
    assert found["amr-core/default"].tags == {"system": "core-bank"}


@pytest.mark.parametrize(
    ("told", "linked", "public"),
    [
        ("Enabled", True, True),
        ("Disabled", True, False),
        ("Disabled", False, False),
        (None, False, True),
        (None, True, Unknown),
        ("OfSomeNewKind", False, Unknown),
    ],
)
def test_public_endpoints(told: str | None, linked: bool, public: Any) -> None:
    approved = {"privateLinkServiceConnectionState": {"status": "Approved"}}
    connections = [{"properties": approved}] if linked else []
    found = is_public({"publicNetworkAccess": told, "privateEndpointConnections": connections})
    assert isinstance(found, Unknown) if public is Unknown else found is public


def test_a_cloud_without_the_product_has_no_databases(
    serve: Serve, open_account: OpenAccount
) -> None:
    server = serve("redis_enterprise", "alarms", "locks")
    provider = f"/subscriptions/{SUBSCRIPTION}/providers/Microsoft.Cache"
    for types, unlisted in ((["locations", "Redis"], []), (["RedisEnterprise"], [False] * 3)):
        told = [{"resourceType": one} for one in types]
        server.put(provider, {"id": provider, "resourceTypes": told})
        assert [bool(one.unlisted) for one in databases(open_account(server))] == unlisted
    server.put(provider, {"id": provider, "resourceTypes": []})
    assert [bool(one.unlisted) for one in databases(open_account(server))] == [True]


@pytest.mark.parametrize(
    "operation", ["Providers_Get", "RedisEnterprise_List", "Databases_ListByCluster"]
)
def test_a_list_that_is_denied_has_a_stand_in(
    server: AzureServer, open_account: OpenAccount, operation: str
) -> None:
    server.decide = lambda asked: (
        Fault(status=403, code="AuthorizationFailed") if asked.call.operation == operation else None
    )
    found = list(databases(open_account(server)))
    server.decide = lambda asked: None
    assert found
    assert all(one.unlisted for one in found)
