"""The security groups that a template puts before subnets and interfaces, and whom they let in.

One that is not part of the template, or that is not known to stand there, lets in an unknown part:
it opens nothing, and another group that is closed stays so.
"""

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

Named = list[Any]
"""The values that name the groups before something, and an Unknown for each that may stand there
too."""
Groups = list[list[Rule]] | Unknown
"""The rules of the groups that traffic passes, one group after the other; Unknown where what they
stand before is not known itself."""

_NO_SUBNET = Unknown("the subnet is not part of this template")
_NO_GROUP = Unknown("a security group is not part of this template")
_MEMBERS = Unknown("which machines are in an application security group is not read")


def of_subnet(value: Any, project: Project) -> Named:
    """The groups of a subnet, given what names it."""
    subnet = target_of(project, value, SUBNET)
    if subnet is None:
        return [value if isinstance(value, Unknown) else _NO_SUBNET]
    links = joined(project, subnet, "subnet_id", SUBNET_GROUP)
    named = [link.get("network_security_group_id") for link in links.blocks]
    if subnet.values.get("network_security_group_id_wo") is not None:
        named.append(subnet.get("network_security_group_id_wo"))
    return [*named, links.doubt] if links.doubt else named


def of_interface(nic: Block, project: Project) -> Named:
    """The groups of an interface's own."""
    links = joined(project, nic, "network_interface_id", NIC_GROUP)
    named = [link.get("network_security_group_id") for link in links.blocks]
    return [*named, links.doubt] if links.doubt else named


def rules_before(named: Iterable[Any], project: Project) -> list[list[Rule]]:
    """The rules of each group."""
    found = (_rules(value, project) for value in named)
    return [_open(one) if isinstance(one, Unknown) else one for one in found]


def before_subnet(value: Any, project: Project) -> list[list[Rule]]:
    """The rules of the groups of a subnet, given what names it."""
    return rules_before(of_subnet(value, project), project)


def ids_of(named: Iterable[Any], project: Project) -> list[str] | Unknown:
    """The ids of the groups that surely stand there; why none is known where others may."""
    found: list[str] = []
    doubt: Unknown | None = None
    for value in named:
        group = target_of(project, value, GROUP)
        if group:
            found.append(f"{group.source.uri}#{group.address}")
        else:
            doubt = doubt or (value if isinstance(value, Unknown) else _NO_GROUP)
    return list(dict.fromkeys(found)) or doubt or []


def sources(each: Iterable[Groups], transports: tuple[str, ...], port: int) -> list[str] | Unknown:
    """Who reaches a port of one of several, given the groups before each: everybody where one lets
    in everybody, otherwise whom they let in."""
    found = [reaching(groups, Target(address=None), transports, port) for groups in each]
    known = [one for one in found if isinstance(one, list)]
    if EVERYWHERE in known:
        return list(EVERYWHERE)
    return also(None, *found) or sorted({range_ for one in known for range_ in one})


def _rules(value: Any, project: Project) -> list[Rule] | Unknown:
    group = target_of(project, value, GROUP)
    if group is None:
        return value if isinstance(value, Unknown) else _NO_GROUP
    rules = rules_of(group, project)
    doubt = rules if isinstance(rules, Unknown) else also(None, *rules)
    if doubt or isinstance(rules, Unknown):
        return doubt or []
    return [_to_this_one(rule) for rule in rules]


def _open(reason: Unknown) -> list[Rule]:
    """A group of which nothing is known: one rule that may be any."""
    return [
        Rule(
            direction=reason,
            action=reason,
            protocol=reason,
            from_port=reason,
            to_port=reason,
            sources=reason,
            destinations=reason,
        )
    ]


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
