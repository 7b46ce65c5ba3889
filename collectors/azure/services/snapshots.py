"""Snapshots of managed disks. A copy in another region is a snapshot of its own there, and no
snapshot can be shared with an account; whoever has a link to one that is being exported reads it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from collectors.azure.account import Account, Service
from collectors.azure.calls import listing
from collectors.azure.compute_calls import LIST_DISKS
from collectors.azure.disk_encryption import encryption_of
from collectors.azure.ids import key, subscription_of
from collectors.document import Document, Unknown, then
from collectors.facts.compute import Snapshot
from collectors.logic import told

NATIVE = "Microsoft.Compute/snapshots"
LIST_SNAPSHOTS = listing(NATIVE, "Snapshots_List")
Item = dict[str, Any]


def snapshots(account: Account) -> Iterable[Document]:
    """A document for each snapshot."""
    found = account.resources(LIST_SNAPSHOTS)
    if isinstance(found, Unknown):
        yield account.unlisted(Snapshot, found, native_type=NATIVE)
        return
    if not found:
        return
    there = then(account.resources(LIST_DISKS), lambda disks: {key(one["id"]) for one in disks})
    names = {key(item["id"]) for item in found}
    for item in found:
        properties = item["properties"]
        yield account.document(
            Snapshot(
                encryption=encryption_of(properties),
                shared_with=[],
                created=told(properties, "timeCreated"),
                source_exists=_source_exists(account, properties, there, names),
                copies=None,
                hardened=None,
            ),
            item,
            native_type=NATIVE,
            native=item,
        )


def _source_exists(
    account: Account, properties: Item, disks: set[str] | Unknown, snapshots_: set[str]
) -> bool | Unknown | None:
    """Whether the disk is still there; null for one that was uploaded, or is of another
    subscription."""
    source = (properties.get("creationData") or {}).get("sourceResourceId")
    if not source or subscription_of(source) != account.id.lower():
        return None
    if key(source) in snapshots_:
        return True
    return then(disks, lambda known: key(source) in known)


SERVICE = Service(
    name="Snapshots",
    types=((Snapshot, NATIVE),),
    calls=(LIST_SNAPSHOTS, LIST_DISKS),
    account=snapshots,
)
