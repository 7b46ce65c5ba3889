"""Alarms that watch a resource: alert rules of Azure Monitor on metrics and on log queries.

A rule counts where it is enabled and one of its action groups is, and has a receiver. Its scope is
the resource, or the group or subscription that has it, for the rule's type of resource.
"""

from __future__ import annotations

from typing import Any

from collectors.azure.account import Account
from collectors.azure.calls import listing
from collectors.azure.ids import key
from collectors.document import Unknown

LIST_METRIC_ALERTS = listing("Microsoft.Insights/metricAlerts", "MetricAlerts_ListBySubscription")
LIST_QUERY_RULES = listing(
    "Microsoft.Insights/scheduledQueryRules", "ScheduledQueryRules_ListBySubscription"
)
LIST_ACTION_GROUPS = listing("Microsoft.Insights/actionGroups", "ActionGroups_ListBySubscriptionId")
RESOURCE_ALARM_CALLS = (LIST_METRIC_ALERTS, LIST_QUERY_RULES, LIST_ACTION_GROUPS)

Item = dict[str, Any]


def alarms_on(account: Account, id_: str, native_type: str) -> int | Unknown:
    """How many alarms watch a resource of a type."""
    rules = account.once("resource alarms", lambda: _rules(account))
    if isinstance(rules, Unknown):
        return rules
    return sum(_watches(rule, key(id_), native_type.lower()) for rule in rules)


def _rules(account: Account) -> list[Item] | Unknown:
    """The properties of the rules that are on and tell somebody."""
    groups = account.resources(LIST_ACTION_GROUPS)
    if isinstance(groups, Unknown):
        return groups
    telling = {key(group["id"]) for group in groups if tells(group["properties"])}
    found: list[Item] = []
    for call in (LIST_METRIC_ALERTS, LIST_QUERY_RULES):
        rules = account.resources(call)
        if isinstance(rules, Unknown):
            return rules
        found += [rule["properties"] for rule in rules]
    return [one for one in found if one.get("enabled") is True and telling & set(_actions(one))]


def tells(group: Item) -> bool:
    """Whether an action group is on and has a receiver."""
    receivers = [value for name, value in group.items() if name.endswith("Receivers")]
    return group.get("enabled") is True and any(receivers)


def _actions(rule: Item) -> list[str]:
    """The action groups of a rule: metric alerts list them, query rules list their ids."""
    actions = rule.get("actions") or []
    if isinstance(actions, dict):
        return [key(id_) for id_ in actions.get("actionGroups") or ()]
    return [key(one["actionGroupId"]) for one in actions if one.get("actionGroupId")]


def _watches(rule: Item, resource: str, native_type: str) -> bool:
    types = [
        str(one).lower()
        for one in (rule.get("targetResourceType"), *(rule.get("targetResourceTypes") or ()))
        if one
    ]
    for scope in map(key, rule.get("scopes") or ()):
        if scope == resource or (resource.startswith(f"{scope}/") and native_type in types):
            return True
    return False
