"""azurerm_lb with its rules. Load balancers of layer 4 keep no access log, take no certificates and
filter nothing: the security groups of the machines behind them do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.document import Document, Unknown, also
from collectors.facts.network import Listener, LoadBalancer
from collectors.facts.shared import Logging
from collectors.iac.blocks import Block, Mapping, PartOf, Project, nested
from collectors.iac.mappers.azurerm.backends import (
    BACKEND_TYPES,
    BALANCER,
    NAT_POOL,
    NAT_RULE,
    POOL,
    RULE,
    Behind,
    behind,
    groups_before,
    merged,
    zones_behind,
)
from collectors.iac.mappers.azurerm.gateways import zones_of
from collectors.iac.mappers.azurerm.ground import GROUND_TYPES, sources
from collectors.iac.mappers.azurerm.shared import ADDRESS, LOCK, azure_document, locked
from collectors.iac.mappers.azurerm.watching import WATCHING, alarms_on
from collectors.iac.mappers.joins import given, items, joined, target_of
from collectors.logic import Known, some

_INSIDE = "prefix-list:VirtualNetwork"
_PROTOCOLS = {"tcp": "tcp", "udp": "udp", "all": "tcp_udp"}
_TRANSPORTS = {"tcp": ("tcp",), "udp": ("udp",), "tcp_udp": ("tcp", "udp")}
_NO_PROTOCOL = Unknown("the load balancer's rule does not tell its protocol")
_ALL_PORTS = Unknown("the load balancer's rule is for all ports")
_NO_ZONES = Unknown("a frontend does not tell its zones")
_NO_POOL = Unknown("the pool of the rule is not part of this template")


def map_balancer(block: Block, project: Project) -> Iterator[Document]:
    """A load balancer with its balancing rules and NAT rules."""
    fronts = nested(block.values, "frontend_ip_configuration")
    public = _public(fronts)
    pools = joined(project, block, "loadbalancer_id", POOL)
    every_pool = merged([behind(each, project) for each in pools.blocks])
    facts = LoadBalancer(
        scheme=public if isinstance(public, Unknown) else "public" if public else "private",
        listeners=_listeners(block, project, public),
        access_log=Logging.off(),
        waf=None,
        zones=_zones(block, fronts, project),
        backend_zones=pools.doubt or zones_behind(every_pool, project),
        deletion_protection=locked(block, project),
        alarms=alarms_on(block, project),
        bandwidth_mbps=None,
    )
    yield azure_document(block, project, facts)


def _public(fronts: list[dict[str, Any]] | Unknown) -> Known:
    if isinstance(fronts, Unknown):
        return fronts
    return some(given(each, "public_ip_address_id", "public_ip_prefix_id") for each in fronts)


def _listeners(block: Block, project: Project, public: Known) -> list[Listener]:
    found = joined(project, block, "loadbalancer_id", RULE, NAT_RULE, NAT_POOL)
    listeners: list[Any] = [_listener(rule, project, public) for rule in found.blocks]
    return listeners + ([found.doubt] if found.doubt else [])


def _listener(rule: Block, project: Project, public: Known) -> Listener:
    text = rule.read("protocol", str, _NO_PROTOCOL)
    known = text if isinstance(text, Unknown) else _PROTOCOLS.get(text.lower(), _NO_PROTOCOL)
    # A rule for many machines has a range of ports, of which the first stands for all.
    ranged = rule.values.get("frontend_port_start") is not None
    port = rule.read("frontend_port_start" if ranged else "frontend_port", int, _ALL_PORTS)
    inside = rule.read("backend_port", int, Unknown("the rule does not tell its port behind"))
    doubt = also(known, port, inside, public)
    ranges: Any = doubt
    if doubt is None:
        # Port 0 of protocol All: a rule for all ports, of internal load balancers alone.
        ranges = _ALL_PORTS if port == 0 else [_INSIDE]
        if public is True and port != 0:
            members = _members(rule, project)
            groups = groups_before(members, project)
            ranges = sources(groups, _TRANSPORTS[str(known)], int(str(inside)))
    return Listener(
        port=_ALL_PORTS if port == 0 else port,
        protocol=known,
        redirect_to_https=False,
        tls=None,
        certificate_id=None,
        source_ranges=ranges,
    )


def _members(rule: Block, project: Project) -> Behind:
    """What a rule leads to: pools, or for a NAT rule what is bound to it."""
    named = [
        value
        for argument in ("backend_address_pool_ids", "backend_address_pool_id")
        for value in _each(items(rule.values, argument))
    ]
    found = [behind(rule, project)]
    for value in named:
        pool = target_of(project, value, POOL)
        away = value if isinstance(value, Unknown) else _NO_POOL
        found.append(behind(pool, project) if pool else Behind([], [], away))
    return merged(found)


def _each(values: list[Any] | Unknown) -> list[Any]:
    return [values] if isinstance(values, Unknown) else values


def _zones(
    block: Block, fronts: list[dict[str, Any]] | Unknown, project: Project
) -> list[str] | Unknown:
    """The zones of the frontends: their own, or those of their public addresses. Those of the Basic
    SKU stand in none in particular; what the others do without naming zones is not told."""
    sku = block.read("sku", str, "")
    if isinstance(sku, Unknown) or isinstance(fronts, Unknown):
        return also(sku, fronts) or _NO_ZONES
    if sku.lower() == "basic":
        return []
    found: set[str] = set()
    for front in fronts:
        zones = zones_of(front)
        if zones == []:
            address = target_of(project, front.get("public_ip_address_id"), ADDRESS)
            zones = zones_of(address.values) if address else _NO_ZONES
        if isinstance(zones, Unknown) or not zones:
            return zones or _NO_ZONES
        found.update(zones)
    return sorted(found) or _NO_ZONES


MAPPINGS = [
    Mapping(
        types=(BALANCER,),
        facts=LoadBalancer,
        map=map_balancer,
        joined=(RULE, NAT_RULE, NAT_POOL, LOCK, *WATCHING, *BACKEND_TYPES, *GROUND_TYPES),
    )
]

PART_OF = {
    "azurerm_lb_nat_pool": PartOf("azurerm_lb", ("loadbalancer_id",)),
    "azurerm_lb_nat_rule": PartOf("azurerm_lb", ("loadbalancer_id",)),
    "azurerm_lb_rule": PartOf("azurerm_lb", ("loadbalancer_id",)),
}

LINK_TYPES = frozenset(
    {
        "azurerm_lb_backend_address_pool_address",
        "azurerm_network_interface_backend_address_pool_association",
        "azurerm_network_interface_nat_rule_association",
    }
)
