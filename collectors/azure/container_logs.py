"""Where the output of containers goes: a workspace that is named by the id under which it takes
logs, or whatever diagnostic settings say."""

from __future__ import annotations

from typing import Any

from collectors.azure.account import Account
from collectors.azure.diagnostic_settings import LIST_WORKSPACES, LOGGING_CALLS, logging_of
from collectors.azure.ids import region_of, subscription_of
from collectors.azure.workspace_tables import kept_days
from collectors.document import Unknown, then
from collectors.facts.shared import Logging

CONTAINER_LOG_CALLS = LOGGING_CALLS

Item = dict[str, Any]

# Where Container Instances and Container Apps write to by themselves.
_OF_GROUPS, _OF_APPS = "ContainerInstanceLog_CL", "ContainerAppConsoleLogs_CL"
_HIDDEN = Unknown("the workspace of the containers' output is not one of this subscription's")
_DESTINATION = Unknown("where the environment sends the output of its containers is not known")


def group_logging(account: Account, group: Item) -> Logging:
    """The output of a container group: its own setting, or a diagnostic setting."""
    own = (group["properties"].get("diagnostics") or {}).get("logAnalytics") or {}
    if own.get("workspaceId"):
        return _in_workspace(account, str(own["workspaceId"]), _OF_GROUPS)
    return logging_of(account, group["id"], ("ContainerInstanceLog",))


def environment_logging(account: Account, environment: Item) -> Logging:
    """The output of all containers of an environment of Container Apps."""
    settings = environment["properties"].get("appLogsConfiguration") or {}
    destination = str(settings.get("destination") or "none").lower()
    if destination == "none":
        return Logging.off()
    if destination == "azure-monitor":
        return logging_of(account, environment["id"], ("ContainerAppConsoleLogs",))
    workspace = (settings.get("logAnalyticsConfiguration") or {}).get("customerId")
    if destination == "log-analytics" and workspace:
        return _in_workspace(account, str(workspace), _OF_APPS)
    return Logging.unread(_DESTINATION)


def _in_workspace(account: Account, customer: str, table: str) -> Logging:
    found = then(account.resources(LIST_WORKSPACES), lambda listed: _by_customer(listed, customer))
    return Logging(
        enabled=True,
        destination=then(found, lambda one: str(one["id"])),
        destination_account=then(found, lambda one: subscription_of(one["id"])),
        destination_region=then(found, region_of),
        retention_days=then(found, lambda one: kept_days(account, one, (table,))),
    )


def _by_customer(workspaces: list[Item], customer: str) -> Item | Unknown:
    """Workspaces take logs by an id that is called the customer's."""
    for one in workspaces:
        if str(one["properties"].get("customerId")).lower() == customer.lower():
            return one
    return _HIDDEN
