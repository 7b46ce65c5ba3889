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
from collectors.azure.workspace_facts import SHORTER, may_hold, retention_of
from collectors.document import Unknown, also

LIST_TABLES = child(
    "Microsoft.OperationalInsights/workspaces/tables",
    "Tables_ListByWorkspace",
    "{id}/tables",
    paged=True,
)

Item = dict[str, Any]


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
    return SHORTER if any(one < own for name, one in told.items() if may_hold(name)) else own
