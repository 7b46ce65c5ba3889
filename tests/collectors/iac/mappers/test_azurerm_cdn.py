"""The CDN before Front Door, and WAF policies of its classic kind."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.document import Document, Unknown
from collectors.iac.blocks import Block, Reference
from tests.collectors.iac.mappers.hand import block, documents

APPLY = Unknown("var.x is decided at apply")
PROFILE = block("azurerm_cdn_profile.p", {"name": "p", "tags": {"a": "b"}})
TO_HTTPS = [{"redirect_type": "Found", "protocol": "Https"}]
BY_HTTP = [{"match_values": ["HTTP"]}]


def _endpoint(*others: Block, **values: Any) -> Document:
    own = {"name": "e", "profile_name": Reference("azurerm_cdn_profile.p", "name"), **values}
    found = documents(block("azurerm_cdn_endpoint.e", own, {"environment": "china"}), *others)
    return found[0]


def test_minimal() -> None:
    found = _endpoint(PROFILE)
    assert found.facts["viewer_tls"] == {"required": False, "policy": None}
    assert (found.facts["waf"], found.facts["scope"]) == (None, "mainland")
    assert (found.facts["logging"]["enabled"], found.tags) == (False, {"a": "b"})
    assert {"viewer_tls/minimum", "origin_https"} <= set(found.unknown)


def test_good() -> None:
    log = block(
        "azurerm_monitor_diagnostic_setting.l",
        {
            "target_resource_id": Reference("azurerm_cdn_profile.p"),
            "storage_account_id": "/store",
            "enabled_log": [{"category": "AzureCdnAccessLog"}],
        },
    )
    found = _endpoint(PROFILE, log, is_http_allowed=False, profile_name="p")
    assert found.facts["viewer_tls"]["required"] is True
    assert found.facts["logging"]["enabled"] is True
    away = _endpoint(profile_name="elsewhere")
    assert "logging/enabled" in away.unknown


@pytest.mark.parametrize(
    ("rule", "required"),
    [
        ({"url_redirect_action": TO_HTTPS, "request_scheme_condition": BY_HTTP}, True),
        ({"url_redirect_action": TO_HTTPS}, True),
        ({"url_redirect_action": [{"protocol": "Http"}]}, False),
        ({"url_redirect_action": [{}], "request_scheme_condition": BY_HTTP}, False),
        ({"cache_expiration_action": [{}]}, False),
        (
            {
                "url_redirect_action": TO_HTTPS,
                "request_scheme_condition": BY_HTTP,
                "url_path_condition": [{"match_values": ["/a"]}],
            },
            None,
        ),
        (
            {
                "url_redirect_action": TO_HTTPS,
                "request_scheme_condition": [{"match_values": ["HTTP"], "negate_condition": True}],
            },
            None,
        ),
        ({"url_redirect_action": APPLY}, None),
        (APPLY, None),
    ],
)
def test_rules(rule: Any, required: bool | None) -> None:
    found = _endpoint(PROFILE, delivery_rule=rule if rule is APPLY else [rule])
    assert found.facts["viewer_tls"].get("required") is required


def test_the_rule_for_all_requests() -> None:
    told = {"global_delivery_rule": [{"url_redirect_action": TO_HTTPS}]}
    assert _endpoint(PROFILE, **told).facts["viewer_tls"]["required"] is True
    told = {"global_delivery_rule": [{"cache_expiration_action": [{}]}]}
    assert _endpoint(PROFILE, **told).facts["viewer_tls"]["required"] is False


@pytest.mark.parametrize(
    ("https", "minimum"),
    [
        ({"user_managed_https": [{"tls_version": "TLS10"}]}, "1.0"),
        ({"cdn_managed_https": [{"tls_version": "None"}]}, "1.0"),
        ({"cdn_managed_https": [{}]}, None),
        ({"cdn_managed_https": APPLY}, None),
    ],
)
def test_domains(https: dict[str, Any], minimum: str | None) -> None:
    """A domain that asks for more says nothing of the endpoint's own."""
    link = {"cdn_endpoint_id": Reference("azurerm_cdn_endpoint.e"), **https}
    found = _endpoint(PROFILE, block("azurerm_cdn_endpoint_custom_domain.d", link))
    assert found.facts["viewer_tls"].get("minimum") == minimum


POLICY = "azurerm_frontdoor_firewall_policy.f"


def _firewall(linked: bool = True, **values: Any) -> Document:
    link = {"web_application_firewall_policy_link_id": Reference(POLICY)} if linked else {}
    door = block("azurerm_frontdoor.d", {"frontend_endpoint": [{"name": "e", **link}]})
    rules = [{"type": "DefaultRuleSet", "version": "1.0"}]
    return documents(block(POLICY, {"name": "f", "managed_rule": rules, **values}), door)[0]


def test_a_firewall_of_a_classic_front_door() -> None:
    found = _firewall()
    assert found.facts["protects"] == ["main.tf#azurerm_frontdoor.d"]
    assert (found.facts["mode"], found.facts["rule_sets"]) == ("block", ["DefaultRuleSet_1.0"])
    assert found.facts["logging"]["enabled"] is False


@pytest.mark.parametrize(
    ("values", "mode"),
    [
        ({"mode": "Detection"}, "count"), ({"enabled": False}, "count"), ({"mode": APPLY}, None),
        ({"enabled": APPLY}, None),
    ],
)  # fmt: skip
def test_modes(values: dict[str, Any], mode: str | None) -> None:
    assert _firewall(**values).facts.get("mode") == mode


def test_a_firewall_before_nothing_here() -> None:
    assert {"protects", "logging/enabled"} <= set(_firewall(linked=False).unknown)
