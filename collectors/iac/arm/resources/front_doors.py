"""Front Door (Standard and Premium) with its WAF policies. Source: template reference,
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
_NO_STATE = Unknown("the WAF policy does not write its state")


def profile(resource: Resource) -> Iterator[Block]:
    """A profile; those of the CDN before Front Door are not read."""
    sku = at(resource.body, "sku.name")
    if isinstance(sku, str) and not sku.lower().endswith("_azurefrontdoor"):
        yield resource.block(resource.type, {})
        return
    yield resource.block("azurerm_cdn_frontdoor_profile", named(resource))


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
    f"{_PROFILES}/securityPolicies": security,
    "Microsoft.Network/frontDoorWebApplicationFirewallPolicies": firewall,
}
