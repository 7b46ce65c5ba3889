"""Log Analytics workspaces."""

from __future__ import annotations

from collections.abc import Iterable

from collectors.azure.account import Account, Service
from collectors.azure.diagnostic_settings import LIST_WORKSPACES
from collectors.azure.workspace_facts import facts_of
from collectors.document import Document, Unknown
from collectors.facts.operations import LogStore

NATIVE = "Microsoft.OperationalInsights/workspaces"


def workspaces(account: Account) -> Iterable[Document]:
    """A document for each workspace."""
    found = account.resources(LIST_WORKSPACES)
    if isinstance(found, Unknown):
        yield account.unlisted(LogStore, found, native_type=NATIVE)
        return
    for item in found:
        yield account.document(facts_of(item["properties"]), item, native_type=NATIVE, native=item)


SERVICE = Service(
    name="Log Analytics workspaces",
    types=((LogStore, NATIVE),),
    calls=(LIST_WORKSPACES,),
    account=workspaces,
)
