"""Gateways of every kind, against moto, and the firewalls by recorded and scripted answers."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

import pytest

from collectors.aws.account import Account
from collectors.aws.firewall_documents import firewalls
from collectors.aws.network_firewall import read_walls
from collectors.aws.services.ec2_gateways import attached_to, gateways
from collectors.aws.services.transit_gateways import transit_gateways
from collectors.aws.services.vpc_peerings import far_sides, peerings
from collectors.aws.transit import transit_guard
from collectors.aws.vpn_connections import vpn_connections
from collectors.document import Document, Unknown
from tests.collectors.aws.conftest import ACCOUNT_ID, Client, OpenAccount
from tests.collectors.aws.scripted import Reply, Scripted, error, scripted
from tests.collectors.aws.test_recorded import recorded
from tests.faults.proxy import DENIED, FaultProxy, fault_proxy

REGION = "us-east-1"
FIREWALL = f"arn:aws:network-firewall:{REGION}:{ACCOUNT_ID}:firewall/unicron"
POLICY = {
    "StatelessDefaultActions": ["aws:forward_to_sfe"],
    "StatelessFragmentDefaultActions": ["aws:drop"],
    "StatefulRuleGroupReferences": [
        {
            "ResourceArn": f"arn:aws:network-firewall:{REGION}:aws-managed:stateful-rulegroup/"
            "ThreatSignaturesExploitsActionOrder"
        },
        {"ResourceArn": "arn:aws:network-firewall:us-east-1:123456789012:stateful-rulegroup/own"},
    ],
}


@pytest.fixture(scope="module")
def proxy(fresh_moto: str) -> Iterator[FaultProxy]:
    with fault_proxy(fresh_moto) as running:
        yield running


@pytest.fixture(scope="module")
def made(client: Client) -> dict[str, str]:
    """Two networks that are peered and joined by a transit gateway, one of them on the internet."""
    ec2, shield = client("ec2"), client("shield")
    ids: dict[str, str] = {}
    for name, cidr in (("web", "10.1.0.0/16"), ("data", "10.2.0.0/16")):
        ids[name] = ec2.create_vpc(CidrBlock=cidr)["Vpc"]["VpcId"]
        subnet = ec2.create_subnet(
            VpcId=ids[name], CidrBlock=cidr.replace("/16", "/24"), AvailabilityZone=f"{REGION}a"
        )
        ids[f"{name} subnet"] = subnet["Subnet"]["SubnetId"]
    for name in ("igw", "spare igw"):
        ids[name] = ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
    ec2.attach_internet_gateway(InternetGatewayId=ids["igw"], VpcId=ids["web"])
    tables = ec2.describe_route_tables(Filters=[{"Name": "vpc-id", "Values": [ids["web"]]}])
    table = tables["RouteTables"][0]["RouteTableId"]
    ec2.create_route(RouteTableId=table, DestinationCidrBlock="0.0.0.0/0", GatewayId=ids["igw"])
    for name in ("eip", "eip of nat", "spare eip"):
        ids[name] = ec2.allocate_address(Domain="vpc")["AllocationId"]
    ids["eni"] = ec2.create_network_interface(SubnetId=ids["web subnet"])["NetworkInterface"][
        "NetworkInterfaceId"
    ]
    ec2.associate_address(AllocationId=ids["eip"], NetworkInterfaceId=ids["eni"])
    shield.create_subscription()
    shield.create_protection(
        Name="eip",
        ResourceArn=f"arn:aws:ec2:{REGION}:{ACCOUNT_ID}:eip-allocation/{ids['eip']}",
    )
    ids["nat"] = ec2.create_nat_gateway(SubnetId=ids["web subnet"], AllocationId=ids["eip of nat"])[
        "NatGateway"
    ]["NatGatewayId"]
    ids["pcx"] = ec2.create_vpc_peering_connection(VpcId=ids["web"], PeerVpcId=ids["data"])[
        "VpcPeeringConnection"
    ]["VpcPeeringConnectionId"]
    gone = ec2.create_vpc_peering_connection(VpcId=ids["data"], PeerVpcId=ids["web"])
    ec2.reject_vpc_peering_connection(
        VpcPeeringConnectionId=gone["VpcPeeringConnection"]["VpcPeeringConnectionId"]
    )
    ec2.accept_vpc_peering_connection(VpcPeeringConnectionId=ids["pcx"])
    ec2.create_route(
        RouteTableId=table,
        DestinationCidrBlock="10.2.0.0/16",
        VpcPeeringConnectionId=ids["pcx"],
    )
    ids["tgw"] = ec2.create_transit_gateway()["TransitGateway"]["TransitGatewayId"]
    ec2.create_transit_gateway_vpc_attachment(
        TransitGatewayId=ids["tgw"], VpcId=ids["data"], SubnetIds=[ids["data subnet"]]
    )
    customer = ec2.create_customer_gateway(Type="ipsec.1", PublicIp="203.0.113.9", BgpAsn=65000)
    side = ec2.create_vpn_gateway(Type="ipsec.1")["VpnGateway"]["VpnGatewayId"]
    ids["vpn"] = ec2.create_vpn_connection(
        Type="ipsec.1",
        CustomerGatewayId=customer["CustomerGateway"]["CustomerGatewayId"],
        VpnGatewayId=side,
    )["VpnConnection"]["VpnConnectionId"]
    return ids


def by_id(found: Iterable[Document]) -> dict[str, Document]:
    return {one.id.rpartition("/")[2]: one for one in found}


def test_gateways_of_the_internet(
    fresh_moto: str, open_account: OpenAccount, made: dict[str, str]
) -> None:
    found = by_id(gateways(open_account(fresh_moto), REGION))
    facts = ("kind", "attached_to", "protected_by", "ips_mode", "zones")
    assert {
        name: tuple(found[made[name]].facts[fact] for fact in facts)
        for name in ("igw", "spare igw", "nat", "eip", "eip of nat", "spare eip")
    } == {
        "igw": ("internet", "network", [], None, None),
        "spare igw": ("internet", None, [], None, None),
        "nat": ("nat", None, [], None, [f"{REGION}a"]),
        "eip": ("public-ip", "other", ["ddos"], None, None),
        "eip of nat": ("public-ip", "gateway", [], None, None),
        "spare eip": ("public-ip", None, [], None, None),
    }


def test_peerings(fresh_moto: str, open_account: OpenAccount, made: dict[str, str]) -> None:
    found = by_id(peerings(open_account(fresh_moto), REGION))
    assert set(found) == {made["pcx"]}
    assert found[made["pcx"]].facts["peers"] == [
        {"account": ACCOUNT_ID, "region": REGION, "vpc_id": made["data"], "cidrs": ["10.2.0.0/16"]}
    ]


def test_transit_gateways(fresh_moto: str, open_account: OpenAccount, made: dict[str, str]) -> None:
    found = by_id(transit_gateways(open_account(fresh_moto), REGION))[made["tgw"]]
    assert found.facts["peers"] == [
        {"account": ACCOUNT_ID, "region": REGION, "vpc_id": made["data"], "cidrs": []}
    ]
    assert found.facts["protected_by"] == []


def test_a_transit_gateway_of_another_account_hides_what_it_joins(
    fresh_moto: str, open_account: OpenAccount
) -> None:
    item = {"TransitGatewayId": "tgw-1", "OwnerId": "999988887777"}
    reason = Unknown("the transit gateway belongs to account 999988887777")
    assert transit_guard(open_account(fresh_moto), REGION, item).protected_by == reason


def test_vpn_connections(fresh_moto: str, open_account: OpenAccount, made: dict[str, str]) -> None:
    """moto tells no options of tunnels: they are unknown, not strong."""
    found = by_id(vpn_connections(open_account(fresh_moto), REGION))[made["vpn"]]
    assert found.facts["peers"] == [{"account": None, "region": None, "vpc_id": None, "cidrs": []}]
    assert set(found.unknown) == {"tunnels"}


@pytest.mark.parametrize(
    ("service", "operation", "facts"),
    [
        (gateways, "DescribeRouteTables", {"attached_to", "protected_by", "ips_mode"}),
        (gateways, "ListFirewalls", {"attached_to", "protected_by", "ips_mode"}),
        (gateways, "ListProtections", {"protected_by"}),
        (gateways, "DescribeNatGateways", {"attached_to", "protected_by", "ips_mode"}),
        (transit_gateways, "DescribeTransitGatewayAttachments", {"peers"}),
        (transit_gateways, "DescribeTransitGatewayRouteTables", {"cidrs"}),
        (transit_gateways, "ListFirewalls", {"protected_by", "ips_mode"}),
        (peerings, "DescribeRouteTables", {"cidrs"}),
        (vpn_connections, "DescribeRouteTables", {"cidrs"}),
        (vpn_connections, "ListFirewalls", {"protected_by", "ips_mode"}),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_a_denied_call_would_have_told_is_unknown(
    service: Any,
    operation: str,
    facts: set[str],
    proxy: FaultProxy,
    open_account: OpenAccount,
    made: dict[str, str],
) -> None:
    proxy.decide = lambda request: DENIED if request.operation == operation else None
    found = [one for one in service(open_account(proxy.url), REGION) if not one.unlisted]
    unknown = {path.rpartition("/")[2] for one in found for path in one.unknown}
    assert made
    assert unknown - {"tunnels"} == facts


@pytest.mark.parametrize(
    ("service", "operation"),
    [
        (gateways, "DescribeInternetGateways"),
        (gateways, "DescribeAddresses"),
        (peerings, "DescribeVpcPeeringConnections"),
        (transit_gateways, "DescribeTransitGateways"),
        (vpn_connections, "DescribeVpnConnections"),
        (firewalls, "ListFirewalls"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_list_that_is_denied_leaves_a_stand_in(
    service: Any, operation: str, proxy: FaultProxy, open_account: OpenAccount
) -> None:
    proxy.decide = lambda request: DENIED if request.operation == operation else None
    assert any(one.unlisted for one in service(open_account(proxy.url), REGION))


@pytest.mark.parametrize(
    ("changes", "interface", "expected"),
    [
        ({"InstanceId": "i-1"}, {"InterfaceType": "interface"}, "instance"),
        ({"ServiceManaged": "alb"}, None, "load_balancer"),
        ({"ServiceManaged": "rnat"}, None, "gateway"),
        ({}, {"InterfaceType": "network_load_balancer"}, "load_balancer"),
        ({}, {"InterfaceType": "vpc_endpoint"}, "other"),
        ({"AssociationId": "eipassoc-1"}, None, "other"),
        ({}, None, None),
        ({}, Unknown("denied"), Unknown("denied")),
    ],
)
def test_what_an_address_is_bound_to(changes: Any, interface: Any, expected: Any) -> None:
    assert attached_to({"PublicIp": "203.0.113.7"} | changes, interface) == expected


def test_the_far_side_of_a_peering_is_that_of_the_other_account_or_region(
    fresh_moto: str, open_account: OpenAccount
) -> None:
    def side(owner: str, region: str) -> dict[str, str]:
        return {"OwnerId": owner, "Region": region}

    account, here = open_account(fresh_moto), side(ACCOUNT_ID, REGION)
    for far in (side("999988887777", REGION), side(ACCOUNT_ID, "eu-west-1")):
        for pair in ((here, far), (far, here)):
            item = dict(zip(("RequesterVpcInfo", "AccepterVpcInfo"), pair, strict=True))
            assert far_sides(account, REGION, item) == [far]


@pytest.fixture
def wall_server() -> Iterator[Scripted]:
    """A Network Firewall with one recorded firewall."""
    with scripted() as server:
        found = [{"FirewallName": "unicron", "FirewallArn": FIREWALL}]
        listed = {"Targets": [".example.com"], "GeneratedRulesType": "DENYLIST"}
        group = {"RulesSource": {"RulesSourceList": listed}}
        answers: dict[str, Any] = {
            "ListFirewalls": {"Firewalls": found},
            "DescribeFirewall": recorded("network_firewall.json"),
            "DescribeFirewallPolicy": {"FirewallPolicy": POLICY},
            "DescribeRuleGroup": {"RuleGroup": group},
        }
        for name, answer in answers.items():
            server.replies[name] = [Reply(body=json.dumps(answer))]
        yield server


def test_a_firewall(wall_server: Scripted, open_account: OpenAccount) -> None:
    account = open_account(wall_server.url)
    (found,) = firewalls(account, REGION)
    assert (found.id, found.name, found.tags["App"]) == (FIREWALL, "unicron", "CustodianDev")
    assert found.unknown == {}
    facts = found.facts
    assert (facts["kind"], facts["ips_mode"], facts["protected_by"], facts["zones"]) == (
        "firewall",
        "block",
        ["firewall"],
        ["us-east-2a", "us-east-2c"],
    )
    walls: Any = read_walls(account, REGION)
    assert walls[0].endpoints == {
        "vpce-0720b9b5e9a7d611e": "subnet-0419cca2069994f38",
        "vpce-053a673424ec2b82f": "subnet-060031dd8ac95c297",
    }


@pytest.mark.parametrize(
    ("operation", "facts"),
    [
        ("DescribeFirewall", {"ips_mode", "zones", "tags"}),
        ("DescribeFirewallPolicy", {"ips_mode"}),
        ("DescribeRuleGroup", {"ips_mode"}),
    ],
)
def test_a_firewall_that_is_read_in_part(
    operation: str, facts: set[str], wall_server: Scripted, open_account: OpenAccount
) -> None:
    wall_server.replies[operation] = [error("AccessDeniedException")]
    (found,) = firewalls(open_account(wall_server.url), REGION)
    assert set(found.unknown) == facts


def test_one_firewall_that_is_not_read_makes_all_paths_unknown(
    wall_server: Scripted, open_account: OpenAccount
) -> None:
    wall_server.replies["DescribeFirewall"] = [error("AccessDeniedException")]
    account: Account = open_account(wall_server.url)
    assert read_walls(account, REGION) == Unknown(
        "AccessDeniedException: network-firewall:DescribeFirewall"
    )
