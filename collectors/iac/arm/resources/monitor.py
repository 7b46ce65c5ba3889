"""Diagnostic settings, data collection rules, Log Analytics workspaces, plans and contacts of
Defender for Cloud, locks. Source: template reference, Microsoft.Insights,
Microsoft.OperationalInsights, Microsoft.Security, Microsoft.Authorization."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.document import Unknown
from collectors.iac.arm.resource import Resource, Translation, at
from collectors.iac.arm.resources.words import is_, named, or_
from collectors.iac.blocks import Block

SUBSCRIPTION = "/subscriptions/template"
"""What a setting of a whole subscription is for; which one is not told."""

_GROUP = Unknown("the lock is on the group that the template is deployed to")
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


def table(resource: Resource) -> Iterator[Block]:
    """A table of a workspace, with a time of its own."""
    values = {
        "name": resource.name,
        "workspace_id": resource.owner(),
        "retention_in_days": resource.get("retentionInDays"),
        "total_retention_in_days": resource.get("totalRetentionInDays"),
    }
    yield resource.block("azurerm_log_analytics_workspace_table", values)


def collection_rule(resource: Resource) -> Iterator[Block]:
    """A data collection rule: the performance counters that it collects, and where they go."""
    counters, flows = resource.get("dataSources.performanceCounters"), resource.get("dataFlows")
    values = named(resource) | {
        "data_sources": [{"performance_counter": _parts(counters, "streams")}],
        "data_flow": _parts(flows, "streams", "destinations"),
    }
    yield resource.block("azurerm_monitor_data_collection_rule", values)


def _parts(value: Any, *names: str) -> Any:
    """Some properties of each element of a list."""
    if not isinstance(value, list):
        return [] if value is None else value
    return [
        one if isinstance(one, Unknown) else {name: at(one, name) for name in names}
        for one in value
    ]


def collection_link(resource: Resource) -> Iterator[Block]:
    """What makes the agent of a machine collect by a rule."""
    within = resource.owner(2) if "/providers/" in resource.type.lower() else None
    values = {
        "target_resource_id": or_(resource.body.get("scope"), within),
        "data_collection_rule_id": resource.get("dataCollectionRuleId"),
    }
    yield resource.block("azurerm_monitor_data_collection_rule_association", values)


def plan(resource: Resource) -> Iterator[Block]:
    """A plan of Defender for Cloud."""
    values = {"resource_type": resource.name, "tier": resource.get("pricingTier")}
    yield resource.block("azurerm_security_center_subscription_pricing", values)


def contact(resource: Resource) -> Iterator[Block]:
    """A contact. Versions of 2017 write a word, those to 2020 an object, later ones a list."""
    older, later = resource.get("alertNotifications"), resource.get("notificationsSources")
    on: Any = is_(at(older, "state") if isinstance(older, dict) else older, "On")
    severity = at(older, "minimalSeverity") if isinstance(older, dict) else None
    if isinstance(later, list):
        alerts = [one for one in later if is_(at(one, "sourceType"), "Alert") is not False]
        enabled = is_(or_(resource.get("isEnabled"), True), "True")
        on = bool(alerts) and enabled
        severity = at(alerts[0], "minimalSeverity") if alerts else None
    elif later is not None:
        on = severity = later
    role = or_(resource.get("notificationsByRole.state"), resource.get("alertsToAdmins"))
    values = {
        "email": or_(resource.get("emails") or None, resource.get("email") or None),
        "alert_notifications": on,
        "alerts_to_admins": is_(role, "On"),
        "minimal_severity": severity,
    }
    yield resource.block("azurerm_security_center_contact", values)


def lock(resource: Resource) -> Iterator[Block]:
    """A lock: of its scope, of the resource that it stands in, or else of all that the template is
    deployed to."""
    within = resource.owner(2) if "/providers/" in resource.type.lower() else _GROUP
    values = {
        "name": resource.name,
        "scope": or_(resource.body.get("scope"), within),
        "lock_level": resource.get("level"),
    }
    yield resource.block("azurerm_management_lock", values)


TRANSLATIONS: dict[str, Translation] = {
    "Microsoft.Authorization/locks": lock,
    "*/providers/locks": lock,
    "Microsoft.Insights/diagnosticSettings": setting,
    "*/providers/diagnosticSettings": setting,
    "Microsoft.Insights/dataCollectionRules": collection_rule,
    "Microsoft.Insights/dataCollectionRuleAssociations": collection_link,
    "*/providers/dataCollectionRuleAssociations": collection_link,
    "Microsoft.OperationalInsights/workspaces": workspace,
    "Microsoft.OperationalInsights/workspaces/tables": table,
    "Microsoft.Security/pricings": plan,
    "Microsoft.Security/securityContacts": contact,
}
