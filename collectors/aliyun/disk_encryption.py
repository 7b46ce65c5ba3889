"""Encryption of disks, snapshots and images of ECS."""

from __future__ import annotations

from typing import Any

from collectors.aliyun.account import Account
from collectors.aliyun.databases import AES, KEY_NOT_TOLD, NO_ENCRYPTION, encrypted_with
from collectors.document import Unknown
from collectors.facts.shared import Encryption
from collectors.logic import told

Item = dict[str, Any]


def encryption_of(account: Account, region: str, item: Item) -> Encryption:
    """Of a disk or snapshot: with AES-256 ("Encryption overview"), and a key of KMS."""
    encrypted = told(item, "Encrypted")
    if isinstance(encrypted, Unknown):
        return Encryption.unread(encrypted)
    if not encrypted:
        return NO_ENCRYPTION
    key = item.get("KMSKeyId")
    if not key:
        return Encryption(
            enabled=True, key_manager=KEY_NOT_TOLD, key_id=KEY_NOT_TOLD, algorithm=AES
        )
    return encrypted_with(account, region, key)
