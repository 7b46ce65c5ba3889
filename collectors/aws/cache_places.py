"""Where the nodes of ElastiCache stand, and what else a region's caches are joined with."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from collectors.aws.account import Account
from collectors.aws.logic import Known
from collectors.aws.rds_joins import subnet_routes
from collectors.aws.reachability import Ground, read_ground
from collectors.aws.resource_alarms import Alarms, read_alarms
from collectors.calls import Call, Scope
from collectors.document import Unknown, also, then


def cache_call(operation: str, result: str, scope: Scope = "region", *, paged: bool = True) -> Call:
    """A call of ElastiCache."""
    return Call(
        provider="aws",
        service="elasticache",
        operation=operation,
        permission=f"elasticache:{operation}",
        scope=scope,
        result=result,
        paged=paged,
    )


DESCRIBE_SUBNET_GROUPS = cache_call("DescribeCacheSubnetGroups", "CacheSubnetGroups")
DESCRIBE_USERS = cache_call("DescribeUsers", "Users")

_HIDDEN = Unknown("the nodes of the replication group are not listed")
_NO_VPC = Unknown("the database stands outside of any VPC")

Item = dict[str, Any]


class Around(Struct, frozen=True):
    """What the caches of a region are joined with."""

    ground: Ground
    subnet_groups: dict[str, Item] | Unknown
    users: list[Item] | Unknown
    alarms: Alarms | Unknown


def read_around(account: Account, region: str) -> Around:
    """Read what the caches of a region are joined with."""
    return Around(
        ground=read_ground(account, region),
        subnet_groups=then(
            account.read(DESCRIBE_SUBNET_GROUPS, region),
            lambda found: {one["CacheSubnetGroupName"]: one for one in found},
        ),
        users=account.read(DESCRIBE_USERS, region),
        alarms=read_alarms(account, region),
    )


class Place(Struct, frozen=True):
    """Where the nodes of a cache stand."""

    vpc_id: str | Unknown
    subnets: list[str] | Unknown
    firewalls: list[str] | Unknown


def node_of(nodes: list[Item], group: str) -> Item | Unknown:
    """A node of a replication group, all of which are alike."""
    return next((one for one in nodes if one.get("ReplicationGroupId") == group), _HIDDEN)


def place_of(node: Item, around: Around) -> Place:
    """Where a node stands, by its subnet group; nowhere in a VPC when it names none."""
    name = node.get("CacheSubnetGroupName")
    firewalls = [one["SecurityGroupId"] for one in node.get("SecurityGroups") or []]
    if not name:
        return Place(vpc_id="", subnets=[], firewalls=firewalls)
    return place_in(name, around.subnet_groups, firewalls)


def place_in(
    name: str,
    groups: dict[str, Item] | Unknown,
    firewalls: list[str],
    identifier: str = "SubnetIdentifier",
) -> Place:
    """Where nodes in a named subnet group stand. `identifier` is the service's word for the ID of a
    subnet."""
    missing = Unknown(f"the subnet group {name} is not listed")
    group = then(groups, lambda known: known.get(name, missing))
    return Place(
        vpc_id=then(group, lambda known: known["VpcId"]),
        subnets=then(group, lambda known: [one[identifier] for one in known["Subnets"]]),
        firewalls=firewalls,
    )


def vpc_of(subnets: list[str], ground: Ground) -> str | Unknown:
    """The VPC of some subnets."""
    if not subnets:
        return Unknown("the API does not name the subnets of this database")
    missing = Unknown(f"the subnet {subnets[0]} is not visible to this account")
    return then(ground.subnets, lambda known: known.get(subnets[0], {}).get("VpcId", missing))


def routes(place: Place, ground: Ground) -> Known:
    """Whether any subnet that a node may stand in leads to an internet gateway."""
    doubt = also(place.vpc_id, place.subnets)
    if doubt:
        return doubt
    assert not isinstance(place.vpc_id, Unknown)
    assert not isinstance(place.subnets, Unknown)
    if not place.vpc_id:
        return _NO_VPC
    return subnet_routes(place.subnets, place.vpc_id, ground)
