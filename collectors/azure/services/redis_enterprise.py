"""Databases of Azure Managed Redis, and of the Enterprise tiers of Azure Cache for Redis before it.
They have no firewall rules: whoever has a key or a role reaches the public endpoint, where that is
on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from collectors.azure.account import Account, Service, tags_of
from collectors.azure.calls import child, listing
from collectors.azure.ids import parent_of, region_of, same, subscription_of
from collectors.azure.locks import LIST_LOCKS, locked
from collectors.azure.managed_redis_facts import (
    NO_ZONES,
    OLD,
    backup_by,
    database_facts,
    tls_by,
)
from collectors.azure.private_endpoints import has_private_endpoint
from collectors.azure.providers import GET_PROVIDER, offered
from collectors.azure.resource_alarms import RESOURCE_ALARM_CALLS, alarms_on
from collectors.azure.sql_facts import public_of
from collectors.document import Document, Unknown
from collectors.facts.database import Database
from collectors.facts.shared import Replica
from collectors.logic import Known, told

CLUSTERS = "Microsoft.Cache/redisEnterprise"
NATIVE = f"{CLUSTERS}/databases"
LIST_CLUSTERS = listing(CLUSTERS, "RedisEnterprise_List")
LIST_DATABASES = child(NATIVE, "Databases_ListByCluster", "{id}/databases", paged=True)

_ELSEWHERE = Unknown("the cluster of the replica is not visible to this account")
Item = dict[str, Any]


def databases(account: Account) -> Iterable[Document]:
    """A document for each database of each cluster; the cloud in China may not have the product."""
    clusters = offered(account, LIST_CLUSTERS)
    if isinstance(clusters, Unknown):
        yield account.unlisted(Database, clusters, native_type=NATIVE)
        return
    for cluster in clusters:
        yield from _of_cluster(account, cluster, clusters)


def _of_cluster(account: Account, cluster: Item, clusters: list[Item]) -> Iterator[Document]:
    found = account.listed(LIST_DATABASES, id=cluster["id"])
    if isinstance(found, Unknown):
        yield account.unlisted(Database, found, region_of(cluster), NATIVE)
        return
    for database in found:
        yield account.document(
            _facts(account, cluster, database, clusters),
            database,
            region=region_of(cluster),
            name=f"{cluster['name']}/{str(database['name']).rpartition('/')[2]}",
            tags=tags_of(cluster),
            native_type=NATIVE,
            native=database,
        )


def _facts(account: Account, cluster: Item, database: Item, clusters: list[Item]) -> Database:
    properties = cluster["properties"]
    public = is_public(properties)
    facts = database_facts(told(properties, "redisVersion"), public)
    facts.private_endpoint = has_private_endpoint(properties)
    protocol = str(database["properties"].get("clientProtocol"))
    facts.tls = tls_by(protocol, str(properties.get("minimumTlsVersion")))
    facts.alarms = alarms_on(account, cluster["id"], CLUSTERS)
    persistence = database["properties"].get("persistence") or {}
    facts.backup = backup_by(True in (persistence.get("aofEnabled"), persistence.get("rdbEnabled")))
    facts.multi_zone = _multi_zone(cluster)
    facts.replicas = _replicas(database, clusters)
    facts.deletion_protection = locked(account, database["id"])
    return facts


def is_public(cluster: Item) -> Known:
    """Whether a cluster has a public endpoint. One of before the setting has one, unless a private
    endpoint may have closed it."""
    if cluster.get("publicNetworkAccess") is None:
        return OLD if has_private_endpoint(cluster) else True
    return public_of(cluster)


def _multi_zone(cluster: Item) -> Known:
    mode = str(cluster["properties"].get("redundancyMode")).lower()
    if mode in ("zr", "lr", "none") and cluster["properties"].get("redundancyMode"):
        return mode == "zr"
    zones = cluster.get("zones") or []
    if zones:
        return len(zones) > 1
    return NO_ZONES


def _replicas(database: Item, clusters: list[Item]) -> list[Replica]:
    """The databases that are linked with this one, all of which take writes."""
    linked = (database["properties"].get("geoReplication") or {}).get("linkedDatabases") or ()
    regions = {cluster["id"]: region_of(cluster) for cluster in clusters}
    found = []
    for one in linked:
        if same(one["id"], database["id"]):
            continue
        owner = parent_of(one["id"])
        region = next((place for id_, place in regions.items() if same(id_, owner)), _ELSEWHERE)
        account = subscription_of(owner)
        found.append(Replica(region=region, account=account))
    return found


SERVICE = Service(
    name="Azure Managed Redis",
    types=((Database, NATIVE),),
    calls=(GET_PROVIDER, LIST_CLUSTERS, LIST_DATABASES, LIST_LOCKS, *RESOURCE_ALARM_CALLS),
    account=databases,
)
