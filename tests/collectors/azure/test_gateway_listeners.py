"""Listeners of application gateways on public and private addresses, of layer 7 and layer 4."""

from __future__ import annotations

from typing import Any

from collectors.azure.gateway_listeners import is_public, listeners_of
from collectors.azure.security_rules import IPV4_ANY

OPEN, CLOSED = {"publicIPAddress": {"id": "/pip"}}, {"subnet": {"id": "/net/snet"}}


def gateway(http: list[Any], raw: list[Any]) -> dict[str, Any]:
    ports = {port for _, port, _ in http + raw}

    def made(front: str, port: int, protocol: str) -> dict[str, Any]:
        named = {
            "frontendIPConfiguration": {"id": f"/FE/{front}"},
            "frontendPort": {"id": f"/port/{port}"},
            "protocol": protocol,
        }
        return {"id": f"/listener/{port}", "properties": named}

    properties = {
        "frontendIPConfigurations": [
            {"id": "/fe/open", "properties": OPEN},
            {"id": "/fe/closed", "properties": CLOSED},
        ],
        "frontendPorts": [{"id": f"/port/{one}", "properties": {"port": one}} for one in ports],
        "httpListeners": [made(*one) for one in http],
        "listeners": [made(*one) for one in raw],
    }
    return {"properties": properties}


def test_each_listener_has_its_own_address() -> None:
    mixed = gateway([("open", 443, "Https"), ("closed", 8080, "Http")], [("open", 3306, "Tcp")])
    found = {one.port: one for one in listeners_of(mixed, lambda port: [IPV4_ANY])}
    assert found[443].source_ranges == [IPV4_ANY]
    assert found[8080].source_ranges == ["prefix-list:VirtualNetwork"]
    assert (found[3306].protocol, found[3306].source_ranges) == ("tcp", [IPV4_ANY])


def test_a_listener_of_layer_4_makes_a_gateway_public() -> None:
    assert is_public(gateway([("closed", 443, "Https")], [("open", 3306, "Tcp")]))
    assert not is_public(gateway([("closed", 443, "Https")], [("closed", 3306, "Tcp")]))
