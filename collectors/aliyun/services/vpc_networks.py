"""VPCs with their flow logs, and vSwitches with their routes."""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import ip_network
from typing import Any

from collectors.aliyun.account import Account, Service, tags_of
from collectors.aliyun.flow_logs import DESCRIBE_FLOW_LOGS, FLOW_LOG_CALLS, flow_log
from collectors.aliyun.gateway_calls import DESCRIBE_IPV6_GATEWAYS
from collectors.aliyun.vpc_calls import (
    DESCRIBE_ROUTE_ENTRIES,
    DESCRIBE_VPCS,
    DESCRIBE_VSWITCHES,
    LIST_IPV4_GATEWAYS,
    Item,
    leads_out,
    route_table_id,
    routes_of,
)
from collectors.aliyun.vswitch_workloads import WORKLOAD_CALLS, Workloads, read_workloads
from collectors.document import Document, Unknown, then
from collectors.facts.network import FlowLog, Subnet, Vpc

VPC = "ACS::VPC::VPC"
VSWITCH = "ACS::VPC::VSwitch"

# Of each vSwitch the first address and the last three are the system's ("vSwitch", user guide).
_RESERVED = 4


def networks(account: Account, region: str) -> Iterable[Document]:
    """A document for each VPC and each vSwitch of a region."""
    vpcs = account.listed(DESCRIBE_VPCS, region)
    switches = account.listed(DESCRIBE_VSWITCHES, region)
    if isinstance(vpcs, Unknown):
        yield account.unlisted(Vpc, vpcs, region, VPC)
    else:
        for item in vpcs:
            yield _vpc_document(account, region, item, switches)
    if isinstance(switches, Unknown):
        yield account.unlisted(Subnet, switches, region, VSWITCH)
        return
    tables = {table for item in switches if isinstance(table := route_table_id(item), str)}
    account.map(lambda table: routes_of(account, region, table), sorted(tables))
    workloads = read_workloads(account, region) if switches else Workloads({}, None)
    for item in switches:
        yield _vswitch_document(account, region, item, workloads)


def _vpc_document(
    account: Account, region: str, item: Item, switches: list[Any] | Unknown
) -> Document:
    vpc_id = item["VpcId"]
    own = str(item.get("OwnerId", account.id)) == account.id
    # A VPC that another account shares does not show its flow logs and gateways.
    foreign = Unknown(f"the VPC belongs to account {item.get('OwnerId')}")
    return account.document(
        Vpc(
            cidrs=_cidrs(item),
            is_default=bool(item["IsDefault"]),
            workloads=then(switches, lambda found: _workloads(found, vpc_id)),
            flow_logs=_flow_logs(account, region, vpc_id) if own else foreign,
            internet_gateway=_has_gateway(account, region, vpc_id) if own else foreign,
        ),
        id=account.arn("vpc", region, f"vpc/{vpc_id}"),
        region=region,
        name=item.get("VpcName") or vpc_id,
        tags=tags_of(item.get("Tags")),
        native_type=VPC,
        native=item,
    )


def _cidrs(item: Item) -> list[str]:
    secondary = (item.get("SecondaryCidrBlocks") or {}).get("SecondaryCidrBlock") or []
    six = (item.get("Ipv6CidrBlocks") or {}).get("Ipv6CidrBlock") or []
    found = [item["CidrBlock"], *secondary, item.get("Ipv6CidrBlock")]
    found += [block.get("Ipv6CidrBlock") for block in six]
    return list(dict.fromkeys(cidr for cidr in found if cidr))


def _workloads(switches: list[Item], vpc_id: str) -> int | Unknown:
    """The private addresses in use in a VPC: one for each interface of an instance, a database, a
    load balancer, … Databases and load balancers show no interface to DescribeNetworkInterfaces."""
    counts = [_used(item) for item in switches if item["VpcId"] == vpc_id]
    for count in counts:
        if isinstance(count, Unknown):
            return count
    return sum(count for count in counts if isinstance(count, int))


def _used(item: Item) -> int | Unknown:
    free = item.get("AvailableIpAddressCount")
    if free is None:
        return Unknown("a vSwitch does not tell how many of its addresses are free")
    return max(0, ip_network(item["CidrBlock"]).num_addresses - _RESERVED - int(free))


def _flow_logs(account: Account, region: str, vpc_id: str) -> list[FlowLog] | Unknown:
    """The flow logs of the whole VPC; those of single vSwitches or interfaces do not cover it."""
    found = account.listed(DESCRIBE_FLOW_LOGS, region)
    if isinstance(found, Unknown):
        return found
    return [flow_log(account, region, item) for item in found if item["ResourceId"] == vpc_id]


def _has_gateway(account: Account, region: str, vpc_id: str) -> bool | Unknown:
    """Whether the VPC has an IPv4 gateway that is switched on, or an IPv6 gateway."""
    four = account.listed(LIST_IPV4_GATEWAYS, region)
    six = account.listed(DESCRIBE_IPV6_GATEWAYS, region)
    if not isinstance(four, Unknown) and any(
        one["VpcId"] == vpc_id and one.get("Enabled") for one in four
    ):
        return True
    if not isinstance(six, Unknown) and any(one["VpcId"] == vpc_id for one in six):
        return True
    return then(four, lambda _: then(six, lambda _: False))


def _vswitch_document(account: Account, region: str, item: Item, workloads: Workloads) -> Document:
    vswitch_id = item["VSwitchId"]
    return account.document(
        Subnet(
            vpc_id=item["VpcId"],
            cidrs=[cidr for cidr in (item["CidrBlock"], item.get("Ipv6CidrBlock")) if cidr],
            routes_to_internet=leads_out(account, region, item),
            # Public addresses are given to instances, never by a vSwitch.
            auto_public_ip=False,
            zone=item["ZoneId"],
            workload_kinds=workloads.of(vswitch_id, _used(item)),
        ),
        id=account.arn("vpc", region, f"vswitch/{vswitch_id}"),
        region=region,
        name=item.get("VSwitchName") or vswitch_id,
        tags=tags_of(item.get("Tags")),
        native_type=VSWITCH,
        native=item,
    )


SERVICE = Service(
    name="VPC networks",
    types=((Vpc, VPC), (Subnet, VSWITCH)),
    calls=(
        DESCRIBE_VPCS,
        DESCRIBE_VSWITCHES,
        DESCRIBE_ROUTE_ENTRIES,
        LIST_IPV4_GATEWAYS,
        DESCRIBE_IPV6_GATEWAYS,
        *FLOW_LOG_CALLS,
        *WORKLOAD_CALLS,
    ),
    region=networks,
)
