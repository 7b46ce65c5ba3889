"""What transit gateways route, and whether a firewall stands among what they join."""

from __future__ import annotations

from typing import Any

from collectors.aws.account import Account
from collectors.aws.ec2_calls import (
    DESCRIBE_ROUTE_TABLES,
    DESCRIBE_TRANSIT_ATTACHMENTS,
    DESCRIBE_TRANSIT_GATEWAYS,
    DESCRIBE_TRANSIT_TABLES,
    SEARCH_TRANSIT_ROUTES,
)
from collectors.aws.gateways import UNGUARDED, Guard
from collectors.aws.network_firewall import FIREWALL_CALLS, Wall, read_walls
from collectors.document import Unknown, then

TRANSIT_CALLS = (
    DESCRIBE_TRANSIT_GATEWAYS,
    DESCRIBE_TRANSIT_ATTACHMENTS,
    DESCRIBE_TRANSIT_TABLES,
    SEARCH_TRANSIT_ROUTES,
    DESCRIBE_ROUTE_TABLES,
    *FIREWALL_CALLS,
)

Item = dict[str, Any]

_GONE = {"deleting", "deleted", "failed", "rejected", "rejecting"}
# Every route that a table may have; the search asks for one filter at least.
_EVERY = [{"Name": "state", "Values": ["active", "blackhole"]}]


def attachments_of(account: Account, region: str, identity: str) -> list[Item] | Unknown:
    """The attachments of a transit gateway that this account sees and that exist."""
    return then(
        account.read(DESCRIBE_TRANSIT_ATTACHMENTS, region),
        lambda found: [
            one
            for one in found
            if one["TransitGatewayId"] == identity and one["State"] not in _GONE
        ],
    )


def routed(account: Account, region: str, identity: str) -> dict[str, list[str]] | Unknown:
    """The prefixes that the route tables of a transit gateway of this account send to each of its
    attachments, by the attachment's id."""
    tables = account.read(DESCRIBE_TRANSIT_TABLES, region)
    if isinstance(tables, Unknown):
        return tables
    found: dict[str, set[str]] = {}
    for table in tables:
        if table["TransitGatewayId"] != identity:
            continue
        name = table["TransitGatewayRouteTableId"]
        routes = account.read(
            SEARCH_TRANSIT_ROUTES, region, name, TransitGatewayRouteTableId=name, Filters=_EVERY
        )
        if isinstance(routes, Unknown):
            return routes
        for route in routes:
            for one in route.get("TransitGatewayAttachments", []):
                prefix = route.get("DestinationCidrBlock")
                if prefix is None:
                    return Unknown(f"a prefix list is routed to {identity}")
                found.setdefault(one["TransitGatewayAttachmentId"], set()).add(prefix)
    return {name: sorted(prefixes) for name, prefixes in found.items()}


def transit_guard(account: Account, region: str, gateway: Item) -> Guard:
    """What guards the traffic of a transit gateway: nothing, where this account has no firewall
    there; whether all of it passes one that there is cannot be told."""
    identity, owner = gateway["TransitGatewayId"], gateway["OwnerId"]
    if owner != account.id:
        theirs = Unknown(f"the transit gateway belongs to account {owner}")
        return Guard(theirs, theirs)
    walls = read_walls(account, region)
    if isinstance(walls, Unknown):
        return Guard(walls, walls)
    if not walls:
        return UNGUARDED
    attachments = attachments_of(account, region, identity)
    if isinstance(attachments, Unknown):
        return Guard(attachments, attachments)
    if any(_stands_in(wall, identity, attachments) for wall in walls):
        doubt = Unknown("which traffic of the transit gateway passes its firewall is not told")
        return Guard(doubt, doubt)
    return UNGUARDED


def _stands_in(wall: Wall, identity: str, attachments: list[Item]) -> bool:
    """Whether a firewall belongs to a transit gateway or stands in a network that it joins."""
    joined = {one.get("ResourceId") for one in attachments if one["ResourceType"] == "vpc"}
    return wall.transit_gateway == identity or wall.native.get("VpcId") in joined
