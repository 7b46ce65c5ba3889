"""Listeners of application gateways: ports, redirections, TLS policies. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Literal

from collectors.azure.ids import key
from collectors.document import Unknown
from collectors.facts.network import Listener
from collectors.facts.shared import Tls

Item = dict[str, Any]
Minimum = Literal["1.0", "1.1", "1.2", "1.3"]

# "Application Gateway SSL policy overview", predefined policies.
_PREDEFINED: dict[str, Minimum] = {
    "appgwsslpolicy20150501": "1.0",
    "appgwsslpolicy20170401": "1.1",
    "appgwsslpolicy20170401s": "1.2",
    "appgwsslpolicy20220101": "1.2",
    "appgwsslpolicy20220101s": "1.2",
}
_VERSIONS: dict[str, Minimum] = {
    "tlsv1_0": "1.0", "tlsv1_1": "1.1", "tlsv1_2": "1.2", "tlsv1_3": "1.3",
}  # fmt: skip
_UNTOLD = Unknown("the application gateway does not tell its TLS policy")


def listeners_of(
    gateway: Item, sources: Callable[[int], list[str] | Unknown]
) -> Iterator[Listener]:
    """The listeners of a gateway, of layer 7 and of layer 4 (proxies of TCP). `sources` tells who
    reaches a port of a public one; only the virtual network reaches one on a private address."""
    properties = gateway["properties"]
    ports = {
        key(one["id"]): one["properties"].get("port")
        for one in properties.get("frontendPorts") or ()
    }
    public = _public_fronts(properties)
    for listener in _all(properties):
        one = listener["properties"]
        port = ports.get(key((one.get("frontendPort") or {}).get("id", "")))
        protocol = str(one.get("protocol")).lower()
        known = protocol in ("http", "https", "tcp", "tls")
        secure = protocol in ("https", "tls")
        yield Listener(
            port=port if port is not None else Unknown("the listener does not tell its port"),
            protocol=protocol if known else Unknown(f"protocol {protocol!r} is not understood"),
            redirect_to_https=protocol == "http" and _redirects(properties, listener["id"]),
            tls=tls_of(properties, one) if secure else None,
            certificate_id=(one.get("sslCertificate") or {}).get("id"),
            source_ranges=_sources(port, _front(one) in public, sources),
        )


def _sources(
    port: int | None, public: bool, sources: Callable[[int], list[str] | Unknown]
) -> list[str] | Unknown:
    if port is None:
        return Unknown("the listener does not tell its port")
    return sources(port) if public else ["prefix-list:VirtualNetwork"]


def _all(properties: Item) -> list[Item]:
    return [*(properties.get("httpListeners") or ()), *(properties.get("listeners") or ())]


def _public_fronts(properties: Item) -> set[str]:
    return {
        key(one["id"])
        for one in properties.get("frontendIPConfigurations") or ()
        if one["properties"].get("publicIPAddress")
    }


def _front(listener: Item) -> str:
    return key(listener["frontendIPConfiguration"]["id"])


def is_public(gateway: Item) -> bool:
    """Whether a listener stands on a public address."""
    properties = gateway["properties"]
    used = {_front(one["properties"]) for one in _all(properties)}
    return bool(_public_fronts(properties) & used)


def tls_of(properties: Item, listener: Item) -> Tls:
    """The TLS policy of a listener: by its profile, of the gateway, or the gateway's default."""
    policy = _profile(properties, listener) or properties.get("sslPolicy") or {}
    name = policy.get("policyName") or properties.get("defaultPredefinedSslPolicy")
    kind = str(policy.get("policyType")).lower()
    return Tls(minimum=_minimum(policy, kind, name), required=True, policy=name or kind)


def _minimum(policy: Item, kind: str, name: str | None) -> Minimum | Unknown:
    if kind in ("custom", "customv2") or policy.get("minProtocolVersion"):
        return _VERSIONS.get(str(policy.get("minProtocolVersion")).lower(), _UNTOLD)
    if policy.get("disabledSslProtocols"):
        off = {str(one).lower() for one in policy["disabledSslProtocols"]}
        return next((one for text, one in _VERSIONS.items() if text not in off), _UNTOLD)
    return _PREDEFINED.get(str(name).lower(), _UNTOLD)


def _profile(properties: Item, listener: Item) -> Item | None:
    wanted = (listener.get("sslProfile") or {}).get("id")
    for profile in properties.get("sslProfiles") or ():
        if wanted and key(profile["id"]) == key(wanted):
            found: Item | None = profile["properties"].get("sslPolicy")
            return found
    return None


def _redirects(properties: Item, listener: str) -> bool:
    """Whether the rule of a listener sends everything to an HTTPS one."""
    redirections = {
        key(one["id"]): one["properties"] for one in properties.get("redirectConfigurations") or ()
    }
    secure = {
        key(one["id"])
        for one in properties.get("httpListeners") or ()
        if str(one["properties"].get("protocol")).lower() == "https"
    }
    rules = [
        one["properties"]
        for one in properties.get("requestRoutingRules") or ()
        if key((one["properties"].get("httpListener") or {}).get("id", "")) == key(listener)
    ]
    return bool(rules) and all(_to_https(rule, redirections, secure) for rule in rules)


def _to_https(rule: Item, redirections: dict[str, Item], secure: set[str]) -> bool:
    found = redirections.get(key((rule.get("redirectConfiguration") or {}).get("id", "")))
    if not found:
        return False
    target = key((found.get("targetListener") or {}).get("id", ""))
    return target in secure or str(found.get("targetUrl")).lower().startswith("https://")
