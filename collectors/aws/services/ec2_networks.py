"""VPCs with their flow logs, and subnets with their routes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from collectors.aws.account import Account, Service, tags_of
from collectors.aws.bucket import RETENTION_CALLS
from collectors.aws.ec2_calls import (
    DESCRIBE_FLOW_LOGS,
    DESCRIBE_INTERNET_GATEWAYS,
    DESCRIBE_NETWORK_INTERFACES,
    DESCRIBE_ROUTE_TABLES,
    DESCRIBE_SUBNETS,
    DESCRIBE_VPCS,
    ec2_arn,
)
from collectors.aws.flow_logs import flow_log
from collectors.aws.logic import Known, some
from collectors.aws.reachability import route_table, table_reaches_internet
from collectors.aws.services.logs import DESCRIBE_LOG_GROUPS
from collectors.document import Document, Unknown, then
from collectors.facts.network import FlowLog, Subnet, Vpc

VPC = "AWS::EC2::VPC"
SUBNET = "AWS::EC2::Subnet"

# What the descriptions that AWS services write on their interfaces begin with.
_DESCRIPTIONS = {
    "ELB ": "load_balancer",
    "RDSNetworkInterface": "database",
    "Network interface for DBProxy": "database",
    "DMSNetworkInterface": "database",
    "DAX ": "database",
    "RedshiftNetworkInterface": "database",
    "ElastiCache": "database",
    "AWS Lambda VPC ENI": "function",
    "EFS mount target": "file_system",
    "Amazon EKS": "cluster",
    "arn:aws:ecs": "container",
    "arn:aws-cn:ecs": "container",
}
_INTERFACE_TYPES = {
    "network_load_balancer": "load_balancer",
    "gateway_load_balancer": "load_balancer",
    "load_balancer": "load_balancer",
    "lambda": "function",
    "nat_gateway": "gateway",
    "natGateway": "gateway",
    "transit_gateway": "gateway",
    "vpc_endpoint": "endpoint",
    "gateway_load_balancer_endpoint": "endpoint",
    "branch": "container",
    "efs": "file_system",
}


def networks(account: Account, region: str) -> Iterable[Document]:
    """A document for each VPC and each subnet of a region."""
    interfaces = account.read(DESCRIBE_NETWORK_INTERFACES, region)
    yield from _vpcs(account, region, interfaces)
    yield from _subnets(account, region, interfaces)


def _vpcs(
    account: Account, region: str, interfaces: list[dict[str, Any]] | Unknown
) -> Iterable[Document]:
    found = account.read(DESCRIBE_VPCS, region)
    if isinstance(found, Unknown):
        yield account.unlisted(Vpc, found, region, VPC)
        return
    for item in found:
        tags = tags_of(item.get("Tags"))
        yield account.document(
            _vpc(account, region, item, interfaces),
            id=ec2_arn(account, region, item, f"vpc/{item['VpcId']}"),
            region=region,
            name=tags.get("Name") or item["VpcId"],
            tags=tags,
            native_type=VPC,
            native=item,
        )


def _vpc(
    account: Account, region: str, item: dict[str, Any], interfaces: list[dict[str, Any]] | Unknown
) -> Vpc:
    vpc_id = item["VpcId"]
    owner = item.get("OwnerId", account.id)
    facts = Vpc(
        cidrs=cidrs(item),
        is_default=item["IsDefault"],
        workloads=then(interfaces, lambda found: len(_in(found, "VpcId", vpc_id))),
    )
    if owner != account.id:
        # A VPC that another account shares does not show its flow logs and gateways.
        facts.flow_logs = facts.internet_gateway = Unknown(f"the VPC belongs to account {owner}")
        return facts
    facts.flow_logs = _flow_logs(account, region, vpc_id)
    facts.internet_gateway = then(
        account.read(DESCRIBE_INTERNET_GATEWAYS, region), lambda found: has_gateway(found, vpc_id)
    )
    return facts


def _flow_logs(account: Account, region: str, vpc_id: str) -> list[FlowLog] | Unknown:
    found = account.read(DESCRIBE_FLOW_LOGS, region)
    if isinstance(found, Unknown):
        return found
    return [flow_log(account, region, item) for item in _in(found, "ResourceId", vpc_id)]


def _in(items: list[dict[str, Any]], key: str, value: str) -> list[dict[str, Any]]:
    return [item for item in items if item.get(key) == value]


def has_gateway(gateways: list[dict[str, Any]], vpc_id: str) -> bool:
    """Whether an internet gateway is attached to a VPC."""
    return any(
        attachment["VpcId"] == vpc_id and attachment["State"] not in {"detaching", "detached"}
        for gateway in gateways
        for attachment in gateway["Attachments"]
    )


def cidrs(item: dict[str, Any]) -> list[str]:
    """The address ranges of a VPC or subnet, IPv4 first, without those that were removed."""
    first = [item["CidrBlock"]] if item.get("CidrBlock") else []
    more = [
        association["CidrBlock"]
        for association in item.get("CidrBlockAssociationSet", [])
        if association["CidrBlockState"]["State"] in {"associating", "associated"}
    ]
    return list(dict.fromkeys(first + more)) + [
        association["Ipv6CidrBlock"]
        for association in item.get("Ipv6CidrBlockAssociationSet", [])
        if association["Ipv6CidrBlockState"]["State"] in {"associating", "associated"}
    ]


def _subnets(
    account: Account, region: str, interfaces: list[dict[str, Any]] | Unknown
) -> Iterable[Document]:
    found = account.read(DESCRIBE_SUBNETS, region)
    if isinstance(found, Unknown):
        yield account.unlisted(Subnet, found, region, SUBNET)
        return
    for item in found:
        tags = tags_of(item.get("Tags"))
        yield account.document(
            _subnet(account, region, item, interfaces),
            id=ec2_arn(account, region, item, f"subnet/{item['SubnetId']}"),
            region=region,
            name=tags.get("Name") or item["SubnetId"],
            tags=tags,
            native_type=SUBNET,
            native=item,
        )


def _subnet(
    account: Account, region: str, item: dict[str, Any], interfaces: list[dict[str, Any]] | Unknown
) -> Subnet:
    subnet_id = item["SubnetId"]
    return Subnet(
        vpc_id=item["VpcId"],
        cidrs=cidrs(item),
        routes_to_internet=then(
            account.read(DESCRIBE_ROUTE_TABLES, region),
            lambda tables: routes_to_internet(item, tables),
        ),
        auto_public_ip=item["MapPublicIpOnLaunch"],
        zone=item["AvailabilityZone"],
        workload_kinds=then(interfaces, lambda found: kinds(_in(found, "SubnetId", subnet_id))),
    )


def routes_to_internet(subnet: dict[str, Any], tables: list[dict[str, Any]]) -> Known:
    """Whether a subnet's route table leads to an internet gateway, in either IP version."""
    table = route_table(tables, subnet["SubnetId"], subnet["VpcId"])
    if isinstance(table, Unknown):
        return table
    return some(table_reaches_internet(table, version) for version in (4, 6))


def kinds(interfaces: list[dict[str, Any]]) -> list[str]:
    """What stands in a subnet, told by its network interfaces: instance, database, load_balancer,
    function, container, cluster, file_system, gateway, endpoint, other."""
    return sorted({kind(interface) for interface in interfaces})


def kind(interface: dict[str, Any]) -> str:
    """What a network interface belongs to."""
    if interface.get("InterfaceType") in _INTERFACE_TYPES:
        return _INTERFACE_TYPES[interface["InterfaceType"]]
    description = interface.get("Description", "")
    for beginning, name in _DESCRIPTIONS.items():
        if description.startswith(beginning):
            return name
    return "instance" if (interface.get("Attachment") or {}).get("InstanceId") else "other"


SERVICE = Service(
    name="EC2 networks",
    types=((Vpc, VPC), (Subnet, SUBNET)),
    calls=(
        DESCRIBE_VPCS,
        DESCRIBE_SUBNETS,
        DESCRIBE_ROUTE_TABLES,
        DESCRIBE_NETWORK_INTERFACES,
        DESCRIBE_INTERNET_GATEWAYS,
        DESCRIBE_FLOW_LOGS,
        DESCRIBE_LOG_GROUPS,
        *RETENTION_CALLS,
    ),
    region=networks,
)
