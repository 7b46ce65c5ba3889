"""Stores of App Configuration with their replicas. Never the values that they keep."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from collectors.azure.account import Account, Service
from collectors.azure.app_configuration_facts import LOG, encryption_by, public_by, store_facts
from collectors.azure.calls import child, listing
from collectors.azure.diagnostic_settings import LOGGING_CALLS, logging_of
from collectors.azure.ids import region_of
from collectors.azure.locks import LIST_LOCKS, locked
from collectors.azure.private_endpoints import has_private_endpoint
from collectors.azure.resource_alarms import RESOURCE_ALARM_CALLS, alarms_on
from collectors.document import Document, Unknown, then
from collectors.facts.database import Database
from collectors.facts.shared import Replica

NATIVE = "Microsoft.AppConfiguration/configurationStores"
LIST_STORES = listing(NATIVE, "ConfigurationStores_List")
LIST_REPLICAS = child(
    f"{NATIVE}/replicas", "Replicas_ListByConfigurationStore", "{id}/replicas", paged=True
)
Item = dict[str, Any]


def stores(account: Account) -> Iterable[Document]:
    """A document for each store."""
    found = account.resources(LIST_STORES)
    if isinstance(found, Unknown):
        yield account.unlisted(Database, found, native_type=NATIVE)
        return
    yield from account.map(lambda item: _document(account, item), found)


def _document(account: Account, item: Item) -> Document:
    id_, properties = item["id"], item["properties"]
    endpoint = has_private_endpoint(properties)
    facts = store_facts(public_by(str(properties.get("publicNetworkAccess")), endpoint))
    facts.private_endpoint = endpoint
    facts.encryption = encryption_by(_key(properties))
    facts.audit_log = logging_of(account, id_, LOG)
    facts.alarms = alarms_on(account, id_, NATIVE)
    facts.replicas = then(
        account.listed(LIST_REPLICAS, id=id_),
        lambda all_: [Replica(region=region_of(one), account=account.id) for one in all_],
    )
    facts.deletion_protection = locked(account, id_)
    return account.document(facts, item, native_type=NATIVE, native=item)


def _key(properties: Item) -> str | None:
    named = (properties.get("encryption") or {}).get("keyVaultProperties") or {}
    return named.get("keyIdentifier") or None


SERVICE = Service(
    name="App Configuration",
    types=((Database, NATIVE),),
    calls=(LIST_STORES, LIST_REPLICAS, LIST_LOCKS, *RESOURCE_ALARM_CALLS, *LOGGING_CALLS),
    account=stores,
)
