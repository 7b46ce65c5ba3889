"""Services of Azure AI Search over HTTP."""

from __future__ import annotations

import pytest

from collectors.azure.services.search_services import SERVICE, services
from collectors.calls import Call
from tests.collectors.azure.conftest import OpenAccount, Serve, by_name
from tests.collectors.azure.server import AzureServer, Fault


@pytest.fixture(scope="module")
def server(serve: Serve) -> AzureServer:
    return serve("search_services", "workspaces", "alarms", "locks")


def test_services(server: AzureServer, open_account: OpenAccount) -> None:
    made: set[Call] = set()
    found = by_name(services(open_account(server, made=made)))
    assert made == set(SERVICE.calls)
    core, opened, office = (
        found[name].facts for name in ("search-core", "search-open", "search-office")
    )
    assert (core["exposure"]["public"], core["allow_list"]) == (False, [])
    assert (core["private_endpoint"], core["network_kind"]) == (True, "vpc")
    assert core["encryption"]["key_manager"] == "customer"
    assert (core["audit_log"]["enabled"], core["audit_log"]["retention_days"]) == (True, 200)
    # Without a rule there is no firewall.
    assert opened["exposure"] == {"public": True, "via": ["firewall"]}
    assert opened["allow_list"] == ["0.0.0.0/0", "::/0"]
    assert (opened["audit_log"]["enabled"], opened["multi_zone"]) == (False, False)
    assert "encryption/key_manager" in found["search-open"].unknown
    assert (office["exposure"]["public"], office["allow_list"]) == (
        False,
        ["203.0.113.7/32", "198.51.100.0/24"],
    )
    assert "multi_zone" in found["search-office"].unknown
    assert opened["tls"] == {"minimum": "1.2", "required": True, "policy": None}


def test_what_is_denied_is_unknown(server: AzureServer, open_account: OpenAccount) -> None:
    server.decide = lambda asked: (
        Fault(status=403, code="AuthorizationFailed")
        if asked.call.operation == "DiagnosticSettings_List"
        else None
    )
    found = by_name(services(open_account(server)))["search-core"]
    server.decide = lambda asked: None
    assert "audit_log/enabled" in found.unknown
