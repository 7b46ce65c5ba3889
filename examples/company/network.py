"""Virtual networks, their routes, and their firewalls."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from examples.company.account import (
    CORE,
    LOGS,
    MAIN_REGION,
    MALL,
    OA,
    STANDBY_REGION,
    UNTAGGED,
    Account,
    Tags,
    specification,
)
from examples.company.identity import role_arn

ANYWHERE = "0.0.0.0/0"
ANYWHERE_V6 = "::/0"

DEFAULT_GROUP = "default"
"""In `Networks.firewalls`: the default security group of the default network."""


class Subnet(msgspec.Struct, frozen=True):
    """A part of a network, in one zone."""

    name: str
    cidr: str
    zone: str
    public: bool = False
    tags: Tags | None = None
    """When it serves another system than the rest of its network."""


class Network(msgspec.Struct, frozen=True):
    """A virtual network."""

    name: str
    region: str
    cidr: str
    tags: Tags
    subnets: tuple[Subnet, ...]
    flow_log_group: str = ""
    default_group_closed: bool = False


NETWORKS = (
    Network(
        "core",
        MAIN_REGION,
        "10.10.0.0/16",
        CORE,
        (
            Subnet("core-app-a", "10.10.1.0/24", "a"),
            Subnet("core-app-b", "10.10.2.0/24", "b"),
            Subnet("core-data-a", "10.10.11.0/24", "a"),
            Subnet("core-data-b", "10.10.12.0/24", "b"),
        ),
        flow_log_group="/network/core/flow",
        default_group_closed=True,
    ),
    # bad: no flow logs, the default security group left as it came
    Network(
        "mall",
        MAIN_REGION,
        "10.20.0.0/16",
        MALL,
        (
            Subnet("mall-public-a", "10.20.1.0/24", "a", public=True),
            Subnet("mall-public-b", "10.20.2.0/24", "b", public=True),
            # bad: the mall's databases sit in subnets that are routed to the internet
            Subnet("mall-data-a", "10.20.11.0/24", "a", public=True),
            Subnet("mall-data-b", "10.20.12.0/24", "b", public=True),
            # bad: another system, of a lower level, in the same network
            Subnet("oa-app-a", "10.20.21.0/24", "a", public=True, tags=OA),
        ),
    ),
    # bad: the standby network has no flow logs
    Network(
        "core-standby",
        STANDBY_REGION,
        "10.60.0.0/16",
        CORE,
        (
            Subnet("core-standby-a", "10.60.1.0/24", "a"),
            Subnet("core-standby-b", "10.60.2.0/24", "b"),
        ),
        default_group_closed=True,
    ),
)


class Opening(msgspec.Struct, frozen=True):
    """An ingress rule."""

    sources: tuple[str, ...]
    """Address ranges, or the name of a security group after `group:`."""
    first: int = -1
    last: int = -1
    protocol: str = "tcp"
    description: str = ""


class Firewall(msgspec.Struct, frozen=True):
    """A security group."""

    name: str
    network: str
    tags: Tags
    openings: tuple[Opening, ...]
    egress: tuple[str, ...] = ()
    """Where TCP 443 may go; empty leaves the provider's rule: everything, everywhere."""


FIREWALLS = (
    Firewall(
        "core-app",
        "core",
        CORE,
        (Opening(("10.10.0.0/16",), 8443, 8443, description="the API balancer"),),
        egress=("10.10.0.0/16",),
    ),
    Firewall(
        "core-db",
        "core",
        CORE,
        (Opening(("group:core-app",), 5432, 5432, description="the core application"),),
        egress=("10.10.0.0/16",),
    ),
    # bad: from the mall's whole network, any port
    Firewall("core-mall-bridge", "core", CORE, (Opening(("10.20.0.0/16",), 0, 65535),)),
    Firewall(
        "mall-web",
        "mall",
        MALL,
        (
            Opening((ANYWHERE, ANYWHERE_V6), 443, 443, description="shoppers"),
            Opening((ANYWHERE, ANYWHERE_V6), 80, 80, description="sent on to 443"),
        ),
    ),
    # bad: SSH and RDP from everywhere
    Firewall(
        "mall-bastion",
        "mall",
        MALL,
        (
            Opening((ANYWHERE,), 22, 22, description="temporary, remove after 11.11"),
            Opening((ANYWHERE,), 3389, 3389),
        ),
    ),
    # bad: SSH and the database open to the internet over IPv6 alone
    Firewall(
        "mall-db",
        "mall",
        MALL,
        (
            Opening(("group:mall-web",), 3306, 3306),
            Opening((ANYWHERE_V6,), 3306, 3306),
            Opening((ANYWHERE_V6,), 22, 22),
        ),
    ),
    # bad: every protocol, every port, everyone
    Firewall("oa-all", "mall", OA, (Opening((ANYWHERE,), protocol="-1"),)),
    # bad: a thousand ports, and no one uses the group
    Firewall("mall-load-test", "mall", UNTAGGED, (Opening((ANYWHERE,), 8000, 8999),)),
    Firewall(
        "core-standby-db",
        "core-standby",
        CORE,
        (Opening(("10.60.0.0/16",), 5432, 5432),),
        egress=("10.60.0.0/16",),
    ),
)


class Networks(msgspec.Struct, frozen=True):
    """Ids of what one region has, by name."""

    vpcs: dict[str, str]
    subnets: dict[str, str]
    firewalls: dict[str, str]
    default_subnet: str


def fill_network(account: Account, region: str) -> Networks:
    """Fill one region."""
    ec2 = account.client("ec2", region)
    vpcs: dict[str, str] = {}
    subnets: dict[str, str] = {}
    for network in NETWORKS:
        if network.region == region:
            vpc = _network(account, ec2, network, subnets)
            vpcs[network.name] = vpc
    firewalls = _firewalls(account, ec2, vpcs)
    if region == MAIN_REGION:
        _crossings(account, ec2, vpcs, subnets)
    defaults = ec2.describe_subnets(Filters=[{"Name": "default-for-az", "Values": ["true"]}])
    subnet = defaults["Subnets"][0]
    firewalls[DEFAULT_GROUP] = _default_group(ec2, subnet["VpcId"], closed=False)
    return Networks(vpcs, subnets, firewalls, subnet["SubnetId"])


def _network(account: Account, ec2: Any, network: Network, subnets: dict[str, str]) -> str:
    answer = ec2.create_vpc(
        CidrBlock=network.cidr,
        TagSpecifications=specification("vpc", network.name, network.tags),
    )
    vpc: str = answer["Vpc"]["VpcId"]
    account.made("ec2", "vpc")
    for subnet in network.subnets:
        tags = network.tags if subnet.tags is None else subnet.tags
        answer = ec2.create_subnet(
            VpcId=vpc,
            CidrBlock=subnet.cidr,
            AvailabilityZone=network.region + subnet.zone,
            TagSpecifications=specification("subnet", subnet.name, tags),
        )
        subnets[subnet.name] = answer["Subnet"]["SubnetId"]
        account.made("ec2", "subnet")
    public = [subnets[subnet.name] for subnet in network.subnets if subnet.public]
    if public:
        _internet(account, ec2, network, vpc, public)
    private = [subnets[subnet.name] for subnet in network.subnets if not subnet.public]
    if private:
        table = _route_table(account, ec2, vpc, f"{network.name}-private", network.tags)
        for subnet_id in private:
            ec2.associate_route_table(RouteTableId=table, SubnetId=subnet_id)
    _default_group(ec2, vpc, network.default_group_closed)
    if network.flow_log_group:
        ec2.create_flow_logs(
            ResourceIds=[vpc],
            ResourceType="VPC",
            TrafficType="ALL",
            LogDestinationType="cloud-watch-logs",
            LogGroupName=network.flow_log_group,
            DeliverLogsPermissionArn=role_arn("flow-logs"),
            TagSpecifications=specification("vpc-flow-log", network.name, LOGS),
        )
        account.made("ec2", "flow-log")
    return vpc


def _internet(
    account: Account, ec2: Any, network: Network, vpc: str, subnets: Sequence[str]
) -> None:
    answer = ec2.create_internet_gateway(
        TagSpecifications=specification("internet-gateway", network.name, network.tags)
    )
    gateway = answer["InternetGateway"]["InternetGatewayId"]
    ec2.attach_internet_gateway(InternetGatewayId=gateway, VpcId=vpc)
    account.made("ec2", "internet-gateway")
    table = _route_table(account, ec2, vpc, f"{network.name}-public", network.tags)
    ec2.create_route(RouteTableId=table, DestinationCidrBlock=ANYWHERE, GatewayId=gateway)
    ec2.create_route(RouteTableId=table, DestinationIpv6CidrBlock=ANYWHERE_V6, GatewayId=gateway)
    for subnet in subnets:
        ec2.associate_route_table(RouteTableId=table, SubnetId=subnet)
        ec2.modify_subnet_attribute(SubnetId=subnet, MapPublicIpOnLaunch={"Value": True})


def _route_table(account: Account, ec2: Any, vpc: str, name: str, tags: Tags) -> str:
    answer = ec2.create_route_table(
        VpcId=vpc, TagSpecifications=specification("route-table", name, tags)
    )
    account.made("ec2", "route-table")
    table: str = answer["RouteTable"]["RouteTableId"]
    return table


def _default_group(ec2: Any, vpc: str, closed: bool) -> str:
    """Empty the default security group, or leave it as AWS makes it: open to its own members."""
    group = ec2.describe_security_groups(
        Filters=[
            {"Name": "vpc-id", "Values": [vpc]},
            {"Name": "group-name", "Values": ["default"]},
        ]
    )["SecurityGroups"][0]
    members = {"IpProtocol": "-1", "UserIdGroupPairs": [{"GroupId": group["GroupId"]}]}
    if closed and group["IpPermissions"]:
        ec2.revoke_security_group_ingress(
            GroupId=group["GroupId"], IpPermissions=group["IpPermissions"]
        )
    if closed and group["IpPermissionsEgress"]:
        ec2.revoke_security_group_egress(
            GroupId=group["GroupId"], IpPermissions=group["IpPermissionsEgress"]
        )
    if not closed and not group["IpPermissions"]:
        # moto 5.2 leaves this rule out; a real network is born with it.
        ec2.authorize_security_group_ingress(GroupId=group["GroupId"], IpPermissions=[members])
    group_id: str = group["GroupId"]
    return group_id


def _firewalls(account: Account, ec2: Any, vpcs: Mapping[str, str]) -> dict[str, str]:
    ids: dict[str, str] = {}
    for firewall in FIREWALLS:
        if firewall.network not in vpcs:
            continue
        answer = ec2.create_security_group(
            GroupName=firewall.name,
            Description=f"{firewall.name} of {firewall.network}",
            VpcId=vpcs[firewall.network],
            TagSpecifications=specification("security-group", firewall.name, firewall.tags),
        )
        group: str = answer["GroupId"]
        ids[firewall.name] = group
        account.made("ec2", "security-group")
        ec2.authorize_security_group_ingress(
            GroupId=group,
            IpPermissions=[_permission(opening, ids) for opening in firewall.openings],
        )
        if firewall.egress:
            ec2.revoke_security_group_egress(
                GroupId=group,
                IpPermissions=[_permission(Opening((ANYWHERE,), protocol="-1"), ids)],
            )
            ec2.authorize_security_group_egress(
                GroupId=group, IpPermissions=[_permission(Opening(firewall.egress, 443, 443), ids)]
            )
    return ids


def _permission(opening: Opening, groups: Mapping[str, str]) -> dict[str, Any]:
    permission: dict[str, Any] = {"IpProtocol": opening.protocol}
    if opening.protocol != "-1":
        permission |= {"FromPort": opening.first, "ToPort": opening.last}
    note = {"Description": opening.description} if opening.description else {}
    for source in opening.sources:
        if source.startswith("group:"):
            group = groups[source.removeprefix("group:")]
            permission.setdefault("UserIdGroupPairs", []).append({"GroupId": group, **note})
        elif ":" in source:
            permission.setdefault("Ipv6Ranges", []).append({"CidrIpv6": source, **note})
        else:
            permission.setdefault("IpRanges", []).append({"CidrIp": source, **note})
    return permission


def _crossings(
    account: Account, ec2: Any, vpcs: Mapping[str, str], subnets: Mapping[str, str]
) -> None:
    """What joins networks, and a network ACL of the mall's data subnets."""
    peering = ec2.create_vpc_peering_connection(
        VpcId=vpcs["core"],
        PeerVpcId=vpcs["mall"],
        TagSpecifications=specification("vpc-peering-connection", "core-mall", CORE),
    )["VpcPeeringConnection"]["VpcPeeringConnectionId"]
    ec2.accept_vpc_peering_connection(VpcPeeringConnectionId=peering)
    account.made("ec2", "peering")

    address = ec2.allocate_address(
        Domain="vpc", TagSpecifications=specification("elastic-ip", "mall-nat", MALL)
    )
    account.made("ec2", "elastic-ip")
    ec2.create_nat_gateway(
        SubnetId=subnets["mall-public-a"],
        AllocationId=address["AllocationId"],
        TagSpecifications=specification("natgateway", "mall-nat", MALL),
    )
    account.made("ec2", "nat-gateway")

    ec2.create_vpc_endpoint(
        VpcId=vpcs["core"],
        ServiceName=f"com.amazonaws.{MAIN_REGION}.s3",
        VpcEndpointType="Gateway",
        TagSpecifications=specification("vpc-endpoint", "core-s3", CORE),
    )
    account.made("ec2", "vpc-endpoint")

    # bad: the ACL lets RDP and SSH in from everywhere, before it denies the rest
    acl = ec2.create_network_acl(
        VpcId=vpcs["mall"], TagSpecifications=specification("network-acl", "mall-data", MALL)
    )["NetworkAcl"]["NetworkAclId"]
    account.made("ec2", "network-acl")
    rules = ((100, 3306, "10.20.0.0/16"), (110, 22, ANYWHERE), (120, 3389, ANYWHERE))
    for number, port, source in rules:
        ec2.create_network_acl_entry(
            NetworkAclId=acl,
            RuleNumber=number,
            Protocol="6",
            RuleAction="allow",
            Egress=False,
            CidrBlock=source,
            PortRange={"From": port, "To": port},
        )
    current = ec2.describe_network_acls(
        Filters=[{"Name": "association.subnet-id", "Values": [subnets["mall-data-a"]]}]
    )["NetworkAcls"][0]["Associations"]
    for association in current:
        if association["SubnetId"] == subnets["mall-data-a"]:
            ec2.replace_network_acl_association(
                AssociationId=association["NetworkAclAssociationId"], NetworkAclId=acl
            )
