"""Where a resource's logs go, by its diagnostic settings: a Log Analytics workspace, with the days
that it keeps, a storage account, an event hub or a partner.

    logging_of(account, gateway["id"], ("ApplicationGatewayAccessLog",))
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from collectors.azure.account import Account
from collectors.azure.calls import child, listing
from collectors.azure.ids import key, region_of, subscription_of
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

# The destinations of a setting, the one whose retention is told first.
_DESTINATIONS = (
    "workspaceId", "storageAccountId", "eventHubAuthorizationRuleId", "marketplacePartnerId",
)  # fmt: skip


def logging_of(
    account: Account, id_: str, categories: Sequence[str], groups: Sequence[str] = ("allLogs",)
) -> Logging:
    """The log of a resource: on where one setting sends all of the categories, by their names or
    in one of the category groups."""
    settings = account.listed(DIAGNOSTIC_SETTINGS, id=id_)
    if isinstance(settings, Unknown):
        return Logging.unread(settings)
    found = [one["properties"] for one in settings if _sends(one["properties"], categories, groups)]
    if not found:
        return Logging.off()
    return _logging(account, min(found, key=_rank))


def _sends(setting: Item, categories: Sequence[str], groups: Sequence[str]) -> bool:
    on = [log for log in setting.get("logs") or () if log.get("enabled") is True]
    names = {str(log.get("category")).lower() for log in on}
    if {str(log.get("categoryGroup")).lower() for log in on} & {one.lower() for one in groups}:
        return True
    return {one.lower() for one in categories} <= names


def _rank(setting: Item) -> int:
    return next((i for i, name in enumerate(_DESTINATIONS) if setting.get(name)), 9)


def _logging(account: Account, setting: Item) -> Logging:
    name = next((one for one in _DESTINATIONS if setting.get(one)), None)
    if name is None:
        return Logging.unread(Unknown("the diagnostic setting names no destination"))
    destination = str(setting[name])
    workspace = _workspace(account, destination) if name == "workspaceId" else None
    away = Unknown("how long the destination keeps logs is not known")
    return Logging(
        enabled=True,
        destination=destination,
        destination_account=subscription_of(destination),
        destination_region=workspace
        if isinstance(workspace, Unknown)
        else region_of(workspace)
        if workspace
        else Unknown("the region of the destination is not known"),
        retention_days=workspace
        if isinstance(workspace, Unknown)
        else _retention(workspace)
        if workspace
        else away,
    )


def _workspace(account: Account, id_: str) -> Item | Unknown:
    workspaces = account.resources(LIST_WORKSPACES)
    if isinstance(workspaces, Unknown):
        return workspaces
    for workspace in workspaces:
        if key(workspace["id"]) == key(id_):
            return workspace
    return Unknown("the workspace is not visible to this account")


def _retention(workspace: Item) -> int | Unknown:
    """Days that a workspace keeps tables without a time of their own."""
    days = workspace["properties"].get("retentionInDays")
    return (
        days if isinstance(days, int) and days > 0 else Unknown("the workspace tells no retention")
    )
