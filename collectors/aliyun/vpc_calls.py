"""Calls of VPC that several services make, and what they tell of a vSwitch."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from collectors.aliyun.account import Account
from collectors.calls import Call, Scope
from collectors.document import Unknown, then

Item = dict[str, Any]


def vpc_call(operation: str, result: str, scope: Scope = "region", *, paged: bool = True) -> Call:
    """The declaration of a call of VPC, whose RAM actions bear the names of its operations."""
    return Call(
        provider="aliyun",
        service="vpc",
        operation=operation,
        permission=f"vpc:{operation}",
        scope=scope,
        result=result,
        paged=paged,
    )


DESCRIBE_VPCS = vpc_call("DescribeVpcs", "Vpcs.Vpc")
DESCRIBE_VSWITCHES = vpc_call("DescribeVSwitches", "VSwitches.VSwitch")
DESCRIBE_ROUTE_ENTRIES = vpc_call("DescribeRouteEntryList", "RouteEntrys.RouteEntry", "resource")
LIST_IPV4_GATEWAYS = vpc_call("ListIpv4Gateways", "Ipv4GatewayModels")
DESCRIBE_EIP_ADDRESSES = vpc_call("DescribeEipAddresses", "EipAddresses.EipAddress")

ROUTE_CALLS = (DESCRIBE_VSWITCHES, DESCRIBE_ROUTE_ENTRIES)
"""What `routes_to_internet` asks."""

_ANYWHERE = {"0.0.0.0/0", "::/0"}
_INTERNET_GATEWAYS = {"ipv4gateway", "ipv6gateway"}


def vswitch(account: Account, region: str, vswitch_id: str) -> Item | Unknown:
    """A vSwitch of a region, out of DescribeVSwitches."""
    found = account.listed(DESCRIBE_VSWITCHES, region)
    if isinstance(found, Unknown):
        return found
    for item in found:
        if item["VSwitchId"] == vswitch_id:
            return dict(item)
    return Unknown(f"the vSwitch {vswitch_id} is not visible to this account")


def zone_of(account: Account, region: str, vswitch_id: str) -> str | Unknown:
    """The zone of a vSwitch."""
    return then(vswitch(account, region, vswitch_id), lambda item: str(item["ZoneId"]))


def zones_of(account: Account, region: str, vswitch_ids: Iterable[str]) -> list[str] | Unknown:
    """The zones of some vSwitches, each once, sorted."""
    zones = set()
    for vswitch_id in vswitch_ids:
        zone = zone_of(account, region, vswitch_id)
        if isinstance(zone, Unknown):
            return zone
        zones.add(zone)
    return sorted(zones)


def routes_to_internet(account: Account, region: str, vswitch_id: str) -> bool | Unknown:
    """Whether the route table of a vSwitch sends 0.0.0.0/0 or ::/0 to an IPv4 or IPv6 gateway."""
    return then(vswitch(account, region, vswitch_id), lambda item: leads_out(account, region, item))


def leads_out(account: Account, region: str, item: Item) -> bool | Unknown:
    """`routes_to_internet` of a vSwitch that is at hand."""
    table = route_table_id(item)
    routes = then(table, lambda name: routes_of(account, region, name))
    return then(routes, lambda found: any(is_way_out(route) for route in found))


def route_table_id(item: Item) -> str | Unknown:
    """The route table of a vSwitch."""
    table = (item.get("RouteTable") or {}).get("RouteTableId")
    return table or Unknown("the vSwitch names no route table")


def routes_of(account: Account, region: str, table: str) -> list[Item] | Unknown:
    """The entries of a route table."""
    return account.listed(DESCRIBE_ROUTE_ENTRIES, region, table, RouteTableId=table)


def is_way_out(route: Item) -> bool:
    """Whether an entry sends everything to a gateway of the internet. NAT gateways do not count."""
    return route["DestinationCidrBlock"] in _ANYWHERE and any(
        hop["NextHopType"].lower() in _INTERNET_GATEWAYS for hop in next_hops(route)
    )


def next_hops(route: Item) -> list[Item]:
    """Where a route entry leads."""
    return list((route.get("NextHops") or {}).get("NextHop") or [])
