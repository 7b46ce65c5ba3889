"""SSL-VPN servers. Source: ALIYUN::VPC::SslVpnServer of the ROS resource type reference, which has
the default of Terraform for the cipher."""

from __future__ import annotations

from collectors.iac.mappers.alicloud.ssl_vpn import SERVER
from collectors.iac.ros.resources.shared import plain
from collectors.iac.stacks.resource import Translation

TRANSLATIONS: dict[str, Translation] = {
    "ALIYUN::VPC::SslVpnServer": plain(
        SERVER,
        {
            "Name": "name",
            "VpnGatewayId": "vpn_gateway_id",
            "ClientIpPool": "client_ip_pool",
            "Cipher": "cipher",
        },
    ),
}
