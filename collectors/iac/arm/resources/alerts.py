"""Alert rules and action groups of Azure Monitor, and rules that silence alerts. Source: template
reference, Microsoft.Insights and Microsoft.AlertsManagement."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from collectors.document import Unknown
from collectors.iac.arm.resource import Resource, Translation, at
from collectors.iac.arm.resources.words import each, is_, named, or_
from collectors.iac.blocks import Block

_SILENT = ("RemoveAllActionGroups", "Suppression")
_NO_SWITCH = Unknown("the alert rule gives no enabled")


def rule(kind: str) -> Translation:
    """A rule; those on the activity log are on unless they say otherwise."""

    def translate(resource: Resource) -> Iterator[Block]:
        default = True if kind == "azurerm_monitor_activity_log_alert" else _NO_SWITCH
        values = named(resource) | {
            "enabled": or_(resource.get("enabled"), default),
            "scopes": resource.get("scopes"),
            "target_resource_type": resource.get("targetResourceType"),
            "target_resource_types": resource.get("targetResourceTypes"),
            "action": _actions(resource.get("actions")),
        }
        yield resource.block(kind, values)

    return translate


def _actions(value: Any) -> Any:
    """Metric alerts list them, others under `actionGroups`, by ids or by objects with one."""
    groups = at(value, "actionGroups") if isinstance(value, dict) else value
    if isinstance(groups, Unknown):
        return groups
    ids = [at(one, "actionGroupId") if isinstance(one, dict) else one for one in each(groups)]
    return [{"action_groups": ids}]


def group(resource: Resource) -> Iterator[Block]:
    """An action group; it is on by the word alone."""
    values = {"name": resource.name, "enabled": or_(resource.get("enabled"), True)}
    properties = resource.properties if isinstance(resource.properties, dict) else {}
    for name, listed in properties.items():
        if name.lower().endswith("receivers"):
            values[f"{re.sub('receivers$', '', name.lower())}_receiver"] = _receivers(listed)
    if isinstance(resource.properties, Unknown):
        values["any_receiver"] = resource.properties
    yield resource.block("azurerm_monitor_action_group", values)


def _receivers(value: Any) -> Any:
    return [{"name": "one"} for _ in value] if isinstance(value, list) else value


def processing(resource: Resource) -> Iterator[Block]:
    """An alert processing rule that takes the action groups from alerts. Versions of 2019 name the
    kind of the rule and its status."""
    older = resource.get("type")
    kinds = [older] if older is not None else _kinds(resource.get("actions"))
    if not any(is_(kind, word) is not False for kind in kinds for word in _SILENT):
        return
    status = is_(resource.get("status"), "Enabled")
    values = {
        "name": resource.name,
        "enabled": or_(resource.get("enabled"), status),
        "scopes": resource.get("scopes"),
    }
    yield resource.block("azurerm_monitor_alert_processing_rule_suppression", values)


def _kinds(actions: Any) -> list[Any]:
    return [at(one, "actionType") for one in actions] if isinstance(actions, list) else [actions]


TRANSLATIONS: dict[str, Translation] = {
    "Microsoft.AlertsManagement/actionRules": processing,
    "Microsoft.Insights/actionGroups": group,
    "Microsoft.Insights/activityLogAlerts": rule("azurerm_monitor_activity_log_alert"),
    "Microsoft.Insights/metricAlerts": rule("azurerm_monitor_metric_alert"),
    "Microsoft.Insights/scheduledQueryRules": rule(
        "azurerm_monitor_scheduled_query_rules_alert_v2"
    ),
}
