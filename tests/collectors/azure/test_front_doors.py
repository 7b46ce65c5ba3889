"""Endpoints of Front Door and CDN over HTTP."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.azure.services.front_doors import SERVICE, front_doors
from collectors.calls import Call
from tests.collectors.azure.conftest import OpenAccount, Serve, by_name
from tests.collectors.azure.server import AzureServer, Fault


@pytest.fixture(scope="module")
def server(serve: Serve) -> AzureServer:
    return serve("front_doors", "diagnostics", "workspaces")


@pytest.fixture(scope="module")
def found(server: AzureServer, open_account: OpenAccount) -> dict[str, Any]:
    made: set[Call] = set()
    documents = by_name(front_doors(open_account(server, made=made)))
    # No log of these goes to a workspace.
    assert {call.operation for call in SERVICE.calls if call not in made} == {
        "Workspaces_List",
        "Workspaces_Get",
        "Tables_ListByWorkspace",
    }
    return documents


def test_front_door(found: dict[str, Any]) -> None:
    shop, plain = found["shop"].facts, found["plain"].facts
    assert shop["viewer_tls"] == {"minimum": "1.0", "required": True, "policy": None}
    assert (shop["origin_https"], plain["origin_https"]) == (True, False)
    assert plain["viewer_tls"] == {"minimum": "1.2", "required": False, "policy": None}
    assert shop["waf"].endswith("/wafFront")
    # The policy is for some of its paths only.
    assert plain["waf"] is None
    assert (shop["logging"]["enabled"], shop["scope"]) == (True, "overseas")


def test_cdn(found: dict[str, Any]) -> None:
    static = found["static"]
    assert static.facts["viewer_tls"]["required"] is True
    assert {"viewer_tls/minimum", "origin_https"} == set(static.unknown)
    assert (static.facts["waf"], static.facts["logging"]["enabled"]) == (None, False)


@pytest.mark.parametrize(
    ("operation", "facts"),
    [
        ("Routes_ListByEndpoint", {"viewer_tls/required", "origin_https", "waf"}),
        ("AFDCustomDomains_ListByProfile", {"viewer_tls/minimum"}),
        ("SecurityPolicies_ListByProfile", {"waf"}),
    ],
)
def test_what_is_denied_is_unknown(
    server: AzureServer, open_account: OpenAccount, operation: str, facts: set[str]
) -> None:
    server.decide = lambda asked: (
        Fault(status=403, code="AuthorizationFailed") if asked.call.operation == operation else None
    )
    shop = by_name(front_doors(open_account(server)))["shop"]
    server.decide = lambda asked: None
    assert facts <= set(shop.unknown)
