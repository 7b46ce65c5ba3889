"""Clusters of Azure Data Explorer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from collectors.addresses import networks
from collectors.azure.account import Account, Service
from collectors.azure.calls import listing
from collectors.azure.diagnostic_settings import LOGGING_CALLS, logging_of
from collectors.azure.kusto_facts import LOG, cluster_facts, encryption_of
from collectors.azure.locks import LIST_LOCKS, locked
from collectors.azure.private_endpoints import has_private_endpoint
from collectors.azure.resource_alarms import RESOURCE_ALARM_CALLS, alarms_on
from collectors.azure.server_access import open_without_rules
from collectors.azure.sql_facts import public_of
from collectors.document import Document, Unknown
from collectors.facts.database import Database
from collectors.logic import told

NATIVE = "Microsoft.Kusto/clusters"
LIST_CLUSTERS = listing(NATIVE, "Clusters_List")
Item = dict[str, Any]


def clusters(account: Account) -> Iterable[Document]:
    """A document for each cluster."""
    found = account.resources(LIST_CLUSTERS)
    if isinstance(found, Unknown):
        yield account.unlisted(Database, found, native_type=NATIVE)
        return
    yield from account.map(lambda item: _document(account, item), found)


def _document(account: Account, item: Item) -> Document:
    id_, properties = item["id"], item["properties"]
    public = public_of(properties)
    listed = properties.get("allowedIpRangeList") or ()
    # Without a list every address is let in ("Manage public access").
    ranges = open_without_rules(public, [one for entry in listed for one in networks(entry)])
    facts = cluster_facts(public, ranges, len(item.get("zones") or ()))
    facts.private_endpoint = has_private_endpoint(properties)
    facts.encryption = encryption_of(told(properties, "enableDiskEncryption"), _key(properties))
    facts.audit_log = logging_of(account, id_, LOG)
    facts.alarms = alarms_on(account, id_, NATIVE)
    facts.deletion_protection = locked(account, id_)
    return account.document(facts, item, native_type=NATIVE, native=item)


def _key(properties: Item) -> str | None:
    named = properties.get("keyVaultProperties") or {}
    if not named.get("keyName"):
        return None
    return f"{str(named.get('keyVaultUri')).rstrip('/')}/keys/{named['keyName']}"


SERVICE = Service(
    name="Data Explorer",
    types=((Database, NATIVE),),
    calls=(LIST_CLUSTERS, LIST_LOCKS, *RESOURCE_ALARM_CALLS, *LOGGING_CALLS),
    account=clusters,
)
