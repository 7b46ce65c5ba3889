"""DAX: caches before tables of DynamoDB, which themselves keep the data."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from msgspec import Struct

from collectors.aws import dax_facts
from collectors.aws.account import Account, Service, tags_of
from collectors.aws.cache_places import Place, place_in, routes
from collectors.aws.encryption import at_rest
from collectors.aws.logic import Known, told
from collectors.aws.private_nodes import nodes_exposure
from collectors.aws.reachability import REACHABILITY_CALLS, Ground, read_ground
from collectors.aws.resource_alarms import CALLS as ALARM_CALLS
from collectors.aws.resource_alarms import Alarms, read_alarms, watching
from collectors.aws.volume_backup import NO_BACKUP
from collectors.calls import Call, Scope
from collectors.document import Document, Unknown, then
from collectors.facts.database import Database

CLUSTER = "AWS::DAX::Cluster"


def _dax(
    operation: str, result: str, scope: Scope = "region", *, not_everywhere: bool = False
) -> Call:
    return Call(
        provider="aws",
        service="dax",
        operation=operation,
        permission=f"dax:{operation}",
        scope=scope,
        result=result,
        paged=True,
        not_everywhere=not_everywhere,
    )


DESCRIBE_CLUSTERS = _dax("DescribeClusters", "Clusters", not_everywhere=True)
DESCRIBE_SUBNET_GROUPS = _dax("DescribeSubnetGroups", "SubnetGroups")
LIST_TAGS = _dax("ListTags", "Tags", "resource")

_NO_NODES = Unknown("the nodes of the cluster are not told")

Item = dict[str, Any]


class _Around(Struct, frozen=True):
    """What the clusters of a region are joined with."""

    ground: Ground
    subnet_groups: dict[str, Item] | Unknown
    alarms: Alarms | Unknown


def clusters(account: Account, region: str) -> Iterable[Document]:
    """A document for each cluster of a region."""
    found = account.read(DESCRIBE_CLUSTERS, region)
    if isinstance(found, Unknown):
        yield account.unlisted(Database, found, region, CLUSTER)
        return
    # Nothing in it, or no such service in the region.
    if not found:
        return
    around = _Around(
        ground=read_ground(account, region),
        subnet_groups=then(
            account.read(DESCRIBE_SUBNET_GROUPS, region),
            lambda groups: {one["SubnetGroupName"]: one for one in groups},
        ),
        alarms=read_alarms(account, region),
    )
    yield from account.map(lambda item: _document(account, region, item, around), found)


def _document(account: Account, region: str, item: Item, around: _Around) -> Document:
    arn, name = item["ClusterArn"], item["ClusterName"]
    place = _place(item, around.subnet_groups)
    status = told(item.get("SSEDescription") or {}, "Status")
    return account.document(
        Database(
            engine="dax",
            engine_version=dax_facts.NO_VERSION,
            network_kind="vpc",
            exposure=nodes_exposure(
                around.ground, place.subnets, place.vpc_id, place.firewalls, item.get("NetworkType")
            ),
            allow_list=[],
            private_endpoint=True,
            # Every request is signed (DynamoDB developer guide, "DAX access control").
            authentication=True,
            tls=dax_facts.tls(told(item, "ClusterEndpointEncryptionType")),
            # By a key of the service alone (the same, "DAX encryption at rest").
            encryption=then(
                dax_facts.is_encrypted(status),
                lambda enabled: at_rest(account, region, enabled, None),
            ),
            audit_log=None,
            alarms=watching(around.alarms, [("ClusterId", name)], ("AWS/DAX",), within=True),
            backup=NO_BACKUP,
            multi_zone=_multi_zone(item),
            replicas=[],
            guard_instance=None,
            deletion_protection=None,
            auto_minor_upgrade=dax_facts.NO_UPGRADE,
            tenancy="shared",
            subnet_routes_to_internet=routes(place, around.ground),
            firewall_ids=place.firewalls,
        ),
        id=arn,
        region=region,
        name=name,
        tags=then(account.read(LIST_TAGS, region, arn, ResourceName=arn), tags_of),
        native_type=CLUSTER,
        native=item,
    )


def _place(item: Item, groups: dict[str, Item] | Unknown) -> Place:
    """Where the nodes of a cluster stand: always in the VPC of a subnet group."""
    firewalls = [one["SecurityGroupIdentifier"] for one in item.get("SecurityGroups") or []]
    return place_in(item.get("SubnetGroup", ""), groups, firewalls)


def _multi_zone(item: Item) -> Known:
    nodes = item.get("Nodes") or []
    zones = {one.get("AvailabilityZone") for one in nodes}
    return len(zones) > 1 if nodes and None not in zones else _NO_NODES


SERVICE = Service(
    name="DAX",
    types=((Database, CLUSTER),),
    calls=(
        DESCRIBE_CLUSTERS,
        DESCRIBE_SUBNET_GROUPS,
        LIST_TAGS,
        *REACHABILITY_CALLS,
        *ALARM_CALLS,
    ),
    region=clusters,
)
