"""What gateways of templates share: the prefixes that routes send to one, the firewalls at hand."""

from __future__ import annotations

from typing import Any, cast

from collectors.aws.gateways import UNGUARDED, Guard
from collectors.document import Unknown
from collectors.iac.accounts import choice_of, named
from collectors.iac.blocks import Block, Project, nested, read
from collectors.iac.mappers.aws.network import DEFAULT_TABLE, ROUTE, TABLE, VPCS
from collectors.iac.mappers.joins import joined, points_to, target_of

FIREWALL = "aws_networkfirewall_firewall"
TABLES = (TABLE, DEFAULT_TABLE)
_CIDRS = (
    "cidr_block", "ipv6_cidr_block", "destination_cidr_block", "destination_ipv6_cidr_block",
)  # fmt: skip
_LIST = "destination_prefix_list_id"
_NO_ROUTE = Unknown("no route of this template leads to the gateway")
_PREFIX_LIST = Unknown("a prefix list is routed to the gateway")
_PASSES = Unknown("which traffic passes a firewall of this template is not told")
_WHOSE = Unknown("whose network it is is not told by this template")


def prefixes_to(project: Project, block: Block, argument: str) -> list[str] | Unknown:
    """The prefixes that route tables of the template send to a gateway, which routes name by an
    argument. Where there are none, routes of another template may do so."""
    separate = joined(project, block, argument, ROUTE)
    routes = [each.values for each in separate.blocks]
    doubt = separate.doubt
    for table in project.of_type(*TABLES):
        inline = nested(table.values, "route")
        if isinstance(inline, Unknown):
            doubt = doubt or inline
            continue
        for route in inline:
            value = route.get(argument)
            if isinstance(value, Unknown):
                doubt = doubt or value
            elif points_to(project, value, block):
                project.take(table)
                routes.append(route)
    if doubt or not routes:
        return doubt or _NO_ROUTE
    if any(route.get(_LIST) for route in routes):
        return _PREFIX_LIST
    found: list[Any] = [
        read(route, name, str, "") for route in routes for name in _CIDRS if route.get(name)
    ]
    return cast("list[str]", list(dict.fromkeys(found)))


def guard_of_transit(project: Project) -> Guard:
    """What guards traffic that no route of a subnet decides: nothing, where the template has no
    firewall."""
    return Guard(_PASSES, _PASSES) if project.of_type(FIREWALL) else UNGUARDED


def account_of(project: Project, block: Block, vpc: Any) -> str | Unknown:
    """The account of a VPC: that of the template, where it makes it by the same provider."""
    found = target_of(project, vpc, *VPCS)
    if found is None or choice_of(found) != choice_of(block):
        return _WHOSE
    return project.account


def account_named(project: Project, block: Block, argument: str) -> str | Unknown:
    """The account that an argument names; the provider's own where it is not written (provider
    documentation)."""
    told = block.read(argument, str, project.account)
    return told if isinstance(told, Unknown) else named(project, told)
