"""SignalR and Web PubSub: who reaches them, and whether a token is asked for."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.document import Document, Unknown
from collectors.iac.blocks import Reference
from tests.collectors.iac.mappers.hand import block, the

APPLY = Unknown("var.x is decided at apply")
ALL = ["ServerConnection", "ClientConnection", "RESTAPI", "Trace"]
SERVICE = "azurerm_web_pubsub.s"


def service(*beside: tuple[str, dict[str, Any]], **values: Any) -> Document:
    """A service with rules or hubs beside it, by their types."""
    own = Reference(SERVICE)
    return the(
        block(SERVICE, {"name": "s", "location": "chinaeast2", **values}),
        *(
            block(f"azurerm_web_pubsub_{kind}.x{i}", {"web_pubsub_id": own, **given})
            for i, (kind, given) in enumerate(beside)
        ),
    )


def rules(action: Any, **public: Any) -> tuple[str, dict[str, Any]]:
    written = {} if action is None else {"default_action": action}
    return "network_acl", {**written, "public_network": [public]}


@pytest.mark.parametrize(
    ("beside", "public"),
    [
        ((), True),
        ((rules("Allow"),), True),
        ((rules("Allow", denied_request_types=ALL[:3]),), True),
        ((rules("Allow", denied_request_types=ALL),), False),
        ((rules("Allow", denied_request_types=[*ALL[:3], APPLY]),), None),
        ((rules(None, allowed_request_types=[]),), False),
        ((rules("Deny", allowed_request_types=["ClientConnection"]),), True),
        ((rules("Deny", allowed_request_types=APPLY),), None),
        ((rules(APPLY, denied_request_types=ALL),), False),
        ((rules(APPLY),), None),
        ((("network_acl", {"default_action": "Deny", "web_pubsub_id": APPLY}),), None),
    ],
)
def test_who_reaches_a_service(beside: Any, public: bool | None) -> None:
    assert service(*beside).facts.get("public") is public
    closed = service(*beside, public_network_access_enabled=False)
    assert closed.facts["public"] is False


@pytest.mark.parametrize(
    ("hubs", "authorization"),
    [
        ([], "token"),
        ([{}, {"anonymous_connections_enabled": False}], "token"),
        ([{}, {"anonymous_connections_enabled": True}], "none"),
        ([{"anonymous_connections_enabled": APPLY}], None),
        ([{"web_pubsub_id": APPLY}], None),
    ],
)
def test_clients_without_a_token(hubs: list[Any], authorization: str | None) -> None:
    found = service(*(("hub", given) for given in hubs))
    assert found.facts.get("authorization") == authorization
    assert ("authorization" in found.unknown) == (authorization is None)
    assert found.facts["logging"]["enabled"] is False


@pytest.mark.parametrize(
    ("values", "enabled"),
    [
        ({}, False),
        ({"connectivity_logs_enabled": True}, True),
        ({"connectivity_logs_enabled": APPLY}, None),
        ({"features": [{"flag": "EnableConnectivityLogs", "value": "True"}]}, True),
        ({"features": [{"flag": "ServiceMode", "value": "Default"}]}, False),
    ],
)
def test_signalr_logs_what_it_is_told_to_write(values: Any, enabled: bool | None) -> None:
    signalr = block("azurerm_signalr_service.s", {"name": "s", **values})
    own: Any = Reference(signalr.address)
    setting = {
        "target_resource_id": own,
        "storage_account_id": "/store",
        "enabled_log": [{"category": "AllLogs"}],
    }
    found = the(signalr, block("azurerm_monitor_diagnostic_setting.d", setting))
    assert found.facts["logging"].get("enabled") is enabled
    assert the(signalr).facts["logging"]["enabled"] is False


def test_signalr_asks_for_a_token() -> None:
    signalr = block("azurerm_signalr_service.s", {"name": "s", "location": "chinaeast2"})
    own: Any = Reference(signalr.address)
    given = {"signalr_service_id": own, "default_action": "Deny", "public_network": [{}]}
    found = the(signalr, block("azurerm_signalr_service_network_acl.a", given))
    assert (found.facts["public"], found.facts["authorization"]) == (False, "token")
    assert {"tls/minimum", "tls/required"} <= set(found.unknown)
