"""Namespaces of Event Hubs and of Service Bus: what decides over the hubs, queues and topics in one
is set for all of them, so that each namespace has one document."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from collectors.azure.account import Account, Service
from collectors.azure.calls import listing
from collectors.document import Document, Unknown
from collectors.facts.operations import Topic
from collectors.facts.shared import Encryption, Exposure, Tls

HUBS, BUS = "Microsoft.EventHub/namespaces", "Microsoft.ServiceBus/namespaces"
LIST_HUBS = listing(HUBS, "Namespaces_List")
LIST_BUSES = listing(BUS, "Namespaces_List")
Item = dict[str, Any]


def namespaces(account: Account) -> Iterable[Document]:
    """A document for each namespace of either service."""
    for call in (LIST_HUBS, LIST_BUSES):
        found = account.resources(call)
        if isinstance(found, Unknown):
            yield account.unlisted(Topic, found, native_type=call.native_type)
            continue
        for item in found:
            yield account.document(
                _facts(item["properties"]), item, native_type=call.native_type, native=item
            )


def _facts(properties: Item) -> Topic:
    """Sending and receiving take a role or a shared key: there is no policy, and nobody gets in
    without one ("Authenticate and authorize")."""
    return Topic(
        encryption=encryption_of(properties),
        policy=[],
        tls=_tls(properties),
        exposure=Exposure(public=False, via=[]),
    )


def encryption_of(properties: Item) -> Encryption:
    """Always on, with a key of Microsoft's where none is named ("Configure customer-managed
    keys")."""
    settings = properties.get("encryption") or {}
    own = str(settings.get("keySource")).lower() == "microsoft.keyvault"
    keys = settings.get("keyVaultProperties") or [{}]
    named = keys[0] if isinstance(keys, list) else keys
    uri = f"{str(named.get('keyVaultUri')).rstrip('/')}/keys/{named.get('keyName')}"
    return Encryption(
        enabled=True,
        key_manager="customer" if own else "provider",
        key_id=uri if own else None,
        algorithm="AES-256",
    )


def _tls(properties: Item) -> Tls:
    """Both services take encrypted connections alone."""
    word = properties.get("minimumTlsVersion")
    if word in ("1.0", "1.1", "1.2", "1.3"):
        return Tls(minimum=word, required=True, policy=None)
    unknown = Unknown("the namespace does not tell its lowest version of TLS")
    return Tls(minimum=unknown, required=True, policy=None)


SERVICE = Service(
    name="Event Hubs and Service Bus",
    types=((Topic, HUBS), (Topic, BUS)),
    calls=(LIST_HUBS, LIST_BUSES),
    account=namespaces,
)
