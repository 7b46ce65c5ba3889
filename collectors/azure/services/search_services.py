"""Services of Azure AI Search."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from collectors.addresses import networks
from collectors.azure.account import Account, Service
from collectors.azure.calls import listing
from collectors.azure.diagnostic_settings import LOGGING_CALLS, logging_of
from collectors.azure.locks import LIST_LOCKS, locked
from collectors.azure.private_endpoints import has_private_endpoint
from collectors.azure.resource_alarms import RESOURCE_ALARM_CALLS, alarms_on
from collectors.azure.search_facts import LOG, search_facts
from collectors.azure.server_access import open_without_rules
from collectors.azure.sql_facts import public_of
from collectors.document import Document, Unknown
from collectors.facts.database import Database
from collectors.facts.shared import Encryption
from collectors.logic import told

NATIVE = "Microsoft.Search/searchServices"
LIST_SERVICES = listing(NATIVE, "Services_ListBySubscription")

_KEYS = Unknown("the keys of the indexes of a search service are not read")
Item = dict[str, Any]


def services(account: Account) -> Iterable[Document]:
    """A document for each search service."""
    found = account.resources(LIST_SERVICES)
    if isinstance(found, Unknown):
        yield account.unlisted(Database, found, native_type=NATIVE)
        return
    yield from account.map(lambda item: _document(account, item), found)


def _document(account: Account, item: Item) -> Document:
    id_, properties = item["id"], item["properties"]
    public = public_of(properties)
    rules = (properties.get("networkRuleSet") or {}).get("ipRules") or ()
    # The firewall is off without a rule ("Configure network access").
    written = [one for rule in rules for one in networks(rule["value"])]
    ranges = open_without_rules(public, written)
    facts = search_facts(public, ranges, told(properties, "replicaCount"))
    facts.private_endpoint = has_private_endpoint(properties)
    facts.encryption = _encryption(properties)
    facts.audit_log = logging_of(account, id_, LOG)
    facts.alarms = alarms_on(account, id_, NATIVE)
    facts.deletion_protection = locked(account, id_)
    return account.document(facts, item, native_type=NATIVE, native=item)


def _encryption(properties: Item) -> Encryption:
    """Each index names its key; a service that demands one tells whether all do."""
    settings = properties.get("encryptionWithCmk") or {}
    demands = str(settings.get("enforcement")).lower() == "enabled"
    all_do = str(settings.get("encryptionComplianceStatus")).lower() == "compliant"
    return Encryption(
        enabled=True,
        key_manager="customer" if demands and all_do else _KEYS,
        key_id=_KEYS,
        algorithm="AES-256",
    )


SERVICE = Service(
    name="Azure AI Search",
    types=((Database, NATIVE),),
    calls=(LIST_SERVICES, LIST_LOCKS, *RESOURCE_ALARM_CALLS, *LOGGING_CALLS),
    account=services,
)
