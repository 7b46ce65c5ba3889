"""Clusters of Azure DocumentDB (Cosmos DB for MongoDB, vCore)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from collectors.azure.account import Account, Service
from collectors.azure.calls import child, listing
from collectors.azure.diagnostic_settings import LOGGING_CALLS, logging_of
from collectors.azure.ids import region_of, same, subscription_of
from collectors.azure.locks import LIST_LOCKS, locked
from collectors.azure.private_endpoints import has_private_endpoint
from collectors.azure.providers import GET_PROVIDER, offered
from collectors.azure.resource_alarms import RESOURCE_ALARM_CALLS, alarms_on
from collectors.azure.server_access import server_exposure
from collectors.azure.sql_facts import public_of, ranges_of
from collectors.document import Document, Unknown, then
from collectors.facts.database import Database
from collectors.facts.shared import Backup, Encryption, Replica, Tls
from collectors.logic import Known, told

NATIVE = "Microsoft.DocumentDB/mongoClusters"
LIST_CLUSTERS = listing(NATIVE, "MongoClusters_List")
LIST_RULES = child(
    f"{NATIVE}/firewallRules",
    "FirewallRules_ListByMongoCluster",
    "{id}/firewallRules",
    paged=True,
)

_SUPPORT = Unknown("until when Azure supports the version of the engine is not read")
_NO_TLS = Unknown("the cluster does not tell its lowest version of TLS")
_NO_DAYS = Unknown("the cluster does not tell how long its backups are kept")
_HIDDEN = ("administrator", "connectionString", "administratorLogin", "administratorLoginPassword")
Item = dict[str, Any]


def clusters(account: Account) -> Iterable[Document]:
    """A document for each cluster; the cloud in China may not have the product."""
    found = offered(account, LIST_CLUSTERS)
    if isinstance(found, Unknown):
        yield account.unlisted(Database, found, native_type=NATIVE)
        return
    yield from account.map(lambda item: _document(account, item, found), found)


def _document(account: Account, item: Item, every: list[Item]) -> Document:
    id_, properties = item["id"], item["properties"]
    public = public_of(properties)
    rules = then(public, lambda on: account.listed(LIST_RULES, id=id_) if on else [])
    ranges = ranges_of(rules, "startIpAddress", "endIpAddress")
    facts = Database(
        engine="mongodb",
        engine_version=told(properties, "serverVersion"),
        version_supported=_SUPPORT,
        network_kind=then(public, lambda on: "public" if on else "vpc"),
        exposure=server_exposure(public, ranges),
        allow_list=ranges,
        private_endpoint=has_private_endpoint(properties),
        authentication=True,
        # Connections are encrypted always ("Security in Azure DocumentDB").
        tls=Tls(minimum=_NO_TLS, required=True, policy=None),
        encryption=_encryption(properties),
        audit_log=logging_of(account, id_, ("vCoreMongoRequests",), ("allLogs", "audit")),
        alarms=alarms_on(account, id_, NATIVE),
        # Backups are made by themselves, and restore any moment that is kept.
        backup=Backup(enabled=True, retention_days=_NO_DAYS, point_in_time=True, copies=[]),
        multi_zone=_multi_zone(properties),
        replicas=_replicas(item, every),
        guard_instance=None,
        deletion_protection=locked(account, id_),
        auto_minor_upgrade=True,
        tenancy="shared",
        subnet_routes_to_internet=None,
        firewall_ids=[],
    )
    kept = {name: one for name, one in properties.items() if name not in _HIDDEN}
    return account.document(facts, item, native_type=NATIVE, native={**item, "properties": kept})


def _encryption(properties: Item) -> Encryption:
    """Always on; only newer versions of the API tell a key of the customer's."""
    if "encryption" not in properties:
        doubt = Unknown("this version of the API does not tell the key of a cluster")
        return Encryption(enabled=True, key_manager=doubt, key_id=doubt, algorithm="AES-256")
    settings = (properties["encryption"] or {}).get("customerManagedKeyEncryption") or {}
    named = settings.get("keyEncryptionKeyUrl")
    return Encryption(
        enabled=True,
        key_manager="customer" if named else "provider",
        key_id=named,
        algorithm="AES-256",
    )


def _multi_zone(properties: Item) -> Known:
    """The mode that prefers zones uses them where the region has some."""
    mode = str((properties.get("highAvailability") or {}).get("targetMode")).lower()
    words = {"zoneredundantpreferred": True, "samezone": False, "disabled": False}
    return words.get(mode, Unknown("the server does not tell its high availability"))


def _replicas(item: Item, every: list[Item]) -> list[Replica]:
    """Clusters of the subscription that replicate this one."""
    return [
        Replica(region=region_of(one), account=subscription_of(one["id"]))
        for one in every
        if same((one["properties"].get("replica") or {}).get("sourceResourceId"), item["id"])
    ]


SERVICE = Service(
    name="Azure DocumentDB",
    types=((Database, NATIVE),),
    calls=(
        GET_PROVIDER,
        LIST_CLUSTERS,
        LIST_RULES,
        LIST_LOCKS,
        *RESOURCE_ALARM_CALLS,
        *LOGGING_CALLS,
    ),
    account=clusters,
)
