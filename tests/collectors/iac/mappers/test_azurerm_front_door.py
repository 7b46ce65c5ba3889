"""Front Door: routes, domains, WAF policies."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.document import Document, Unknown
from collectors.iac.blocks import Block, Reference
from tests.collectors.iac.mappers.hand import block, documents

APPLY = Unknown("var.x is decided at apply")
PROFILE = Reference("azurerm_cdn_frontdoor_profile.p")
ENDPOINT = Reference("azurerm_cdn_frontdoor_endpoint.e")
DOMAIN = Reference("azurerm_cdn_frontdoor_custom_domain.d")
FIREWALL = Reference("azurerm_cdn_frontdoor_firewall_policy.f")
BASE = (
    block("azurerm_cdn_frontdoor_profile.p", {"name": "p", "tags": {"a": "b"}}),
    block(
        "azurerm_cdn_frontdoor_endpoint.e",
        {"name": "e", "cdn_frontdoor_profile_id": PROFILE},
        {"environment": "china"},
    ),
    block(
        "azurerm_cdn_frontdoor_custom_domain.d",
        {"cdn_frontdoor_profile_id": PROFILE, "tls": [{"minimum_tls_version": "TLS12"}]},
    ),
)


def _route(**values: Any) -> Block:
    given = {
        "cdn_frontdoor_endpoint_id": ENDPOINT,
        "supported_protocols": ["Http", "Https"],
        "cdn_frontdoor_custom_domain_ids": [DOMAIN],
    }
    return block("azurerm_cdn_frontdoor_route.r", given | values)


def _firewall(**values: Any) -> Block:
    rules = [{"type": "Microsoft_DefaultRuleSet", "version": "2.1", "action": "Block"}]
    given = {"name": "f", "mode": "Prevention", "managed_rule": rules}
    return block(FIREWALL.address, given | values)


def _security(*domains: Any, pattern: Any = "/*") -> Block:
    association = {
        "patterns_to_match": [pattern],
        "domain": [{"cdn_frontdoor_domain_id": each} for each in domains],
    }
    firewall = {"cdn_frontdoor_firewall_policy_id": FIREWALL, "association": [association]}
    return block(
        "azurerm_cdn_frontdoor_security_policy.s",
        {"cdn_frontdoor_profile_id": PROFILE, "security_policies": [{"firewall": [firewall]}]},
    )


def _found(*blocks: Block) -> dict[str, Document]:
    return {each.type: each for each in documents(*BASE, *blocks)}


def test_good() -> None:
    log = block(
        "azurerm_monitor_diagnostic_setting.l",
        {
            "target_resource_id": PROFILE,
            "storage_account_id": "/store",
            "enabled_log": [{"category_group": "allLogs"}],
        },
    )
    found = _found(_route(), _firewall(), _security(DOMAIN, ENDPOINT), log)
    cdn, waf = found["network.cdn"], found["network.waf"]
    assert cdn.facts["viewer_tls"] == {"minimum": "1.2", "required": True, "policy": None}
    assert cdn.facts["origin_https"] is True
    assert cdn.facts["waf"] == "main.tf#azurerm_cdn_frontdoor_firewall_policy.f"
    assert cdn.facts["logging"]["enabled"] is True
    assert (cdn.region, cdn.tags, cdn.facts["scope"]) == ("global", {"a": "b"}, "mainland")
    assert waf.facts["mode"] == "block"
    assert waf.facts["rule_sets"] == ["Microsoft_DefaultRuleSet_2.1"]
    assert waf.facts["protects"] == ["main.tf#azurerm_cdn_frontdoor_profile.p"]


def test_an_endpoint_alone() -> None:
    found = _found()["network.cdn"]
    unknown = {"viewer_tls/minimum", "viewer_tls/required", "origin_https", "waf"}
    assert unknown <= set(found.unknown)
    assert found.facts["logging"]["enabled"] is False


@pytest.mark.parametrize(
    ("values", "required", "origin"),
    [
        ({"https_redirect_enabled": False}, False, False),
        ({"https_redirect_enabled": False, "supported_protocols": ["Https"]}, True, True),
        ({"https_redirect_enabled": APPLY, "supported_protocols": ["Https"]}, True, True),
        ({"https_redirect_enabled": APPLY}, None, None),
        ({"supported_protocols": APPLY}, True, True),
        ({"supported_protocols": APPLY, "https_redirect_enabled": False}, None, None),
        ({"forwarding_protocol": "HttpOnly"}, True, False),
        ({"forwarding_protocol": "HttpsOnly", "https_redirect_enabled": False}, False, True),
        ({"forwarding_protocol": APPLY}, True, None),
    ],
)
def test_routes(values: dict[str, Any], required: bool | None, origin: bool | None) -> None:
    facts = _found(_route(**values))["network.cdn"].facts
    assert facts["viewer_tls"].get("required") is required
    assert facts.get("origin_https") is origin


@pytest.mark.parametrize(
    ("tls", "minimum"),
    [
        ([{"minimum_tls_version": "TLS10"}], "1.0"),
        ([{}], "1.2"),
        ([{"minimum_version": APPLY}], None),
        (APPLY, None),
    ],
)
def test_domains(tls: Any, minimum: str | None) -> None:
    domain = block(DOMAIN.address, {"tls": tls})
    blocks = (*BASE[:2], domain, _route())
    assert documents(*blocks)[0].facts["viewer_tls"].get("minimum") == minimum


def test_a_domain_without_a_firewall_leaves_the_endpoint_open() -> None:
    assert _found(_route(), _firewall(), _security(ENDPOINT))["network.cdn"].facts["waf"] is None
    assert _found(_route())["network.cdn"].facts["waf"] is None
    some = _found(_route(), _firewall(), _security(DOMAIN, ENDPOINT, pattern="/api/*"))
    assert some["network.cdn"].facts["waf"] is None
    for doubt in (_security(DOMAIN, APPLY), _security(DOMAIN, ENDPOINT, pattern=APPLY)):
        assert "waf" in _found(_route(), _firewall(), doubt)["network.cdn"].unknown


@pytest.mark.parametrize(
    ("values", "mode"),
    [
        ({"mode": "Detection"}, "count"),
        ({"enabled": False}, "count"),
        ({"managed_rule": [{"type": "a", "version": "1", "action": "Log"}]}, "count"),
        ({"mode": APPLY}, None),
        ({"enabled": APPLY}, None),
        ({"managed_rule": [{"type": "a", "version": "1", "action": APPLY}]}, None),
    ],
)
def test_firewalls(values: dict[str, Any], mode: str | None) -> None:
    waf = documents(_firewall(**values))[0]
    assert waf.facts.get("mode") == mode
    assert "protects" in waf.unknown
