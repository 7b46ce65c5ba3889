"""What Recovery Services vaults and Backup vaults tell of themselves and their policies. Pure."""

from __future__ import annotations

from typing import Any, Literal

from collectors.azure.backup_items import copies_of
from collectors.document import Unknown
from collectors.facts.backup import PlanCopy
from collectors.facts.shared import BackupCopy, Encryption

Item = dict[str, Any]
Redundancy = Literal["zone", "multi-zone", "multi-region"]

_REDUNDANCY: dict[str, Redundancy] = {
    "locallyredundant": "zone", "zoneredundant": "multi-zone", "georedundant": "multi-region",
    "readaccessgeozoneredundant": "multi-region",
}  # fmt: skip


def storage_of(vault: Item) -> str | None:
    """The word for the redundancy of a vault of either kind."""
    properties = vault["properties"]
    if "storageSettings" in properties:
        types = [
            one.get("type")
            for one in properties["storageSettings"] or ()
            if str(one.get("datastoreType")).lower() == "vaultstore"
        ]
        return types[0] if types else None
    settings = properties.get("redundancySettings") or {}
    word: str | None = settings.get("standardTierStorageRedundancy")
    return word


def redundancy_of(vault: Item) -> Redundancy | Unknown:
    """How widely a vault spreads what it keeps."""
    return _REDUNDANCY.get(str(storage_of(vault)).lower()) or Unknown(
        "the vault does not tell its redundancy"
    )


def is_locked(vault: Item) -> bool:
    """Whether nobody can delete backups before their time: immutability that is not locked can be
    taken back, and is off where it was never set ("Immutable vault for Azure Backup")."""
    settings = (vault["properties"].get("securitySettings") or {}).get("immutabilitySettings") or {}
    return str(settings.get("state")).lower() == "locked"


def lock_days(vault: Item, kept: list[int | Unknown] | Unknown) -> int | Unknown | None:
    """The least days for which a locked vault keeps what its policies, `kept` being the retention
    of those in use, put into it."""
    if not is_locked(vault):
        return None
    if isinstance(kept, Unknown):
        return kept
    for one in kept:
        if isinstance(one, Unknown):
            return one
    days = [one for one in kept if isinstance(one, int)]
    return (
        min(days)
        if days
        else Unknown("nothing is backed up to the locked vault, so that it keeps nothing yet")
    )


def recovery_encryption(vault: Item) -> Encryption:
    """A Recovery Services vault has a key of Microsoft's where it names none ("Encryption in Azure
    Backup")."""
    named = (vault["properties"].get("encryption") or {}).get("keyVaultProperties") or {}
    return _encrypted(named.get("keyUri"))


def protection_encryption(vault: Item) -> Encryption:
    """A Backup vault tells its key in newer versions of the API alone."""
    security = vault["properties"].get("securitySettings") or {}
    if "encryptionSettings" not in security:
        unknown = Unknown("this version of the API does not tell the key of a Backup vault")
        return Encryption(enabled=True, key_manager=unknown, key_id=unknown, algorithm="AES-256")
    settings = security["encryptionSettings"] or {}
    named = settings.get("keyVaultProperties") or {}
    on = str(settings.get("state")).lower() == "enabled"
    return _encrypted(named.get("keyUri") if on else None)


def _encrypted(key: str | None) -> Encryption:
    return Encryption(
        enabled=True,
        key_manager="customer" if key else "provider",
        key_id=key,
        algorithm="AES-256",
    )


def plan_copies(vault: Item) -> list[PlanCopy] | Unknown:
    """The copies that a vault's redundancy makes of all that it keeps."""
    found: list[BackupCopy] | Unknown = copies_of(storage_of(vault), vault)
    if isinstance(found, Unknown):
        return found
    return [PlanCopy(region=one.region, account=one.account, vault=vault["id"]) for one in found]


def item_schedule(policy: Item) -> str | Unknown:
    """How often a policy of a Recovery Services vault runs."""
    parts = policy.get("subProtectionPolicy") or [policy]
    words = [
        word
        for part in parts
        if (word := (part.get("schedulePolicy") or {}).get("scheduleRunFrequency"))
    ]
    return ", ".join(words) if words else Unknown("the backup policy tells no schedule")


def instance_schedule(policy: Item) -> str | Unknown:
    """When a policy of a Backup vault runs, as repeating intervals of ISO 8601. One that keeps
    backups beside the data all the time has no schedule."""
    intervals = [
        str(interval)
        for rule in policy.get("policyRules") or ()
        for interval in ((rule.get("trigger") or {}).get("schedule") or {}).get(
            "repeatingTimeIntervals"
        )
        or ()
    ]
    return ", ".join(intervals) if intervals else Unknown("the backup policy tells no schedule")
