"""The EC2 calls that several services share: the reader makes each of them once for a region."""

from __future__ import annotations

from typing import Any

from collectors.aws.account import Account
from collectors.calls import Call, Scope


def _ec2(
    operation: str,
    result: str = "",
    *,
    paged: bool = True,
    scope: Scope = "region",
    absent: tuple[str, ...] = (),
) -> Call:
    return Call(
        provider="aws",
        service="ec2",
        operation=operation,
        permission=f"ec2:{operation}",
        scope=scope,
        result=result,
        paged=paged,
        absent=absent,
    )


DESCRIBE_SECURITY_GROUPS = _ec2("DescribeSecurityGroups", "SecurityGroups")
DESCRIBE_NETWORK_ACLS = _ec2("DescribeNetworkAcls", "NetworkAcls")
DESCRIBE_NETWORK_INTERFACES = _ec2("DescribeNetworkInterfaces", "NetworkInterfaces")
DESCRIBE_VPCS = _ec2("DescribeVpcs", "Vpcs")
DESCRIBE_SUBNETS = _ec2("DescribeSubnets", "Subnets")
DESCRIBE_ROUTE_TABLES = _ec2("DescribeRouteTables", "RouteTables")
DESCRIBE_INTERNET_GATEWAYS = _ec2("DescribeInternetGateways", "InternetGateways")
DESCRIBE_VPC_ENDPOINTS = _ec2("DescribeVpcEndpoints", "VpcEndpoints")
DESCRIBE_FLOW_LOGS = _ec2("DescribeFlowLogs", "FlowLogs")
DESCRIBE_INSTANCES = _ec2("DescribeInstances", "Reservations")
DESCRIBE_IMAGES = _ec2("DescribeImages", "Images")
DESCRIBE_VOLUMES = _ec2("DescribeVolumes", "Volumes")
DESCRIBE_SNAPSHOTS = _ec2("DescribeSnapshots", "Snapshots")
DESCRIBE_NAT_GATEWAYS = _ec2("DescribeNatGateways", "NatGateways")
DESCRIBE_ADDRESSES = _ec2("DescribeAddresses", "Addresses", paged=False)
DESCRIBE_VPC_PEERINGS = _ec2("DescribeVpcPeeringConnections", "VpcPeeringConnections")
DESCRIBE_VPN_CONNECTIONS = _ec2("DescribeVpnConnections", "VpnConnections", paged=False)
DESCRIBE_TRANSIT_GATEWAYS = _ec2("DescribeTransitGateways", "TransitGateways")
DESCRIBE_TRANSIT_ATTACHMENTS = _ec2(
    "DescribeTransitGatewayAttachments", "TransitGatewayAttachments"
)
DESCRIBE_TRANSIT_PEERINGS = _ec2(
    "DescribeTransitGatewayPeeringAttachments", "TransitGatewayPeeringAttachments"
)
DESCRIBE_TRANSIT_TABLES = _ec2("DescribeTransitGatewayRouteTables", "TransitGatewayRouteTables")
SEARCH_TRANSIT_ROUTES = _ec2("SearchTransitGatewayRoutes", "Routes", scope="resource")
GET_PREFIX_LIST_ENTRIES = _ec2("GetManagedPrefixListEntries", "Entries", scope="resource")
DESCRIBE_INSTANCE_ATTRIBUTE = _ec2("DescribeInstanceAttribute", paged=False, scope="resource")
DESCRIBE_SNAPSHOT_ATTRIBUTE = _ec2(
    "DescribeSnapshotAttribute", "CreateVolumePermissions", paged=False, scope="resource"
)
DESCRIBE_IMAGE_ATTRIBUTE = _ec2(
    "DescribeImageAttribute", "LaunchPermissions", paged=False, scope="resource"
)


def ec2_arn(account: Account, region: str, item: dict[str, Any], resource: str) -> str:
    """The ARN of something of EC2, which another account may own and share with this one."""
    owner = item.get("OwnerId", account.id)
    return f"arn:{account.partition}:ec2:{region}:{owner}:{resource}"
