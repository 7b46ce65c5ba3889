"""Express Connect: leased lines, and the border routers that lead to the sites behind them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from collectors.aliyun.account import Account, Service, tags_of
from collectors.aliyun.nat import limit
from collectors.aliyun.vpc_calls import Item, vpc_call
from collectors.aliyun.vpc_routes import HOP_CALLS, Routes, prefixes_by_hop, prefixes_to
from collectors.document import Document, Unknown
from collectors.facts.network import Gateway, Peer

DESCRIBE_LINES = vpc_call(
    "DescribePhysicalConnections", "PhysicalConnectionSet.PhysicalConnectionType"
)
DESCRIBE_BORDER_ROUTERS = vpc_call(
    "DescribeVirtualBorderRouters", "VirtualBorderRouterSet.VirtualBorderRouterType"
)
DESCRIBE_INTERFACES = vpc_call("DescribeRouterInterfaces", "RouterInterfaceSet.RouterInterfaceType")

LINE, ROUTER = "ACS::ExpressConnect::PhysicalConnection", "ACS::ExpressConnect::VirtualBorderRouter"


def express_connect(account: Account, region: str) -> Iterable[Document]:
    """A document for each leased line and each border router of a region."""
    lines = account.listed(DESCRIBE_LINES, region)
    if isinstance(lines, Unknown):
        yield account.unlisted(Gateway, lines, region, LINE)
    else:
        for item in lines:
            yield _document(
                account, region, item, "physicalconnection", "PhysicalConnectionId", LINE, []
            )
    routers = account.listed(DESCRIBE_BORDER_ROUTERS, region)
    if isinstance(routers, Unknown):
        yield account.unlisted(Gateway, routers, region, ROUTER)
        return
    if not routers:
        return
    routes = prefixes_by_hop(account, region)
    interfaces = account.listed(DESCRIBE_INTERFACES, region)
    for item in routers:
        peers = [_site(item, interfaces, routes)]
        yield _document(account, region, item, "virtualborderrouter", "VbrId", ROUTER, peers)


def _document(
    account: Account,
    region: str,
    item: Item,
    path: str,
    key: str,
    native_type: str,
    peers: list[Peer],
) -> Document:
    return account.document(
        Gateway(
            kind="express",
            peers=peers,
            tunnels=None,
            # A line ends at an access point, which belongs to no zone.
            zones=None,
            bandwidth_mbps=limit(item.get("Bandwidth")),
            snat=[],
            protected_by=[],
            attached_to=None,
            ips_mode=None,
            forwards=[],
        ),
        id=account.arn("vpc", region, f"{path}/{item[key]}"),
        region=region,
        name=item.get("Name") or item[key],
        tags=tags_of(item.get("Tags")),
        native_type=native_type,
        # MACsec keys stay out.
        native={name: value for name, value in item.items() if name != "MacsecKeys"},
    )


def _site(router: Item, interfaces: list[Any] | Unknown, routes: Routes | Unknown) -> Peer:
    """The site behind a border router: what VPCs route to it through router interfaces. Where a
    CEN or an Express Connect Router routes for it, its routes are not read."""
    cens = (router.get("AssociatedCens") or {}).get("AssociatedCen") or []
    cidrs: list[str] | Unknown
    if cens or router.get("EcrId"):
        cidrs = Unknown("the routes of the transit router are not read")
    elif isinstance(interfaces, Unknown):
        cidrs = interfaces
    else:
        hops = [
            one["RouterInterfaceId"]
            for one in interfaces
            if one.get("OppositeRouterId") == router["VbrId"]
        ]
        cidrs = prefixes_to(routes, *hops)
    return Peer(account=None, region=None, vpc_id=None, cidrs=cidrs)


SERVICE = Service(
    name="Express Connect",
    types=((Gateway, LINE), (Gateway, ROUTER)),
    calls=(DESCRIBE_LINES, DESCRIBE_BORDER_ROUTERS, DESCRIBE_INTERFACES, *HOP_CALLS),
    region=express_connect,
)
