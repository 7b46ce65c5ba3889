"""Where a resource's logs go, by its diagnostic settings: a Log Analytics workspace, with the days
that it keeps, a storage account, an event hub or a partner.

    logging_of(account, gateway["id"], ("ApplicationGatewayAccessLog",))
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from collectors.azure.account import Account
from collectors.azure.calls import child, listing
from collectors.azure.diagnostic_logs import (
    DESTINATIONS,
    NOWHERE,
    REGION_AWAY,
    RETENTION_AWAY,
    rank,
    sends,
)
from collectors.azure.ids import region_of, subscription_of
from collectors.azure.named_resources import named, single
from collectors.azure.workspace_tables import LIST_TABLES, kept_days
from collectors.document import Unknown, then
from collectors.facts.shared import Logging

DIAGNOSTIC_SETTINGS = child(
    "Microsoft.Insights/diagnosticSettings",
    "DiagnosticSettings_List",
    "{id}/providers/Microsoft.Insights/diagnosticSettings",
    paged=True,
)
LIST_WORKSPACES = listing("Microsoft.OperationalInsights/workspaces", "Workspaces_List")
GET_WORKSPACE = single(LIST_WORKSPACES, "Workspaces_Get")
LOGGING_CALLS = (DIAGNOSTIC_SETTINGS, LIST_WORKSPACES, GET_WORKSPACE, LIST_TABLES)
GONE = Unknown("the workspace that logs are sent to does not exist")

Item = dict[str, Any]


def logging_of(
    account: Account, id_: str, categories: Sequence[str], groups: Sequence[str] = ("allLogs",)
) -> Logging:
    """The log of a resource: on where one setting sends all of the categories, by their names or
    in one of the category groups."""
    settings = account.listed(DIAGNOSTIC_SETTINGS, id=id_)
    if isinstance(settings, Unknown):
        return Logging.unread(settings)
    found = [one["properties"] for one in settings if sends(one["properties"], categories, groups)]
    if not found:
        return Logging.off()
    logs = [_logging(account, one) for one in sorted(found, key=rank)]
    return next((one for one in logs if one is not None), Logging.unread(GONE))


def workspace_of(account: Account, id_: str) -> Item | Unknown | None:
    """The workspace that logs go to, null where it was deleted."""
    return named(account, id_, LIST_WORKSPACES, GET_WORKSPACE)


def _logging(account: Account, setting: Item) -> Logging | None:
    """Where a setting sends logs; null for one whose workspace was deleted."""
    name = next((one for one in DESTINATIONS if setting.get(one)), None)
    if name is None:
        return Logging.unread(NOWHERE)
    destination = str(setting[name])
    region: str | Unknown = REGION_AWAY
    days: int | Unknown = RETENTION_AWAY
    if name == "workspaceId":
        workspace = workspace_of(account, destination)
        if workspace is None:
            return None
        region = then(workspace, region_of)
        days = then(workspace, lambda one: kept_days(account, one))
    return Logging(
        enabled=True,
        destination=destination,
        destination_account=subscription_of(destination),
        destination_region=region,
        retention_days=days,
    )
