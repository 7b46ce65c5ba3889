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
from collectors.azure.ids import key, region_of, subscription_of
from collectors.azure.workspace_facts import retention_of
from collectors.document import Unknown
from collectors.facts.shared import Logging

DIAGNOSTIC_SETTINGS = child(
    "Microsoft.Insights/diagnosticSettings",
    "DiagnosticSettings_List",
    "{id}/providers/Microsoft.Insights/diagnosticSettings",
    paged=True,
)
LIST_WORKSPACES = listing("Microsoft.OperationalInsights/workspaces", "Workspaces_List")
LOGGING_CALLS = (DIAGNOSTIC_SETTINGS, LIST_WORKSPACES)

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
    return _logging(account, min(found, key=rank))


def _logging(account: Account, setting: Item) -> Logging:
    name = next((one for one in DESTINATIONS if setting.get(one)), None)
    if name is None:
        return Logging.unread(NOWHERE)
    destination = str(setting[name])
    workspace = _workspace(account, destination) if name == "workspaceId" else None
    return Logging(
        enabled=True,
        destination=destination,
        destination_account=subscription_of(destination),
        destination_region=workspace
        if isinstance(workspace, Unknown)
        else region_of(workspace)
        if workspace
        else REGION_AWAY,
        retention_days=workspace
        if isinstance(workspace, Unknown)
        else retention_of(workspace["properties"])
        if workspace
        else RETENTION_AWAY,
    )


def _workspace(account: Account, id_: str) -> Item | Unknown:
    workspaces = account.resources(LIST_WORKSPACES)
    if isinstance(workspaces, Unknown):
        return workspaces
    for workspace in workspaces:
        if key(workspace["id"]) == key(id_):
            return workspace
    return Unknown("the workspace is not visible to this account")
