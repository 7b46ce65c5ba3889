"""Lines and virtual interfaces of Direct Connect. Source: CloudFormation template reference, AWS
Direct Connect."""

from __future__ import annotations

from collectors.iac.cloudformation.resources.networks import plain
from collectors.iac.mappers.aws.direct_connect import LINES, PRIVATE, PUBLIC, TRANSIT
from collectors.iac.stacks.resource import Translation

_NAME = {"VirtualInterfaceName": "name"}
_TO_GATEWAY = {"DirectConnectGatewayId": "dx_gateway_id"}

TRANSLATIONS: dict[str, Translation] = {
    "AWS::DirectConnect::Connection": plain(
        LINES[0], {"ConnectionName": "name", "Bandwidth": "bandwidth"}
    ),
    "AWS::DirectConnect::PrivateVirtualInterface": plain(
        PRIVATE, _NAME | _TO_GATEWAY | {"VirtualGatewayId": "vpn_gateway_id"}
    ),
    "AWS::DirectConnect::PublicVirtualInterface": plain(
        PUBLIC, _NAME | {"RouteFilterPrefixes": "route_filter_prefixes"}
    ),
    "AWS::DirectConnect::TransitVirtualInterface": plain(TRANSIT, _NAME | _TO_GATEWAY),
}
