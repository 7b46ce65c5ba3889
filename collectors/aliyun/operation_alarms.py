"""Alarms on critical operations: alert rules of Log Service on the Logstores of trails, rules of
EventBridge and event rules of CloudMonitor.

A kind of operations has an alarm where each of its operations surely has one that is on and tells
somebody. Where one may have one and none surely does, that is unknown.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from typing import Any

from msgspec import Struct

from collectors.aliyun import event_rules, log_alerts
from collectors.aliyun.account import Account
from collectors.aliyun.alert_notice import NOTICE_CALLS, told_by
from collectors.aliyun.api import product
from collectors.aliyun.cms_calls import DESCRIBE_CONTACT_GROUPS, DESCRIBE_CONTACTS
from collectors.aliyun.event_rules import (
    DEFAULT_BUS,
    DESCRIBE_EVENT_RULES,
    DESCRIBE_EVENT_TARGETS,
    EVENT_CALLS,
    LIST_RULES,
)
from collectors.aliyun.log_calls import LIST_ALERTS, LIST_PROJECTS
from collectors.aliyun.operations import KINDS, OF_A_REGION, Operation
from collectors.aliyun.regions_in_use import USE_CALLS, regions_in_use
from collectors.aliyun.resource_alarms import reached_groups
from collectors.calls import Call
from collectors.conditions import Truth
from collectors.document import Unknown, also, then
from collectors.facts.account import OperationAlarm
from collectors.logic import Known, every, some

OPERATION_ALARM_CALLS: tuple[Call, ...] = (
    LIST_PROJECTS,
    LIST_ALERTS,
    *NOTICE_CALLS,
    *EVENT_CALLS,
    DESCRIBE_CONTACT_GROUPS,
    DESCRIBE_CONTACTS,
    *USE_CALLS,
)

_NOT_SURE = Unknown("an alarm rule may watch the operation, but is not wholly understood")
_ONE_REGION = Unknown("an event rule watches the operation in some of the regions alone")
# Log Audit Service copies the events of trails into a Logstore of its own.
_LOG_AUDIT = "slsaudit-"

Item = dict[str, Any]


class Bell(Struct, frozen=True):
    """Something that rings at operations. `active`: it is on and sees them; `notifies` whom it
    tells. `region` is the one whose operations it sees, "" for all."""

    rings: dict[Operation, Truth]
    active: Known
    notifies: list[str] | Unknown
    region: str = ""


def alarms_on(
    account: Account, stores: dict[tuple[str, str], Known], unread: Iterable[Unknown]
) -> list[Any]:
    """The alarms of an account, one for each kind of operations that has one, and an unknown where
    what could not be read may be more. `stores`: the Logstores of trails by project and name, and
    whether all operations of the account arrive there; `unread`: why others are not among them."""
    bells: list[Bell] = []
    unread = list(unread)
    for source in (_log_bells(account, stores), _bus_bells(account), _state_bells(account)):
        for one in source:
            if isinstance(one, Unknown):
                unread.append(one)
            else:
                bells.append(one)
    in_use = regions_in_use(account) if any(bell.region for bell in bells) else []
    found = [_alarm(kind, bells, in_use) for kind in KINDS]
    sure = [one for one in found if isinstance(one, OperationAlarm)]
    if len(sure) == len(KINDS):
        return sure
    doubts = [one for one in found if isinstance(one, Unknown)]
    doubt = also(None, *unread, *doubts)
    return [*sure, doubt] if doubt else sure


def _alarm(kind: str, bells: list[Bell], in_use: list[Any]) -> OperationAlarm | Unknown | None:
    """The alarm on a kind; null where it surely has none."""
    heard = [_heard(kind, operation, bells, in_use) for operation in KINDS[kind]]
    whole = every(active for active, _ in heard)
    if whole is not True:
        return whole if isinstance(whole, Unknown) else None
    told = sorted({name for _, names in heard for name in names})
    return OperationAlarm(on=kind, active=True, notifies=told)


def _heard(
    kind: str, operation: Operation, bells: list[Bell], in_use: list[Any]
) -> tuple[Known, list[str]]:
    """Whether somebody surely hears of an operation, and by what."""
    names: set[str] = set()
    everywhere: list[Known] = []
    by_region: dict[str, list[Known]] = {}
    for bell in bells:
        rings = bell.rings.get(operation, False)
        if rings is False:
            continue
        sure: Known = True if rings else _NOT_SURE
        works = every([sure, bell.active, then(bell.notifies, bool)])
        if works is True and not isinstance(bell.notifies, Unknown):
            names.update(bell.notifies)
        if bell.region:
            by_region.setdefault(bell.region, []).append(works)
        else:
            everywhere.append(works)
    if by_region:
        everywhere.append(_in_all(kind, by_region, in_use))
    return some(everywhere), sorted(names)


def _in_all(kind: str, by_region: dict[str, list[Known]], in_use: list[Any]) -> Known:
    """Whether every region in use has a rule that works."""
    found = {region: some(works) for region, works in by_region.items()}
    if not any(one is not False for one in found.values()):
        return False
    if kind not in OF_A_REGION:
        return _ONE_REGION
    unread = also(None, *in_use)
    if unread:
        return unread
    here = every(found.get(region, False) for region in in_use)
    return _ONE_REGION if here is False or not in_use else here


def _log_bells(account: Account, stores: dict[tuple[str, str], Known]) -> Iterable[Bell | Unknown]:
    """The alert rules of every project: they may search the Logstores of others."""
    if not stores:
        return
    for region in account.regions:
        projects = account.listed(LIST_PROJECTS, region)
        if isinstance(projects, Unknown):
            yield projects
            continue
        names = sorted(str(project["projectName"]) for project in projects)
        for alerts in [account.listed(LIST_ALERTS, region, one, project=one) for one in names]:
            if isinstance(alerts, Unknown):
                yield alerts
                continue
            yield from (_log_bell(account, alert, stores) for alert in alerts)


def _log_bell(account: Account, alert: Item, stores: dict[tuple[str, str], Known]) -> Bell:
    configuration = alert.get("configuration") or {}
    schedule = alert.get("schedule") or {}
    store = log_alerts.watched_store(configuration)
    arrives = stores.get(store) if store else None
    if arrives is None:
        arrives = store is None or store[0].startswith(_LOG_AUDIT)
        arrives = _NOT_SURE if arrives else False
    rings = {one: log_alerts.rings_at(configuration, schedule, one) for one in _OPERATIONS}
    is_on = alert.get("status") == "ENABLED"
    muted = int(configuration.get("muteUntil") or 0) > time.time()
    active = every([is_on and not muted, arrives])
    if active is False or set(rings.values()) == {False}:
        return Bell({}, False, [])
    alert_policy, action_policy = log_alerts.action_policy_of(configuration)
    return Bell(rings, active, told_by(account, alert_policy, action_policy))


def _bus_bells(account: Account) -> Iterable[Bell | Unknown]:
    # Elsewhere EventBridge does not exist, so that nothing rings there.
    regions = [one for one in account.regions if one in product(LIST_RULES.service).regional]
    answers = account.map(
        lambda region: account.listed(LIST_RULES, region, EventBusName=DEFAULT_BUS), regions
    )
    for region, rules in zip(regions, answers, strict=True):
        if isinstance(rules, Unknown):
            yield rules
            continue
        for rule in rules:
            rings = {one: event_rules.rings_at(rule, one) for one in _OPERATIONS}
            is_on = rule.get("Status") == "ENABLE"
            yield Bell(rings, is_on, event_rules.told_by(rule), region)


def _state_bells(account: Account) -> Iterable[Bell | Unknown]:
    rules = account.listed(DESCRIBE_EVENT_RULES)
    if isinstance(rules, Unknown):
        yield rules
        return
    for rule in rules:
        rings = {one: event_rules.state_rule_rings_at(rule, one) for one in _OPERATIONS}
        is_on = rule.get("State") == "ENABLED"
        if is_on and set(rings.values()) != {False}:
            yield Bell(rings, is_on, _told_by_state_rule(account, str(rule["Name"])))


def _told_by_state_rule(account: Account, name: str) -> list[str] | Unknown:
    """The contact groups and webhooks of an event rule that reach somebody."""
    targets = account.read(DESCRIBE_EVENT_TARGETS, resource=name, RuleName=name)
    if isinstance(targets, Unknown):
        return targets
    hooks = (targets.get("WebhookParameters") or {}).get("WebhookParameter") or []
    contacts = (targets.get("ContactParameters") or {}).get("ContactParameter") or []
    found = ["webhook"] if any(hook.get("Url") for hook in hooks) else []
    named = [str(one.get("ContactGroupName") or "") for one in contacts]
    reached = reached_groups(account) if named else []
    if isinstance(reached, Unknown):
        return found or reached
    return [*(one for one in named if one in reached), *found]


_OPERATIONS = log_alerts.operations()
