"""ElastiCache: replication groups, clusters that stand alone, and serverless caches."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from collectors.aws import cache_facts
from collectors.aws.account import Account, Service, tags_of
from collectors.aws.cache_places import (
    DESCRIBE_SUBNET_GROUPS,
    DESCRIBE_USERS,
    Around,
    Place,
    cache_call,
    node_of,
    place_of,
    read_around,
    routes,
    vpc_of,
)
from collectors.aws.encryption import at_rest
from collectors.aws.kms_calls import DESCRIBE_KEY
from collectors.aws.logic import told
from collectors.aws.private_nodes import nodes_exposure
from collectors.aws.reachability import REACHABILITY_CALLS
from collectors.aws.resource_alarms import CALLS as ALARM_CALLS
from collectors.aws.resource_alarms import Dimension, watching
from collectors.document import Document, Unknown, then
from collectors.facts.database import Database
from collectors.facts.shared import Encryption, Exposure, Replica, Tls

GROUP = "AWS::ElastiCache::ReplicationGroup"
CLUSTER = "AWS::ElastiCache::CacheCluster"
SERVERLESS = "AWS::ElastiCache::ServerlessCache"


DESCRIBE_GROUPS = cache_call("DescribeReplicationGroups", "ReplicationGroups")
DESCRIBE_CLUSTERS = cache_call("DescribeCacheClusters", "CacheClusters")
DESCRIBE_SERVERLESS = cache_call("DescribeServerlessCaches", "ServerlessCaches")
DESCRIBE_GLOBAL = cache_call(
    "DescribeGlobalReplicationGroups", "GlobalReplicationGroups", "resource"
)
LIST_TAGS = cache_call("ListTagsForResource", "TagList", "resource", paged=False)

_UPGRADE_BY_SERVICE = Unknown("a serverless cache has no setting for updates of its engine")

Item = dict[str, Any]


def caches(account: Account, region: str) -> Iterable[Document]:
    """A document for each replication group, cluster of its own, and serverless cache."""
    lists: list[Any] = []
    for call, kind in (
        (DESCRIBE_GROUPS, GROUP),
        (DESCRIBE_CLUSTERS, CLUSTER),
        (DESCRIBE_SERVERLESS, SERVERLESS),
    ):
        found = account.read(call, region)
        lists.append(found)
        if isinstance(found, Unknown):
            yield account.unlisted(Database, found, region, kind)
    groups, nodes, serverless = lists
    if not any(found for found in lists if not isinstance(found, Unknown)):
        return
    around = read_around(account, region)
    yield from account.map(lambda item: _group(account, region, item, nodes, around), _read(groups))
    alone = [item for item in _read(nodes) if not item.get("ReplicationGroupId")]
    yield from account.map(lambda item: _cluster(account, region, item, around), alone)
    yield from account.map(
        lambda item: _serverless(account, region, item, around), _read(serverless)
    )


def _read(found: list[Item] | Unknown) -> list[Item]:
    return [] if isinstance(found, Unknown) else found


def _group(
    account: Account, region: str, item: Item, nodes: list[Item] | Unknown, around: Around
) -> Document:
    name = item["ReplicationGroupId"]
    node = then(nodes, lambda found: node_of(found, name))
    version: str | Unknown = then(node, lambda known: told(known, "EngineVersion"))
    engine: str | Unknown = then(node, lambda known: told(known, "Engine"))
    engine = item.get("Engine", engine)
    place = then(node, lambda known: place_of(known, around))
    places: list[Dimension] = [("ReplicationGroupId", name)]
    places += [("CacheClusterId", one) for one in item.get("MemberClusters") or []]
    facts = _facts(account, region, item, place, around)
    facts.engine, facts.engine_version = engine, version
    facts.authentication = cache_facts.asks_who(
        engine, item, item.get("UserGroupIds") or [], around.users
    )
    facts.tls = cache_facts.tls(item, version)
    facts.alarms = watching(around.alarms, places, ("AWS/ElastiCache",))
    facts.backup = cache_facts.backup(engine, item)
    facts.multi_zone = then(told(item, "MultiAZ"), lambda word: bool(word == "enabled"))
    facts.replicas = _replicas(account, region, item)
    facts.auto_minor_upgrade = told(item, "AutoMinorVersionUpgrade")
    return _document(account, region, facts, item, name, GROUP)


def _cluster(account: Account, region: str, item: Item, around: Around) -> Document:
    """Memcached, or one node of Redis or Valkey without a replica."""
    name, engine = item["CacheClusterId"], told(item, "Engine")
    version = told(item, "EngineVersion")
    facts = _facts(account, region, item, place_of(item, around), around)
    facts.engine, facts.engine_version = engine, version
    facts.authentication = cache_facts.asks_who(engine, item, [], around.users)
    facts.tls = cache_facts.tls(item, version)
    facts.alarms = watching(around.alarms, [("CacheClusterId", name)], ("AWS/ElastiCache",))
    facts.backup = cache_facts.backup(engine, item)
    facts.multi_zone = then(
        told(item, "PreferredAvailabilityZone"), lambda zone: bool(zone == "Multiple")
    )
    facts.replicas = []
    facts.auto_minor_upgrade = told(item, "AutoMinorVersionUpgrade")
    return _document(account, region, facts, item, name, CLUSTER)


def _serverless(account: Account, region: str, item: Item, around: Around) -> Document:
    """A serverless cache: TLS only, encrypted, in several zones (user guide, "In-transit
    encryption", "At-rest encryption", "High availability")."""
    name, engine = item["ServerlessCacheName"], told(item, "Engine")
    subnets = item.get("SubnetIds") or []
    place = Place(
        vpc_id=vpc_of(subnets, around.ground),
        subnets=subnets,
        firewalls=told(item, "SecurityGroupIds"),
    )
    user_group = item.get("UserGroupId")
    facts = _facts(account, region, item | {"AtRestEncryptionEnabled": True}, place, around)
    if item.get("ConnectionType") == "public":
        facts.network_kind = "public"
        facts.exposure = Exposure(public=True, via=["endpoint"])
        facts.private_endpoint = False
    facts.engine = engine
    facts.engine_version = told(item, "FullEngineVersion")
    facts.authentication = cache_facts.asks_who(
        engine, item, [user_group] if user_group else [], around.users
    )
    facts.tls = Tls(minimum=cache_facts.MINIMUM, required=True, policy=None)
    facts.alarms = watching(around.alarms, [("clusterId", name)], ("AWS/ElastiCache",))
    facts.backup = cache_facts.backup(engine, item)
    facts.multi_zone = True
    facts.replicas = []
    facts.auto_minor_upgrade = _UPGRADE_BY_SERVICE
    return _document(account, region, facts, item, name, SERVERLESS)


def _facts(
    account: Account, region: str, item: Item, place: Place | Unknown, around: Around
) -> Database:
    """What is told of every cache alike."""
    if isinstance(place, Unknown):
        place = Place(vpc_id=place, subnets=place, firewalls=place)
    in_vpc = then(place.vpc_id, bool)
    return Database(
        network_kind=then(in_vpc, lambda inside: "vpc" if inside else "classic"),
        exposure=nodes_exposure(
            around.ground, place.subnets, place.vpc_id, place.firewalls, item.get("NetworkType")
        ),
        allow_list=[],
        private_endpoint=in_vpc,
        encryption=_encryption(account, region, item),
        # There are logs of slow queries and of the engine, none of who did what.
        audit_log=None,
        guard_instance=None,
        deletion_protection=None,
        tenancy="shared",
        subnet_routes_to_internet=routes(place, around.ground),
        firewall_ids=place.firewalls,
    )


def _encryption(account: Account, region: str, item: Item) -> Encryption | Unknown:
    """Without a key of its own it is one of the service (user guide, "At-rest encryption")."""
    on = told(item, "AtRestEncryptionEnabled")
    key = item.get("KmsKeyId") or None
    return then(on, lambda known: at_rest(account, region, bool(known), key))


def _replicas(account: Account, region: str, item: Item) -> list[Replica] | Unknown:
    """The members of its global datastore in other regions."""
    name = (item.get("GlobalReplicationGroupInfo") or {}).get("GlobalReplicationGroupId")
    if not name:
        return []
    found = account.read(
        DESCRIBE_GLOBAL, region, name, GlobalReplicationGroupId=name, ShowMemberInfo=True
    )
    return then(
        found,
        lambda groups: [
            Replica(region=one, account=account.id)
            for group in groups
            for one in cache_facts.members_elsewhere(
                group["Members"], item["ReplicationGroupId"], region
            )
        ],
    )


def _document(
    account: Account, region: str, facts: Database, item: Item, name: str, kind: str
) -> Document:
    arn = item["ARN"]
    return account.document(
        facts,
        id=arn,
        region=region,
        name=name,
        tags=then(account.read(LIST_TAGS, region, arn, ResourceName=arn), tags_of),
        native_type=kind,
        native={key: value for key, value in item.items() if key != "PendingModifiedValues"},
    )


SERVICE = Service(
    name="ElastiCache",
    types=((Database, GROUP), (Database, CLUSTER), (Database, SERVERLESS)),
    calls=(
        DESCRIBE_GROUPS,
        DESCRIBE_CLUSTERS,
        DESCRIBE_SERVERLESS,
        DESCRIBE_SUBNET_GROUPS,
        DESCRIBE_USERS,
        DESCRIBE_GLOBAL,
        LIST_TAGS,
        DESCRIBE_KEY,
        *REACHABILITY_CALLS,
        *ALARM_CALLS,
    ),
    region=caches,
)
