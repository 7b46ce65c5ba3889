"""Application gateways of ARM templates."""

from __future__ import annotations

from typing import Any

from tests.collectors.iac.conftest import Read

KIND = "Microsoft.Network/applicationGateways"
POLICIES = "Microsoft.Network/ApplicationGatewayWebApplicationFirewallPolicies"


def _part(listed: str, name: str) -> dict[str, str]:
    return {"id": f"[resourceId('{KIND}/{listed}', 'gw', '{name}')]"}


def _listener(name: str, protocol: str, port: str) -> dict[str, Any]:
    return {
        "name": name,
        "properties": {
            "protocol": protocol,
            "frontendPort": _part("frontendPorts", port),
            "frontendIPConfiguration": _part("frontendIPConfigurations", "public"),
        },
    }


GATEWAY: dict[str, Any] = {
    "type": KIND,
    "apiVersion": "2023-09-01",
    "name": "gw",
    "location": "chinanorth3",
    "zones": ["1", "3"],
    "properties": {
        "sku": {"tier": "WAF_v2"},
        "firewallPolicy": {"id": f"[resourceId('{POLICIES}', 'waf')]"},
        "gatewayIPConfigurations": [{"name": "in", "properties": {"subnet": {"id": "/elsewhere"}}}],
        "frontendIPConfigurations": [
            {"name": "public", "properties": {"publicIPAddress": {"id": "/address"}}}
        ],
        "frontendPorts": [
            {"name": "p443", "properties": {"port": 443}},
            {"name": "p80", "properties": {"port": 80}},
        ],
        "httpListeners": [_listener("a", "Https", "p443"), _listener("b", "Http", "p80")],
        "redirectConfigurations": [
            {"name": "up", "properties": {"targetListener": _part("httpListeners", "a")}}
        ],
        "requestRoutingRules": [
            {
                "name": "r",
                "properties": {
                    "httpListener": _part("httpListeners", "b"),
                    "redirectConfiguration": _part("redirectConfigurations", "up"),
                },
            }
        ],
    },
}
WAF = {
    "type": POLICIES,
    "name": "waf",
    "properties": {
        "policySettings": {"state": "Enabled", "mode": "Prevention"},
        "managedRules": {"managedRuleSets": [{"ruleSetType": "OWASP", "ruleSetVersion": "3.2"}]},
    },
}


def test_a_gateway_with_its_policy(deployment: Read) -> None:
    found = deployment([GATEWAY, WAF])
    gateway, waf = found[f"{KIND}/gw"], found[f"{POLICIES}/waf"]
    secure, plain = gateway.facts["listeners"]
    assert (secure["port"], secure["protocol"], secure["tls"]["minimum"]) == (443, "https", "1.2")
    assert (plain["port"], plain["redirect_to_https"]) == (80, True)
    assert (gateway.facts["scheme"], gateway.facts["zones"]) == ("public", ["1", "3"])
    assert gateway.facts["waf"] == waf.id
    assert (waf.facts["mode"], waf.facts["rule_sets"]) == ("block", ["OWASP_3.2"])
    assert waf.facts["protects"] == [gateway.id]


def test_the_default_policy_goes_by_the_version(deployment: Read) -> None:
    found = deployment([GATEWAY | {"apiVersion": "2022-01-01"}, WAF])[f"{KIND}/gw"]
    assert found.facts["listeners"][0]["tls"]["minimum"] == "1.0"


def test_what_a_policy_does_not_write_is_unknown(deployment: Read) -> None:
    found = deployment([GATEWAY, {**WAF, "properties": {}}])
    assert "mode" in found[f"{POLICIES}/waf"].unknown
    assert "waf" in found[f"{KIND}/gw"].unknown
