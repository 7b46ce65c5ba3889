"""Direct Connect: leased lines, and the virtual interfaces that lead to the sites behind them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from collectors.aws.account import Account, Service
from collectors.aws.bandwidths import bandwidth
from collectors.aws.direct_connect_gateways import CALLS as GATEWAY_CALLS
from collectors.aws.direct_connect_gateways import networks_behind
from collectors.aws.ec2_calls import DESCRIBE_ROUTE_TABLES
from collectors.aws.gateways import UNGUARDED, Guard, gateway, prefixes_to
from collectors.aws.network_firewall import FIREWALL_CALLS, read_walls
from collectors.calls import Call
from collectors.document import Document, Unknown
from collectors.facts.network import Gateway, Peer

LINE = "AWS::DirectConnect::Connection"
INTERFACE = "AWS::DirectConnect::VirtualInterface"


def _call(operation: str) -> Call:
    return Call(
        provider="aws",
        service="directconnect",
        operation=operation,
        permission=f"directconnect:{operation}",
        scope="region",
    )


DESCRIBE_CONNECTIONS = _call("DescribeConnections")
DESCRIBE_INTERFACES = _call("DescribeVirtualInterfaces")

_GONE = {"deleting", "deleted", "rejected"}

Item = dict[str, Any]


def direct_connect(account: Account, region: str) -> Iterable[Document]:
    """A document for each line of a region, and for each virtual interface, those on lines of
    others too."""
    lines = _all_pages(account, region, DESCRIBE_CONNECTIONS, "connections")
    if isinstance(lines, Unknown):
        yield account.unlisted(Gateway, lines, region, LINE)
    else:
        for item in lines:
            if item["connectionState"] not in _GONE:
                yield _line(account, region, item)
    interfaces = _all_pages(account, region, DESCRIBE_INTERFACES, "virtualInterfaces")
    if isinstance(interfaces, Unknown):
        yield account.unlisted(Gateway, interfaces, region, INTERFACE)
        return
    for item in interfaces:
        if item["virtualInterfaceState"] not in _GONE:
            yield _interface(account, region, item)


def _all_pages(account: Account, region: str, call: Call, key: str) -> list[Item] | Unknown:
    """Every page or none; the SDK has no pages of these calls."""
    found: list[Item] = []
    token: str | None = None
    while True:
        more = {"nextToken": token} if token else {}
        page = account.read(call, region, **more)
        if isinstance(page, Unknown):
            return page
        found += page[key]
        if not page.get("nextToken"):
            return found
        if page["nextToken"] == token:
            raise ValueError("a page of Direct Connect leads to itself")
        token = page["nextToken"]


def _line(account: Account, region: str, item: Item) -> Document:
    """A line ends at a location, which belongs to no zone. MACsec is evidence alone: no fact tells
    how a line is encrypted."""
    identity = item["connectionId"]
    return account.document(
        gateway("express", bandwidth_mbps=bandwidth(item.get("bandwidth"))),
        id=account.arn("directconnect", region, f"dxcon/{identity}"),
        region=region,
        name=item.get("connectionName") or identity,
        tags=_tags(item),
        native_type=LINE,
        native={key: item[key] for key in item if key != "macSecKeys"},
    )


def _interface(account: Account, region: str, item: Item) -> Document:
    identity = item["virtualInterfaceId"]
    site = Peer(account=None, region=None, vpc_id=None, cidrs=_cidrs(account, region, item))
    return account.document(
        gateway(
            "express",
            guard=_guard(account, region, item),
            peers=[site],
            bandwidth_mbps=bandwidth(item.get("rateLimit")),
        ),
        id=account.arn("directconnect", region, f"dxvif/{identity}"),
        region=region,
        name=item.get("virtualInterfaceName") or identity,
        tags=_tags(item),
        native_type=INTERFACE,
        native=without_keys(item),
    )


def _tags(item: Item) -> dict[str, str]:
    return {tag["key"]: tag.get("value") or "" for tag in item.get("tags") or []}


def without_keys(item: Item) -> Item:
    """Without the keys that authenticate BGP, which the configuration of the router has, too."""
    hidden = {"authKey", "customerRouterConfig"}
    peers = [
        {key: value for key, value in peer.items() if key not in hidden}
        for peer in item.get("bgpPeers") or []
    ]
    return {key: value for key, value in item.items() if key not in hidden} | {"bgpPeers": peers}


def _cidrs(account: Account, region: str, item: Item) -> list[str] | Unknown:
    """What is routed to the site: the prefixes that a public interface announces, or those that
    networks send to the virtual private gateways behind a private one."""
    if item["virtualInterfaceType"] == "public":
        return sorted(one["cidr"] for one in item.get("routeFilterPrefixes") or [])
    if item.get("directConnectGatewayId"):
        return networks_behind(account, region, item["directConnectGatewayId"])
    if item.get("virtualGatewayId"):
        return prefixes_to(account.read(DESCRIBE_ROUTE_TABLES, region), item["virtualGatewayId"])
    return Unknown("the virtual interface does not tell where it leads to")


def _guard(account: Account, region: str, item: Item) -> Guard:
    """A virtual private gateway leads straight into its network, where no firewall is at hand; what
    a Direct Connect gateway leads to may be in other regions, and behind a firewall."""
    if item["virtualInterfaceType"] == "public":
        return UNGUARDED
    walls = read_walls(account, region)
    if isinstance(walls, Unknown):
        return Guard(walls, walls)
    if item.get("virtualGatewayId") and not walls:
        return UNGUARDED
    doubt = Unknown("which traffic of the virtual interface passes a firewall is not told")
    return Guard(doubt, doubt)


SERVICE = Service(
    name="Direct Connect",
    types=((Gateway, LINE), (Gateway, INTERFACE)),
    calls=(
        DESCRIBE_CONNECTIONS,
        DESCRIBE_INTERFACES,
        *GATEWAY_CALLS,
        DESCRIBE_ROUTE_TABLES,
        *FIREWALL_CALLS,
    ),
    region=direct_connect,
)
