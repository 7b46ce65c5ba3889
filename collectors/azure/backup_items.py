"""What Azure Backup protects: items of Recovery Services vaults and instances of Backup vaults,
with the retention of their policies and the redundancy of their vaults.

    items = read_backup_items(account)      # once for all services that ask
    backup_of(machine["id"], items)
"""

from __future__ import annotations

from functools import partial
from typing import Any

from msgspec import Struct

from collectors.azure.account import Account
from collectors.azure.backup_calls import (
    BACKUP_ITEM_CALLS,
    LIST_BACKUP_INSTANCES,
    LIST_BACKUP_POLICIES,
    LIST_BACKUP_VAULTS,
    LIST_INSTANCE_POLICIES,
    LIST_PROTECTED_ITEMS,
    LIST_VAULTS,
)
from collectors.azure.backup_retention import (
    instance_copied,
    instance_retention,
    item_retention,
    to_the_minute,
)
from collectors.azure.best_backup import NO_BACKUP, best
from collectors.azure.ids import key, region_of
from collectors.azure.paired_regions import paired_region
from collectors.document import Unknown
from collectors.facts.shared import Backup, BackupCopy

__all__ = ["BACKUP_ITEM_CALLS", "NO_BACKUP", "Items", "backup_of", "best", "read_backup_items"]

Item = dict[str, Any]

# Of an item: an initial backup that is still to come counts, because the policy is on.
_STATES = {
    "protected": True, "irpending": True, "protectionstopped": False, "protectionpaused": False,
    "backupssuspended": False,
    "protectionconfigured": True, "configuringprotection": True, "retentionsuspended": False,
    "softdeleted": False, "softdeleting": False, "notprotected": False,
}  # fmt: skip


class Protected(Struct, frozen=True, kw_only=True):
    """One item that a vault protects, as ARM writes it, and what its policy does."""

    item: Item
    backup: Backup


Items = dict[str, list[Protected]]
"""What is protected, by the key of the id of what it is a backup of."""


def read_backup_items(account: Account) -> Items | Unknown:
    """Everything that vaults of the subscription protect. One that does not answer makes all of it
    unknown: nobody knows what is in it."""
    return account.once("backup items", lambda: _read(account))


def backup_of(id_: str, items: Items | Unknown) -> Backup:
    """The backup of a resource: of several the one that is on and keeps longest."""
    if isinstance(items, Unknown):
        return Backup.unread(items)
    found = [one.backup for one in items.get(key(id_), [])]
    return best(found) if found else NO_BACKUP


def _read(account: Account) -> Items | Unknown:
    found: Items = {}
    for list_vaults, read in ((LIST_VAULTS, _items), (LIST_BACKUP_VAULTS, _instances)):
        vaults = account.resources(list_vaults)
        if isinstance(vaults, Unknown):
            return vaults
        for protected in account.map(partial(read, account), vaults):
            if isinstance(protected, Unknown):
                return protected
            for id_, one in protected:
                found.setdefault(key(id_), []).append(one)
    return found


def _items(account: Account, vault: Item) -> list[tuple[str, Protected]] | Unknown:
    items = account.listed(LIST_PROTECTED_ITEMS, id=vault["id"])
    if isinstance(items, Unknown):
        return items
    policies = _by_id(account.listed(LIST_BACKUP_POLICIES, id=vault["id"]) if items else [])
    return [
        (source, Protected(item=item, backup=_of_item(item["properties"], policies, vault)))
        for item in items
        if (source := item["properties"].get("sourceResourceId"))
        and not item["properties"].get("isScheduledForDeferredDelete")
    ]


def _of_item(properties: Item, policies: dict[str, Item] | Unknown, vault: Item) -> Backup:
    policy = _policy(policies, properties.get("policyId"))
    redundancy = (vault["properties"].get("redundancySettings") or {}).get(
        "standardTierStorageRedundancy"
    )
    state = _state(properties.get("protectionState"))
    if state and (properties.get("extendedProperties") or {}).get("diskExclusionProperties"):
        state = Unknown("the backup of the machine leaves out some of its disks")
    if state is True and str(properties.get("lastBackupStatus")).lower() == "failed":
        state = Unknown("the last backup failed")
    return _backup(
        state,
        policy if isinstance(policy, Unknown) else item_retention(policy),
        policy if isinstance(policy, Unknown) else to_the_minute(policy),
        copies_of(redundancy, vault),
    )


def _instances(account: Account, vault: Item) -> list[tuple[str, Protected]] | Unknown:
    instances = account.listed(LIST_BACKUP_INSTANCES, id=vault["id"])
    if isinstance(instances, Unknown):
        return instances
    policies = _by_id(account.listed(LIST_INSTANCE_POLICIES, id=vault["id"]) if instances else [])
    return [
        (
            one["properties"]["dataSourceInfo"]["resourceID"],
            Protected(item=one, backup=_of_instance(one["properties"], policies, vault)),
        )
        for one in instances
    ]


def _of_instance(properties: Item, policies: dict[str, Item] | Unknown, vault: Item) -> Backup:
    policy = _policy(policies, (properties.get("policyInfo") or {}).get("policyId"))
    if isinstance(policy, Unknown):
        return _backup(_state(properties.get("currentProtectionState")), policy, policy, policy)
    stores = [
        one.get("type")
        for one in vault["properties"].get("storageSettings") or ()
        if str(one.get("datastoreType")).lower() == "vaultstore"
    ]
    copies = copies_of(stores[0] if stores else None, vault) if instance_copied(policy) else []
    return _backup(
        _state(properties.get("currentProtectionState")),
        instance_retention(policy),
        # Operational backups of blobs go back to any moment; those of disks do not.
        "blob" in str((properties.get("dataSourceInfo") or {}).get("datasourceType")).lower()
        and not instance_copied(policy),
        copies,
    )


def _backup(
    state: bool | Unknown,
    days: int | Unknown,
    to_any_moment: bool | Unknown,
    copies: list[BackupCopy] | Unknown,
) -> Backup:
    if state is False:
        return NO_BACKUP
    return Backup(enabled=state, retention_days=days, point_in_time=to_any_moment, copies=copies)


def _state(text: Any) -> bool | Unknown:
    found = _STATES.get(str(text).lower())
    return Unknown(f"the state {text!r} of the backup is no clear one") if found is None else found


def _by_id(policies: list[Item] | Unknown) -> dict[str, Item] | Unknown:
    if isinstance(policies, Unknown):
        return policies
    return {key(policy["id"]): policy["properties"] for policy in policies}


def _policy(policies: dict[str, Item] | Unknown, id_: str | None) -> Item | Unknown:
    if isinstance(policies, Unknown):
        return policies
    return policies.get(key(id_ or "")) or Unknown("the vault does not have the backup's policy")


def copies_of(redundancy: str | None, vault: Item) -> list[BackupCopy] | Unknown:
    """The copies of what a vault holds: geo-redundant storage has one in the paired region."""
    if redundancy is None:
        return Unknown("the vault does not tell its redundancy")
    if "geo" not in redundancy.lower():
        return []
    region = paired_region(region_of(vault))
    return [BackupCopy(region=region, account=vault["id"].split("/")[2], kind="geo")]
