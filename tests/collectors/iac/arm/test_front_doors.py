"""Front Door in ARM templates."""

from __future__ import annotations

from typing import Any

from tests.collectors.iac.conftest import Read

PROFILES = "Microsoft.Cdn/profiles"
POLICIES = "Microsoft.Network/frontDoorWebApplicationFirewallPolicies"
PROFILE = {"type": PROFILES, "name": "p", "sku": {"name": "Premium_AzureFrontDoor"}}
ENDPOINT = {"type": f"{PROFILES}/afdEndpoints", "name": "p/e", "properties": {}}
ROUTE: dict[str, Any] = {
    "type": f"{PROFILES}/afdEndpoints/routes",
    "name": "p/e/r",
    "properties": {
        "supportedProtocols": ["Http", "Https"],
        "httpsRedirect": "Disabled",
        "forwardingProtocol": "HttpsOnly",
        "linkToDefaultDomain": "Enabled",
    },
}
SECURITY = {
    "type": f"{PROFILES}/securityPolicies",
    "name": "p/s",
    "properties": {
        "parameters": {
            "wafPolicy": {"id": f"[resourceId('{POLICIES}', 'waf')]"},
            "associations": [
                {
                    "patternsToMatch": ["/*"],
                    "domains": [{"id": f"[resourceId('{PROFILES}/afdEndpoints', 'p', 'e')]"}],
                }
            ],
        }
    },
}
FIREWALL = {
    "type": POLICIES,
    "name": "waf",
    "properties": {"policySettings": {"enabledState": "Enabled", "mode": "Detection"}},
}


def test_an_endpoint_with_its_firewall(deployment: Read) -> None:
    found = deployment([PROFILE, ENDPOINT, ROUTE, SECURITY, FIREWALL])
    cdn, waf = found[f"{PROFILES}/afdEndpoints/p/e"], found[f"{POLICIES}/waf"]
    assert cdn.facts["viewer_tls"] == {"minimum": "1.2", "required": False, "policy": None}
    assert cdn.facts["origin_https"] is True
    assert cdn.facts["waf"] == waf.id
    assert waf.facts["mode"] == "count"
    assert [each.partition("#")[2] for each in waf.facts["protects"]] == [f"{PROFILES}/p"]


def test_what_is_not_written_is_unknown(deployment: Read) -> None:
    found = deployment([PROFILE, ENDPOINT, {**ROUTE, "properties": {}}, SECURITY, FIREWALL])
    cdn = found[f"{PROFILES}/afdEndpoints/p/e"]
    assert {"viewer_tls/required", "origin_https", "waf"} <= set(cdn.unknown)


def test_the_cdn_before_front_door_is_not_judged(deployment: Read) -> None:
    assert deployment([PROFILE | {"sku": {"name": "Standard_Microsoft"}}]) == {}
