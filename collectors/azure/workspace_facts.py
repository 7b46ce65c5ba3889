"""What a Log Analytics workspace tells of itself. Pure."""

from __future__ import annotations

from typing import Any

from collectors.document import Unknown
from collectors.facts.operations import LogStore
from collectors.facts.shared import Encryption, Exposure

_KEY_NOT_READ = Unknown("the key of the workspace is not read")
SHORTER = Unknown("a table of the workspace keeps its rows for less time than the workspace")
# Tables of agents and of the workspace itself, to which no diagnostic setting sends.
_OF_AGENTS = {
    "containerinventory", "containerlog", "containerlogv2", "event", "heartbeat", "insightsmetrics",
    "kubeevents", "kubenodeinventory", "kubepodinventory", "operation", "perf", "securityevent",
    "syslog", "update", "updatesummary", "usage", "vmboundport", "vmcomputer", "vmconnection",
    "vmprocess", "w3ciislog", "windowsevent",
}  # fmt: skip
# Tables of one's own, and results of searches and restores.
_OF_USERS = ("_cl", "_srch", "_rst")


def facts_of(properties: dict[str, Any]) -> LogStore:
    """A workspace encrypts what it holds always; reading it takes a sign-in and a role, whatever
    `publicNetworkAccessForQuery` says ("Azure Monitor data security"), so that nobody may read it
    anonymously."""
    return LogStore(
        retention_days=retention_of(properties),
        encryption=encryption(),
        exposure=Exposure(public=False, via=[]),
    )


def retention_of(properties: dict[str, Any]) -> int | Unknown:
    """Days that a workspace keeps tables without a time of their own."""
    days = properties.get("retentionInDays")
    if isinstance(days, int) and days > 0:
        return days
    return Unknown("the workspace tells no retention")


def encryption() -> Encryption:
    """Always on; with whose key is not read."""
    return Encryption(
        enabled=True, key_manager=_KEY_NOT_READ, key_id=_KEY_NOT_READ, algorithm="AES-256"
    )


def may_hold(table: str) -> bool:
    """Whether a diagnostic setting may send to a table, given its name in lower case."""
    return table not in _OF_AGENTS and not table.endswith(_OF_USERS)
