"""Calls about gateways of VPCs that several services make."""

from __future__ import annotations

from collectors.aliyun.vpc_calls import vpc_call

DESCRIBE_NAT_GATEWAYS = vpc_call("DescribeNatGateways", "NatGateways.NatGateway")
DESCRIBE_VPN_GATEWAYS = vpc_call("DescribeVpnGateways", "VpnGateways.VpnGateway")
DESCRIBE_IPV6_GATEWAYS = vpc_call("DescribeIpv6Gateways", "Ipv6Gateways.Ipv6Gateway")
