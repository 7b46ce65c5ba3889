"""azurerm_application_gateway."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from collectors.azure.gateway_listeners import tls_of
from collectors.document import Document, Unknown, also
from collectors.facts.network import Listener, LoadBalancer, Waf
from collectors.facts.shared import Tls
from collectors.iac.blocks import Block, Mapping, Project, nested, read
from collectors.iac.mappers.azurerm.diagnostics import LOGGING_TYPES, logging_of
from collectors.iac.mappers.azurerm.gateways import zones_of
from collectors.iac.mappers.azurerm.ground import GROUND_TYPES, before_subnet, sources
from collectors.iac.mappers.azurerm.shared import LOCK, azure_document, locked
from collectors.iac.mappers.azurerm.watching import WATCHING, alarms_on
from collectors.iac.mappers.azurerm.web_firewall import GATEWAY, POLICY, own_firewall, waf_of
from collectors.iac.mappers.joins import given, items
from collectors.logic import Known, every, some

_PROTOCOLS = ("http", "https", "tcp", "tls")
_INSIDE = "prefix-list:VirtualNetwork"
_NO_ZONES = Unknown("the application gateway does not tell its zones")
_BEHIND = Unknown("the machines behind an application gateway are not read of templates")
_NO_PORT = Unknown("the listener does not tell its port")
_NO_FRONT = Unknown("the listener does not tell its frontend")
_DEFAULT_TLS = Unknown("without ssl_policy the version of the API decides which TLS is accepted")
_POLICY = {
    "policy_type": "policyType",
    "policy_name": "policyName",
    "min_protocol_version": "minProtocolVersion",
}
Values = dict[str, Any]


def map_gateway(block: Block, project: Project) -> Iterator[Document]:
    """A gateway, and the web application firewall that it is itself."""
    listeners = _all(block)
    facts = LoadBalancer(
        scheme=_scheme(block, listeners),
        listeners=_listeners(block, project, listeners),
        access_log=logging_of(block, project, ("ApplicationGatewayAccessLog",)),
        waf=waf_of(block, project),
        zones=_zones(block),
        backend_zones=_BEHIND,
        deletion_protection=locked(block, project),
        alarms=alarms_on(block, project),
        bandwidth_mbps=None,
    )
    yield azure_document(block, project, facts)
    own = own_firewall(block, project)
    if own:
        part = msgspec.structs.replace(block, address=f"{block.address}/waf_configuration")
        yield azure_document(part, project, own)


def _all(block: Block) -> list[Values] | Unknown:
    """Listeners of layer 7, and of layer 4."""
    found: list[Values] = []
    for argument in ("http_listener", "listener"):
        listed = nested(block.values, argument)
        if isinstance(listed, Unknown):
            return listed
        found += listed
    return found


def _named(block: Block, argument: str, name: Any) -> Values | Unknown | None:
    """The nested block of a name; Unknown where it may be there."""
    listed = nested(block.values, argument)
    if isinstance(listed, Unknown) or isinstance(name, Unknown):
        return also(listed, name)
    names = [read(each, "name", str, Unknown("a block has no name")) for each in listed]
    found = next((each for each, own in zip(listed, names, strict=True) if own == name), None)
    return found if found is not None else also(None, *names)


def _front(block: Block, listener: Values) -> Known:
    """Whether a listener stands on a public address."""
    name = read(listener, "frontend_ip_configuration_name", str, _NO_FRONT)
    front = _named(block, "frontend_ip_configuration", name)
    if not isinstance(front, dict):
        return front or _NO_FRONT
    return given(front, "public_ip_address_id")


def _scheme(block: Block, listeners: list[Values] | Unknown) -> Any:
    if isinstance(listeners, Unknown):
        return listeners
    public = some(_front(block, each) for each in listeners)
    return public if isinstance(public, Unknown) else "public" if public else "private"


def _listeners(block: Block, project: Project, listeners: list[Values] | Unknown) -> Any:
    if isinstance(listeners, Unknown):
        return listeners
    return [_listener(block, project, each, listeners) for each in listeners]


def _listener(block: Block, project: Project, values: Values, others: list[Values]) -> Listener:
    text = read(values, "protocol", str, Unknown("the listener does not tell its protocol"))
    protocol: Any = text if isinstance(text, Unknown) else text.lower()
    if isinstance(protocol, str) and protocol not in _PROTOCOLS:
        protocol = Unknown(f"protocol {protocol!r} is not understood")
    name = read(values, "frontend_port_name", str, _NO_PORT)
    found = _named(block, "frontend_port", name)
    port = read(found, "port", int, _NO_PORT) if isinstance(found, dict) else found or _NO_PORT
    secure = protocol in ("https", "tls")
    doubt = protocol if isinstance(protocol, Unknown) else None
    return Listener(
        port=port,
        protocol=protocol,
        redirect_to_https=doubt or (protocol == "http" and _redirects(block, values, others)),
        tls=doubt or (_tls(block, values) if secure else None),
        certificate_id=read(values, "ssl_certificate_name", str, None),
        source_ranges=_sources(block, project, port, _front(block, values)),
    )


def _tls(block: Block, listener: Values) -> Tls:
    """The TLS policy of a listener: by its profile, of the gateway, or a default."""
    holder: Any = block.values
    if listener.get("ssl_profile_name") is not None:
        name = read(listener, "ssl_profile_name", str, _DEFAULT_TLS)
        profile = _named(block, "ssl_profile", name)
        if not isinstance(profile, dict):
            return _unknown_tls(profile or Unknown("the profile of the listener is missing"))
        if profile.get("ssl_policy"):
            holder = profile
    policies = nested(holder, "ssl_policy")
    if isinstance(policies, Unknown):
        return _unknown_tls(policies)
    if not policies:
        return _unknown_tls(_DEFAULT_TLS)
    policy: Values = {new: read(policies[0], old, str, "") for old, new in _POLICY.items()}
    off = items(policies[0], "disabled_protocols")
    policy["disabledSslProtocols"] = off
    listed = off if isinstance(off, list) else []
    doubt = also(*policy.values(), *listed)
    return _unknown_tls(doubt) if doubt else tls_of({"sslPolicy": policy}, {})


def _unknown_tls(reason: Unknown) -> Tls:
    return Tls(minimum=reason, required=True, policy=reason)


def _redirects(block: Block, listener: Values, others: list[Values]) -> Known:
    """Whether the rules of a listener send everything to an HTTPS one."""
    rules = nested(block.values, "request_routing_rule")
    own = listener.get("name")
    if isinstance(rules, Unknown) or isinstance(own, Unknown):
        return also(rules, own) or False
    doubts = [name for each in rules if isinstance(name := each.get("http_listener_name"), Unknown)]
    mine = [each for each in rules if each.get("http_listener_name") == own]
    if not mine:
        return doubts[0] if doubts else False
    return every([*(_to_https(block, rule, others) for rule in mine), *doubts])


def _to_https(block: Block, rule: Values, listeners: list[Values]) -> Known:
    if rule.get("redirect_configuration_name") is None:
        return False
    name = read(rule, "redirect_configuration_name", str, _NO_PORT)
    found = _named(block, "redirect_configuration", name)
    if not isinstance(found, dict):
        return found or False
    url = read(found, "target_url", str, "")
    target = read(found, "target_listener_name", str, "")
    if isinstance(url, Unknown) or isinstance(target, Unknown):
        return also(url, target) or False
    if url.lower().startswith("https://"):
        return True
    to = next((each for each in listeners if each.get("name") == target), None)
    if to is None:
        return False
    protocol = read(to, "protocol", str, "")
    return protocol if isinstance(protocol, Unknown) else protocol.lower() == "https"


def _sources(block: Block, project: Project, port: Any, public: Known) -> list[str] | Unknown:
    """Who reaches a port: everybody, unless the security group of the gateway's subnet does not let
    everybody in; only the virtual network where the listener is not on a public address."""
    if isinstance(port, Unknown) or isinstance(public, Unknown):
        return also(port, public) or []
    if not public:
        return [_INSIDE]
    configurations = nested(block.values, "gateway_ip_configuration")
    if isinstance(configurations, Unknown):
        return configurations
    groups = [before_subnet(each.get("subnet_id"), project) for each in configurations]
    return sources(groups or [[]], ("tcp",), port)


def _zones(block: Block) -> list[str] | Unknown:
    """The first generation knows no zones; what the second does without naming them is not told."""
    zones = zones_of(block.values)
    if zones or isinstance(zones, Unknown):
        return zones
    skus = nested(block.values, "sku")
    if isinstance(skus, Unknown):
        return skus
    tier = read(skus[0], "tier", str, _NO_ZONES) if skus else _NO_ZONES
    if isinstance(tier, Unknown):
        return tier
    return _NO_ZONES if tier.lower().endswith("_v2") else []


MAPPINGS = [
    Mapping(
        types=(GATEWAY,),
        facts=LoadBalancer,
        also=(Waf,),
        map=map_gateway,
        joined=(POLICY, LOCK, *WATCHING, *GROUND_TYPES, *LOGGING_TYPES),
    )
]
