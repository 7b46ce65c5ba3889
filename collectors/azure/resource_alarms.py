"""Alarms that watch a resource: alert rules of Azure Monitor on metrics and on log queries.

A rule counts where it is enabled and one of its action groups is, and has a receiver. Its scope is
the resource, or the group or subscription that has it, for the rule's type of resource.
"""

from __future__ import annotations

from typing import Any

from collectors.azure.account import Account
from collectors.azure.alert_actions import LIST_ACTION_GROUPS, telling, told_by
from collectors.azure.calls import listing
from collectors.azure.ids import key
from collectors.document import Unknown, also

METRIC_ALERT = "Microsoft.Insights/metricAlerts"
QUERY_RULE = "Microsoft.Insights/scheduledQueryRules"
LIST_METRIC_ALERTS = listing(METRIC_ALERT, "MetricAlerts_ListBySubscription")
LIST_QUERY_RULES = listing(QUERY_RULE, "ScheduledQueryRules_ListBySubscription")
RESOURCE_ALARM_CALLS = (LIST_METRIC_ALERTS, LIST_QUERY_RULES, LIST_ACTION_GROUPS)

Item = dict[str, Any]
Told = tuple[Item, list[str] | Unknown]


def alarms_on(account: Account, id_: str, native_type: str) -> int | Unknown:
    """How many alarms watch a resource of a type. Those of which it is not known whether they tell
    somebody do not count beside others that do."""
    rules = account.once("resource alarms", lambda: _rules(account))
    if isinstance(rules, Unknown):
        return rules
    heard = [whom for rule, whom in rules if _watches(rule, key(id_), native_type.lower())]
    return sum(not isinstance(whom, Unknown) for whom in heard) or also(None, *heard) or 0


def _rules(account: Account) -> list[Told] | Unknown:
    """The properties of the rules that are on and tell somebody, and whom."""
    groups = telling(account)
    if isinstance(groups, Unknown):
        return groups
    found: list[Item] = []
    for call in (LIST_METRIC_ALERTS, LIST_QUERY_RULES):
        rules = account.resources(call)
        if isinstance(rules, Unknown):
            return rules
        found += [rule["properties"] for rule in rules]
    heard = [(one, told_by(one, groups, account.id)) for one in found if one.get("enabled") is True]
    return [(rule, whom) for rule, whom in heard if whom]


def types_of(rule: Item) -> list[str]:
    """The types of resource, in lower case, that a rule on many resources names."""
    named = (rule.get("targetResourceType"), *(rule.get("targetResourceTypes") or ()))
    return [str(one).lower() for one in named if one]


def _watches(rule: Item, resource: str, native_type: str) -> bool:
    types = types_of(rule)
    for scope in map(key, rule.get("scopes") or ()):
        if scope == resource or (resource.startswith(f"{scope}/") and native_type in types):
            return True
    return False
