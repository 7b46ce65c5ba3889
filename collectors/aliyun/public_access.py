"""The block of public access to OSS of a whole account."""

from __future__ import annotations

from collectors.aliyun.account import Account
from collectors.aliyun.oss_calls import GET_PUBLIC_ACCESS_BLOCK
from collectors.aliyun.oss_facts import is_blocked
from collectors.calls import Call
from collectors.document import Unknown, then

PUBLIC_ACCESS_CALLS: tuple[Call, ...] = (GET_PUBLIC_ACCESS_BLOCK,)


def public_access_block(account: Account) -> bool | Unknown:
    """Whether public access to all buckets is blocked (OSS GetPublicAccessBlock on the account)."""
    return then(account.read(GET_PUBLIC_ACCESS_BLOCK), is_blocked)
