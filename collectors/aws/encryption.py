"""Encryption at rest as AWS services state it: on or off, and whose KMS key it is."""

from __future__ import annotations

from typing import Any, Literal

from collectors.aws.account import Account
from collectors.aws.kms_calls import DESCRIBE_KEY
from collectors.document import Unknown, then
from collectors.facts.shared import Encryption

Manager = Literal["provider", "customer", "external"]

KEY_NOT_TOLD = Unknown("the API does not name the key")
OFF = Encryption(enabled=False, key_manager=None, key_id=None, algorithm=None)


def at_rest(account: Account, region: str, enabled: bool, key: str | Unknown | None) -> Encryption:
    """Encryption with the KMS key `key` (ARN, id or alias); null is a key of the service itself.

    The services that ask encrypt with AES-256 (user guides of EBS, RDS and S3).
    """
    if not enabled:
        return OFF
    return Encryption(
        enabled=True,
        key_manager="provider"
        if key is None
        else then(key, lambda name: manager(account, region, name)),
        key_id=key,
        algorithm="AES-256",
    )


def manager(account: Account, region: str, key: str) -> Manager | Unknown:
    """Whose key it is, from kms:DescribeKey where the name does not tell.

    AWS reserves aliases that begin with `aws/` for its own keys, and its own keys cannot be used
    by another account (KMS developer guide, "AWS managed keys"): a key of another account is one
    that a customer manages.
    """
    parts = key.split(":")
    name = parts[-1]
    if name.startswith("alias/aws/"):
        return "provider"
    if len(parts) > 5 and parts[4] != account.id:
        return "customer"
    key_region = parts[3] if len(parts) > 5 and parts[3] else region
    return then(account.read(DESCRIBE_KEY, key_region, key, KeyId=key), manager_of)


def manager_of(metadata: dict[str, Any]) -> Manager:
    """Whose key it is, from what kms:DescribeKey says of it."""
    if metadata.get("Origin") == "EXTERNAL_KEY_STORE":
        return "external"
    return "customer" if metadata["KeyManager"] == "CUSTOMER" else "provider"
