"""Services of SignalR and Web PubSub over HTTP."""

from __future__ import annotations

import pytest

from collectors.azure.services.signalr_services import SERVICE, services
from collectors.calls import Call
from tests.collectors.azure.conftest import OpenAccount, Serve, by_name
from tests.collectors.azure.server import AzureServer, Fault


@pytest.fixture(scope="module")
def server(serve: Serve) -> AzureServer:
    return serve("signalr_services", "workspaces")


def test_services(server: AzureServer, open_account: OpenAccount) -> None:
    made: set[Call] = set()
    found = by_name(services(open_account(server, made=made)))
    assert made == set(SERVICE.calls)
    assert {
        name: (one.facts["public"], one.facts["authorization"]) for name, one in found.items()
    } == {
        "sig-core": (True, "token"),
        "sig-inside": (False, "token"),
        "sig-denied": (False, "token"),
        "wps-core": (False, "token"),
        "wps-open": (True, "none"),
    }
    assert {"tls/minimum", "tls/required"} <= set(found["sig-core"].unknown)
    log = found["sig-core"].facts["logging"]
    assert (log["enabled"], log["retention_days"]) == (True, 200)
    # What is sent on holds no more than what the service writes.
    assert {name: one.facts["logging"].get("enabled") for name, one in found.items()} == {
        "sig-core": True, "sig-inside": False, "sig-denied": None, "wps-core": True,
        "wps-open": False,
    }  # fmt: skip
    assert "code=" not in str([one.native for one in found.values()])


def test_hubs_that_are_denied_are_unknown(server: AzureServer, open_account: OpenAccount) -> None:
    server.decide = lambda asked: (
        Fault(status=403, code="AuthorizationFailed")
        if asked.call.operation == "WebPubSubHubs_List"
        else None
    )
    found = by_name(services(open_account(server)))
    server.decide = lambda asked: None
    assert {name for name, one in found.items() if "authorization" in one.unknown} == {
        "wps-core",
        "wps-open",
    }
