"""Accounts of Azure Cosmos DB."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from collectors.azure import cosmos_facts
from collectors.azure.account import Account, Service
from collectors.azure.calls import listing
from collectors.azure.diagnostic_settings import LOGGING_CALLS, logging_of
from collectors.azure.locks import LIST_LOCKS, locked
from collectors.azure.private_endpoints import has_private_endpoint
from collectors.azure.resource_alarms import RESOURCE_ALARM_CALLS, alarms_on
from collectors.azure.server_access import server_exposure
from collectors.azure.sql_facts import public_of
from collectors.document import Document, Unknown, then
from collectors.facts.database import Database

NATIVE = "Microsoft.DocumentDB/databaseAccounts"
LIST_ACCOUNTS = listing(NATIVE, "DatabaseAccounts_List")
_NO_VERSION = Unknown("the account tells no version of its interface")
Item = dict[str, Any]


def accounts(account: Account) -> Iterable[Document]:
    """A document for each account."""
    found = account.resources(LIST_ACCOUNTS)
    if isinstance(found, Unknown):
        yield account.unlisted(Database, found, native_type=NATIVE)
        return
    yield from account.map(lambda item: _document(account, item), found)


def _document(account: Account, item: Item) -> Document:
    """Microsoft keeps the engine at its newest version, on machines that serve others too."""
    id_, properties = item["id"], item["properties"]
    engine, requests = cosmos_facts.engine_of(item)
    # Public where nothing is told, as it was before the setting.
    public = public_of({"publicNetworkAccess": properties.get("publicNetworkAccess") or "Enabled"})
    ranges = then(public, lambda on: cosmos_facts.allow_list(properties) if on else [])
    return account.document(
        Database(
            engine=engine,
            engine_version=(properties.get("apiProperties") or {}).get("serverVersion")
            or _NO_VERSION,
            version_supported=True,
            network_kind=then(public, lambda on: "public" if on else "vpc"),
            exposure=server_exposure(public, ranges),
            allow_list=ranges,
            private_endpoint=has_private_endpoint(properties),
            authentication=True,
            tls=cosmos_facts.tls_of(properties),
            encryption=cosmos_facts.encryption_of(properties),
            audit_log=logging_of(account, id_, (requests,)),
            alarms=alarms_on(account, id_, NATIVE),
            backup=cosmos_facts.backup_of(item),
            multi_zone=cosmos_facts.multi_zone(properties),
            replicas=cosmos_facts.replicas_of(item),
            guard_instance=None,
            deletion_protection=locked(account, id_),
            auto_minor_upgrade=True,
            tenancy="shared",
            subnet_routes_to_internet=None,
            firewall_ids=[],
        ),
        item,
        native_type=NATIVE,
        native=item,
    )


SERVICE = Service(
    name="Azure Cosmos DB",
    types=((Database, NATIVE),),
    calls=(LIST_ACCOUNTS, LIST_LOCKS, *RESOURCE_ALARM_CALLS, *LOGGING_CALLS),
    account=accounts,
)
