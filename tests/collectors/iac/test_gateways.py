"""Gateways of AWS in Terraform and CloudFormation: peerings, VPNs, transit and internet gateways,
Network Firewall."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from collectors.document import Document, Unknown
from collectors.iac.blocks import Block, Reference
from tests.collectors.iac.conftest import documents
from tests.collectors.iac.mappers.hand import block, the

DOUBT = Unknown("var.x has no value here")
REGION = {"region": "eu-west-1", "allowed_account_ids": ["111122223333"]}


def ref(address: str, attribute: str = "id") -> Reference:
    return Reference(address, attribute)


def made(kind: str, values: dict[str, Any], *others: Block) -> Document:
    return the(block(f"{kind}.x", values, REGION), *others)


def route(argument: str, target: str, cidr: Any = "0.0.0.0/0") -> Block:
    return block(
        f"aws_route.{argument}",
        {
            "route_table_id": ref("aws_route_table.t"),
            "destination_cidr_block": cidr,
            argument: ref(target),
        },
    )


PEER = "aws_vpc_peering_connection"


def test_a_peering() -> None:
    found = made(PEER, {"peer_vpc_id": "vpc-1", "peer_owner_id": "999988887777"})
    assert found.facts["kind"] == "peering"
    assert found.facts["protected_by"] == []
    (peer,) = found.facts["peers"]
    assert (peer["region"], peer["vpc_id"]) == ("eu-west-1", "vpc-1")
    # Whether that is the template's own account is not known; without the argument it is.
    assert "peers/0/account" in found.unknown
    own = made(PEER, {"peer_vpc_id": "vpc-1", "peer_region": "us-east-1"})
    assert own.facts["peers"][0] | {"account": own.account} == own.facts["peers"][0]
    assert own.facts["peers"][0]["region"] == "us-east-1"
    assert own.unknown["peers/0/cidrs"] == "no route of this template leads to the gateway"


@pytest.mark.parametrize(
    ("values", "cidrs"),
    [
        ({"destination_cidr_block": "10.0.0.0/8"}, ["10.0.0.0/8"]),
        ({"destination_prefix_list_id": "pl-1"}, None),
        ({"destination_cidr_block": DOUBT}, [None]),
    ],
)
def test_what_is_routed_to_a_peering(
    values: dict[str, Any], cidrs: list[str | None] | None
) -> None:
    to = {"vpc_peering_connection_id": ref(f"{PEER}.x")}
    apart = block("aws_route.r", values | to)
    inline = block("aws_route_table.t", {"route": [values | to]})
    for other in (apart, inline):
        found = made(PEER, {"peer_vpc_id": "vpc-1"}, other)
        assert found.facts["peers"][0].get("cidrs") == cidrs
    opened = made(PEER, {}, block("aws_route.r", {"vpc_peering_connection_id": DOUBT}))
    assert "peers/0/cidrs" in opened.unknown


SAFE = {
    f"tunnel{number}_{name}": value
    for number in (1, 2)
    for name, value in {
        "ike_versions": ["ikev2"],
        "phase1_encryption_algorithms": ["AES256"],
        "phase2_encryption_algorithms": ["AES256-GCM-16"],
        "phase1_integrity_algorithms": ["SHA2-256"],
        "phase2_integrity_algorithms": ["SHA2-512"],
    }.items()
}


def test_tunnels() -> None:
    found = made("aws_vpn_connection", SAFE)
    for tunnel in found.facts["tunnels"]:
        assert tunnel["encryption"] == ["aes256", "aes256-gcm"]
        assert (tunnel["integrity"], tunnel["ike"]) == (["sha256", "sha512"], ["ikev2"])
    assert (found.facts["protected_by"], found.facts["peers"][0]["account"]) == ([], None)
    # AWS offers every suite where none is chosen.
    unset = made("aws_vpn_connection", {}).facts["tunnels"]
    assert [(len(one["integrity"]), one["ike"]) for one in unset] == [(4, ["ikev1", "ikev2"])] * 2
    opened = made("aws_vpn_connection", SAFE | {"tunnel2_ike_versions": DOUBT})
    assert "tunnels/1/ike" in opened.unknown
    assert "tunnels/0/ike" not in opened.unknown


def test_what_is_routed_to_a_site() -> None:
    own = {
        "vpn_connection_id": ref("aws_vpn_connection.x"),
        "destination_cidr_block": "10.9.0.0/16",
    }
    static = made("aws_vpn_connection", {}, block("aws_vpn_connection_route.r", own))
    assert static.facts["peers"][0]["cidrs"] == ["10.9.0.0/16"]
    gateway = block("aws_vpn_gateway.g", {})
    values = {"vpn_gateway_id": ref("aws_vpn_gateway.g")}
    by_table = made(
        "aws_vpn_connection",
        values,
        gateway,
        route("gateway_id", "aws_vpn_gateway.g", "10.0.0.0/8"),
    )
    assert by_table.facts["peers"][0]["cidrs"] == ["10.0.0.0/8"]


def test_a_transit_gateway_and_what_guards_it() -> None:
    own = {"transit_gateway_id": ref("aws_ec2_transit_gateway.x")}
    vpc = block("aws_vpc.v", {"cidr_block": "10.0.0.0/16"}, REGION)
    to_vpc = block(
        "aws_ec2_transit_gateway_vpc_attachment.a", own | {"vpc_id": ref("aws_vpc.v")}, REGION
    )
    far = {"peer_account_id": "999988887777", "peer_region": "us-east-1"}
    to_far = block("aws_ec2_transit_gateway_peering_attachment.b", own | far, REGION)
    site = block("aws_vpn_connection.c", own, REGION)
    found = made("aws_ec2_transit_gateway", {}, vpc, to_vpc, to_far, site)
    inner, outer, behind = found.facts["peers"]
    assert (inner["account"], inner["vpc_id"]) == (found.account, "main.tf#aws_vpc.v")
    assert (outer["region"], behind["account"]) == ("us-east-1", None)
    assert "peers/1/account" in found.unknown
    assert (found.facts["protected_by"], found.facts["ips_mode"]) == ([], None)
    walled = made("aws_ec2_transit_gateway", {}, block("aws_networkfirewall_firewall.f", {}))
    assert {"protected_by", "ips_mode"} <= set(walled.unknown)


IGW = "aws_internet_gateway.x"
TABLE = block("aws_route_table.t", {})
SUBNET = block("aws_subnet.s", {})
LINK = block(
    "aws_route_table_association.l",
    {"route_table_id": ref("aws_route_table.t"), "subnet_id": ref("aws_subnet.s")},
)
MACHINE = block("aws_instance.i", {"subnet_id": ref("aws_subnet.s")})
WALL = block("aws_networkfirewall_firewall.f", {})
NAT = block("aws_nat_gateway.n", {"subnet_id": ref("aws_subnet.s")})
INNER = (
    block("aws_route_table.u", {"route": [{"nat_gateway_id": ref("aws_nat_gateway.n")}]}),
    block("aws_subnet.u", {}),
    block(
        "aws_route_table_association.u",
        {"route_table_id": ref("aws_route_table.u"), "subnet_id": ref("aws_subnet.u")},
    ),
    block("aws_lb.b", {"subnets": [ref("aws_subnet.u")]}),
)
WAY = (TABLE, SUBNET, LINK, route("gateway_id", IGW))


@pytest.mark.parametrize(
    ("others", "attached", "protected"),
    [
        ((*WAY, MACHINE), "network", []),
        ((*WAY, MACHINE, WALL), "network", []),
        ((*WAY, NAT, *INNER, WALL), "network", []),
        ((*WAY, NAT, WALL), None, None),
        (WAY, None, []),
        ((MACHINE, WALL), None, None),
    ],
)
def test_internet_gateways(others: Any, attached: str | None, protected: list[str] | None) -> None:
    """That traffic goes around a firewall is told; that it passes one never is."""
    found = made("aws_internet_gateway", {}, *others).facts
    assert (found.get("attached_to"), found.get("protected_by")) == (attached, protected)


def reference(name: str, **more: Any) -> dict[str, Any]:
    arn = f"arn:aws:network-firewall:eu-west-1:aws-managed:stateful-rulegroup/{name}"
    return {"resource_arn": arn, **more}


SIGNATURES = reference("ThreatSignaturesBotnetActionOrder")
ALERTS = SIGNATURES | {"override": [{"action": "DROP_TO_ALERT"}]}
OWN = {"resource_arn": ref("aws_networkfirewall_rule_group.g", "arn")}


def wall(group: dict[str, Any], *references: Any, **more: Any) -> Document:
    settings = {
        "stateless_default_actions": ["aws:forward_to_sfe"],
        "stateful_rule_group_reference": list(references),
        **more,
    }
    policy = {"firewall_policy": [settings]}
    return made(
        "aws_networkfirewall_firewall",
        {"firewall_policy_arn": ref("aws_networkfirewall_firewall_policy.p", "arn")},
        block("aws_networkfirewall_firewall_policy.p", policy),
        block("aws_networkfirewall_rule_group.g", group),
    )


def text(rules: Any) -> dict[str, Any]:
    return {"rule_group": [{"rules_source": [{"rules_string": rules}]}]}


def domains(kind: Any) -> dict[str, Any]:
    listed = {"generated_rules_type": kind, "targets": [".a.cn"], "target_types": ["TLS_SNI"]}
    return {"rule_group": [{"rules_source": [{"rules_source_list": [listed]}]}]}


PASS_ALL = 'pass ip any any -> any any (msg:"x"; sid:1;)'
ATTACK = 'alert tcp any any -> any any (content:"x"; sid:2;)'


@pytest.mark.parametrize(
    ("group", "references", "mode"),
    [
        ({}, [SIGNATURES], "block"),
        ({}, [SIGNATURES, ALERTS], "alert"),
        ({}, [], "off"),
        (text(PASS_ALL), [SIGNATURES, OWN], "off"),
        (text(ATTACK), [OWN], "alert"),
        ({"rules": ATTACK}, [OWN], "alert"),
        (text(DOUBT), [SIGNATURES, OWN], None),
        (domains("DENYLIST"), [SIGNATURES, OWN], "block"),
        (domains("ALLOWLIST"), [SIGNATURES, OWN], None),
        (domains(DOUBT), [SIGNATURES, OWN], None),
        ({}, [SIGNATURES, {"resource_arn": DOUBT}], None),
        ({}, [SIGNATURES | {"override": DOUBT}], None),
        ({}, [SIGNATURES, OWN], None),
    ],
)
def test_network_firewall(group: dict[str, Any], references: list[Any], mode: str | None) -> None:
    found = wall(group, *references)
    assert found.facts["protected_by"] == ["firewall"]
    assert found.facts.get("ips_mode") == mode


def test_policies_of_firewalls_that_hand_nothing_on_or_are_not_known() -> None:
    assert wall({}, SIGNATURES, stateless_default_actions=["aws:pass"]).facts["ips_mode"] == "off"
    assert "ips_mode" in wall({}, SIGNATURES, stateless_default_actions=DOUBT).unknown
    later = [ref("terraform_data.action", "output")]
    assert "ips_mode" in wall({}, SIGNATURES, stateless_default_actions=later).unknown
    alone = made("aws_networkfirewall_firewall", {"firewall_policy_arn": "arn:elsewhere"})
    assert "ips_mode" in alone.unknown


STACK = """AWSTemplateFormatVersion: '2010-09-09'
Resources:
  Vpc:
    Type: AWS::EC2::VPC
    Properties: {CidrBlock: 10.0.0.0/16}
  Igw:
    Type: AWS::EC2::InternetGateway
  Attached:
    Type: AWS::EC2::VPCGatewayAttachment
    Properties: {VpcId: !Ref Vpc, InternetGatewayId: !Ref Igw}
  Peering:
    Type: AWS::EC2::VPCPeeringConnection
    Properties: {VpcId: !Ref Vpc, PeerVpcId: vpc-1}
  Table:
    Type: AWS::EC2::RouteTable
    Properties: {VpcId: !Ref Vpc}
  Route:
    Type: AWS::EC2::Route
    Properties:
      RouteTableId: !Ref Table
      DestinationCidrBlock: 0.0.0.0/0
      VpcPeeringConnectionId: !Ref Peering
  Vpn:
    Type: AWS::EC2::VPNConnection
    Properties:
      Type: ipsec.1
      VpnTunnelOptionsSpecifications:
        - IKEVersions: [{Value: ikev2}]
          Phase1EncryptionAlgorithms: [{Value: AES256}]
          Phase2EncryptionAlgorithms: [{Value: AES256}]
  Wall:
    Type: AWS::NetworkFirewall::Firewall
    Properties: {FirewallName: w, FirewallPolicyArn: !GetAtt Policy.FirewallPolicyArn}
  Policy:
    Type: AWS::NetworkFirewall::FirewallPolicy
    Properties:
      FirewallPolicy:
        StatelessDefaultActions: ['aws:forward_to_sfe']
        StatefulRuleGroupReferences: [{ResourceArn: !Ref Group}]
  Group:
    Type: AWS::NetworkFirewall::RuleGroup
    Properties:
      RuleGroup:
        RulesSource:
          StatefulRules:
            - Action: ALERT
              Header: {Protocol: TCP, Source: ANY, SourcePort: ANY, Destination: ANY,
                       DestinationPort: ANY, Direction: FORWARD}
              RuleOptions: [{Keyword: content, Settings: [x]}, {Keyword: 'sid:1'}]
"""


def test_cloudformation(folder: Path) -> None:
    (folder / "stack.yaml").write_text(STACK, encoding="utf-8")
    found = documents(folder)[1]
    assert found["Vpc"].facts["internet_gateway"] is True
    assert found["Peering"].facts["peers"][0]["cidrs"] == ["0.0.0.0/0"]
    assert found["Wall"].facts["ips_mode"] == "alert"
    first, second = found["Vpn"].facts["tunnels"]
    assert (first["ike"], first["encryption"]) == (["ikev2"], ["aes256"])
    assert second["ike"] == ["ikev1", "ikev2"]
    assert "protected_by" in found["Igw"].unknown
    assert "Attached" not in found


def subnet(*others: Block) -> Any:
    """Whether a subnet without a table of its own leads to the internet."""
    values = {"vpc_id": ref("aws_vpc.v"), "cidr_block": "10.0.1.0/24"}
    found = made("aws_subnet", values, block("aws_vpc.v", {}), block(IGW, {}), *others)
    return found.facts.get("routes_to_internet")


OUT = {"cidr_block": "0.0.0.0/0", "gateway_id": ref(IGW)}
DEFAULT = {"default_route_table_id": ref("aws_vpc.v", "default_route_table_id")}
CHOSEN = {"vpc_id": ref("aws_vpc.v"), "route_table_id": ref("aws_route_table.t")}


def default(**values: Any) -> Block:
    return block("aws_default_route_table.d", DEFAULT | values)


def test_the_main_table_of_a_network() -> None:
    assert subnet() is None
    assert subnet(default(route=[OUT])) is True
    assert subnet(default(route=[])) is False
    assert subnet(default()) is None
    assert subnet(default(route=DOUBT)) is None
    own = {"route_table_id": ref("aws_vpc.v", "main_route_table_id"), "gateway_id": ref(IGW)}
    assert subnet(block("aws_route.r", own | {"destination_cidr_block": "::/0"})) is True
    assert subnet(block("aws_route.r", own | {"destination_cidr_block": "10.0.0.0/8"})) is None
    link = block("aws_main_route_table_association.m", CHOSEN)
    assert subnet(link, block("aws_route_table.t", {"route": [OUT]})) is True
    assert subnet(link, TABLE) is False
    assert subnet(block("aws_main_route_table_association.m", CHOSEN | {"vpc_id": DOUBT})) is None


@pytest.mark.parametrize(
    ("gateway", "leads"),
    [
        (Reference("data.aws_internet_gateway.other"), True),
        (Reference("aws_vpn_gateway.v"), False),
        ("local", False),
        # What is read at apply may be the id of an internet gateway.
        (Reference("data.aws_ssm_parameter.way", "value"), None),
        (Reference("module.m.terraform_data.way", "output"), None),
        # What a plan tells of an expression that chooses.
        ([Reference("aws_vpn_gateway.v"), ref(IGW)], None),
        ([Reference("data.aws_internet_gateway.other"), ref(IGW)], True),
    ],
)
def test_a_gateway_that_is_not_in_the_template(gateway: Any, leads: bool | None) -> None:
    route = {"cidr_block": "0.0.0.0/0", "gateway_id": gateway}
    assert subnet(default(route=[route])) is leads


@pytest.mark.parametrize(
    ("route", "leads"),
    [
        ({"cidr_block": "128.0.0.0/1", "gateway_id": ref(IGW)}, True),
        ({"ipv6_cidr_block": "2000::/3", "gateway_id": ref(IGW)}, True),
        ({"cidr_block": "0.0.0.0/0", "carrier_gateway_id": "cagw-1"}, True),
        ({"cidr_block": "203.0.113.0/24", "gateway_id": ref(IGW)}, False),
        ({"cidr_block": "0.0.0.0/0", "nat_gateway_id": "nat-1", "gateway_id": ""}, False),
        ({"cidr_block": "0.0.0.0/0", "vpc_endpoint_id": "vpce-1"}, None),
        ({"cidr_block": "0.0.0.0/0", "network_interface_id": "eni-1"}, None),
        ({"destination_prefix_list_id": "pl-1", "gateway_id": ref(IGW)}, None),
        ({"destination_prefix_list_id": "pl-1", "nat_gateway_id": "nat-1"}, False),
    ],
)
def test_what_of_the_internet_a_route_sends_where(route: Any, leads: bool | None) -> None:
    """As collectors.aws.reachability says of live routes."""
    assert subnet(default(route=[route])) is leads
