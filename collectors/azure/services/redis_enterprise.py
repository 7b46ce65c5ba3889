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
from collectors.azure.private_endpoints import has_private_endpoint
from collectors.azure.providers import GET_PROVIDER, offered
from collectors.azure.resource_alarms import RESOURCE_ALARM_CALLS, alarms_on
from collectors.azure.security_rules import IPV4_ANY, IPV6_ANY
from collectors.azure.server_access import server_exposure
from collectors.azure.sql_facts import public_of
from collectors.document import Document, Unknown, then
from collectors.facts.database import Database
from collectors.facts.shared import Backup, Encryption, Replica, Tls
from collectors.logic import Known, told

CLUSTERS = "Microsoft.Cache/redisEnterprise"
NATIVE = f"{CLUSTERS}/databases"
LIST_CLUSTERS = listing(CLUSTERS, "RedisEnterprise_List")
LIST_DATABASES = child(NATIVE, "Databases_ListByCluster", "{id}/databases", paged=True)

_SUPPORT = Unknown("until when Azure supports the version of the engine is not read")
_NOT_READ = Unknown("what the cache keeps on disks is encrypted by their storage, and is not read")
_OLD = Unknown("a cluster of an older API version does not tell whether its public endpoint is on")
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
    ranges = then(public, lambda on: [IPV4_ANY, IPV6_ANY] if on else [])
    return Database(
        engine="redis",
        engine_version=told(properties, "redisVersion"),
        version_supported=_SUPPORT,
        network_kind=then(public, lambda on: "public" if on else "vpc"),
        exposure=server_exposure(public, ranges),
        allow_list=ranges,
        private_endpoint=has_private_endpoint(properties),
        # There is no access without a key or a role.
        authentication=True,
        tls=_tls(properties, database["properties"]),
        encryption=Encryption.unread(_NOT_READ),
        # What Azure logs of a cache are its connections, and not what they do.
        audit_log=None,
        alarms=alarms_on(account, cluster["id"], CLUSTERS),
        backup=_backup(database["properties"].get("persistence") or {}),
        multi_zone=_multi_zone(cluster),
        replicas=_replicas(database, clusters),
        guard_instance=None,
        deletion_protection=locked(account, database["id"]),
        auto_minor_upgrade=True,
        tenancy="shared",
        subnet_routes_to_internet=None,
        firewall_ids=[],
    )


def is_public(cluster: Item) -> Known:
    """Whether a cluster has a public endpoint. One of before the setting has one, unless a private
    endpoint may have closed it."""
    if cluster.get("publicNetworkAccess") is None:
        return _OLD if has_private_endpoint(cluster) else True
    return public_of(cluster)


def _tls(cluster: Item, database: Item) -> Tls:
    """A database takes encrypted connections alone, or none."""
    protocol, minimum = database.get("clientProtocol"), cluster.get("minimumTlsVersion")
    words = {"encrypted": True, "plaintext": False}
    return Tls(
        minimum=minimum
        if minimum in ("1.0", "1.1", "1.2", "1.3")
        else Unknown("the cache does not tell its lowest version of TLS"),
        required=words.get(str(protocol).lower(), Unknown("the cache does not tell its protocol")),
        policy=None,
    )


def _backup(persistence: Item) -> Backup:
    """Persistence keeps one state, for a cache that fails; of days there is nothing to say."""
    on = persistence.get("aofEnabled") is True or persistence.get("rdbEnabled") is True
    return Backup(
        enabled=on,
        retention_days=Unknown("snapshots are kept by number, not by days") if on else 0,
        point_in_time=False,
        copies=[],
    )


def _multi_zone(cluster: Item) -> Known:
    mode = str(cluster["properties"].get("redundancyMode")).lower()
    if mode in ("zr", "lr", "none") and cluster["properties"].get("redundancyMode"):
        return mode == "zr"
    zones = cluster.get("zones") or []
    if zones:
        return len(zones) > 1
    return Unknown("the cache does not tell the zones that Azure chose for it")


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
