"""Calls of KMS that several services make, and whose key it is that encrypts something."""

from __future__ import annotations

from typing import Any, Literal

from collectors.aliyun.account import Account
from collectors.calls import Call
from collectors.document import Unknown, then

DESCRIBE_KEY = Call(
    provider="aliyun",
    service="kms",
    operation="DescribeKey",
    permission="kms:DescribeKey",
    scope="resource",
    result="KeyMetadata",
)

Manager = Literal["provider", "customer", "external"]


def key_manager(account: Account, region: str, key: str) -> Manager | Unknown:
    """Whose key it is, from kms:DescribeKey; `key` is an id, an ARN or an alias."""
    return then(account.read(DESCRIBE_KEY, region, key, KeyId=key), manager_of)


def manager_of(metadata: dict[str, Any]) -> Manager | Unknown:
    """Whose key it is, from what kms:DescribeKey says. The creator of a key is an account, or the
    service that made the key for itself (KMS, "DescribeKey": Creator)."""
    creator = str(metadata.get("Creator") or "")
    if not creator:
        return Unknown("KMS does not name the creator of the key")
    return "customer" if creator.isdecimal() else "provider"
