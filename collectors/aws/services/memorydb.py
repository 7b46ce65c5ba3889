"""MemoryDB: clusters, and the users that they know."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from msgspec import Struct

from collectors.aws import memorydb_facts
from collectors.aws.account import Account, Service, tags_of
from collectors.aws.cache_facts import backup
from collectors.aws.cache_places import Place, place_in, routes
from collectors.aws.encryption import at_rest
from collectors.aws.kms_calls import DESCRIBE_KEY
from collectors.aws.logic import told
from collectors.aws.memorydb_calls import LIST_TAGS, memorydb_call
from collectors.aws.private_nodes import nodes_exposure
from collectors.aws.reachability import REACHABILITY_CALLS, Ground, read_ground
from collectors.aws.resource_alarms import CALLS as ALARM_CALLS
from collectors.aws.resource_alarms import Alarms, read_alarms, watching
from collectors.document import Document, Unknown, then
from collectors.facts.database import Database
from collectors.facts.shared import Replica

CLUSTER = "AWS::MemoryDB::Cluster"

DESCRIBE_CLUSTERS = memorydb_call("DescribeClusters", "Clusters", not_everywhere=True)
DESCRIBE_SUBNET_GROUPS = memorydb_call("DescribeSubnetGroups", "SubnetGroups")
DESCRIBE_USERS = memorydb_call("DescribeUsers", "Users")
DESCRIBE_MULTI_REGION = memorydb_call(
    "DescribeMultiRegionClusters", "MultiRegionClusters", "resource"
)

_MANY = "multiaz"

Item = dict[str, Any]


class _Around(Struct, frozen=True):
    """What the clusters of a region are joined with."""

    ground: Ground
    subnet_groups: dict[str, Item] | Unknown
    users: list[Item] | Unknown
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
            lambda groups: {one["Name"]: one for one in groups},
        ),
        users=account.read(DESCRIBE_USERS, region),
        alarms=read_alarms(account, region),
    )
    yield from account.map(lambda item: _document(account, region, item, around), found)


def _document(account: Account, region: str, item: Item, around: _Around) -> Document:
    arn, name = item["ARN"], item["Name"]
    place = _place(item, around.subnet_groups)
    engine = told(item, "Engine")
    return account.document(
        Database(
            engine=engine,
            engine_version=told(item, "EngineVersion"),
            network_kind="vpc",
            exposure=nodes_exposure(
                around.ground, place.subnets, place.vpc_id, place.firewalls, item.get("NetworkType")
            ),
            allow_list=[],
            private_endpoint=True,
            authentication=then(
                told(item, "ACLName"), lambda acl: memorydb_facts.asks_who(acl, around.users)
            ),
            tls=memorydb_facts.tls(told(item, "TLSEnabled")),
            # Always on; without a key of its own it is one of the service (developer guide,
            # "At-Rest Encryption in MemoryDB").
            encryption=at_rest(account, region, True, item.get("KmsKeyId") or None),
            # Nothing is kept of who did what.
            audit_log=None,
            alarms=watching(around.alarms, [("ClusterName", name)], ("AWS/MemoryDB",), within=True),
            backup=backup(engine, item),
            multi_zone=then(told(item, "AvailabilityMode"), lambda mode: mode.lower() == _MANY),
            replicas=_replicas(account, region, item),
            guard_instance=None,
            deletion_protection=None,
            auto_minor_upgrade=told(item, "AutoMinorVersionUpgrade"),
            tenancy="shared",
            subnet_routes_to_internet=routes(place, around.ground),
            firewall_ids=place.firewalls,
        ),
        id=arn,
        region=region,
        name=name,
        tags=then(account.read(LIST_TAGS, region, arn, ResourceArn=arn), tags_of),
        native_type=CLUSTER,
        native={key: value for key, value in item.items() if key != "PendingUpdates"},
    )


def _place(item: Item, groups: dict[str, Item] | Unknown) -> Place:
    """Where the nodes of a cluster stand: always in the VPC of a subnet group (developer guide,
    "MemoryDB and Amazon VPC")."""
    firewalls = [one["SecurityGroupId"] for one in item.get("SecurityGroups") or []]
    return place_in(item.get("SubnetGroupName", ""), groups, firewalls, "Identifier")


def _replicas(account: Account, region: str, item: Item) -> list[Replica] | Unknown:
    """The clusters of other regions in its multi-Region cluster."""
    name = item.get("MultiRegionClusterName")
    if not name:
        return []
    found = account.read(
        DESCRIBE_MULTI_REGION, region, name, MultiRegionClusterName=name, ShowClusterDetails=True
    )
    return then(found, lambda known: memorydb_facts.replicas(known, item["ARN"]))


SERVICE = Service(
    name="MemoryDB",
    types=((Database, CLUSTER),),
    calls=(
        DESCRIBE_CLUSTERS,
        DESCRIBE_SUBNET_GROUPS,
        DESCRIBE_USERS,
        DESCRIBE_MULTI_REGION,
        LIST_TAGS,
        DESCRIBE_KEY,
        *REACHABILITY_CALLS,
        *ALARM_CALLS,
    ),
    region=clusters,
)
