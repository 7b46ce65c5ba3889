"""DMS: replication instances, machines that copy from one database to another and keep what is on
its way. Nobody connects to them: they connect themselves."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from msgspec import Struct

from collectors.aws.account import Account, Service, tags_of
from collectors.aws.encryption import KEY_NOT_TOLD, at_rest
from collectors.aws.kms_calls import DESCRIBE_KEY
from collectors.aws.logic import Known, some, told
from collectors.aws.private_nodes import nodes_exposure
from collectors.aws.rds_joins import is_public, subnet_routes
from collectors.aws.reachability import REACHABILITY_CALLS, Ground, exposure, read_ground
from collectors.aws.resource_alarms import CALLS as ALARM_CALLS
from collectors.aws.resource_alarms import Alarms, read_alarms, watching
from collectors.aws.volume_backup import NO_BACKUP
from collectors.calls import Call
from collectors.document import Document, Unknown, then
from collectors.facts.database import Database

INSTANCE = "AWS::DMS::ReplicationInstance"
_KEPT = (
    "ReplicationInstanceClass",
    "ReplicationInstanceStatus",
    "AllocatedStorage",
    "InstanceCreateTime",
    "AvailabilityZone",
    "SecondaryAvailabilityZone",
    "ReplicationSubnetGroup",
    "VpcSecurityGroups",
    "MultiAZ",
    "EngineVersion",
    "AutoMinorVersionUpgrade",
    "KmsKeyId",
    "PubliclyAccessible",
    "ReplicationInstancePublicIpAddresses",
    "ReplicationInstancePrivateIpAddresses",
    "ReplicationInstanceIpv6Addresses",
    "NetworkType",
)
_NO_SUBNETS = Unknown("the API does not name the subnets of this database")


DESCRIBE_INSTANCES = Call(
    provider="aws",
    service="dms",
    operation="DescribeReplicationInstances",
    permission="dms:DescribeReplicationInstances",
    scope="region",
    result="ReplicationInstances",
    paged=True,
    not_everywhere=True,
)
LIST_TAGS = Call(
    provider="aws",
    service="dms",
    operation="ListTagsForResource",
    permission="dms:ListTagsForResource",
    scope="resource",
    result="TagList",
)

Item = dict[str, Any]


class _Around(Struct, frozen=True):
    """What the instances of a region are joined with."""

    ground: Ground
    alarms: Alarms | Unknown


def instances(account: Account, region: str) -> Iterable[Document]:
    """A document for each replication instance of a region."""
    found = account.read(DESCRIBE_INSTANCES, region)
    if isinstance(found, Unknown):
        yield account.unlisted(Database, found, region, INSTANCE)
        return
    # Nothing in it, or no such service in the region.
    if not found:
        return
    around = _Around(read_ground(account, region), read_alarms(account, region))
    yield from account.map(lambda item: _document(account, region, item, around), found)


def _document(account: Account, region: str, item: Item, around: _Around) -> Document:
    arn, name = item["ReplicationInstanceArn"], item["ReplicationInstanceIdentifier"]
    group = item.get("ReplicationSubnetGroup") or {}
    subnets = [one["SubnetIdentifier"] for one in group.get("Subnets") or []]
    places = [("ReplicationInstanceIdentifier", name)]
    return account.document(
        Database(
            engine="dms",
            engine_version=told(item, "EngineVersion"),
            network_kind="vpc",
            exposure=exposure(is_reached(item, subnets, group.get("VpcId"), around.ground)),
            allow_list=[],
            private_endpoint=True,
            authentication=None,
            tls=None,
            # Always on (API reference, ReplicationInstance, KmsKeyId).
            encryption=at_rest(account, region, True, item.get("KmsKeyId") or KEY_NOT_TOLD),
            audit_log=None,
            alarms=watching(around.alarms, places, ("AWS/DMS",)),
            backup=NO_BACKUP,
            multi_zone=told(item, "MultiAZ"),
            replicas=[],
            guard_instance=None,
            deletion_protection=None,
            auto_minor_upgrade=told(item, "AutoMinorVersionUpgrade"),
            tenancy="shared",
            subnet_routes_to_internet=subnet_routes(subnets, group.get("VpcId"), around.ground),
            firewall_ids=[one["VpcSecurityGroupId"] for one in item["VpcSecurityGroups"]],
        ),
        id=arn,
        region=region,
        name=name,
        tags=then(account.read(LIST_TAGS, region, arn, ResourceArn=arn), tags_of),
        native_type=INSTANCE,
        native={key: item[key] for key in _KEPT if key in item},
    )


def is_reached(item: Item, subnets: list[str], vpc_id: str | None, ground: Ground) -> Known:
    """By a public IPv4 address, or an IPv6 address."""
    groups = [one["VpcSecurityGroupId"] for one in item["VpcSecurityGroups"]]
    kind = str(item.get("NetworkType") or "").lower()
    by_ipv6 = nodes_exposure(ground, subnets or _NO_SUBNETS, vpc_id or _NO_SUBNETS, groups, kind)
    return some([is_public(item, subnets, vpc_id, ground), by_ipv6.public])


SERVICE = Service(
    name="DMS",
    types=((Database, INSTANCE),),
    calls=(DESCRIBE_INSTANCES, LIST_TAGS, DESCRIBE_KEY, *REACHABILITY_CALLS, *ALARM_CALLS),
    region=instances,
)
