"""How long a Logstore of Log Service keeps what other services write to it."""

from __future__ import annotations

from typing import Any

from collectors.aliyun.account import Account
from collectors.aliyun.log_calls import GET_LOGSTORE
from collectors.calls import Call
from collectors.document import Unknown, then

RETENTION_CALLS: tuple[Call, ...] = (GET_LOGSTORE,)

FOR_EVER = 3650
"""Days that stand for permanent storage (SLS API, GetLogStore)."""


def retention(account: Account, region: str, project: str, logstore: str) -> int | Unknown | None:
    """Days that a Logstore keeps records, null for ever. Unknown where it cannot be read: it may
    belong to another account, or exist no longer."""
    found = account.read(
        GET_LOGSTORE, region, f"{project}/{logstore}", project=project, logstore=logstore
    )
    return then(found, days)


def days(logstore: dict[str, Any]) -> int | None:
    """Days that an answer of GetLogStore tells, null for ever."""
    ttl = int(logstore["ttl"])
    return None if ttl >= FOR_EVER else ttl
