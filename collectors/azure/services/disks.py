"""Managed disks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from collectors.azure.account import Account, Service
from collectors.azure.backup_items import (
    BACKUP_ITEM_CALLS,
    Items,
    backup_of,
    best,
    read_backup_items,
)
from collectors.azure.compute_calls import DISK, LIST_DISKS, LIST_VIRTUAL_MACHINES
from collectors.azure.disk_encryption import encryption_of
from collectors.azure.ids import key
from collectors.document import Document, Unknown, then
from collectors.facts.compute import Disk
from collectors.facts.shared import Backup
from collectors.logic import told

Item = dict[str, Any]


def disks(account: Account) -> Iterable[Document]:
    """A document for each disk."""
    found = account.resources(LIST_DISKS)
    if isinstance(found, Unknown):
        yield account.unlisted(Disk, found, native_type=DISK)
        return
    if not found:
        return
    backups = read_backup_items(account)
    kept = then(account.resources(LIST_VIRTUAL_MACHINES), deleted_with_machine)
    for item in found:
        yield _document(account, item, backups, kept)


def _document(
    account: Account, item: Item, backups: Items | Unknown, kept: dict[str, bool] | Unknown
) -> Document:
    properties = item["properties"]
    users = users_of(item)
    zones = item.get("zones") or [Unknown("the resource names no availability zone")]
    return account.document(
        Disk(
            encryption=encryption_of(properties),
            attached=_attached(properties, users),
            size_bytes=told(properties, "diskSizeBytes"),
            backup=_backup(item["id"], users, backups),
            zone=zones[0],
            delete_with_instance=then(kept, lambda known: known.get(key(item["id"]), False)),
        ),
        item,
        native_type=DISK,
        native=item,
    )


def users_of(item: Item) -> list[str]:
    """The ids of the machines that have a disk."""
    return [one for one in (item.get("managedBy"), *(item.get("managedByExtended") or ())) if one]


def _attached(properties: Item, users: list[str]) -> bool | Unknown:
    """Whether a machine has it, also one that is off (Reserved)."""
    if users:
        return True
    state = told(properties, "diskState")
    if isinstance(state, Unknown):
        return state
    return str(state).lower() in ("attached", "reserved", "frozen")


def _backup(id_: str, users: list[str], backups: Items | Unknown) -> Backup:
    """Its own backup, or that of a machine, which takes the disks along."""
    return best(backup_of(one, backups) for one in (id_, *users))


def deleted_with_machine(machines: list[Item]) -> dict[str, bool]:
    """Whether a disk goes with its machine (`deleteOption`), by the key of its id."""
    found: dict[str, bool] = {}
    for machine in machines:
        storage = machine["properties"]["storageProfile"]
        for disk in (storage["osDisk"], *(storage.get("dataDisks") or ())):
            managed = (disk.get("managedDisk") or {}).get("id")
            if managed:
                found[key(managed)] = str(disk.get("deleteOption")).lower() == "delete"
    return found


SERVICE = Service(
    name="Managed disks",
    types=((Disk, DISK),),
    calls=(LIST_DISKS, LIST_VIRTUAL_MACHINES, *BACKUP_ITEM_CALLS),
    account=disks,
)
