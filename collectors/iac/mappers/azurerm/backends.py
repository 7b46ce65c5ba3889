"""The machines that a template puts behind the load balancers of layer 4."""

from __future__ import annotations

from typing import Any, NamedTuple

from collectors.document import Unknown
from collectors.facts.shared import Rule
from collectors.iac.blocks import Block, Project, nested
from collectors.iac.mappers.azurerm.gateways import zones_of
from collectors.iac.mappers.azurerm.ground import (
    Groups,
    Named,
    of_interface,
    of_subnet,
    rules_before,
)
from collectors.iac.mappers.azurerm.machine_system import MACHINES, zone_of
from collectors.iac.mappers.azurerm.placement import NIC, SETS
from collectors.iac.mappers.joins import joined, points_to, target_of
from collectors.iac.mappers.named_within import values_at

BALANCER, POOL = "azurerm_lb", "azurerm_lb_backend_address_pool"
RULE, NAT_RULE, NAT_POOL = "azurerm_lb_rule", "azurerm_lb_nat_rule", "azurerm_lb_nat_pool"
POOL_LINK = "azurerm_network_interface_backend_address_pool_association"
NAT_LINK = "azurerm_network_interface_nat_rule_association"
POOL_ADDRESS = "azurerm_lb_backend_address_pool_address"
BACKEND_TYPES = (POOL, POOL_LINK, NAT_LINK, POOL_ADDRESS, NIC)
"""The types that are joined here."""

_SET_POOLS = ("load_balancer_backend_address_pool_ids", "load_balancer_inbound_nat_rules_ids")
BY_ADDRESS = Unknown("the load balancer names machines by their addresses")
_NO_ZONE = Unknown("a machine behind it names no availability zone")
_NO_MACHINE = Unknown("an interface behind it is of no machine")
_NOBODY = Unknown("nothing in this template stands behind the load balancer")


class Behind(NamedTuple):
    """The interfaces and scale sets that stand behind something; `doubt` is set where more may."""

    interfaces: list[Block]
    sets: list[Block]
    doubt: Unknown | None


def behind(target: Block, project: Project) -> Behind:
    """What stands in a pool, or what a NAT rule leads to."""
    links = (
        joined(project, target, "backend_address_pool_id", POOL_LINK),
        joined(project, target, "nat_rule_id", NAT_LINK),
    )
    doubt = links[0].doubt or links[1].doubt
    interfaces: list[Block] = []
    for link in (*links[0].blocks, *links[1].blocks):
        nic = target_of(project, link.get("network_interface_id"), NIC)
        if nic is None:
            doubt = doubt or Unknown("a network interface is not part of this template")
        else:
            interfaces.append(nic)
    if joined(project, target, "backend_address_pool_id", POOL_ADDRESS).blocks:
        doubt = doubt or BY_ADDRESS
    return Behind(interfaces, _sets(target, project), doubt)


def _sets(target: Block, project: Project) -> list[Block]:
    return [
        each
        for kind in SETS
        for each in project.each_of(kind)
        if any(
            points_to(project, value, target)
            for name in _SET_POOLS
            for value in values_at(each.values, ("network_interface", "ip_configuration", name))
        )
    ]


def merged(each: list[Behind]) -> Behind:
    """What stands behind several, each once."""
    interfaces = {one.address: one for found in each for one in found.interfaces}
    sets = {one.address: one for found in each for one in found.sets}
    doubt = next((found.doubt for found in each if found.doubt), None)
    return Behind(list(interfaces.values()), list(sets.values()), doubt)


def groups_before(found: Behind, project: Project) -> list[Groups]:
    """The security groups before each of them; what may stand there too as an Unknown."""
    groups: list[Groups] = [before_nic(nic, project) for nic in found.interfaces]
    for one in found.sets:
        interfaces = nested(one.values, "network_interface")
        listed = interfaces if isinstance(interfaces, list) else []
        groups += [before_planned(each, project) for each in listed]
        groups += [interfaces] if isinstance(interfaces, Unknown) else []
    if found.doubt or not groups:
        groups.append(found.doubt or _NOBODY)
    return groups


def named_before_nic(nic: Block, project: Project) -> Named:
    """What names the groups of an interface, and of the subnet that it stands in."""
    return [*of_interface(nic, project), *_of_subnets(nic.values, project)]


def before_nic(nic: Block, project: Project) -> list[list[Rule]]:
    """The rules of the groups of an interface, and of the subnet that it stands in."""
    return rules_before(named_before_nic(nic, project), project)


def named_before_planned(interface: dict[str, Any], project: Project) -> Named:
    """What names the groups before an interface of a scale set's model."""
    own = interface.get("network_security_group_id")
    return [*([] if own is None else [own]), *_of_subnets(interface, project)]


def before_planned(interface: dict[str, Any], project: Project) -> list[list[Rule]]:
    """The rules of the groups before an interface of a scale set's model."""
    return rules_before(named_before_planned(interface, project), project)


def _of_subnets(interface: dict[str, Any], project: Project) -> Named:
    """Of the subnet of an interface: all its configurations are in the same one."""
    configurations = nested(interface, "ip_configuration")
    if isinstance(configurations, Unknown):
        return [configurations]
    named = [value for each in configurations if (value := each.get("subnet_id")) is not None]
    return of_subnet(named[0], project) if named else []


def zones_behind(found: Behind, project: Project) -> list[str] | Unknown:
    """The zones of the machines; one that stands in none in particular makes them unknown."""
    zones: set[str] = set()
    for nic in found.interfaces:
        machines = joined(project, nic, "network_interface_ids", *MACHINES).blocks
        if not machines:
            return _NO_MACHINE
        zone = zone_of(machines[0], _NO_ZONE)
        if isinstance(zone, Unknown):
            return zone
        zones.add(zone)
    for one in found.sets:
        named = zones_of(one.values)
        if isinstance(named, Unknown):
            return named
        if not named:
            return _NO_ZONE
        zones |= set(named)
    return found.doubt or sorted(zones) or _NOBODY
