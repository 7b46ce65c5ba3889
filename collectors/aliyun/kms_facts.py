"""Facts of keys and secrets from the answers of KMS. Pure."""

from __future__ import annotations

import re
from typing import Any, Literal

from collectors.document import Unknown

Item = dict[str, Any]

_DAY = 86_400
_STATES = {
    "Enabled": "enabled",
    "Disabled": "disabled",
    "PendingDeletion": "pending-deletion",
    "PendingImport": "pending-import",
}


def state_of(key: Item) -> str:
    """The state of a key."""
    return _STATES.get(str(key["KeyState"]), "other")


def origin_of(key: Item) -> Literal["provider", "external", "hsm"] | Unknown:
    """Who made the key material; what KMS made may stand in a hardware module."""
    origin = str(key["Origin"])
    if origin != "Aliyun_KMS":
        known = origin in {"EXTERNAL", "EXTERNAL_KEY_STORE"}
        return "external" if known else Unknown(f"the key's origin {origin} is not known")
    level = str(key.get("ProtectionLevel") or "")
    if level not in {"SOFTWARE", "HSM"}:
        return Unknown("KMS does not tell how the key is protected")
    return "hsm" if level == "HSM" else "provider"


def rotation_days(item: Item) -> int | Unknown | None:
    """Days between automatic rotations, of a key or of a secret. Null where it is off, suspended or
    broken (Invalid), and for kinds that have none, of which KMS says nothing."""
    if item.get("AutomaticRotation") != "Enabled":
        return None
    seconds = re.fullmatch(r"(\d+)s", str(item.get("RotationInterval") or ""))
    if seconds is None:
        return Unknown("KMS does not tell how often it rotates")
    return -(-int(seconds[1]) // _DAY)


def deletion_protection(key: Item) -> bool | Unknown:
    """Whether a key is protected from deletion."""
    value = key.get("DeletionProtection")
    if value in {"Enabled", "Disabled"}:
        return bool(value == "Enabled")
    return Unknown("KMS does not tell whether the key is protected from deletion")


def current_since(versions: list[Item]) -> str | Unknown | None:
    """When the current value of a secret was set; null where there is none."""
    current = [
        version
        for version in versions
        if "ACSCurrent" in ((version.get("VersionStages") or {}).get("VersionStage") or [])
    ]
    if not current:
        return None
    since = current[0].get("CreateTime")
    return str(since) if since else Unknown("KMS does not tell when the secret was set")
