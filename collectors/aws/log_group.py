"""How long a CloudWatch log group keeps what other services write to it."""

from __future__ import annotations

from typing import Any

from collectors.aws.account import Account
from collectors.aws.services.logs import DESCRIBE_LOG_GROUPS
from collectors.document import Unknown, then


def retention_days(account: Account, region: str, name: str) -> int | Unknown | None:
    """Days that a log group of this account keeps events; null for ever."""
    groups = account.read(DESCRIBE_LOG_GROUPS, region)
    return then(groups, lambda found: _retention(found, name))


def _retention(groups: list[dict[str, Any]], name: str) -> int | Unknown | None:
    for group in groups:
        if group["logGroupName"] == name:
            days: int | None = group.get("retentionInDays")
            return days
    return Unknown(f"the log group {name} does not exist in this account")
