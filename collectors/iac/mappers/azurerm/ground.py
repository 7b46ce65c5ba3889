"""The security groups that a template puts before subnets and interfaces, and whom they let in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from collectors.azure.inbound import EVERYWHERE, Target, reaching
from collectors.document import Unknown, also
from collectors.facts.shared import Rule
from collectors.iac.blocks import Block, Project
from collectors.iac.mappers.azurerm.firewall import GROUP, rules_of
from collectors.iac.mappers.azurerm.subnet import SUBNET
from collectors.iac.mappers.joins import joined, target_of

SUBNET_GROUP = "azurerm_subnet_network_security_group_association"
NIC_GROUP = "azurerm_network_interface_security_group_association"
GROUND_TYPES = (SUBNET, SUBNET_GROUP, NIC_GROUP, GROUP)
"""The types that are joined here."""

Groups = list[list[Rule]] | Unknown
_NO_SUBNET = Unknown("the subnet is not part of this template")
_NO_GROUP = Unknown("a security group is not part of this template")
_MEMBERS = Unknown("which machines are in an application security group is not read")


def before_subnet(value: Any, project: Project) -> Groups:
    """The rules of the groups of a subnet, given what names it."""
    subnet = target_of(project, value, SUBNET)
    if subnet is None:
        return value if isinstance(value, Unknown) else _NO_SUBNET
    links = joined(project, subnet, "subnet_id", SUBNET_GROUP)
    named = [link.get("network_security_group_id") for link in links.blocks]
    if subnet.values.get("network_security_group_id_wo") is not None:
        named.append(subnet.get("network_security_group_id_wo"))
    return links.doubt or _rules(named, project)


def before_interface(nic: Block, project: Project) -> Groups:
    """The rules of the groups of an interface's own."""
    links = joined(project, nic, "network_interface_id", NIC_GROUP)
    return links.doubt or _rules(
        [link.get("network_security_group_id") for link in links.blocks], project
    )


def together(parts: Iterable[Groups]) -> Groups:
    """The groups that traffic passes one after the other."""
    found: list[list[Rule]] = []
    for groups in parts:
        if isinstance(groups, Unknown):
            return groups
        found += groups
    return found


def sources(each: Iterable[Groups], transports: tuple[str, ...], port: int) -> list[str] | Unknown:
    """Who reaches a port of one of several, given the groups before each: everybody where one lets
    in everybody, otherwise whom they let in."""
    found = [reaching(groups, Target(address=None), transports, port) for groups in each]
    known = [one for one in found if isinstance(one, list)]
    if EVERYWHERE in known:
        return list(EVERYWHERE)
    return also(None, *found) or sorted({range_ for one in known for range_ in one})


def by_id(value: Any, project: Project) -> Groups:
    """The rules of a group that something names."""
    return _rules([value], project)


def _rules(named: list[Any], project: Project) -> Groups:
    found: list[list[Rule]] = []
    for value in named:
        group = target_of(project, value, GROUP)
        if group is None:
            return value if isinstance(value, Unknown) else _NO_GROUP
        rules = rules_of(group, project)
        doubt = rules if isinstance(rules, Unknown) else also(None, *rules)
        if doubt or isinstance(rules, Unknown):
            return doubt or []
        found.append([_to_this_one(rule) for rule in rules])
    return found


def _to_this_one(rule: Rule) -> Rule:
    """A rule for an application security group may be for the machine: who is in one is not
    read."""
    if isinstance(rule.destinations, Unknown):
        return rule
    told: list[Any] = [
        _MEMBERS if isinstance(each, str) and each.startswith("group:") else each
        for each in rule.destinations
    ]
    return msgspec.structs.replace(rule, destinations=told)
