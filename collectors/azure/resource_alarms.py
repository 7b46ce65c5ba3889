"""Alarms that watch a resource: alert rules of Azure Monitor on metrics and on log queries.

A rule counts where it is enabled and one of its action groups is, and has a receiver, and no alert
processing rule silences it. Its scope is the resource, or the group or subscription that has it,
for the rule's type of resource.
"""

from __future__ import annotations

from typing import Any

from collectors.azure.account import Account
from collectors.azure.alert_actions import types_of
from collectors.azure.alert_processing import LISTENER_CALLS, listeners
from collectors.azure.calls import listing
from collectors.azure.ids import key
from collectors.document import Unknown, also

METRIC_ALERT = "Microsoft.Insights/metricAlerts"
QUERY_RULE = "Microsoft.Insights/scheduledQueryRules"
LIST_METRIC_ALERTS = listing(METRIC_ALERT, "MetricAlerts_ListBySubscription")
LIST_QUERY_RULES = listing(QUERY_RULE, "ScheduledQueryRules_ListBySubscription")
RESOURCE_ALARM_CALLS = (LIST_METRIC_ALERTS, LIST_QUERY_RULES, *LISTENER_CALLS)

Item = dict[str, Any]


def alarms_on(account: Account, id_: str, native_type: str) -> int | Unknown:
    """How many alarms watch a resource of a type. Those of which it is not known whether they tell
    somebody do not count beside others that do."""
    rules = account.once("resource alarms", lambda: _rules(account))
    if isinstance(rules, Unknown):
        return rules
    who = account.once("listeners", lambda: listeners(account))
    watching = [one for one in rules if _watches(one["properties"], key(id_), native_type.lower())]
    heard = [who.hear(rule, (id_,)) for rule in watching]
    return sum(isinstance(whom, list) and bool(whom) for whom in heard) or also(None, *heard) or 0


def _rules(account: Account) -> list[Item] | Unknown:
    """The rules that are on."""
    found: list[Item] = []
    for call in (LIST_METRIC_ALERTS, LIST_QUERY_RULES):
        rules = account.resources(call)
        if isinstance(rules, Unknown):
            return rules
        found += [one for one in rules if one["properties"].get("enabled") is True]
    return found


def _watches(rule: Item, resource: str, native_type: str) -> bool:
    types = types_of(rule)
    for scope in map(key, rule.get("scopes") or ()):
        if scope == resource or (resource.startswith(f"{scope}/") and native_type in types):
            return True
    return False
