"""Application gateways: load balancers of layer 7."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from collectors.azure.account import Account, Service
from collectors.azure.backends import (
    BACKEND_CALLS,
    backend_zones,
    configurations_behind,
)
from collectors.azure.diagnostic_settings import LOGGING_CALLS, logging_of
from collectors.azure.gateway_listeners import is_public, listeners_of
from collectors.azure.ground import read_ground, rules_before
from collectors.azure.inbound import EVERYWHERE, Target, reaching
from collectors.azure.locks import LIST_LOCKS, locked
from collectors.azure.network_calls import LIST_APPLICATION_GATEWAYS
from collectors.azure.resource_alarms import RESOURCE_ALARM_CALLS, alarms_on
from collectors.azure.web_firewalls import LIST_GATEWAY_POLICIES, waf_of
from collectors.document import Document, Unknown
from collectors.facts.network import LoadBalancer

NATIVE = "Microsoft.Network/applicationGateways"
Item = dict[str, Any]


def application_gateways(account: Account) -> Iterable[Document]:
    """A document for each gateway."""
    gateways = account.resources(LIST_APPLICATION_GATEWAYS)
    if isinstance(gateways, Unknown):
        yield account.unlisted(LoadBalancer, gateways, native_type=NATIVE)
        return
    yield from (_document(account, gateway) for gateway in gateways)


def _document(account: Account, gateway: Item) -> Document:
    behind = configurations_behind(account, gateway)
    return account.document(
        LoadBalancer(
            scheme="public" if is_public(gateway) else "private",
            listeners=list(listeners_of(gateway, lambda port: _sources(account, gateway, port))),
            access_log=logging_of(account, gateway["id"], ("ApplicationGatewayAccessLog",)),
            waf=waf_of(gateway, account.resources(LIST_GATEWAY_POLICIES)),
            zones=_zones(gateway),
            backend_zones=backend_zones(account, behind),
            deletion_protection=locked(account, gateway["id"]),
            alarms=alarms_on(account, gateway["id"], NATIVE),
            bandwidth_mbps=None,
        ),
        gateway,
        native_type=NATIVE,
        native=_native(gateway),
    )


def _zones(gateway: Item) -> list[str] | Unknown:
    """The first generation knows no zones; what the second does without naming them is not told."""
    zones: list[str] = gateway.get("zones") or []
    tier = str((gateway["properties"].get("sku") or {}).get("tier")).lower()
    if zones or not tier.endswith("_v2"):
        return zones
    return Unknown("the application gateway does not tell its zones")


def _sources(account: Account, gateway: Item, port: int) -> list[str] | Unknown:
    """Who reaches a port: everybody, unless the security group of the gateway's subnet does not let
    everybody in."""
    ground = read_ground(account)
    found: list[str] = []
    for configuration in gateway["properties"].get("gatewayIPConfigurations") or ():
        rules = rules_before({"properties": {}}, configuration["properties"], ground)
        sources = reaching(rules, Target(address=None), ("tcp",), port)
        if isinstance(sources, Unknown):
            return sources
        found += sources
    return list(dict.fromkeys(found)) or list(EVERYWHERE)


def _native(gateway: Item) -> Item:
    """Without certificates and the rules that rewrite headers, which may hold secrets."""
    hidden = ("sslCertificates", "authenticationCertificates", "rewriteRuleSets")
    properties = {name: one for name, one in gateway["properties"].items() if name not in hidden}
    return {**gateway, "properties": properties}


SERVICE = Service(
    name="Application gateways",
    types=((LoadBalancer, NATIVE),),
    calls=(
        LIST_APPLICATION_GATEWAYS,
        LIST_GATEWAY_POLICIES,
        LIST_LOCKS,
        *BACKEND_CALLS,
        *LOGGING_CALLS,
        *RESOURCE_ALARM_CALLS,
    ),
    account=application_gateways,
)
