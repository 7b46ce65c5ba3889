"""Exposure of a Logstore from the answers of Log Service. Pure."""

from __future__ import annotations

import json
from typing import Any

from collectors.aliyun.policy_document import grants, is_public
from collectors.document import Unknown, then
from collectors.facts.shared import Exposure, Grant

Item = dict[str, Any]


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
