"""What the message products share: facts of a queue or broker, and what none of them tells."""

from __future__ import annotations

from typing import Any

from collectors.aliyun.account import Account
from collectors.aliyun.databases import (
    ALGORITHM_NOT_TOLD,
    NO_ENCRYPTION,
    encrypted_with,
)
from collectors.calls import Call, Scope
from collectors.document import Unknown
from collectors.facts.shared import Encryption

Item = dict[str, Any]

IN_THE_BROKER = Unknown("who may send and receive is set in the broker, which is not read")


def queue_call(
    service: str,
    operation: str,
    result: str,
    permission: str,
    scope: Scope = "region",
    *,
    paged: bool = False,
) -> Call:
    """The declaration of a call. `permission` is RAM's name, which is often another one."""
    return Call(
        provider="aliyun",
        service=service,
        operation=operation,
        permission=permission,
        scope=scope,
        result=result,
        paged=paged,
    )


def queue_encryption(
    account: Account,
    region: str,
    on: bool | Unknown,
    key: str | Unknown | None,
    *,
    of_service: bool = False,
    algorithm: str | Unknown = ALGORITHM_NOT_TOLD,
) -> Encryption:
    """Encryption at rest with a key of KMS, or with one of the service itself."""
    if isinstance(on, Unknown):
        return Encryption.unread(on)
    if not on:
        return NO_ENCRYPTION
    if of_service:
        return Encryption(enabled=True, key_manager="provider", key_id=None, algorithm=algorithm)
    return encrypted_with(account, region, key, algorithm=algorithm)
