"""Services of SignalR and Web PubSub, the latter with their hubs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from collectors.azure.account import Account, Service
from collectors.azure.calls import child, listing
from collectors.azure.diagnostic_settings import LOGGING_CALLS, logging_of
from collectors.azure.signalr_facts import (
    PUBSUB_LOG,
    SIGNALR_LOG,
    signalr_facts,
    takes_public,
    written_log,
)
from collectors.document import Document, Unknown
from collectors.facts.network import Api
from collectors.logic import Known, every, some

SIGNALR, PUBSUB = "Microsoft.SignalRService/SignalR", "Microsoft.SignalRService/webPubSub"
LIST_SIGNALR = listing(SIGNALR, "SignalR_ListBySubscription")
LIST_PUBSUB = listing(PUBSUB, "WebPubSub_ListBySubscription")
LIST_HUBS = child(f"{PUBSUB}/hubs", "WebPubSubHubs_List", "{id}/hubs", paged=True)

_NO_ACTION = Unknown("the service does not tell the default action of its network rules")
_NO_LOG = Unknown("the service does not tell whether it logs connections")
# Addresses of what a service calls may hold keys.
_KEPT = (
    "hostName", "networkACLs", "publicNetworkAccess", "disableLocalAuth", "disableAadAuth",
    "features", "resourceLogConfiguration",
)  # fmt: skip
Item = dict[str, Any]


def services(account: Account) -> Iterable[Document]:
    """A document for each service."""
    for call in (LIST_SIGNALR, LIST_PUBSUB):
        found = account.resources(call)
        if isinstance(found, Unknown):
            yield account.unlisted(Api, found, native_type=call.native_type)
            continue
        for item in found:
            yield _document(account, item, call.native_type)


def _document(account: Account, item: Item, native_type: str) -> Document:
    properties, is_pubsub = item["properties"], native_type == PUBSUB
    anonymous = _anonymous(account, item["id"]) if is_pubsub else False
    sent = logging_of(account, item["id"], PUBSUB_LOG if is_pubsub else SIGNALR_LOG)
    log = written_log(sent, _is_written(properties, is_pubsub))
    facts = signalr_facts(_is_public(properties), anonymous, log)
    kept = {name: properties[name] for name in _KEPT if name in properties}
    native = {"id": item["id"], "properties": kept}
    return account.document(facts, item, native_type=native_type, native=native)


def _is_public(properties: Item) -> Known:
    """Without network rules the public endpoint takes all requests."""
    rules = properties.get("networkACLs")
    taken: Known = True
    if rules:
        action, listed = rules.get("defaultAction"), rules.get("publicNetwork") or {}
        allows = str(action).lower() == "allow" if action else _NO_ACTION
        taken = takes_public(allows, listed.get("allow"), listed.get("deny"))
    return every((str(properties.get("publicNetworkAccess")).lower() != "disabled", taken))


def _is_written(properties: Item, is_pubsub: bool) -> Known:
    """Whether the service writes who connects: by its configuration of logs, without which SignalR
    goes by its features ("ResourceLogConfiguration")."""
    settings = (properties.get("resourceLogConfiguration") or {}).get("categories") or ()
    written = {str(one.get("name")).lower(): str(one.get("enabled")) for one in settings}
    if not is_pubsub and not settings:
        features = properties.get("features") or ()
        written = {str(one.get("flag")).lower(): str(one.get("value")) for one in features}
        return _is_on(written.get("enableconnectivitylogs"), _NO_LOG)
    return _is_on(written.get("connectivitylogs"), not settings)


def _is_on(word: str | None, untold: Known) -> Known:
    return untold if word is None else word.lower() == "true"


def _anonymous(account: Account, service: str) -> Known:
    """Whether a hub lets in clients without a token; it does not unless it says so ("Hubs":
    anonymousConnectPolicy)."""
    hubs = account.listed(LIST_HUBS, id=service)
    if isinstance(hubs, Unknown):
        return hubs
    policies = (one["properties"].get("anonymousConnectPolicy") for one in hubs)
    return some(str(policy).lower() == "allow" for policy in policies)


SERVICE = Service(
    name="SignalR and Web PubSub",
    types=((Api, SIGNALR), (Api, PUBSUB)),
    calls=(LIST_SIGNALR, LIST_PUBSUB, LIST_HUBS, *LOGGING_CALLS),
    account=services,
)
