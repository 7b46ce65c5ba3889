"""How long a Log Analytics workspace keeps what a log sends to it. A table may have a time of its
own, shorter or longer than the workspace's ("Manage data retention in a Log Analytics workspace").

Which table a log goes to is not told by the setting that sends it: where one that could be it keeps
rows for less time than the workspace, the time is unknown.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from collectors.azure.account import Account
from collectors.azure.calls import child
from collectors.azure.workspace_facts import retention_of
from collectors.document import Unknown, also

LIST_TABLES = child(
    "Microsoft.OperationalInsights/workspaces/tables",
    "Tables_ListByWorkspace",
    "{id}/tables",
    paged=True,
)

Item = dict[str, Any]

_SHORTER = Unknown("a table of the workspace keeps its rows for less time than the workspace")
# Tables of agents and of the workspace itself, to which no diagnostic setting sends.
_OF_AGENTS = {
    "containerinventory", "containerlog", "containerlogv2", "event", "heartbeat", "insightsmetrics",
    "kubeevents", "kubenodeinventory", "kubepodinventory", "operation", "perf", "securityevent",
    "syslog", "update", "updatesummary", "usage", "vmboundport", "vmcomputer", "vmconnection",
    "vmprocess", "w3ciislog", "windowsevent",
}  # fmt: skip
# Tables of one's own, and results of searches and restores.
_OF_USERS = ("_cl", "_srch", "_rst")


def kept_days(account: Account, workspace: Item, names: Sequence[str] = ()) -> int | Unknown:
    """Days that a workspace keeps a log. `names` are the tables that may hold it, where they are
    known; a table that is not there yet will be kept as long as the workspace says."""
    own = retention_of(workspace["properties"])
    tables = account.listed(LIST_TABLES, id=workspace["id"])
    if isinstance(own, Unknown) or isinstance(tables, Unknown):
        return also(own, tables) or own
    days = {
        str(one["name"]).lower(): one["properties"].get("totalRetentionInDays") for one in tables
    }
    told = {name: one for name, one in days.items() if isinstance(one, int) and one > 0}
    if names:
        return min((told[one.lower()] for one in names if one.lower() in told), default=own)
    return _SHORTER if any(one < own for name, one in told.items() if _may_hold(name)) else own


def _may_hold(table: str) -> bool:
    return table not in _OF_AGENTS and not table.endswith(_OF_USERS)
