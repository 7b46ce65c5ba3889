"""The block of public access to OSS of a whole account."""

from __future__ import annotations

from collectors.aliyun.account import Account
from collectors.calls import Call
from collectors.document import Unknown

PUBLIC_ACCESS_CALLS: tuple[Call, ...] = ()


def public_access_block(_account: Account) -> bool | Unknown:
    """Whether public access to all buckets is blocked (OSS GetPublicAccessBlock on the account)."""
    return Unknown("not collected by this version")
