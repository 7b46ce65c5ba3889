"""Auditing of Azure SQL: of a server, which holds for all its databases, or of one database."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from collectors.azure.account import Account
from collectors.azure.calls import AzureCall
from collectors.azure.diagnostic_settings import LOGGING_CALLS, logging_of
from collectors.azure.ids import region_of
from collectors.azure.sql_calls import GET_DATABASE_AUDITING, GET_SERVER_AUDITING
from collectors.azure.sql_facts import AUDIT_EVENTS, AUDIT_GROUPS, NO_AUDIT_STORE
from collectors.azure.storage_calls import GET_MANAGEMENT_POLICY, LIST_ACCOUNTS
from collectors.azure.storage_retention import deleted_after
from collectors.document import Unknown, then
from collectors.facts.shared import Logging
from collectors.logic import shortest

AUDIT_STORE_CALLS = (LIST_ACCOUNTS, GET_MANAGEMENT_POLICY)
AUDITING_CALLS = (
    GET_SERVER_AUDITING,
    GET_DATABASE_AUDITING,
    *AUDIT_STORE_CALLS,
    *LOGGING_CALLS,
)

_CONTAINER = "sqldbauditlogs"
Item = dict[str, Any]


def server_audit(account: Account, server: str) -> Logging:
    """The audit of a server. What it sends to Azure Monitor is decided by a diagnostic setting of
    its master database ("Set up auditing for Azure SQL Database")."""
    return audit_of(account, GET_SERVER_AUDITING, server, f"{server}/databases/master")


def database_audit(account: Account, database: str, server: Logging) -> Logging:
    """The audit that holds for a database: its server's where that is on, else its own."""
    if server.enabled is True:
        return server
    own = audit_of(account, GET_DATABASE_AUDITING, database, database)
    if own.enabled is True or server.enabled is False:
        return own
    return server


def audit_of(account: Account, call: AzureCall, id_: str, monitored: str) -> Logging:
    """The audit that a call reads of a server or a database. `monitored` is the resource whose
    diagnostic setting sends it to Azure Monitor."""
    found = account.read(call, id=id_)
    if isinstance(found, Unknown):
        return Logging.unread(found)
    settings = found["properties"]
    state = str(settings.get("state")).lower()
    if state == "disabled":
        return Logging.off()
    if state != "enabled":
        return Logging.unread(Unknown("the state of auditing is not known"))
    if settings.get("storageEndpoint"):
        return _stored(account, settings)
    if settings.get("isAzureMonitorTargetEnabled") is True:
        return logging_of(account, monitored, AUDIT_EVENTS, AUDIT_GROUPS)
    return Logging.unread(NO_AUDIT_STORE)


def _stored(account: Account, settings: Item) -> Logging:
    """A storage account as destination; 0 days are without end, where it deletes no blobs."""
    endpoint = str(settings["storageEndpoint"])
    name = (urlsplit(endpoint).hostname or "").partition(".")[0]
    days = settings.get("retentionDays")
    kept = days or None if isinstance(days, int) else Unknown("auditing tells no retention")
    store = _store(account, name)
    return Logging(
        enabled=True,
        destination=endpoint,
        destination_account=_subscription(settings),
        destination_region=then(store, region_of),
        retention_days=then(
            store,
            lambda one: shortest(kept, deleted_after(account, one, _CONTAINER, "appendBlob")),
        ),
    )


def _subscription(settings: Item) -> str | Unknown:
    text = str(settings.get("storageAccountSubscriptionId") or "").lower()
    if text.strip("0-"):
        return text
    return Unknown("auditing does not tell the subscription of its storage account")


def _store(account: Account, name: str) -> Item | Unknown:
    """The storage account of a name, which is unique in a cloud."""
    accounts = account.resources(LIST_ACCOUNTS)
    if isinstance(accounts, Unknown):
        return accounts
    for one in accounts:
        if str(one["name"]).lower() == name.lower():
            return one
    return Unknown("the storage account of the audit is not visible to this account")
