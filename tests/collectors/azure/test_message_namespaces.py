"""Namespaces of Event Hubs and Service Bus, certificates of App Service, over HTTP."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pytest

from collectors.azure.services import app_certificates, message_namespaces
from collectors.calls import Call
from tests.collectors.azure.conftest import OpenAccount, Serve, by_name
from tests.collectors.azure.server import AzureServer, Fault
from tests.collectors.azure.world import SUBSCRIPTION


@pytest.fixture(scope="module")
def server(serve: Serve) -> AzureServer:
    running = serve("message_namespaces", "app_certificates")
    sites = f"/subscriptions/{SUBSCRIPTION}/providers/Microsoft.Web/sites"
    states = [{"name": "www.example.com", "sslState": "SniEnabled", "thumbprint": "ab03"}]
    properties = {"hostNameSslStates": [*states, {"name": "site", "thumbprint": None}]}
    running.put(sites, {"value": [{"id": f"{sites}/one", "properties": properties}]})
    slot = {"hostNameSslStates": [{"name": "test.example.com", "thumbprint": "5107"}]}
    running.put(
        f"{sites}/one/slots", {"value": [{"id": f"{sites}/one/slots/test", "properties": slot}]}
    )
    return running


def collected(
    server: AzureServer, open_account: OpenAccount, module: ModuleType, *denied: str
) -> dict[str, Any]:
    server.decide = lambda asked: (
        Fault(status=403, code="AuthorizationFailed") if asked.call.operation in denied else None
    )
    made: set[Call] = set()
    found = by_name(module.SERVICE.account(open_account(server, made=made)))
    assert denied or made == set(module.SERVICE.calls)
    return found


def test_namespaces(server: AzureServer, open_account: OpenAccount) -> None:
    found = collected(server, open_account, message_namespaces)
    core, old = found["evh-core"], found["offkxd3qjwh6a-cctesteventhubns"]
    assert core.facts["encryption"]["key_id"] == "https://kv-core.vault.azure.cn/keys/bus"
    assert core.facts["tls"] == {"minimum": "1.2", "required": True, "policy": None}
    assert (core.region, core.facts["exposure"]["public"]) == ("chinanorth3", False)
    assert (old.facts["encryption"]["key_manager"], "tls/minimum" in old.unknown) == (
        "provider", True,
    )  # fmt: skip
    assert found["c7nfail-sbnamespace"].facts["tls"]["minimum"] == "1.0"


def test_certificates(server: AzureServer, open_account: OpenAccount) -> None:
    found = collected(server, open_account, app_certificates)
    uploaded, managed = found["testc6282"].facts, found["managed"].facts
    assert uploaded["expires"] == "2039-12-31T23:59:59+00:00"
    assert (uploaded["in_use"], uploaded["auto_renew"]) == (False, False)
    assert (managed["in_use"], managed["auto_renew"]) == (True, True)
    assert "password" not in str(found["testc6282"].native)
    assert found["slots"].facts["in_use"] is True, "bound to a slot alone"


def test_lists_that_are_denied(server: AzureServer, open_account: OpenAccount) -> None:
    both = collected(server, open_account, message_namespaces, "Namespaces_List")
    assert {one.unlisted for one in both.values()} == {True}
    assert len(both) == 2
    (none,) = collected(server, open_account, app_certificates, "Certificates_List").values()
    assert none.unlisted
    found = collected(server, open_account, app_certificates, "WebApps_List")
    assert "in_use" in found["testc6282"].unknown
    found = collected(server, open_account, app_certificates, "WebApps_ListSlots")
    assert {"testc6282", "slots"} == {name for name in found if "in_use" in found[name].unknown}
    assert found["managed"].facts["in_use"] is True
