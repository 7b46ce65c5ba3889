"""Accounts of Azure AI services, Azure OpenAI among them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from collectors.azure.account import Account, Service
from collectors.azure.calls import listing
from collectors.azure.cognitive_facts import LOG, account_facts
from collectors.azure.diagnostic_settings import LOGGING_CALLS, logging_of
from collectors.azure.server_access import acl_ranges
from collectors.document import Document, Unknown
from collectors.facts.network import Api

NATIVE = "Microsoft.CognitiveServices/accounts"
LIST_ACCOUNTS = listing(NATIVE, "Accounts_List")

_KEPT = ("customSubDomainName", "publicNetworkAccess", "networkAcls", "disableLocalAuth")
# Without network rules an account takes every address ("Configure virtual networks").
_OPEN = {"defaultAction": "Allow"}
Item = dict[str, Any]


def accounts(account: Account) -> Iterable[Document]:
    """A document for each account."""
    found = account.resources(LIST_ACCOUNTS)
    if isinstance(found, Unknown):
        yield account.unlisted(Api, found, native_type=NATIVE)
        return
    for item in found:
        properties = item["properties"]
        facts = account_facts(
            acl_ranges(
                properties.get("networkAcls") or _OPEN, properties.get("publicNetworkAccess")
            ),
            properties.get("disableLocalAuth") is not True,
            logging_of(account, item["id"], LOG),
        )
        kept = {name: properties[name] for name in _KEPT if name in properties}
        native = {"id": item["id"], "kind": item.get("kind"), "properties": kept}
        yield account.document(facts, item, native_type=NATIVE, native=native)


SERVICE = Service(
    name="Azure AI services",
    types=((Api, NATIVE),),
    calls=(LIST_ACCOUNTS, *LOGGING_CALLS),
    account=accounts,
)
