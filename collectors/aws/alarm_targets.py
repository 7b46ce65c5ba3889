"""How many of the resources that the dimensions of CloudWatch alarms name exist."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from collectors.aws.account import Account
from collectors.aws.alarm_kinds import NAMING, target_kind
from collectors.aws.ec2_calls import (
    DESCRIBE_INSTANCES,
    DESCRIBE_NAT_GATEWAYS,
    DESCRIBE_TRANSIT_GATEWAYS,
    DESCRIBE_VOLUMES,
    DESCRIBE_VPN_CONNECTIONS,
)
from collectors.aws.elb_calls import DESCRIBE_CLASSIC_LOAD_BALANCERS
from collectors.aws.rds_calls import DESCRIBE_CLUSTERS
from collectors.aws.rds_calls import DESCRIBE_INSTANCES as DESCRIBE_DATABASES
from collectors.aws.resource_alarms import dimensions
from collectors.aws.s3_calls import LIST_BUCKETS
from collectors.aws.services.elbv2 import DESCRIBE_LOAD_BALANCERS
from collectors.calls import Call
from collectors.document import Unknown, then
from collectors.regions import GLOBAL

Item = dict[str, Any]
Names = set[str] | Unknown


def _instances(found: list[Item]) -> set[str]:
    return {
        item["InstanceId"]
        for reservation in found
        for item in reservation["Instances"]
        if item["State"]["Name"] not in {"shutting-down", "terminated"}
    }


def _key(name: str) -> Callable[[list[Item]], set[str]]:
    gone = {"deleted", "deleting", "failed"}
    return lambda found: {str(one[name]) for one in found if one.get("State") not in gone}


def _balancers(found: list[Item]) -> set[str]:
    return {one["LoadBalancerArn"].partition(":loadbalancer/")[2] for one in found}


_LISTS: dict[str, tuple[Call, Callable[[list[Item]], set[str]]]] = {
    "InstanceId": (DESCRIBE_INSTANCES, _instances),
    "VolumeId": (DESCRIBE_VOLUMES, _key("VolumeId")),
    "DBInstanceIdentifier": (DESCRIBE_DATABASES, _key("DBInstanceIdentifier")),
    "DBClusterIdentifier": (DESCRIBE_CLUSTERS, _key("DBClusterIdentifier")),
    "LoadBalancer": (DESCRIBE_LOAD_BALANCERS, _balancers),
    "LoadBalancerName": (DESCRIBE_CLASSIC_LOAD_BALANCERS, _key("LoadBalancerName")),
    "NatGatewayId": (DESCRIBE_NAT_GATEWAYS, _key("NatGatewayId")),
    "TransitGateway": (DESCRIBE_TRANSIT_GATEWAYS, _key("TransitGatewayId")),
    "VpnId": (DESCRIBE_VPN_CONNECTIONS, _key("VpnConnectionId")),
    "BucketName": (LIST_BUCKETS, _key("Name")),
}
"""By the dimension that names a resource: the list of those that exist."""

TARGET_CALLS = tuple(call for call, _ in _LISTS.values())


def targets(account: Account, region: str, alarm: Item) -> int | Unknown:
    """How many of the resources that an alarm names exist. One on a whole service, which names
    none, counts as one: it takes in what there will be. So does a metric of one's own."""
    named = dimensions(alarm, account.id)
    known = sorted((name, value) for name, value in named if name in NAMING)
    if not named or (not known and target_kind(alarm) == "other"):
        return 1
    if not known:
        return Unknown("whether what the alarm watches exists is not read")
    count = 0
    for name, value in known:
        exists = _existing(account, region, name)
        if isinstance(exists, Unknown):
            return exists
        count += value in exists
    return count


def _existing(account: Account, region: str, dimension: str) -> Names:
    call, names = _LISTS[dimension]
    return then(account.read(call, GLOBAL if call == LIST_BUCKETS else region), names)
