"""Shares of Azure Files."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from collectors.addresses import opens_to_internet
from collectors.azure.account import Account, Service, tags_of
from collectors.azure.backup_items import BACKUP_ITEM_CALLS, NO_BACKUP, best, read_backup_items
from collectors.azure.ids import key, region_of
from collectors.azure.storage_accounts import encryption_of, ranges_of, redundancy_of, tls_of
from collectors.azure.storage_calls import ACCOUNTS, LIST_ACCOUNTS, LIST_SHARES
from collectors.document import Document, Unknown
from collectors.facts.shared import Backup, Exposure
from collectors.facts.storage import FileSystem

NATIVE = f"{ACCOUNTS}/fileServices/shares"
# Kinds of accounts that have no files ("Storage account overview").
_WITHOUT = ("blobstorage", "blockblobstorage")
Item = dict[str, Any]


def file_shares(account: Account) -> Iterable[Document]:
    """A document for each share of each account that can have some."""
    accounts = account.resources(LIST_ACCOUNTS)
    if isinstance(accounts, Unknown):
        yield account.unlisted(FileSystem, accounts, native_type=NATIVE)
        return
    for item in accounts:
        if _has_none(item):
            continue
        shares = account.listed(LIST_SHARES, id=item["id"])
        if isinstance(shares, Unknown):
            yield account.unlisted(FileSystem, shares, region_of(item), NATIVE)
            continue
        yield from (_document(account, item, share) for share in shares)


def _has_none(item: Item) -> bool:
    """Premium accounts of page blobs are of the general kind, and have no files either."""
    kind, tier = str(item.get("kind")).lower(), str((item.get("sku") or {}).get("tier")).lower()
    return kind in _WITHOUT or (tier == "premium" and kind != "filestorage")


def _document(account: Account, item: Item, share: Item) -> Document:
    properties = item["properties"]
    ranges = ranges_of(properties)
    return account.document(
        FileSystem(
            encryption=encryption_of(properties, "file"),
            tls=tls_of(properties),
            mount_ranges=ranges,
            exposure=_exposure(ranges),
            backup=_backup(account, item, share),
            redundancy=redundancy_of(item),
        ),
        share,
        region=region_of(item),
        tags=tags_of(item),
        native_type=NATIVE,
        native=share,
    )


def _exposure(ranges: list[str] | Unknown) -> Exposure:
    wide = opens_to_internet(ranges)
    if isinstance(wide, Unknown):
        return Exposure.unread(wide)
    return Exposure(public=wide, via=["endpoint"] if wide else [])


def _backup(account: Account, item: Item, share: Item) -> Backup:
    """Vaults name the account as the source of what they keep of a share, and the share by its
    name."""
    items = read_backup_items(account)
    if isinstance(items, Unknown):
        return Backup.unread(items)
    found = [
        one.backup
        for one in items.get(key(item["id"]), [])
        if str(one.item["properties"].get("friendlyName")).lower() == share["name"].lower()
    ]
    return best(found) if found else NO_BACKUP


SERVICE = Service(
    name="Azure Files",
    types=((FileSystem, NATIVE),),
    calls=(LIST_ACCOUNTS, LIST_SHARES, *BACKUP_ITEM_CALLS),
    account=file_shares,
)
