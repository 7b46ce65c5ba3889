"""What joins the company's networks with one another: a transit gateway."""

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

    # bad: an address that nothing uses
    ec2.allocate_address(
        Domain="vpc", TagSpecifications=specification("elastic-ip", "spare", UNTAGGED)
    )
    account.made("ec2", "elastic-ip")
