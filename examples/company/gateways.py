"""What joins the company's networks with one another, and with its own sites: a transit gateway, a
virtual interface of Direct Connect."""

from __future__ import annotations

from collections.abc import Mapping

from examples.company.account import CORE, MAIN_REGION, UNTAGGED, Account, specification


def fill_gateways(
    account: Account, region: str, vpcs: Mapping[str, str], subnets: Mapping[str, str]
) -> None:
    """Fill one region."""
    if region != MAIN_REGION:
        return
    ec2 = account.client("ec2", region)
    gateway = ec2.create_transit_gateway(
        Description="head office", TagSpecifications=specification("transit-gateway", "bank", CORE)
    )["TransitGateway"]["TransitGatewayId"]
    account.made("ec2", "transit-gateway")
    table = ec2.create_transit_gateway_route_table(
        TransitGatewayId=gateway,
        TagSpecifications=specification("transit-gateway-route-table", "bank", CORE),
    )["TransitGatewayRouteTable"]["TransitGatewayRouteTableId"]
    attachment = ec2.create_transit_gateway_vpc_attachment(
        TransitGatewayId=gateway,
        VpcId=vpcs["core"],
        SubnetIds=[subnets["core-app-a"], subnets["core-app-b"]],
    )["TransitGatewayVpcAttachment"]["TransitGatewayAttachmentId"]
    ec2.create_transit_gateway_route(
        DestinationCidrBlock="10.10.0.0/16",
        TransitGatewayRouteTableId=table,
        TransitGatewayAttachmentId=attachment,
    )
    account.made("ec2", "transit-gateway-attachment")

    _lead_to_the_site(account, region, vpcs["core"])

    # bad: an address that nothing uses
    ec2.allocate_address(
        Domain="vpc", TagSpecifications=specification("elastic-ip", "spare", UNTAGGED)
    )
    account.made("ec2", "elastic-ip")


def _lead_to_the_site(account: Account, region: str, vpc_id: str) -> None:
    """From the core network to the data centre of the head office, on the line of a partner."""
    ec2 = account.client("ec2", region)
    gateway = ec2.create_vpn_gateway(
        Type="ipsec.1", TagSpecifications=specification("vpn-gateway", "head-office", CORE)
    )["VpnGateway"]["VpnGatewayId"]
    ec2.attach_vpn_gateway(VpnGatewayId=gateway, VpcId=vpc_id)
    account.client("directconnect", region).create_private_virtual_interface(
        connectionId="dxcon-ffffffff",
        newPrivateVirtualInterface={
            "virtualInterfaceName": "head-office",
            "vlan": 101,
            "asn": 65001,
            "virtualGatewayId": gateway,
            "tags": [{"key": key, "value": value} for key, value in CORE.items()],
        },
    )
    account.made("directconnect", "virtual-interface")
