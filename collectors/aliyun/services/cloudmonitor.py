"""CloudMonitor: a document for each alarm rule."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from collectors.aliyun.account import Account, Service
from collectors.aliyun.alarm_kinds import kind_of
from collectors.aliyun.cms_calls import ALARM_CALLS
from collectors.aliyun.resource_alarms import (
    groups_of,
    is_on,
    reached_groups,
    rules_of,
    watched,
)
from collectors.document import Document, Unknown, also
from collectors.facts.operations import Alarm
from collectors.regions import GLOBAL

NATIVE = "ACS::CMS::MetricRule"


def alarms(account: Account) -> Iterable[Document]:
    """A document for each rule of the account; rules have no region."""
    rules = rules_of(account)
    if isinstance(rules, Unknown):
        yield account.unlisted(Alarm, rules, GLOBAL, NATIVE)
        return
    reached = reached_groups(account)
    yield from account.map(lambda rule: _alarm(account, rule, reached), rules)


def _alarm(account: Account, rule: dict[str, Any], reached: list[str] | Unknown) -> Document:
    return account.document(
        Alarm(
            enabled=is_on(rule),
            actions=_actions(rule, reached),
            target_kind=kind_of(str(rule.get("Namespace", ""))),
            targets=_targets(account, rule),
        ),
        id=account.arn("cms", GLOBAL, f"alarm/{rule['RuleId']}"),
        region=GLOBAL,
        name=rule.get("RuleName") or rule["RuleId"],
        native_type=NATIVE,
        native={key: value for key, value in rule.items() if key != "Webhook"},
    )


def _actions(rule: dict[str, Any], reached: list[str] | Unknown) -> list[str] | Unknown:
    """The groups and the webhook that reach somebody; a webhook's address may hold a secret."""
    hooks = ["webhook"] if rule.get("Webhook") else []
    named = groups_of(rule)
    if not named:
        return hooks
    if isinstance(reached, Unknown):
        return reached
    return [*(name for name in named if name in reached), *hooks]


def _targets(account: Account, rule: dict[str, Any]) -> int | Unknown:
    """How many resources a rule watches. One on all resources of a product counts as one: it takes
    in those that there will be."""
    found = watched(account, rule)
    return also(None, *found) or len(found)


SERVICE = Service(
    name="CloudMonitor",
    types=((Alarm, NATIVE),),
    calls=ALARM_CALLS,
    account=alarms,
)
