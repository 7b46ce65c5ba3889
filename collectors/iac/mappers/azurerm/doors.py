"""The ways from the internet to a machine by an address of its own or a load balancer's rules, past
the security groups before it: joined as `collectors.azure.reachability` does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from collectors.azure.balancer_rules import BALANCED, MAPPED, SIGN_IN
from collectors.azure.inbound import Target, lets_internet_in, lets_internet_in_at
from collectors.document import Unknown, also
from collectors.facts.shared import Exposure, Rule
from collectors.iac.blocks import Block, Project, nested, read
from collectors.iac.mappers.azurerm.backends import (
    BALANCER,
    BY_ADDRESS,
    NAT_LINK,
    NAT_POOL,
    NAT_RULE,
    POOL,
    POOL_ADDRESS,
    POOL_LINK,
    RULE,
)
from collectors.iac.mappers.azurerm.ground import Groups
from collectors.iac.mappers.azurerm.shared import ADDRESS
from collectors.iac.mappers.joins import given, joined, target_of
from collectors.logic import Known, every, some

DOOR_TYPES = (
    BALANCER, POOL, POOL_LINK, POOL_ADDRESS, RULE, NAT_RULE, NAT_POOL, NAT_LINK, ADDRESS,
)  # fmt: skip
"""The types that are joined here."""

OWN = "public-ip+firewall"

_NO_GROUP = Unknown("a public address, and no security group of this template")
_AWAY = Unknown("a load balancer before the machine is not part of this template")
_NO_PROTOCOL = Unknown("the load balancer's rule does not tell its protocol")
_NO_PORT = Unknown("the rule does not tell its port behind")
_NO_SKU = Unknown("the public address does not tell its SKU")
_TRANSPORTS = {"tcp": ("tcp",), "udp": ("udp",), "all": ("tcp", "udp")}
_SKUS = {"basic": True, "standard": False, "standardv2": False}


class Door(NamedTuple):
    """A way in, by which kind of rule, and whether it is open."""

    via: str
    open: Known


def doors_of_interface(nic: Block, groups: Groups, project: Project) -> list[Door]:
    """The ways to an interface, given the groups before it."""
    links = joined(project, nic, "network_interface_id", POOL_LINK, NAT_LINK)
    named = [
        link.get("backend_address_pool_id" if link.type == POOL_LINK else "nat_rule_id")
        for link in links.blocks
    ]
    found = doors_to(named, groups, project)
    loose = BY_ADDRESS if project.of_type(POOL_ADDRESS) else None
    doubt = links.doubt or loose
    return [*found, Door(MAPPED, doubt)] if doubt else found


def doors_to(named: Iterable[Any], groups: Groups, project: Project) -> list[Door]:
    """The ways by pools and rules, given what names them."""
    found: list[Door] = []
    for value in named:
        target = target_of(project, value, POOL, RULE, NAT_RULE, NAT_POOL)
        if target is None:
            found.append(Door(MAPPED, value if isinstance(value, Unknown) else _AWAY))
        elif target.type == POOL:
            found += _of_pool(target, groups, project)
        else:
            found.append(_of_rule(target, groups, project))
    return found


def _of_pool(pool: Block, groups: Groups, project: Project) -> Iterator[Door]:
    for argument, kinds in (
        ("backend_address_pool_ids", (RULE,)),
        ("backend_address_pool_id", (RULE, NAT_RULE)),
    ):
        rules = joined(project, pool, argument, *kinds)
        for rule in rules.blocks:
            yield _of_rule(rule, groups, project)
        if rules.doubt:
            yield Door(MAPPED, rules.doubt)


def _of_rule(rule: Block, groups: Groups, project: Project) -> Door:
    port = rule.read("backend_port", int, _NO_PORT)
    balanced = rule.type == RULE and isinstance(port, int) and port not in SIGN_IN
    balancer = target_of(project, rule.get("loadbalancer_id"), BALANCER)
    if balancer is None:
        return Door(BALANCED if balanced else MAPPED, _AWAY)
    front = _front(balancer, rule)
    public = front if isinstance(front, Unknown) else _is_public(front)
    return Door(
        BALANCED if balanced else MAPPED,
        every([public, _passes(rule, port, groups, front, project)]),
    )


def _front(balancer: Block, rule: Block) -> list[dict[str, Any]] | Unknown:
    """The frontend of a rule; all of the balancer's where the rule does not tell."""
    fronts = nested(balancer.values, "frontend_ip_configuration")
    name = rule.read("frontend_ip_configuration_name", str, "")
    if isinstance(fronts, Unknown) or isinstance(name, Unknown):
        return fronts
    return [each for each in fronts if each.get("name") == name] or fronts


def _is_public(fronts: list[dict[str, Any]]) -> Known:
    return some(given(each, "public_ip_address_id", "public_ip_prefix_id") for each in fronts)


def _passes(
    rule: Block, port: int | Unknown, groups: Groups, fronts: Any, project: Project
) -> Known:
    text = rule.read("protocol", str, _NO_PROTOCOL)
    known = text if isinstance(text, Unknown) else _TRANSPORTS.get(text.lower(), _NO_PROTOCOL)
    if isinstance(groups, Unknown) or isinstance(known, Unknown) or isinstance(port, Unknown):
        return also(groups, known, port) or False
    if not groups:
        return some(_without_groups(each, project) for each in fronts)
    if port == 0:
        return lets_internet_in(groups, Target(address=None))
    return lets_internet_in_at(groups, Target(address=None), known, port)


def _without_groups(front: dict[str, Any], project: Project) -> Known:
    """Without any group an address of the Standard SKU lets nothing in and one of the Basic SKU
    everything ("Public IP addresses")."""
    address = target_of(project, front.get("public_ip_address_id"), ADDRESS)
    sku = read(address.values, "sku", str, _NO_SKU) if address else _NO_SKU
    return sku if isinstance(sku, Unknown) else _SKUS.get(sku.lower(), _NO_SKU)


def own_door(has: Known, groups: list[list[Rule]], inside: Target) -> Door:
    """The way by a public address of a machine's own, if it has one, past all groups before it."""
    return Door(OWN, every([lets_internet_in(groups, inside) if groups else _NO_GROUP, has]))


def exposed(doors: list[Door]) -> Exposure:
    """Public where a way is open."""
    public = some(door.open for door in doors)
    if isinstance(public, Unknown):
        return Exposure.unread(public)
    return Exposure(public=public, via=sorted({door.via for door in doors if door.open is True}))
