"""Whether the route table of a vSwitch leads to the internet, for the vSwitch and for the databases
that stand in it."""

from __future__ import annotations

from typing import Any

from collectors.document import Unknown, also
from collectors.iac.blocks import Block, Project, nested, read
from collectors.iac.mappers.alicloud.shared import NO_VSWITCH, VSWITCH
from collectors.iac.mappers.joins import given, joined, target_of
from collectors.logic import Known, some

TABLE, TABLE_LINK = "alicloud_route_table", "alicloud_route_table_attachment"
ROUTE, NEW_ROUTE = "alicloud_route_entry", "alicloud_vpc_route_entry"
VPC, IPV6_GATEWAY = "alicloud_vpc", "alicloud_vpc_ipv6_gateway"
ROUTING = (VSWITCH, VPC, TABLE, TABLE_LINK, ROUTE, NEW_ROUTE, IPV6_GATEWAY)
"""What a mapper joins that asks where a vSwitch leads to."""

_ANYWHERE = {"0.0.0.0/0", "::/0"}
_WAYS_OUT = {"ipv4gateway", "ipv6gateway"}
_NO_TABLE = Unknown("the route table of a route is not part of this template")
_IPV6_ROUTE = Unknown("the IPv6 gateway of the VPC may bring a route of its own")
_ELSEWHERE = Unknown("the vSwitch is not part of this template")


def switch_leads_out(
    block: Block, project: Project, argument: str = "vswitch_id"
) -> bool | Unknown:
    """Whether the vSwitch that something stands in leads to the internet."""
    switch = target_of(project, block.get(argument), VSWITCH)
    if switch:
        return leads_out(switch, project)
    return NO_VSWITCH if given(block.values, argument) is False else _ELSEWHERE


def leads_out(switch: Block, project: Project) -> Known:
    """Whether the route table that a vSwitch has leads to an IPv4 or IPv6 gateway: its own one,
    else that of the system, which the VPC names."""
    links = joined(project, switch, "vswitch_id", TABLE_LINK)
    if links.doubt:
        return links.doubt
    if links.blocks:
        table = target_of(project, links.blocks[0].get("route_table_id"), TABLE)
    else:
        table = target_of(project, switch.get("vpc_id"), VPC)
    if table is None:
        return Unknown("the route table of the vSwitch is not part of this template")
    routes = (_is_way_out(each, table, project) for each in project.of_type(ROUTE, NEW_ROUTE))
    return some((*routes, _by_itself(table, project)))


def _by_itself(table: Block, project: Project) -> Known:
    """Whether the table leads out by a route that nobody writes: the system adds one to that of the
    VPC with IPv6 (IPv6 Gateway, "Create and manage IPv6 routes"). An IPv4 gateway that Terraform
    activates brings none."""
    if table.type != VPC:
        return False
    gates = joined(project, table, "vpc_id", IPV6_GATEWAY, take=False)
    return _IPV6_ROUTE if gates.blocks else gates.doubt or False


def _is_way_out(route: Block, table: Block, project: Project) -> Known:
    value = route.get("route_table_id")
    if isinstance(value, Unknown):
        return value
    target = project.target(value)
    if target is not None and target is not table:
        return False
    argument = "destination_cidr_block" if route.type == NEW_ROUTE else "destination_cidrblock"
    to = project.take(route).read(argument, str, "")
    if isinstance(to, str) and to not in _ANYWHERE:
        return False
    gate = _is_gate(route)
    if gate is False:
        return False
    return also(gate, to) or (_NO_TABLE if target is None else True)


def _is_gate(route: Block) -> Known:
    """Whether a next hop of a route leads out; the newer type may name several."""
    hops = nested(route.values, "next_hops")
    if isinstance(hops, Unknown):
        return hops
    return some(_leads_to_gate(values) for values in (route.values, *hops))


def _leads_to_gate(values: dict[str, Any]) -> Known:
    kind = read(values, "nexthop_type", str, "")
    return kind if isinstance(kind, Unknown) else kind.lower() in _WAYS_OUT
