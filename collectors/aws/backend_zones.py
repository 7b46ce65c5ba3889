"""The zones of the machines behind a load balancer."""

from __future__ import annotations

from typing import Any

from collectors.aws.account import Account
from collectors.aws.ec2_calls import DESCRIBE_INSTANCES, DESCRIBE_NETWORK_INTERFACES
from collectors.calls import Call
from collectors.document import Unknown, then

DESCRIBE_TARGET_GROUPS = Call(
    provider="aws",
    service="elbv2",
    operation="DescribeTargetGroups",
    permission="elasticloadbalancing:DescribeTargetGroups",
    scope="resource",
    result="TargetGroups",
    paged=True,
)
DESCRIBE_TARGET_HEALTH = Call(
    provider="aws",
    service="elbv2",
    operation="DescribeTargetHealth",
    permission="elasticloadbalancing:DescribeTargetHealth",
    scope="resource",
    result="TargetHealthDescriptions",
)
CALLS = (
    DESCRIBE_TARGET_GROUPS,
    DESCRIBE_TARGET_HEALTH,
    DESCRIBE_INSTANCES,
    DESCRIBE_NETWORK_INTERFACES,
)

Item = dict[str, Any]
Zones = set[str] | Unknown

# Registered, and gets no requests: it is being taken away, is stopped, or stands in a zone that the
# load balancer does not (Elastic Load Balancing user guide, "Target health status").
_IDLE = {"draining", "unused"}


def backend_zones(account: Account, region: str, balancer: str) -> list[str] | Unknown:
    """The zones of the machines that a load balancer sends requests to, whether these are healthy
    just now or not. Functions stand in no zone of their own."""
    return then(_zones_behind(account, region, balancer), sorted)


def _zones_behind(account: Account, region: str, balancer: str) -> Zones:
    groups = account.read(DESCRIBE_TARGET_GROUPS, region, balancer, LoadBalancerArn=balancer)
    if isinstance(groups, Unknown):
        return groups
    zones: set[str] = set()
    for group in groups:
        found = _zones_of(account, region, group)
        if isinstance(found, Unknown):
            return found
        zones |= found
    return zones


def _zones_of(account: Account, region: str, group: Item) -> Zones:
    if group["TargetType"] == "lambda":
        return set()
    arn = group["TargetGroupArn"]
    health = account.read(DESCRIBE_TARGET_HEALTH, region, arn, TargetGroupArn=arn)
    if isinstance(health, Unknown):
        return health
    busy = [one["Target"] for one in health if one["TargetHealth"]["State"] not in _IDLE]
    zones: set[str] = set()
    for target in busy:
        found = _zones_of_target(account, region, group, target)
        if isinstance(found, Unknown):
            return found
        zones |= found
    return zones


def _zones_of_target(account: Account, region: str, group: Item, target: Item) -> Zones:
    """The zone that the answer names, or else that of the machine with this id or address. A target
    that is a load balancer stands for what is behind it."""
    kind, name = group["TargetType"], target["Id"]
    if kind == "alb":
        return _zones_behind(account, region, name)
    zone = target.get("AvailabilityZone")
    if zone == "all":
        return Unknown(f"the target {name} stands outside of the VPC")
    if zone:
        return {zone}
    if kind == "instance":
        known = then(account.read(DESCRIBE_INSTANCES, region), zones_of_instances)
        missing = Unknown(f"the instance {name} is not visible to this account")
    else:
        interfaces = account.read(DESCRIBE_NETWORK_INTERFACES, region)
        known = then(interfaces, lambda found: zones_of_addresses(found, group["VpcId"]))
        missing = Unknown(f"no network interface of the VPC has the address {name}")
    return then(known, lambda zones: {zones[name]} if name in zones else missing)


def zones_of_instances(reservations: list[Item]) -> dict[str, str]:
    """The zone of each instance by its id."""
    return {
        item["InstanceId"]: item["Placement"]["AvailabilityZone"]
        for reservation in reservations
        for item in reservation["Instances"]
    }


def zones_of_addresses(interfaces: list[Item], vpc_id: str) -> dict[str, str]:
    """The zone of each private address of a VPC."""
    zones: dict[str, str] = {}
    for interface in interfaces:
        if interface.get("VpcId") == vpc_id:
            addresses = [one["PrivateIpAddress"] for one in interface["PrivateIpAddresses"]]
            addresses += [one["Ipv6Address"] for one in interface.get("Ipv6Addresses", [])]
            zones.update(dict.fromkeys(addresses, interface["AvailabilityZone"]))
    return zones
