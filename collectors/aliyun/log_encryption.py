"""Encryption of a Logstore, and whose key it is."""

from __future__ import annotations

from typing import Any

from collectors.aliyun.account import Account
from collectors.aliyun.databases import encrypted_with
from collectors.document import Unknown
from collectors.facts.shared import Encryption


def encryption(account: Account, region: str, store: dict[str, Any]) -> Encryption:
    """Encryption as GetLogStore tells it, which leaves out what was never set (SLS user guide,
    "Data encryption"). Of a key that it names KMS tells whose it is, in the key's region."""
    conf = store.get("encrypt_conf") or {}
    if not conf.get("enable"):
        return Encryption(enabled=False, key_manager=None, key_id=None, algorithm=None)
    named = conf.get("user_cmk_info") or {}
    key = named.get("cmk_key_id")
    kind = str(conf.get("encrypt_type") or "default")
    algorithm = {"default": "AES-256", "sm4": "SM4"}.get(
        kind, Unknown(f"the encryption algorithm {kind} is not known")
    )
    if key:
        where = str(named.get("region_id") or region)
        return encrypted_with(account, where, str(key), algorithm=algorithm)
    return Encryption(enabled=True, key_manager="provider", key_id=None, algorithm=algorithm)
