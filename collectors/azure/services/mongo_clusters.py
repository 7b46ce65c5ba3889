"""Clusters of Azure DocumentDB (Cosmos DB for MongoDB, vCore)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from collectors.azure.account import Account, Service
from collectors.azure.calls import child, listing
from collectors.azure.diagnostic_settings import LOGGING_CALLS, logging_of
from collectors.azure.ids import region_of, same, subscription_of
from collectors.azure.locks import LIST_LOCKS, locked
from collectors.azure.mongo_facts import LOG, LOG_GROUPS, cluster_facts, encryption_by
from collectors.azure.private_endpoints import has_private_endpoint
from collectors.azure.providers import GET_PROVIDER, offered
from collectors.azure.resource_alarms import RESOURCE_ALARM_CALLS, alarms_on
from collectors.azure.sql_facts import public_of, ranges_of
from collectors.document import Document, Unknown, then
from collectors.facts.database import Database
from collectors.facts.shared import Encryption, Replica
from collectors.logic import told

NATIVE = "Microsoft.DocumentDB/mongoClusters"
LIST_CLUSTERS = listing(NATIVE, "MongoClusters_List")
LIST_RULES = child(
    f"{NATIVE}/firewallRules",
    "FirewallRules_ListByMongoCluster",
    "{id}/firewallRules",
    paged=True,
)

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
    availability = properties.get("highAvailability") or {}
    facts = cluster_facts(
        told(properties, "serverVersion"), public, ranges, str(availability.get("targetMode"))
    )
    facts.private_endpoint = has_private_endpoint(properties)
    facts.encryption = _encryption(properties)
    facts.audit_log = logging_of(account, id_, LOG, LOG_GROUPS)
    facts.alarms = alarms_on(account, id_, NATIVE)
    facts.replicas = _replicas(item, every)
    facts.deletion_protection = locked(account, id_)
    kept = {name: one for name, one in properties.items() if name not in _HIDDEN}
    return account.document(facts, item, native_type=NATIVE, native={**item, "properties": kept})


def _encryption(properties: Item) -> Encryption:
    """Always on; only newer versions of the API tell a key of the customer's."""
    if "encryption" not in properties:
        doubt = Unknown("this version of the API does not tell the key of a cluster")
        return Encryption(enabled=True, key_manager=doubt, key_id=doubt, algorithm="AES-256")
    settings = (properties["encryption"] or {}).get("customerManagedKeyEncryption") or {}
    return encryption_by(settings.get("keyEncryptionKeyUrl"))


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
