"""Encryption of managed disks, snapshots and images, by `properties.encryption.type`. Pure."""

from __future__ import annotations

from typing import Any, Literal

from collectors.document import Unknown
from collectors.facts.shared import Encryption
from collectors.logic import Known

Item = dict[str, Any]
Manager = Literal["provider", "customer"]

_MANAGERS: dict[str, Manager] = {
    "encryptionatrestwithplatformkey": "provider",
    "encryptionatrestwithcustomerkey": "customer",
    "encryptionatrestwithplatformandcustomerkeys": "customer",
}


def encryption_of(properties: Item) -> Encryption:
    """The encryption at rest of a disk or snapshot, AES-256 with either kind of key ("Server-side
    encryption of Azure Disk Storage")."""
    settings = properties.get("encryption") or {}
    manager = _MANAGERS.get(str(settings.get("type")).lower())
    if manager is None:
        unknown = Unknown("the disk does not tell how it is encrypted")
        return Encryption.unread(unknown)
    return Encryption(
        enabled=True,
        key_manager=manager,
        key_id=settings.get("diskEncryptionSetId"),
        algorithm="AES-256",
    )


def encrypted(properties: Item) -> Known:
    """Whether a disk is encrypted at rest."""
    return encryption_of(properties).enabled
