"""Caches of Azure Cache for Redis."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from collectors.azure.account import Account, Service
from collectors.azure.calls import child, listing
from collectors.azure.database_subnets import SUBNET_ROUTE_CALLS, subnet_routes
from collectors.azure.ids import region_of, subscription_of
from collectors.azure.locks import LIST_LOCKS, locked
from collectors.azure.private_endpoints import has_private_endpoint
from collectors.azure.resource_alarms import RESOURCE_ALARM_CALLS, alarms_on
from collectors.azure.security_rules import IPV4_ANY, IPV6_ANY
from collectors.azure.server_access import server_exposure
from collectors.azure.sql_facts import public_of, ranges_of
from collectors.document import Document, Unknown, then
from collectors.facts.database import Database
from collectors.facts.shared import Backup, Encryption, Exposure, Replica, Tls
from collectors.logic import Known, negated, told

NATIVE = "Microsoft.Cache/redis"
LIST_CACHES = listing(NATIVE, "Redis_ListBySubscription")
LIST_RULES = child(
    f"{NATIVE}/firewallRules", "FirewallRules_List", "{id}/firewallRules", paged=True
)
LIST_LINKED = child(
    f"{NATIVE}/linkedServers", "LinkedServer_List", "{id}/linkedServers", paged=True
)

_NOT_READ = Unknown("what the cache keeps on disks is encrypted by their storage, and is not read")
_SUPPORT = Unknown("until when Azure supports the version of the engine is not read")
_KEPT = (
    "provisioningState", "redisVersion", "sku", "enableNonSslPort", "minimumTlsVersion",
    "publicNetworkAccess", "hostName", "port", "sslPort", "shardCount", "subnetId", "staticIP",
    "replicasPerMaster", "privateEndpointConnections", "linkedServers",
)  # fmt: skip
Item = dict[str, Any]


def caches(account: Account) -> Iterable[Document]:
    """A document for each cache."""
    found = account.resources(LIST_CACHES)
    if isinstance(found, Unknown):
        yield account.unlisted(Database, found, native_type=NATIVE)
        return
    yield from account.map(lambda item: _document(account, item), found)


def _document(account: Account, item: Item) -> Document:
    id_, properties = item["id"], item["properties"]
    subnet = properties.get("subnetId") or None
    # Public where nothing is told ("Redis": the default of publicNetworkAccess).
    public = public_of({"publicNetworkAccess": properties.get("publicNetworkAccess") or "Enabled"})
    ranges = [] if subnet else then(public, lambda on: _allow_list(account, id_) if on else [])
    facts = Database(
        engine="redis",
        engine_version=told(properties, "redisVersion"),
        version_supported=_SUPPORT,
        network_kind="vpc" if subnet else then(public, lambda on: "public" if on else "vpc"),
        exposure=Exposure(public=False, via=[]) if subnet else server_exposure(public, ranges),
        allow_list=ranges,
        private_endpoint=bool(subnet) or has_private_endpoint(properties),
        authentication=_setting(properties, "authnotrequired") is not True,
        tls=Tls(
            minimum=_minimum(properties),
            required=negated(told(properties, "enableNonSslPort")),
            policy=None,
        ),
        encryption=Encryption.unread(_NOT_READ),
        # What Azure logs of a cache are its connections and sign-ins, and not what they do.
        audit_log=None,
        alarms=alarms_on(account, id_, NATIVE),
        backup=backup_of(properties),
        multi_zone=_multi_zone(item),
        replicas=_replicas(account, id_) if properties.get("linkedServers") else [],
        guard_instance=None,
        deletion_protection=locked(account, id_),
        auto_minor_upgrade=True,
        tenancy="shared",
        subnet_routes_to_internet=subnet_routes(account, subnet),
        firewall_ids=[],
    )
    kept = {name: properties[name] for name in _KEPT if name in properties}
    return account.document(facts, item, native_type=NATIVE, native={**item, "properties": kept})


def _allow_list(account: Account, id_: str) -> list[str] | Unknown:
    """Without a rule every address may connect, unlike with the databases of Azure."""
    ranges = ranges_of(account.listed(LIST_RULES, id=id_), "startIP", "endIP")
    return [IPV4_ANY, IPV6_ANY] if ranges == [] else ranges


def _setting(properties: Item, name: str) -> bool:
    """A switch in the configuration, which is left out where nobody turned it on."""
    value = (properties.get("redisConfiguration") or {}).get(name)
    return str(value).lower() == "true"


def _minimum(properties: Item) -> Any:
    word = properties.get("minimumTlsVersion")
    if word in ("1.0", "1.1", "1.2", "1.3"):
        return word
    return Unknown("the cache does not tell its lowest version of TLS")


def backup_of(properties: Item) -> Backup:
    """Persistence of a Premium cache: snapshots, of which a number is kept, or a log of writes."""
    on = _setting(properties, "rdb-backup-enabled") or _setting(properties, "aof-backup-enabled")
    return Backup(
        enabled=on,
        retention_days=Unknown("snapshots are kept by number, not by days") if on else 0,
        point_in_time=False,
        copies=[],
    )


def _multi_zone(item: Item) -> Known:
    """Zones that were chosen; those that Azure chooses are not told. Basic caches have one node."""
    zones = item.get("zones") or []
    sku = str((item["properties"].get("sku") or {}).get("name")).lower()
    if zones or sku == "basic":
        return len(zones) > 1
    return Unknown("the cache does not tell the zones that Azure chose for it")


def _replicas(account: Account, id_: str) -> list[Replica] | Unknown:
    """The caches that are linked to this one and follow it."""
    linked = account.listed(LIST_LINKED, id=id_)
    if isinstance(linked, Unknown):
        return linked
    found = [one["properties"] for one in linked]
    return [
        Replica(
            region=region_of({"location": one["linkedRedisCacheLocation"]}),
            account=cast("Any", subscription_of(one["linkedRedisCacheId"])),
        )
        for one in found
        if str(one.get("serverRole")).lower() == "secondary"
    ]


SERVICE = Service(
    name="Azure Cache for Redis",
    types=((Database, NATIVE),),
    calls=(
        LIST_CACHES,
        LIST_RULES,
        LIST_LINKED,
        LIST_LOCKS,
        *SUBNET_ROUTE_CALLS,
        *RESOURCE_ALARM_CALLS,
    ),
    account=caches,
)
