"""What Key Vault tells of a vault, and of the keys and secrets in it. Pure."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any, Literal

from collectors.azure.server_access import acl_ranges
from collectors.document import Unknown
from collectors.facts.shared import Encryption, Grant

Item = dict[str, Any]

_DURATION = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?")
_DAYS = (365, 30, 7, 1)
_OPEN = {"defaultAction": "Allow"}
_CERTIFICATES = ("application/x-pkcs12", "application/x-pem-file")


def ranges_of(properties: Item) -> list[str] | Unknown:
    """Who reaches a vault. One without network rules takes every address ("Configure Azure Key
    Vault firewalls": the firewall is off by default)."""
    acls = properties.get("networkAcls")
    return acl_ranges(_OPEN if acls is None else acls, properties.get("publicNetworkAccess"))


def purge_protected(properties: Item) -> bool:
    """Whether what is deleted stays restorable for its time. Off where it was never switched on
    ("Vaults": enablePurgeProtection)."""
    return properties.get("enablePurgeProtection") is True


def grants_of(properties: Item, account: str, part: Literal["keys", "secrets"]) -> list[Grant]:
    """Access policies on a part of a vault. With Azure RBAC there are none: roles decide. Their
    principals are of the vault's own tenant, which is this account."""
    if properties.get("enableRbacAuthorization") is True:
        return []
    home = str(properties.get("tenantId")).lower()
    return [
        Grant(
            principal=str(policy.get("objectId")),
            account=account
            if str(policy.get("tenantId")).lower() == home
            else str(policy["tenantId"]),
            kind="account",
            actions=actions,
            conditions=[],
            narrows=False,
        )
        for policy in properties.get("accessPolicies") or ()
        if (actions := list((policy.get("permissions") or {}).get(part) or ()))
    ]


def secret_encryption() -> Encryption:
    """Key Vault encrypts secrets always, with keys of its own ("About Azure Key Vault secrets")."""
    return Encryption(
        enabled=True,
        key_manager="provider",
        key_id=None,
        algorithm=Unknown("the API does not name the algorithm"),
    )


def state_of(properties: Item) -> str | Unknown:
    """Whether a key can be used at all."""
    enabled = (properties.get("attributes") or {}).get("enabled")
    if isinstance(enabled, bool):
        return "enabled" if enabled else "disabled"
    return Unknown("the vault does not tell whether the key is enabled")


def origin_of(properties: Item) -> Literal["provider", "hsm"] | Unknown:
    """Whether a key lives in software or in an HSM; whether it was brought there is not told."""
    kind = str(properties.get("kty")).upper()
    if kind.endswith("-HSM"):
        return "hsm"
    return "provider" if kind in ("RSA", "EC", "OCT") else Unknown("the kind of key is not known")


def algorithm_of(properties: Item) -> str | Unknown:
    """The kind of key with its size or curve: RSA-2048, EC-P-256."""
    kind = str(properties.get("kty") or "").upper().removesuffix("-HSM")
    size = properties.get("keySize") or properties.get("curveName")
    if not kind:
        return Unknown("the kind of key is not known")
    return f"{kind}-{size}" if size else kind


def rotation_days(properties: Item) -> int | Unknown | None:
    """Days between rotations by the key's policy, which is left out where it is empty ("Keys": key
    rotation policy): after its making, or before it expires."""
    policy = properties.get("rotationPolicy") or {}
    for action in policy.get("lifetimeActions") or ():
        if str((action.get("action") or {}).get("type")).lower() != "rotate":
            continue
        trigger = action.get("trigger") or {}
        if trigger.get("timeAfterCreate"):
            return days_of(trigger["timeAfterCreate"])
        expiry = days_of((policy.get("attributes") or {}).get("expiryTime"))
        before = days_of(trigger.get("timeBeforeExpiry"))
        if isinstance(expiry, Unknown) or isinstance(before, Unknown):
            return Unknown("the rotation policy of the key is not understood")
        return expiry - before
    return None


def days_of(text: Any) -> int | Unknown:
    """The days of a duration of ISO 8601 (P18M, P90D)."""
    found = _DURATION.fullmatch(str(text))
    if not found or not any(found.groups()):
        return Unknown("the rotation policy of the key is not understood")
    return sum(int(count or 0) * days for count, days in zip(found.groups(), _DAYS, strict=True))


def moment(seconds: Any) -> str | None:
    """A Unix time as RFC 3339 text; null where there is none."""
    if not isinstance(seconds, int):
        return None
    return datetime.fromtimestamp(seconds, UTC).isoformat().replace("+00:00", "Z")


def is_of_certificate(secret: Item) -> bool:
    """Whether a secret is the one in which the vault keeps a certificate of the same name."""
    return str(secret["properties"].get("contentType")).lower() in _CERTIFICATES
