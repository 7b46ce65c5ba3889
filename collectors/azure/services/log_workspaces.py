"""Log Analytics workspaces."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from collectors.azure.account import Account, Service
from collectors.azure.diagnostic_settings import LIST_WORKSPACES
from collectors.document import Document, Unknown
from collectors.facts.operations import LogStore
from collectors.facts.shared import Encryption, Exposure

NATIVE = "Microsoft.OperationalInsights/workspaces"
_KEY_NOT_READ = Unknown("the key of the workspace is not read")


def workspaces(account: Account) -> Iterable[Document]:
    """A document for each workspace."""
    found = account.resources(LIST_WORKSPACES)
    if isinstance(found, Unknown):
        yield account.unlisted(LogStore, found, native_type=NATIVE)
        return
    for item in found:
        yield account.document(_facts(item["properties"]), item, native_type=NATIVE, native=item)


def _facts(properties: dict[str, Any]) -> LogStore:
    """A workspace encrypts what it holds always; reading it takes a sign-in and a role, whatever
    `publicNetworkAccessForQuery` says ("Azure Monitor data security"), so that nobody may read it
    anonymously."""
    days = properties.get("retentionInDays")
    return LogStore(
        retention_days=days
        if isinstance(days, int) and days > 0
        else Unknown("the workspace tells no retention"),
        encryption=Encryption(
            enabled=True, key_manager=_KEY_NOT_READ, key_id=_KEY_NOT_READ, algorithm="AES-256"
        ),
        exposure=Exposure(public=False, via=[]),
    )


SERVICE = Service(
    name="Log Analytics workspaces",
    types=((LogStore, NATIVE),),
    calls=(LIST_WORKSPACES,),
    account=workspaces,
)
