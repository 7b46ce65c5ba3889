"""Alert rules of Azure Monitor, a document for each: on metrics, on log queries, on the activity
log."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from collectors.azure.account import Account, Service
from collectors.azure.alert_actions import types_of
from collectors.azure.alert_kinds import kind_of
from collectors.azure.alert_processing import LISTENER_CALLS, Listeners, listeners
from collectors.azure.calls import type_of_path
from collectors.azure.ids import key, subscription_of
from collectors.azure.operation_alerts import ACTIVITY_ALERT, LIST_ACTIVITY_ALERTS
from collectors.azure.resource_alarms import (
    LIST_METRIC_ALERTS,
    LIST_QUERY_RULES,
    METRIC_ALERT,
    QUERY_RULE,
)
from collectors.azure.resource_list import LIST_RESOURCES
from collectors.document import Document, Unknown, then
from collectors.facts.operations import Alarm

_RULES = (
    (METRIC_ALERT, LIST_METRIC_ALERTS),
    (QUERY_RULE, LIST_QUERY_RULES),
    (ACTIVITY_ALERT, LIST_ACTIVITY_ALERTS),
)
_HIDDEN = ("webhookproperties", "customproperties", "actionproperties")
_UNTOLD = Unknown("the alert rule does not tell whether it is on")
_ELSEWHERE = Unknown("what the alert rule watches is in another subscription")

Item = dict[str, Any]


def alert_rules(account: Account) -> Iterable[Document]:
    """A document for each rule of the subscription."""
    who = listeners(account)
    existing = then(
        account.listed(LIST_RESOURCES), lambda found: {key(str(one["id"])) for one in found}
    )
    for native_type, call in _RULES:
        rules = account.resources(call)
        if isinstance(rules, Unknown):
            yield account.unlisted(Alarm, rules, native_type=native_type)
            continue
        for rule in rules:
            yield _document(account, rule, native_type, who, existing)


def _document(
    account: Account,
    rule: Item,
    native_type: str,
    who: Listeners,
    existing: set[str] | Unknown,
) -> Document:
    properties = rule["properties"]
    return account.document(
        Alarm(
            enabled=on if isinstance(on := properties.get("enabled"), bool) else _UNTOLD,
            actions=who.hear(rule, properties.get("scopes") or ()),
            target_kind="other" if native_type == ACTIVITY_ALERT else _kind(properties),
            targets=_targets(properties, existing, account.id),
        ),
        rule,
        native_type=native_type,
        native={**rule, "properties": _shown(properties)},
    )


def _kind(rule: Item) -> str:
    named = types_of(rule) or [type_of_path(one).lower() for one in rule.get("scopes") or ()]
    return kind_of(named)


def _targets(rule: Item, existing: set[str] | Unknown, subscription: str) -> int | Unknown:
    """How many resources a rule watches. One on all resources of a group or a subscription counts
    as one: it takes in those that there will be."""
    count = 0
    for scope in map(key, rule.get("scopes") or ()):
        if subscription_of(scope) != subscription.lower():
            return _ELSEWHERE
        if not type_of_path(scope):
            count += 1
        elif isinstance(existing, Unknown):
            return existing
        else:
            count += _is_there(scope, existing)
    return count


def _is_there(id_: str, existing: set[str]) -> bool:
    """Whether a resource exists; parts of resources are not listed by themselves."""
    while id_:
        if id_ in existing:
            return True
        id_ = id_.rpartition("/")[0]
    return False


def _shown(value: Any) -> Any:
    """Evidence without what is handed to webhooks, which may hold secrets."""
    if isinstance(value, dict):
        return {name: _shown(one) for name, one in value.items() if name.lower() not in _HIDDEN}
    return [_shown(one) for one in value] if isinstance(value, list) else value


SERVICE = Service(
    name="Alert rules",
    types=((Alarm, METRIC_ALERT), (Alarm, QUERY_RULE), (Alarm, ACTIVITY_ALERT)),
    calls=(
        LIST_METRIC_ALERTS,
        LIST_QUERY_RULES,
        LIST_ACTIVITY_ALERTS,
        *LISTENER_CALLS,
        LIST_RESOURCES,
    ),
    account=alert_rules,
)
