"""Which traffic of an internet gateway passes Network Firewall: routes and interfaces, joined.

Traffic passes a firewall where every subnet that holds something and reaches the internet does so
by an endpoint of a firewall, and the answers come back the same way: the route table of the
internet gateway sends them there. A NAT gateway may stand behind the firewall instead: what routes
to it are then subnets of endpoints alone (Network Firewall developer guide, "Architecture and
routing examples"). What leads through another appliance cannot be told.
"""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import ip_network
from typing import Any

from msgspec import Struct

from collectors.aws.gateways import Guard, IpsMode
from collectors.aws.network_firewall import Wall
from collectors.aws.reachability import route_table, to_internet
from collectors.aws.services.ec2_networks import cidrs
from collectors.document import Unknown

Item = dict[str, Any]

Passage = frozenset[str] | Unknown
"""The firewalls that traffic passes, by ARN; empty where it passes none."""

_AROUND: Passage = frozenset()
_APPLIANCE = Unknown("the way to the internet leads through an appliance")
_TRANSIT = Unknown("the way to the internet leads through the firewall of a transit gateway")
_ENDPOINT = "gateway_load_balancer_endpoint"
_NAT_KINDS = {"nat_gateway", "natGateway"}


class Network(Struct, frozen=True):
    """What a region has that decides on the way of traffic."""

    tables: list[Item]
    subnets: list[Item]
    interfaces: list[Item]
    nats: list[Item]
    walls: list[Wall]

    @property
    def endpoints(self) -> dict[str, str]:
        """The firewall of each endpoint."""
        return {name: wall.arn for wall in self.walls for name in wall.endpoints}


def guard(network: Network, passages: Iterable[Passage]) -> Guard:
    """What guards traffic that takes some passages: a firewall where all of them pass one."""
    found = list(passages)
    if _AROUND in found or not found:
        return Guard([], None)
    for passage in found:
        if isinstance(passage, Unknown):
            return Guard(passage, passage)
    passed = {arn for passage in found if not isinstance(passage, Unknown) for arn in passage}
    return Guard(["firewall"], weakest(one.mode for one in network.walls if one.arn in passed))


def weakest(modes: Iterable[IpsMode | Unknown]) -> IpsMode | Unknown:
    """The mode that several firewalls have at the least."""
    found = list(modes)
    if "off" in found:
        return "off"
    for mode in found:
        if isinstance(mode, Unknown):
            return mode
    return "alert" if "alert" in found else "block"


def passages(network: Network, vpc_id: str, gateway: str) -> dict[str, Passage]:
    """By subnet, what traffic between it and the internet passes: of those subnets of a VPC that
    hold something and reach the gateway, be it through a firewall or not."""
    found: dict[str, Passage] = {}
    for subnet in network.subnets:
        held = _held(network, subnet["SubnetId"])
        if subnet["VpcId"] != vpc_id or not held:
            continue
        passage = _passage(network, subnet, held, gateway)
        if passage is not None:
            found[subnet["SubnetId"]] = passage
    # A regional NAT gateway stands in no subnet.
    for nat in network.nats:
        if nat["VpcId"] == vpc_id and not nat.get("SubnetId"):
            found[nat["NatGatewayId"]] = _users(network, nat)
    return found


def _held(network: Network, subnet_id: str) -> list[Item]:
    """The interfaces of a subnet, without endpoints of firewalls, which start no traffic."""
    inside = [one for one in network.interfaces if one.get("SubnetId") == subnet_id]
    if _holds_firewall(network, subnet_id):
        return [one for one in inside if one.get("InterfaceType") != _ENDPOINT]
    return inside


def _holds_firewall(network: Network, subnet_id: str) -> bool:
    return any(subnet_id in wall.endpoints.values() for wall in network.walls)


def _passage(network: Network, subnet: Item, held: list[Item], gateway: str) -> Passage | None:
    table = route_table(network.tables, subnet["SubnetId"], subnet["VpcId"])
    if isinstance(table, Unknown):
        return table
    if leads_to(table, gateway):
        if all(one.get("InterfaceType") in _NAT_KINDS for one in held):
            nats = [one for one in network.nats if one.get("SubnetId") == subnet["SubnetId"]]
            return _common(_users(network, nat) for nat in nats)
        return _AROUND
    hops = _appliances(table)
    if not hops:
        return None
    if any(hop not in network.endpoints for hop in hops):
        return _APPLIANCE
    if _is_public(table, held) and not _comes_back(network, subnet, table, gateway):
        return _AROUND
    return frozenset(network.endpoints[hop] for hop in hops)


def leads_to(table: Item, gateway: str) -> bool:
    """Whether a route table sends anything to an internet gateway."""
    return any(
        route.get("GatewayId") == gateway and route.get("State") != "blackhole"
        for route in table["Routes"]
    )


def _appliances(table: Item) -> list[str]:
    """The endpoints and interfaces to which a table sends addresses of the internet."""
    hops = [
        route.get("VpcEndpointId") or route.get("GatewayId") or route.get("NetworkInterfaceId")
        for route in table["Routes"]
        if to_internet(route, 4) or to_internet(route, 6)
    ]
    return [hop for hop in hops if hop and hop.startswith(("vpce-", "eni-"))]


def _is_public(table: Item, held: list[Item]) -> bool:
    """Whether something can be reached by a public address of its own, which IPv6 addresses are."""
    return any((one.get("Association") or {}).get("PublicIp") for one in held) or (
        _has_route(table, 6) and any(one.get("Ipv6Addresses") for one in held)
    )


def _has_route(table: Item, version: int) -> bool:
    return any(to_internet(route, version) for route in table["Routes"])


def _comes_back(network: Network, subnet: Item, table: Item, gateway: str) -> bool:
    """Whether the gateway's own route table sends what comes for a subnet to a firewall."""
    routes = [
        route
        for edge in network.tables
        if any(one.get("GatewayId") == gateway for one in edge["Associations"])
        for route in edge["Routes"]
        if (route.get("VpcEndpointId") or route.get("GatewayId")) in network.endpoints
    ]
    own = [cidr for cidr in cidrs(subnet) if _has_route(table, 6 if ":" in cidr else 4)]
    return bool(own) and all(any(_covers(route, cidr) for route in routes) for cidr in own)


def _covers(route: Item, cidr: str) -> bool:
    written = route.get("DestinationCidrBlock") or route.get("DestinationIpv6CidrBlock")
    if not written or (":" in written) != (":" in cidr):
        return False
    outer, inner = ip_network(written), ip_network(cidr)
    return (
        outer.prefixlen <= inner.prefixlen and inner.supernet(new_prefix=outer.prefixlen) == outer
    )


def nat_passage(network: Network, nat: Item, found: dict[str, Passage]) -> Passage:
    """What traffic of a NAT gateway passes: behind it, as its subnet does, or before it."""
    behind = found.get(nat.get("SubnetId", ""), _AROUND)
    return _users(network, nat) if behind == _AROUND else behind


def _users(network: Network, nat: Item) -> Passage:
    """What traffic passes on its way to a NAT gateway, of all subnets that route to it."""
    found: list[Passage | None] = []
    for subnet in network.subnets:
        if subnet["VpcId"] != nat["VpcId"]:
            continue
        table = route_table(network.tables, subnet["SubnetId"], subnet["VpcId"])
        if isinstance(table, Unknown):
            found.append(table)
        elif any(route.get("NatGatewayId") == nat["NatGatewayId"] for route in table["Routes"]):
            found.append(_user(network, subnet["SubnetId"]))
    return _common(found)


def _user(network: Network, subnet_id: str) -> Passage | None:
    held = _held(network, subnet_id)
    if not held:
        inside = [wall.arn for wall in network.walls if subnet_id in wall.endpoints.values()]
        return frozenset(inside) if inside else None
    of_transit = all(one.get("InterfaceType") == "transit_gateway" for one in held)
    if of_transit and any(wall.transit_gateway for wall in network.walls):
        return _TRANSIT
    return _AROUND


def _common(found: Iterable[Passage | None]) -> Passage:
    """One passage out of several: around, where one of them is, or where there is none."""
    known = [one for one in found if one is not None]
    if not known or _AROUND in known:
        return _AROUND
    for one in known:
        if isinstance(one, Unknown):
            return one
    return frozenset(arn for one in known if not isinstance(one, Unknown) for arn in one)
