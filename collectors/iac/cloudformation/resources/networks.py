"""VPCs and what is in them. Source: CloudFormation template reference, Amazon EC2."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.document import Unknown
from collectors.iac.blocks import Block
from collectors.iac.mappers.aws.private_way import ENDPOINT
from collectors.iac.stacks.resource import Resource, Translation, is_open, renamed, tags


def plain(kind: str, names: dict[str, str]) -> Translation:
    """A translation that gives properties other names, and tags."""

    def translate(resource: Resource) -> Iterator[Block]:
        values = renamed(resource.properties, names)
        yield resource.block(kind, values | {"tags": tags(resource.get("Tags"))})

    return translate


def attachment(resource: Resource) -> Iterator[Block]:
    """An internet gateway at a VPC. Attachments of VPN gateways lead nowhere public."""
    if resource.get("InternetGatewayId") is not None:
        names = {"VpcId": "vpc_id", "InternetGatewayId": "internet_gateway_id"}
        yield resource.block("aws_internet_gateway_attachment", renamed(resource.properties, names))


def acl_entry(resource: Resource) -> Iterator[Block]:
    """A rule of a network ACL."""
    names = {
        "NetworkAclId": "network_acl_id",
        "RuleNumber": "rule_number",
        "RuleAction": "rule_action",
        "Protocol": "protocol",
        "Egress": "egress",
        "CidrBlock": "cidr_block",
        "Ipv6CidrBlock": "ipv6_cidr_block",
    }
    ports = resource.get("PortRange")
    if is_open(ports):
        ends: dict[str, Any] = {"from_port": ports, "to_port": ports}
    else:
        ends = renamed(ports or {}, {"From": "from_port", "To": "to_port"})
    yield resource.block("aws_network_acl_rule", renamed(resource.properties, names) | ends)


def flow_log(resource: Resource) -> Iterator[Block]:
    """A flow log of a VPC, a subnet, an interface or a transit gateway."""
    kind, target = resource.get("ResourceType"), resource.get("ResourceId")
    arguments = {"VPC": "vpc_id", "Subnet": "subnet_id", "NetworkInterface": "eni_id"}
    if is_open(kind):
        doubt = Unknown("what the flow log is of is decided at deployment")
        where: dict[str, Any] = {"vpc_id": doubt}
    else:
        where = {arguments.get(str(kind), "transit_gateway_id"): target}
    names = {
        "TrafficType": "traffic_type",
        "LogDestination": "log_destination",
        "LogGroupName": "log_group_name",
    }
    values = renamed(resource.properties, names) | where
    yield resource.block("aws_flow_log", values | {"tags": tags(resource.get("Tags"))})


TRANSLATIONS: dict[str, Translation] = {
    "AWS::EC2::FlowLog": flow_log,
    "AWS::EC2::InternetGateway": plain("aws_internet_gateway", {}),
    "AWS::EC2::NetworkAcl": plain("aws_network_acl", {"VpcId": "vpc_id"}),
    "AWS::EC2::NetworkAclEntry": acl_entry,
    "AWS::EC2::NetworkInterface": plain(
        "aws_network_interface",
        {
            "SubnetId": "subnet_id",
            "GroupSet": "security_groups",
            "Ipv6AddressCount": "ipv6_address_count",
            "Ipv6Addresses": "ipv6_addresses",
            "Ipv6PrefixCount": "ipv6_prefix_count",
        },
    ),
    "AWS::EC2::VPCEndpoint": plain(
        ENDPOINT,
        {
            "ServiceName": "service_name",
            "RouteTableIds": "route_table_ids",
            "SubnetIds": "subnet_ids",
            "PolicyDocument": "policy",
        },
    ),
    "AWS::EC2::Route": plain(
        "aws_route",
        {
            "RouteTableId": "route_table_id",
            "DestinationCidrBlock": "destination_cidr_block",
            "DestinationIpv6CidrBlock": "destination_ipv6_cidr_block",
            "DestinationPrefixListId": "destination_prefix_list_id",
            "GatewayId": "gateway_id",
            "NatGatewayId": "nat_gateway_id",
            "TransitGatewayId": "transit_gateway_id",
            "VpcPeeringConnectionId": "vpc_peering_connection_id",
        },
    ),
    "AWS::EC2::RouteTable": plain("aws_route_table", {"VpcId": "vpc_id"}),
    "AWS::EC2::Subnet": plain(
        "aws_subnet",
        {
            "VpcId": "vpc_id",
            "CidrBlock": "cidr_block",
            "Ipv6CidrBlock": "ipv6_cidr_block",
            "MapPublicIpOnLaunch": "map_public_ip_on_launch",
            "AssignIpv6AddressOnCreation": "assign_ipv6_address_on_creation",
            "AvailabilityZone": "availability_zone",
        },
    ),
    "AWS::EC2::SubnetNetworkAclAssociation": plain(
        "aws_network_acl_association", {"NetworkAclId": "network_acl_id", "SubnetId": "subnet_id"}
    ),
    "AWS::EC2::SubnetRouteTableAssociation": plain(
        "aws_route_table_association", {"SubnetId": "subnet_id", "RouteTableId": "route_table_id"}
    ),
    "AWS::EC2::VPC": plain(
        "aws_vpc", {"CidrBlock": "cidr_block", "InstanceTenancy": "instance_tenancy"}
    ),
    "AWS::EC2::VPCCidrBlock": plain(
        "aws_vpc_ipv4_cidr_block_association", {"VpcId": "vpc_id", "CidrBlock": "cidr_block"}
    ),
    "AWS::EC2::VPCGatewayAttachment": attachment,
    "AWS::WAFv2::WebACLAssociation": plain(
        "aws_wafv2_web_acl_association",
        {"ResourceArn": "resource_arn", "WebACLArn": "web_acl_arn"},
    ),
}
