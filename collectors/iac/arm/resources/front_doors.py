"""Front Door with its WAF policies, and the CDN before it. Source: template reference,
Microsoft.Cdn and Microsoft.Network."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.document import Unknown
from collectors.iac.arm.resource import Resource, Translation, at
from collectors.iac.arm.resources.words import each, is_, named, or_
from collectors.iac.blocks import Block

_NO_PROTOCOLS = Unknown("supportedProtocols is not written")
_NO_REDIRECT = Unknown("httpsRedirect is not written")
_NO_FORWARDING = Unknown("forwardingProtocol is not written")
_NO_LINK = Unknown("linkToDefaultDomain is not written")
_NO_VERSION = Unknown("minimumTlsVersion is not written")
_NO_MODE = Unknown("the WAF policy does not tell its mode")
_NO_STATE = Unknown("the WAF policy does not write its state")


def profile(resource: Resource) -> Iterator[Block]:
    """A profile of Front Door, or of the CDN before it."""
    sku = at(resource.body, "sku.name")
    older = isinstance(sku, str) and not sku.lower().endswith("_azurefrontdoor")
    kind = "azurerm_cdn_profile" if older else "azurerm_cdn_frontdoor_profile"
    yield resource.block(kind, named(resource))


def older_endpoint(resource: Resource) -> Iterator[Block]:
    """An endpoint of the CDN before Front Door."""
    rules = resource.get("deliveryPolicy.rules")
    values = named(resource) | {
        "profile_name": resource.owner(),
        "is_http_allowed": resource.get("isHttpAllowed"),
        "delivery_rule": [_rule(one) for one in rules] if isinstance(rules, list) else rules,
        "web_application_firewall_policy_id": resource.get("webApplicationFirewallPolicyLink.id"),
    }
    yield resource.block("azurerm_cdn_endpoint", values)


def _rule(rule: Any) -> dict[str, Any]:
    """What redirects, and on which conditions."""
    found: dict[str, Any] = {
        "url_redirect_action": [
            {"protocol": or_(at(one, "parameters.destinationProtocol"), "MatchRequest")}
            for one in each(at(rule, "actions"))
            if is_(at(one, "name"), "UrlRedirect") is not False
        ]
    }
    for one in each(at(rule, "conditions")):
        told = {
            "match_values": at(one, "parameters.matchValues"),
            "negate_condition": at(one, "parameters.negateCondition"),
        }
        is_scheme = is_(at(one, "name"), "RequestScheme") is True
        name = "request_scheme_condition" if is_scheme else "other_condition"
        given = {key: value for key, value in told.items() if value is not None}
        found.setdefault(name, []).append(given or {"match_values": []})
    return found


def older_domain(resource: Resource) -> Iterator[Block]:
    """A domain of an endpoint: HTTPS is turned on for it later."""
    values = {"cdn_endpoint_id": resource.owner()}
    yield resource.block("azurerm_cdn_endpoint_custom_domain", values)


def older_door(resource: Resource) -> Iterator[Block]:
    """A front door of the classic kind: which WAF policies stand before it."""
    link = "properties.webApplicationFirewallPolicyLink.id"
    endpoints = resource.get("frontendEndpoints")
    if isinstance(endpoints, list):
        linked = [at(one, link) for one in endpoints]
        endpoints = [
            {"web_application_firewall_policy_link_id": one} for one in linked if one is not None
        ]
    yield resource.block("azurerm_frontdoor", named(resource) | {"frontend_endpoint": endpoints})


def endpoint(resource: Resource) -> Iterator[Block]:
    """An endpoint."""
    values = named(resource) | {"cdn_frontdoor_profile_id": resource.owner()}
    yield resource.block("azurerm_cdn_frontdoor_endpoint", values)


def route(resource: Resource) -> Iterator[Block]:
    """A route of an endpoint."""
    domains = resource.get("customDomains")
    if isinstance(domains, list):
        domains = [at(one, "id") for one in domains]
    values = {
        "cdn_frontdoor_endpoint_id": resource.owner(),
        "supported_protocols": or_(resource.get("supportedProtocols"), _NO_PROTOCOLS),
        "https_redirect_enabled": or_(is_(resource.get("httpsRedirect"), "Enabled"), _NO_REDIRECT),
        "forwarding_protocol": or_(resource.get("forwardingProtocol"), _NO_FORWARDING),
        "link_to_default_domain": or_(
            is_(resource.get("linkToDefaultDomain"), "Enabled"), _NO_LINK
        ),
        "cdn_frontdoor_custom_domain_ids": domains,
    }
    yield resource.block("azurerm_cdn_frontdoor_route", values)


def domain(resource: Resource) -> Iterator[Block]:
    """A domain of a profile."""
    version = or_(resource.get("tlsSettings.minimumTlsVersion"), _NO_VERSION)
    values = {
        "cdn_frontdoor_profile_id": resource.owner(),
        "tls": [{"minimum_version": version}],
    }
    yield resource.block("azurerm_cdn_frontdoor_custom_domain", values)


def security(resource: Resource) -> Iterator[Block]:
    """A security policy: which WAF policy stands before which domains."""
    associations = resource.get("parameters.associations")
    if isinstance(associations, list):
        associations = [
            {
                "patterns_to_match": at(one, "patternsToMatch"),
                "domain": [
                    {"cdn_frontdoor_domain_id": at(it, "id")} for it in each(at(one, "domains"))
                ],
            }
            for one in associations
        ]
    firewall = {
        "cdn_frontdoor_firewall_policy_id": resource.get("parameters.wafPolicy.id"),
        "association": associations,
    }
    values = {
        "cdn_frontdoor_profile_id": resource.owner(),
        "security_policies": [{"firewall": [firewall]}],
    }
    yield resource.block("azurerm_cdn_frontdoor_security_policy", values)


def firewall(resource: Resource) -> Iterator[Block]:
    """A WAF policy of Front Door."""
    sets = resource.get("managedRules.managedRuleSets")
    if isinstance(sets, list):
        sets = [_set(one) for one in sets]
    values = named(resource) | {
        "enabled": or_(is_(resource.get("policySettings.enabledState"), "Enabled"), _NO_STATE),
        "mode": resource.get("policySettings.mode"),
        "managed_rule": sets,
    }
    if is_(at(resource.body, "sku.name"), "Classic_AzureFrontDoor") is True:
        values["mode"] = or_(values["mode"], _NO_MODE)
        yield resource.block("azurerm_frontdoor_firewall_policy", values)
        return
    yield resource.block("azurerm_cdn_frontdoor_firewall_policy", values)


def _set(rules: Any) -> dict[str, Any]:
    names = {"ruleSetType": "type", "ruleSetVersion": "version", "ruleSetAction": "action"}
    return {new: it for old, new in names.items() if (it := at(rules, old)) is not None}


_PROFILES = "Microsoft.Cdn/profiles"

TRANSLATIONS: dict[str, Translation] = {
    _PROFILES: profile,
    f"{_PROFILES}/afdEndpoints": endpoint,
    f"{_PROFILES}/afdEndpoints/routes": route,
    f"{_PROFILES}/customDomains": domain,
    f"{_PROFILES}/endpoints": older_endpoint,
    f"{_PROFILES}/endpoints/customDomains": older_domain,
    f"{_PROFILES}/securityPolicies": security,
    "Microsoft.Network/frontDoors": older_door,
    "Microsoft.Network/frontDoorWebApplicationFirewallPolicies": firewall,
}
