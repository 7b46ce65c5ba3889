"""Whether anybody can invoke a site of App Service without signing in. Pure.

What stands in the way: the public endpoint is off, a list of addresses, sign-in by App Service, and
for functions their keys. Whether a web app asks for a sign-in of its own is not for Azure to know,
nor is whether a site checks client certificates, of which App Service takes any and hands it on
("Set up TLS mutual authentication").
"""

from __future__ import annotations

from typing import Any

from collectors.addresses import networks, opens_to_internet
from collectors.document import Unknown, then
from collectors.facts.shared import Exposure
from collectors.logic import Known, every, negated, some

Item = dict[str, Any]

_CERTIFICATE = Unknown("whether the app checks the client certificates that it gets is not known")
_REFUSALS = ("redirecttologinpage", "return401", "return403")


def exposure_of(
    site: Item | Unknown,
    configuration: Item | Unknown,
    sign_in: Item | Unknown,
    functions: list[Item] | Unknown | None,
) -> Exposure:
    """The exposure of a site. `functions` is null for a web app."""
    closed = then(site, _closed)
    public = every(
        [
            negated(closed),
            then(configuration, lets_anybody_in),
            negated(then(sign_in, asks_for_sign_in)),
            _invoked_by_anybody(functions),
            then(site, lambda it: _CERTIFICATE if _requires_certificate(it) else True),
        ]
    )
    if isinstance(public, Unknown):
        return Exposure.unread(public)
    return Exposure(public=public, via=["endpoint"] if public else [])


def _closed(site: Item) -> bool:
    return str(site.get("publicNetworkAccess")).lower() == "disabled"


def _requires_certificate(site: Item) -> bool:
    return (
        site.get("clientCertEnabled") is True
        and str(site.get("clientCertMode")).lower() == "required"
        and not site.get("clientCertExclusionPaths")
    )


def lets_anybody_in(configuration: Item) -> Known:
    """Whether the list of addresses lets anybody in. The first rule that matches decides; without
    any rule, and after `Allow all`, everybody is let in, after others nobody ("Set up Azure App
    Service access restrictions")."""
    if str(configuration.get("publicNetworkAccess")).lower() == "disabled":
        return False
    rules = configuration.get("ipSecurityRestrictions") or []
    for rule in sorted(rules, key=lambda one: one.get("priority") or 1 << 31):
        address, action = str(rule.get("ipAddress")), str(rule.get("action")).lower()
        wide = rule.get("vnetSubnetResourceId") is None and (
            address.lower() == "any" or opens_to_internet(networks(address)) is True
        )
        if not wide or rule.get("headers"):
            continue
        if action in ("allow", "deny"):
            return action == "allow"
        return Unknown("an access restriction of the site is not understood")
    default = str(configuration.get("ipSecurityRestrictionsDefaultAction")).lower()
    return not rules if default not in ("allow", "deny") else default == "allow"


def asks_for_sign_in(settings: Item) -> Known:
    """Whether App Service refuses or redirects whoever has not signed in."""
    platform = settings.get("platform") or {}
    validation = settings.get("globalValidation") or {}
    action = str(validation.get("unauthenticatedClientAction")).lower()
    required = validation.get("requireAuthentication")
    if platform.get("enabled") is not True or validation.get("excludedPaths"):
        return False
    if action == "allowanonymous" or required is False:
        return False
    if action in _REFUSALS or required is True:
        return True
    return Unknown("the site does not tell what happens without a sign-in")


def _invoked_by_anybody(functions: list[Item] | Unknown | None) -> Known:
    if functions is None:
        return Unknown("whether the web app asks for a sign-in of its own is not known")
    if isinstance(functions, Unknown):
        return functions
    return some(is_anonymous(one["properties"]) for one in functions)


def is_anonymous(function: Item) -> bool:
    """Whether a function has an HTTP trigger that asks for no key."""
    if function.get("isDisabled") is True:
        return False
    bindings = (function.get("config") or {}).get("bindings") or ()
    return any(
        str(one.get("type")).lower() == "httptrigger"
        and str(one.get("authLevel")).lower() == "anonymous"
        for one in bindings
    )
