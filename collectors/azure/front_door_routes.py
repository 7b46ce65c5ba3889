"""What the routes, domains and security policies of a Front Door profile say. Pure."""

from __future__ import annotations

from typing import Any, Literal

from collectors.azure.ids import key
from collectors.document import Unknown
from collectors.logic import Known, every

Item = dict[str, Any]
Minimum = Literal["1.0", "1.2", "1.3"]

_VERSIONS: dict[str, Minimum] = {"tls10": "1.0", "tls12": "1.2", "tls13": "1.3"}
# Domains of Front Door's own accept nothing older ("TLS encryption with Azure Front Door").
_DEFAULT_DOMAIN: Minimum = "1.2"


def is_front_door(profile: Item) -> bool:
    """Whether a profile is one of Front Door, and not of the CDN before it."""
    return str((profile.get("sku") or {}).get("name")).lower().endswith("_azurefrontdoor")


def requires_https(routes: list[Item]) -> Known:
    """Whether every route refuses plain HTTP or redirects it."""
    return every(_is_secure(one["properties"]) for one in routes)


def _is_secure(route: Item) -> Known:
    protocols = {str(one).lower() for one in route.get("supportedProtocols") or ()}
    if protocols == {"https"}:
        return True
    redirect = str(route.get("httpsRedirect")).lower()
    words = {"enabled": True, "disabled": False}
    return words.get(redirect, Unknown("a route of the endpoint does not tell its redirection"))


def origin_https(routes: list[Item]) -> Known:
    """Whether every route speaks HTTPS to its origins. One that speaks what the viewer does speaks
    HTTPS where plain HTTP is never forwarded."""
    return every(_speaks_https(one["properties"]) for one in routes)


def _speaks_https(route: Item) -> Known:
    forwarding = str(route.get("forwardingProtocol")).lower()
    if forwarding == "matchrequest":
        return _is_secure(route)
    words = {"httpsonly": True, "httponly": False}
    return words.get(forwarding, Unknown("a route of the endpoint does not tell its protocol"))


def viewer_minimum(routes: list[Item], domains: list[Item]) -> Minimum | Unknown:
    """The lowest version of TLS of all domains of the routes."""
    known = {key(one["id"]): one["properties"].get("tlsSettings") or {} for one in domains}
    found: list[Minimum] = [_DEFAULT_DOMAIN]
    for route in routes:
        for domain in route["properties"].get("customDomains") or ():
            settings = known.get(key(domain["id"]), {})
            version = _VERSIONS.get(str(settings.get("minimumTlsVersion")).lower())
            if version is None:
                return Unknown("a domain of the endpoint does not tell its TLS version")
            found.append(version)
    return min(found)


def waf_before(endpoint: Item, routes: list[Item], policies: list[Item]) -> str | None:
    """The WAF policy before all of an endpoint's domains, null where one has none."""
    wanted = {
        key(domain["id"])
        for route in routes
        for domain in route["properties"].get("customDomains") or ()
    }
    linked = [
        route
        for route in routes
        if str(route["properties"].get("linkToDefaultDomain")).lower() != "disabled"
    ]
    if linked or not wanted:
        wanted.add(key(endpoint["id"]))
    found: dict[str, str] = {}
    for policy in policies:
        parameters = policy["properties"].get("parameters") or {}
        firewall = (parameters.get("wafPolicy") or {}).get("id")
        for association in parameters.get("associations") or ():
            # A policy for some paths leaves the others open.
            if firewall and "/*" in (association.get("patternsToMatch") or ()):
                found |= {
                    key(one["id"]): firewall
                    for one in association.get("domains") or ()
                    if one.get("isActive") is not False
                }
    if wanted - set(found):
        return None
    return found[min(wanted)]
