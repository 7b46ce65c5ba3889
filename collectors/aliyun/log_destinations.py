"""Logstores that services of the network deliver to: their names, and how long they keep."""

from __future__ import annotations

from collectors.aliyun.account import Account
from collectors.aliyun.log_store import RETENTION_CALLS, retention
from collectors.document import Unknown
from collectors.facts.shared import Logging

__all__ = [
    "RETENTION_CALLS",
    "delivered",
    "logstore_arn",
    "logstore_days",
]


def logstore_arn(account: Account, region: str, project: str, store: str) -> str:
    """The name of a Logstore as RAM writes it."""
    return account.arn("log", region, f"project/{project}/logstore/{store}")


def logstore_days(account: Account, region: str, project: str, store: str) -> int | Unknown | None:
    """How long a Logstore keeps records, null for ever."""
    return retention(account, region, project, store)


def delivered(account: Account, region: str, project: str, store: str) -> Logging:
    """A log that goes to a Logstore of the account."""
    return Logging(
        enabled=True,
        destination=logstore_arn(account, region, project, store),
        destination_account=account.id,
        destination_region=region,
        retention_days=logstore_days(account, region, project, store),
    )
