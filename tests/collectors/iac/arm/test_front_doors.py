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


OLDER = PROFILE | {"sku": {"name": "Standard_Microsoft"}}
OLDER_ENDPOINT: dict[str, Any] = {"type": f"{PROFILES}/endpoints", "name": "p/e", "properties": {}}
TO_HTTPS: dict[str, Any] = {
    "name": "UrlRedirect",
    "parameters": {"redirectType": "Found", "destinationProtocol": "Https"},
}
BY_HTTP: dict[str, Any] = {
    "name": "RequestScheme",
    "parameters": {"operator": "Equal", "matchValues": ["HTTP"], "negateCondition": False},
}


def _older(deployment: Read, **properties: Any) -> Any:
    found = deployment([OLDER, {**OLDER_ENDPOINT, "properties": properties}])
    return found[f"{PROFILES}/endpoints/p/e"]


def test_the_cdn_before_front_door(deployment: Read) -> None:
    link = {"id": "/waf"}
    cdn = _older(deployment, isHttpAllowed=False, webApplicationFirewallPolicyLink=link)
    assert cdn.facts["viewer_tls"] == {"required": True, "policy": None}
    assert cdn.facts["waf"] == "/waf"
    assert {"viewer_tls/minimum", "origin_https"} <= set(cdn.unknown)
    plain = _older(deployment)
    assert plain.facts["viewer_tls"]["required"] is False
    assert (plain.facts["waf"], plain.facts["logging"]["enabled"]) == (None, False)


def test_rules_of_the_cdn_before_front_door(deployment: Read) -> None:
    def required(*conditions: Any) -> bool | None:
        rule = {"name": "r", "order": 1, "conditions": [*conditions], "actions": [TO_HTTPS]}
        found = _older(deployment, deliveryPolicy={"rules": [rule]})
        told: bool | None = found.facts["viewer_tls"].get("required")
        return told

    assert required(BY_HTTP) is True
    assert required(BY_HTTP, {"name": "UrlPath", "parameters": {"matchValues": ["a"]}}) is None


def test_the_firewall_of_a_classic_front_door(deployment: Read) -> None:
    waf = {"id": f"[resourceId('{POLICIES}', 'waf')]"}
    door = {
        "type": "Microsoft.Network/frontDoors",
        "name": "d",
        "properties": {
            "frontendEndpoints": [
                {"name": "f", "properties": {"webApplicationFirewallPolicyLink": waf}}
            ]
        },
    }
    classic = {**FIREWALL, "sku": {"name": "Classic_AzureFrontDoor"}}
    found = deployment([door, classic])[f"{POLICIES}/waf"]
    assert [each.partition("#")[2] for each in found.facts["protects"]] == [f"{door['type']}/d"]
    assert (found.facts["mode"], found.facts["logging"]["enabled"]) == ("count", False)
