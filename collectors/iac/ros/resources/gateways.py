"""Gateways, addresses and network ACLs. Source: ALIYUN::VPC::*, ALIYUN::CEN::* and
ALIYUN::ECS::Route of the ROS resource type reference."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.iac.blocks import Block
from collectors.iac.mappers.alicloud.cen import (
    ATTACHED,
    BETWEEN,
    BORDER_ATTACHED,
    CEN,
    LIMIT,
    ROUTER,
    VPC_ATTACHED,
)
from collectors.iac.mappers.alicloud.gateways import (
    EIPS,
    NAT,
    PACKAGE,
    PEERING,
    SNAT,
)
from collectors.iac.mappers.alicloud.shared_bandwidth import SHARED
from collectors.iac.mappers.alicloud.subnet import ACL, ACL_LINKS
from collectors.iac.mappers.alicloud.vpn import CONNECTION, GATEWAY
from collectors.iac.mappers.alicloud.vswitch_routes import IPV6_GATEWAY, ROUTE, TABLE, TABLE_LINK
from collectors.iac.ros.resources.shared import plain, rows
from collectors.iac.stacks.functions import open_
from collectors.iac.stacks.resource import (
    Resource,
    Translation,
    is_open,
    part,
    parts,
    renamed,
    tags,
)

_IKE = {"IkeAuthAlg": "ike_auth_alg", "IkeEncAlg": "ike_enc_alg", "IkeVersion": "ike_version"}
_IPSEC = {"IpsecAuthAlg": "ipsec_auth_alg", "IpsecEncAlg": "ipsec_enc_alg"}
_ENTRY = {"Protocol": "protocol", "Port": "port", "Policy": "policy", "Description": "description"}
_RESOURCE = {"ResourceId": "resource_id", "ResourceType": "resource_type"}


def connection(resource: Resource) -> Iterator[Block]:
    """A VPN connection with one tunnel or with two."""
    values = renamed(resource.properties, {"VpnGatewayId": "vpn_gateway_id"})
    values["ike_config"] = part(resource.get("IkeConfig"), _IKE)
    values["ipsec_config"] = part(resource.get("IpsecConfig"), _IPSEC)
    options = resource.get("TunnelOptionsSpecification")
    if options is not None:
        found = [_tunnel(each) for each in rows(options)]
        values["tunnel_options_specification"] = options if is_open(options) else found
    yield resource.block(CONNECTION, values)


def _tunnel(value: Any) -> Any:
    if is_open(value):
        return open_(value)
    found = {
        "tunnel_ike_config": part(value.get("TunnelIkeConfig"), _IKE),
        "tunnel_ipsec_config": part(value.get("TunnelIpsecConfig"), _IPSEC),
    }
    return {name: each for name, each in found.items() if each is not None}


def acl(resource: Resource) -> Iterator[Block]:
    """A network ACL."""
    values = renamed(resource.properties, {"NetworkAclName": "network_acl_name", "VpcId": "vpc_id"})
    for direction, peer in (("Ingress", "SourceCidrIp"), ("Egress", "DestinationCidrIp")):
        argument = "source_cidr_ip" if direction == "Ingress" else "destination_cidr_ip"
        entries = resource.get(f"{direction}AclEntries")
        found = entries if is_open(entries) else parts(rows(entries), _ENTRY | {peer: argument})
        values[f"{direction.lower()}_acl_entries"] = found
    yield resource.block(ACL, values | {"tags": tags(resource.get("Tags"))})


def acl_association(resource: Resource) -> Iterator[Block]:
    """The vSwitches that an ACL is for."""
    listed = resource.get("Resources")
    found = listed if is_open(listed) else parts(rows(listed), _RESOURCE)
    yield resource.block(
        ACL_LINKS, {"network_acl_id": resource.get("NetworkAclId"), "resources": found}
    )


def packaged(resource: Resource) -> Iterator[Block]:
    """The addresses of a shared bandwidth package."""
    eips, package = resource.get("Eips"), resource.get("BandwidthPackageId")
    for i, each in enumerate(rows(eips)):
        to = each.get("AllocationId") if isinstance(each, dict) else open_(each)
        own = each.get("Bandwidth") if isinstance(each, dict) else open_(each)
        values = {"instance_id": to, "bandwidth_package_id": package}
        values["bandwidth_package_bandwidth"] = own
        yield resource.block(PACKAGE, values, part=f"Eips/{i}" if i else "")


_OF_ROUTER = {"CenId": "cen_id", "TransitRouterId": "transit_router_id"}

TRANSLATIONS: dict[str, Translation] = {
    "ALIYUN::CEN::CenBandwidthLimit": plain(
        LIMIT, {"CenId": "instance_id", "BandwidthLimit": "bandwidth_limit"}
    ),
    "ALIYUN::CEN::CenInstance": plain(CEN, {"Name": "cen_instance_name"}),
    "ALIYUN::CEN::CenInstanceAttachment": plain(
        ATTACHED,
        {
            "CenId": "instance_id",
            "ChildInstanceId": "child_instance_id",
            "ChildInstanceRegionId": "child_instance_region_id",
            "ChildInstanceOwnerId": "child_instance_owner_id",
        },
    ),
    "ALIYUN::CEN::TransitRouter": plain(ROUTER, {"CenId": "cen_id"}),
    "ALIYUN::CEN::TransitRouterPeerAttachment": plain(
        BETWEEN, {**_OF_ROUTER, "Bandwidth": "bandwidth", "BandwidthType": "bandwidth_type"}
    ),
    "ALIYUN::CEN::TransitRouterVbrAttachment": plain(BORDER_ATTACHED, _OF_ROUTER),
    "ALIYUN::CEN::TransitRouterVpcAttachment": plain(
        VPC_ATTACHED, {**_OF_ROUTER, "VpcId": "vpc_id", "VpcOwnerId": "vpc_owner_id"}
    ),
    "ALIYUN::ECS::Route": plain(
        ROUTE,
        {
            "RouteTableId": "route_table_id",
            "DestinationCidrBlock": "destination_cidrblock",
            "NextHopType": "nexthop_type",
            "NextHopId": "nexthop_id",
        },
    ),
    "ALIYUN::VPC::CommonBandwidthPackage": plain(SHARED, {"Bandwidth": "bandwidth"}),
    "ALIYUN::VPC::CommonBandwidthPackageIp": packaged,
    "ALIYUN::VPC::EIP": plain(
        EIPS[0], {"Name": "address_name", "Bandwidth": "bandwidth"}, {"bandwidth": "5"}
    ),
    "ALIYUN::VPC::Ipv6Gateway": plain(IPV6_GATEWAY, {"VpcId": "vpc_id"}),
    "ALIYUN::VPC::NatGateway": plain(
        NAT, {"NatGatewayName": "nat_gateway_name", "VpcId": "vpc_id", "VSwitchId": "vswitch_id"}
    ),
    "ALIYUN::VPC::NetworkAcl": acl,
    "ALIYUN::VPC::NetworkAclAssociation": acl_association,
    "ALIYUN::VPC::RouteTable": plain(TABLE, {"RouteTableName": "name", "VpcId": "vpc_id"}),
    "ALIYUN::VPC::RouteTableAssociation": plain(
        TABLE_LINK, {"RouteTableId": "route_table_id", "VSwitchId": "vswitch_id"}
    ),
    "ALIYUN::VPC::SnatEntry": plain(SNAT, {"SnatTableId": "snat_table_id", "SnatIp": "snat_ip"}),
    "ALIYUN::VPC::VpcPeerConnection": plain(
        PEERING,
        {
            "Name": "peer_connection_name",
            "VpcId": "vpc_id",
            "AcceptingVpcId": "accepting_vpc_id",
            "AcceptingAliUid": "accepting_ali_uid",
            "AcceptingRegionId": "accepting_region_id",
            "Bandwidth": "bandwidth",
        },
    ),
    "ALIYUN::VPC::VpnConnection": connection,
    "ALIYUN::VPC::VpnGateway": plain(
        GATEWAY,
        {
            "Name": "vpn_gateway_name",
            "VpcId": "vpc_id",
            "VSwitchId": "vswitch_id",
            "DisasterRecoveryVSwitchId": "disaster_recovery_vswitch_id",
            "Bandwidth": "bandwidth",
        },
    ),
}
