"""Topics, domains and namespaces of Event Grid. System topics take events of Azure alone and are
left out."""

from __future__ import annotations

from collections.abc import Iterable

from collectors.azure.account import Account, Service
from collectors.azure.calls import listing
from collectors.azure.event_grid_facts import event_grid_facts
from collectors.azure.providers import GET_PROVIDER, offered
from collectors.document import Document, Unknown
from collectors.facts.operations import Topic

TOPICS, DOMAINS = "Microsoft.EventGrid/topics", "Microsoft.EventGrid/domains"
NAMESPACES = "Microsoft.EventGrid/namespaces"
LIST_TOPICS = listing(TOPICS, "Topics_ListBySubscription")
LIST_DOMAINS = listing(DOMAINS, "Domains_ListBySubscription")
LIST_NAMESPACES = listing(NAMESPACES, "Namespaces_ListBySubscription")

_KEPT = ("minimumTlsVersionAllowed", "publicNetworkAccess", "inboundIpRules", "disableLocalAuth")


def topics(account: Account) -> Iterable[Document]:
    """A document for each topic, domain and namespace; the cloud in China may have no
    namespaces."""
    for call in (LIST_TOPICS, LIST_DOMAINS, LIST_NAMESPACES):
        find = offered if call is LIST_NAMESPACES else Account.resources
        found = find(account, call)
        if isinstance(found, Unknown):
            yield account.unlisted(Topic, found, native_type=call.native_type)
            continue
        for item in found:
            properties = item["properties"]
            kept = {name: properties[name] for name in _KEPT if name in properties}
            yield account.document(
                event_grid_facts(properties.get("minimumTlsVersionAllowed")),
                item,
                native_type=call.native_type,
                native={"id": item["id"], "properties": kept},
            )


SERVICE = Service(
    name="Event Grid",
    types=((Topic, TOPICS), (Topic, DOMAINS), (Topic, NAMESPACES)),
    calls=(LIST_TOPICS, LIST_DOMAINS, GET_PROVIDER, LIST_NAMESPACES),
    account=topics,
)
