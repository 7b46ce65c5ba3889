"""What the VPCs of a region route to a next hop."""

from __future__ import annotations

from collectors.aliyun.account import Account
from collectors.aliyun.vpc_calls import DESCRIBE_ROUTE_ENTRIES, DESCRIBE_VPCS, next_hops, routes_of
from collectors.document import Unknown

HOP_CALLS = (DESCRIBE_VPCS, DESCRIBE_ROUTE_ENTRIES)

Routes = dict[str, list[str]]
"""Prefixes by the id of the next hop."""


def prefixes_by_hop(account: Account, region: str) -> Routes | Unknown:
    """The prefixes that the route tables of a region's VPCs send to each next hop. Must not be
    called by a function that is itself mapped."""
    vpcs = account.listed(DESCRIBE_VPCS, region)
    if isinstance(vpcs, Unknown):
        return vpcs
    tables = sorted(
        table
        for vpc in vpcs
        for table in (vpc.get("RouterTableIds") or {}).get("RouterTableIds") or []
    )
    found: Routes = {}
    for routes in account.map(lambda table: routes_of(account, region, table), tables):
        if isinstance(routes, Unknown):
            return routes
        for route in routes:
            for hop in next_hops(route):
                prefixes = found.setdefault(str(hop.get("NextHopId")), [])
                if route["DestinationCidrBlock"] not in prefixes:
                    prefixes.append(route["DestinationCidrBlock"])
    return found


def prefixes_to(routes: Routes | Unknown, *hops: str) -> list[str] | Unknown:
    """The prefixes that lead to some next hops."""
    if isinstance(routes, Unknown):
        return routes
    return sorted({prefix for hop in hops for prefix in routes.get(hop, [])})
