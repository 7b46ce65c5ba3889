"""NAT gateways, elastic IP addresses, server certificates and Direct Connect in templates."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from collectors.document import Unknown
from collectors.iac.blocks import Block, Reference
from tests.collectors.iac.conftest import documents
from tests.collectors.iac.mappers.hand import block, the

DOUBT = Unknown("var.x has no value here")
WALL = block("aws_networkfirewall_firewall.f", {})
SUBNET = block("aws_subnet.s", {"availability_zone": "cn-north-1a"})
MINE = Reference("aws_eip.e", "id")


def test_nat_gateways() -> None:
    values = {"subnet_id": Reference("aws_subnet.s", "id")}
    public = the(block("aws_nat_gateway.n", values), SUBNET).facts
    assert (public["kind"], public["zones"]) == ("nat", ["cn-north-1a"])
    assert (public["protected_by"], public["ips_mode"], public["peers"]) == ([], None, [])
    # Which way its traffic takes is not told beside a firewall; a private one never goes out.
    walled = the(block("aws_nat_gateway.n", values), SUBNET, WALL)
    assert {"protected_by", "ips_mode"} <= set(walled.unknown)
    opened = the(block("aws_nat_gateway.n", values | {"connectivity_type": DOUBT}), WALL)
    assert {"protected_by", "ips_mode", "zones"} <= set(opened.unknown)
    private = the(block("aws_nat_gateway.n", values | {"connectivity_type": "private"}), WALL)
    assert (private.facts["protected_by"], private.facts["ips_mode"]) == ([], None)


def test_regional_nat_gateways() -> None:
    address = {"availability_zone": "cn-north-1b", "allocation_ids": [MINE]}
    spread = {"availability_mode": "regional"}
    manual = the(block("aws_nat_gateway.n", spread | {"availability_zone_address": [address]}))
    assert manual.facts["zones"] == ["cn-north-1b"]
    assert "zones" in the(block("aws_nat_gateway.n", spread)).unknown


def eip(**values: Any) -> Block:
    return block("aws_eip.e", values)


@pytest.mark.parametrize(
    ("values", "other", "use"),
    [
        ({"instance": "i-1"}, WALL, "instance"),
        (
            {},
            block("aws_eip_association.a", {"allocation_id": MINE, "instance_id": "i"}),
            "instance",
        ),
        ({}, block("aws_nat_gateway.n", {"allocation_id": MINE}), "gateway"),
        ({}, block("aws_nat_gateway.n", {"secondary_allocation_ids": [MINE]}), "gateway"),
        (
            {},
            block("aws_nat_gateway.n", {"availability_zone_address": [{"allocation_ids": [MINE]}]}),
            "gateway",
        ),
        ({}, block("aws_lb.l", {"subnet_mapping": [{"allocation_id": MINE}]}), "load_balancer"),
        ({}, WALL, None),
        ({}, block("aws_nat_gateway.n", {"allocation_id": DOUBT}), None),
        ({"instance": DOUBT}, WALL, None),
        ({"network_interface": "eni-1"}, WALL, None),
    ],
)
def test_what_an_address_is_bound_to(values: Any, other: Block, use: str | None) -> None:
    found = the(eip(**values), other)
    assert (found.facts["kind"], found.facts["bandwidth_mbps"]) == ("public-ip", None)
    assert found.facts.get("attached_to") == use
    assert ("attached_to" in found.unknown) is (use is None)
    # What guards it is not told beside a firewall or Shield Advanced, else nothing does.
    assert ("protected_by" in found.unknown) is (other is WALL)
    shielded = the(eip(**values), other, block("aws_shield_protection.s", {}))
    assert "protected_by" in shielded.unknown


CERTIFICATE = block("aws_iam_server_certificate.c", {"name": "www"})
ARN = Reference("aws_iam_server_certificate.c", "arn")


@pytest.mark.parametrize(
    "user",
    [
        block("aws_lb_listener.u", {"certificate_arn": ARN}),
        block("aws_elb.u", {"listener": [{"ssl_certificate_id": ARN}]}),
        block(
            "aws_cloudfront_distribution.u", {"viewer_certificate": [{"iam_certificate_id": ARN}]}
        ),
    ],
)
def test_server_certificates(user: Block) -> None:
    found = the(CERTIFICATE, user)
    assert (found.facts["in_use"], found.facts["auto_renew"]) == (True, False)
    assert (found.region, found.name) == ("global", "www")
    # When it ends is not read: never a pass. Neither is that nothing uses it.
    assert {"expires", "algorithm", "key_bits"} <= set(found.unknown)
    assert "in_use" in the(CERTIFICATE).unknown


def test_lines() -> None:
    for kind in ("aws_dx_connection", "aws_dx_hosted_connection"):
        found = the(block(f"{kind}.x", {"name": "line", "bandwidth": "10Gbps"}))
        assert (found.facts["kind"], found.facts["bandwidth_mbps"]) == ("express", 10_000)
        assert found.facts["peers"] == []
        for value in (DOUBT, "much", None):
            assert "bandwidth_mbps" in the(block(f"{kind}.x", {"bandwidth": value})).unknown


def test_virtual_interfaces() -> None:
    announced = {"route_filter_prefixes": ["203.0.113.0/24", DOUBT]}
    public = the(block("aws_dx_public_virtual_interface.x", announced), WALL)
    assert public.facts["protected_by"] == []
    assert public.facts["peers"][0]["account"] is None
    assert public.facts["peers"][0]["cidrs"] == ["203.0.113.0/24", None]
    assert "peers/0/cidrs" in the(block("aws_dx_public_virtual_interface.x", {})).unknown
    kind = "aws_dx_private_virtual_interface"
    to = Reference("aws_vpn_gateway.g", "id")
    route = block("aws_route.r", {"gateway_id": to, "destination_cidr_block": "10.0.0.0/8"})
    straight = block(f"{kind}.x", {"vpn_gateway_id": to})
    private = the(straight, block("aws_vpn_gateway.g", {}), route)
    # Beside the routes that are written stands what BGP adds.
    assert private.facts["peers"][0]["cidrs"] == ["10.0.0.0/8", None]
    assert private.facts["protected_by"] == []
    for found in (the(straight, WALL), the(block(f"{kind}.x", {"dx_gateway_id": "dx"}))):
        assert {"protected_by", "ips_mode", "peers/0/cidrs"} <= set(found.unknown)


def test_cloudformation(folder: Path) -> None:
    text = """AWSTemplateFormatVersion: '2010-09-09'
Resources:
  Subnet: {Type: AWS::EC2::Subnet, Properties: {AvailabilityZone: cn-north-1a}}
  One: {Type: AWS::EC2::EIP}
  Two: {Type: AWS::EC2::EIP}
  Three: {Type: AWS::EC2::EIP}
  Four: {Type: AWS::EC2::EIP}
  Nat:
    Type: AWS::EC2::NatGateway
    Properties: {AllocationId: !GetAtt One.AllocationId, SubnetId: !Ref Subnet}
  Regional:
    Type: AWS::EC2::NatGateway
    Properties:
      AvailabilityMode: regional
      AvailabilityZoneAddresses:
        - {AvailabilityZone: cn-north-1b, AllocationIds: [!GetAtt Two.AllocationId]}
  Balancer:
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties:
      Type: network
      SubnetMappings: [{SubnetId: !Ref Subnet, AllocationId: !GetAtt Three.AllocationId}]
  Link:
    Type: AWS::EC2::EIPAssociation
    Properties: {EIP: !Ref Four, InstanceId: i-1}
  Certificate:
    Type: AWS::IAM::ServerCertificate
    Properties: {ServerCertificateName: www}
  Listener:
    Type: AWS::ElasticLoadBalancingV2::ListenerCertificate
    Properties: {ListenerArn: 'arn:l', Certificates: [{CertificateArn: !GetAtt Certificate.Arn}]}
  Line:
    Type: AWS::DirectConnect::Connection
    Properties: {ConnectionName: line, Bandwidth: 1Gbps, Location: EqDC2}
  Public:
    Type: AWS::DirectConnect::PublicVirtualInterface
    Properties: {VirtualInterfaceName: out, RouteFilterPrefixes: [203.0.113.0/24]}
  Private:
    Type: AWS::DirectConnect::PrivateVirtualInterface
    Properties: {VirtualInterfaceName: in, VirtualGatewayId: vgw-1}
  Transit:
    Type: AWS::DirectConnect::TransitVirtualInterface
    Properties: {VirtualInterfaceName: through, DirectConnectGatewayId: dx}
"""
    (folder / "stack.yaml").write_text(text, encoding="utf-8")
    found = documents(folder)[1]
    uses = {name: found[name].facts["attached_to"] for name in ("One", "Two", "Three", "Four")}
    assert [*uses.values()] == ["gateway", "gateway", "load_balancer", "instance"]
    assert found["Nat"].facts["zones"] == ["cn-north-1a"]
    assert found["Regional"].facts["zones"] == ["cn-north-1b"]
    assert (found["Certificate"].name, found["Certificate"].facts["in_use"]) == ("www", True)
    assert (found["Line"].name, found["Line"].facts["bandwidth_mbps"]) == ("line", 1000)
    assert found["Public"].facts["peers"][0]["cidrs"] == ["203.0.113.0/24"]
    assert found["Private"].facts["protected_by"] == []
    assert "protected_by" in found["Transit"].unknown
