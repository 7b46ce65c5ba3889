"""Diagnostic settings and Log Analytics workspaces. Source: template reference, Microsoft.Insights,
Microsoft.OperationalInsights."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.document import Unknown
from collectors.iac.arm.resource import Resource, Translation, at
from collectors.iac.arm.resources.words import named, or_
from collectors.iac.blocks import Block

SUBSCRIPTION = "/subscriptions/template"
"""What a setting of a whole subscription is for; which one is not told."""

_NO_SWITCH = Unknown("the log gives no enabled")


def setting(resource: Resource) -> Iterator[Block]:
    """A diagnostic setting: of its scope, of the resource that it stands in, or else of the
    subscription."""
    within = resource.owner(2) if "/providers/" in resource.type.lower() else SUBSCRIPTION
    values = {
        "name": resource.name,
        "target_resource_id": or_(resource.body.get("scope"), within),
        "log_analytics_workspace_id": resource.get("workspaceId"),
        "storage_account_id": resource.get("storageAccountId"),
        "eventhub_authorization_rule_id": resource.get("eventHubAuthorizationRuleId"),
        "partner_solution_id": resource.get("marketplacePartnerId"),
        "log": _logs(resource.get("logs")),
    }
    yield resource.block("azurerm_monitor_diagnostic_setting", values)


def _logs(value: Any) -> Any:
    if not isinstance(value, list):
        return value
    return next(
        (each for each in value if isinstance(each, Unknown)), [_log(each) for each in value]
    )


def _log(value: Any) -> dict[str, Any]:
    found = {
        "category": at(value, "category"),
        "category_group": at(value, "categoryGroup"),
        "enabled": or_(at(value, "enabled"), _NO_SWITCH),
    }
    return {name: each for name, each in found.items() if each is not None}


def workspace(resource: Resource) -> Iterator[Block]:
    """A workspace."""
    values = named(resource) | {
        "sku": resource.get("sku.name"),
        "retention_in_days": resource.get("retentionInDays"),
    }
    yield resource.block("azurerm_log_analytics_workspace", values)


TRANSLATIONS: dict[str, Translation] = {
    "Microsoft.Insights/diagnosticSettings": setting,
    "*/providers/diagnosticSettings": setting,
    "Microsoft.OperationalInsights/workspaces": workspace,
}
