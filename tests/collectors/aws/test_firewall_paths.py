"""Which traffic of an internet gateway passes Network Firewall."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.aws.firewall_paths import Network, guard, nat_passage, passages, weakest
from collectors.aws.gateways import UNGUARDED, Guard, IpsMode
from collectors.aws.network_firewall import Wall
from collectors.document import Unknown

VPC, IGW, WALL, ENDPOINT = "vpc-1", "igw-1", "arn:wall", "vpce-1"
NAT = {"NatGatewayId": "nat-1", "VpcId": VPC, "SubnetId": "nat", "State": "available"}
APPLIANCE = Unknown("the way to the internet leads through an appliance")


def wall(mode: IpsMode | Unknown = "block", **changes: Any) -> Wall:
    values: dict[str, Any] = {
        "arn": WALL,
        "name": "wall",
        "mode": mode,
        "endpoints": {ENDPOINT: "wall"},
        "zones": ["a"],
        "transit_gateway": None,
        "tags": {},
        "native": {},
    }
    return Wall(**(values | changes))


def to(target: str, destination: str = "0.0.0.0/0") -> dict[str, str]:
    key = "NatGatewayId" if target.startswith("nat-") else "GatewayId"
    key = "NetworkInterfaceId" if target.startswith("eni-") else key
    side = "DestinationIpv6CidrBlock" if ":" in destination else "DestinationCidrBlock"
    return {key: target, side: destination, "State": "active"}


def table(place: str, *routes: dict[str, str]) -> dict[str, Any]:
    """A route table of a subnet, or of an internet gateway."""
    key = "GatewayId" if place.startswith("igw-") else "SubnetId"
    return {"VpcId": VPC, "Associations": [{key: place}], "Routes": list(routes)}


def interface(subnet: str, kind: str = "interface", *, public: bool = False) -> dict[str, Any]:
    association = {"Association": {"PublicIp": "203.0.113.7"}} if public else {}
    return {"SubnetId": subnet, "VpcId": VPC, "InterfaceType": kind, **association}


FIREWALL_SUBNET = table("wall", to(IGW))
FIREWALL_INTERFACE = interface("wall", "gateway_load_balancer_endpoint")
SUBNETS = [
    {"SubnetId": name, "VpcId": VPC, "CidrBlock": cidr}
    for name, cidr in (("wall", "10.0.0.0/24"), ("app", "10.0.1.0/24"), ("nat", "10.0.2.0/24"))
]
EDGE = table(IGW, to(ENDPOINT, "10.0.1.0/24"))


def network(
    tables: list[dict[str, Any]], interfaces: list[dict[str, Any]], **changes: Any
) -> Network:
    values: dict[str, Any] = {"subnets": SUBNETS, "nats": [], "walls": [wall()]}
    held = [FIREWALL_INTERFACE, *interfaces]
    return Network(tables=[FIREWALL_SUBNET, *tables], interfaces=held, **(values | changes))


def border(found: Network) -> Guard:
    return guard(found, passages(found, VPC, IGW).values())


def test_a_network_without_a_firewall() -> None:
    plain = network([table("app", to(IGW))], [interface("app")], walls=[])
    assert border(plain) == UNGUARDED


def test_both_ways_lead_through_the_firewall() -> None:
    found = network([table("app", to(ENDPOINT)), EDGE], [interface("app", public=True)])
    assert passages(found, VPC, IGW) == {"app": frozenset({WALL})}
    assert border(found) == Guard(["firewall"], "block")


@pytest.mark.parametrize(
    "edges",
    [
        [],
        [table(IGW, to(ENDPOINT, "10.0.2.0/24"))],
        [table(IGW, to("local", "10.0.1.0/24"))],
    ],
    ids=["none", "another subnet", "local"],
)
def test_what_comes_in_past_the_firewall_is_not_protected(edges: list[dict[str, Any]]) -> None:
    found = network([table("app", to(ENDPOINT)), *edges], [interface("app", public=True)])
    assert border(found) == UNGUARDED


def test_a_subnet_of_its_own_past_the_firewall() -> None:
    app = [table("app", to(ENDPOINT)), EDGE]
    past = network([*app, table("nat", to(IGW))], [interface("app"), interface("nat")])
    assert border(past) == UNGUARDED
    empty = network([*app, table("nat", to(IGW))], [interface("app")])
    assert border(empty) == Guard(["firewall"], "block")


def test_ipv6_needs_its_way_back_too() -> None:
    subnets = [
        {
            **SUBNETS[1],
            "Ipv6CidrBlockAssociationSet": [
                {
                    "Ipv6CidrBlock": "2001:db8:1::/64",
                    "Ipv6CidrBlockState": {"State": "associated"},
                }
            ],
        }
    ]
    own = interface("app") | {"Ipv6Addresses": [{"Ipv6Address": "2001:db8:1::7"}]}
    app = table("app", to(ENDPOINT), to(ENDPOINT, "::/0"))
    assert border(network([app, EDGE], [own], subnets=subnets)) == UNGUARDED
    back = table(IGW, to(ENDPOINT, "10.0.0.0/16"), to(ENDPOINT, "2001:db8:1::/64"))
    assert border(network([app, back], [own], subnets=subnets)) == Guard(["firewall"], "block")


@pytest.mark.parametrize("hop", ["vpce-other", "eni-1"])
def test_another_appliance_cannot_be_judged(hop: str) -> None:
    found = network([table("app", to(hop)), EDGE], [interface("app")])
    assert border(found) == Guard(APPLIANCE, APPLIANCE)


def test_a_nat_gateway_behind_the_firewall() -> None:
    """Workloads, NAT gateway, firewall, internet gateway."""
    back = table(IGW, to(ENDPOINT, "10.0.2.0/24"))
    tables = [table("app", to("nat-1")), table("nat", to(ENDPOINT)), back]
    held = [interface("app"), interface("nat", "nat_gateway", public=True)]
    found = network(tables, held, nats=[NAT])
    assert border(found) == Guard(["firewall"], "block")
    assert nat_passage(found, NAT, passages(found, VPC, IGW)) == frozenset({WALL})


def test_a_firewall_before_the_nat_gateway() -> None:
    """Transit or workloads, firewall, NAT gateway, internet gateway."""
    walled = [table("wall", to("nat-1")), table("nat", to(IGW)), table("app", to(ENDPOINT))]
    held = [FIREWALL_INTERFACE, interface("app"), interface("nat", "nat_gateway", public=True)]
    values: dict[str, Any] = {"subnets": SUBNETS, "walls": [wall()], "nats": [NAT]}
    found = Network(tables=walled, interfaces=held, **values)
    assert border(found) == Guard(["firewall"], "block")
    past = [*walled[:2], table("app", to("nat-1"))]
    assert border(Network(tables=past, interfaces=held, **values)) == UNGUARDED


def test_the_firewall_of_a_transit_gateway_cannot_be_judged() -> None:
    tables = [table("nat", to(IGW)), table("app", to("nat-1"))]
    held = [interface("nat", "nat_gateway"), interface("app", "transit_gateway")]
    of_transit = wall(endpoints={}, transit_gateway="tgw-1")
    values: dict[str, Any] = {"subnets": SUBNETS[1:], "nats": [NAT]}
    found = Network(tables=tables, interfaces=held, walls=[of_transit], **values)
    doubt = Unknown("the way to the internet leads through the firewall of a transit gateway")
    assert border(found) == Guard(doubt, doubt)
    assert border(Network(tables=tables, interfaces=held, walls=[wall()], **values)) == UNGUARDED


def test_a_regional_nat_gateway_goes_by_what_routes_to_it() -> None:
    regional = {"NatGatewayId": "nat-1", "VpcId": VPC, "AvailabilityMode": "regional"}
    found = network([table("app", to("nat-1"))], [interface("app")], nats=[regional])
    assert passages(found, VPC, IGW) == {"nat-1": frozenset()}


def test_nothing_reaches_the_internet() -> None:
    assert passages(network([table("app")], [interface("app")]), VPC, IGW) == {}


def test_a_route_table_that_is_not_visible() -> None:
    missing = Unknown("the route table of app is not visible to this account")
    assert border(network([], [interface("app")])) == Guard(missing, missing)


def test_the_weakest_firewall_decides() -> None:
    denied = Unknown("AccessDenied: network-firewall:DescribeFirewallPolicy")
    cases: list[list[IpsMode | Unknown]] = [
        ["block", "block"],
        ["block", "alert"],
        ["alert", denied],
        ["off", denied],
        ["block", denied],
    ]
    assert [weakest(modes) for modes in cases] == ["block", "alert", denied, "off", denied]
