"""Encryption and exposure of a Logstore from the answers of Log Service. Pure."""

from __future__ import annotations

import json
from typing import Any

from collectors.aliyun.policy_document import grants, is_public
from collectors.document import Unknown, then
from collectors.facts.shared import Encryption, Exposure, Grant

Item = dict[str, Any]


def encryption(store: Item) -> Encryption:
    """Encryption as GetLogStore tells it, which leaves out what was never set (SLS user guide,
    "Data encryption")."""
    conf = store.get("encrypt_conf") or {}
    if not conf.get("enable"):
        return Encryption(enabled=False, key_manager=None, key_id=None, algorithm=None)
    key = (conf.get("user_cmk_info") or {}).get("cmk_key_id")
    kind = str(conf.get("encrypt_type") or "default")
    return Encryption(
        enabled=True,
        key_manager="customer" if key else "provider",
        key_id=key or None,
        algorithm={"default": "AES-256", "sm4": "SM4"}.get(
            kind, Unknown(f"the encryption algorithm {kind} is not known")
        ),
    )


def exposure(store: Item | Unknown, policy: Any) -> Exposure:
    """What lets in who has no account: WebTracking takes records from anyone, and a project policy
    may name everybody. A null policy lets in nobody."""
    tracking = then(store, lambda known: bool(known.get("enable_tracking")))
    named = then(then(policy, _grants), is_public)
    ways = [name for name, way in (("policy", named), ("web-tracking", tracking)) if way is True]
    unread = [way for way in (named, tracking) if isinstance(way, Unknown)]
    if unread:
        return Exposure(public=True if ways else unread[0], via=unread[0])
    return Exposure(public=bool(ways), via=ways)


def _grants(policy: str | Item | None) -> list[Grant] | Unknown:
    """Whom a project policy lets in. A Deny may leave its principal out (SLS API reference,
    GetProjectPolicy), and lets in nobody."""
    if not policy:
        return []
    try:
        document = json.loads(policy) if isinstance(policy, str) else policy
        statements = document["Statement"]
        allows = [one for one in statements if str(one.get("Effect")).lower() != "deny"]
    except (ValueError, KeyError, TypeError, AttributeError):
        return grants(policy)
    return grants({**document, "Statement": allows})
