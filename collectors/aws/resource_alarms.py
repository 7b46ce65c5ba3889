"""Alarms that watch a resource: CloudWatch's, joined by the dimensions of their metrics.

An alarm counts where its actions are on and one of them tells somebody, as a rule on findings does;
what only stops, restarts or scales machines tells nobody. A composite alarm speaks for the alarms
that it is made of. An alarm by a query watches what the query finds at the time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from msgspec import Struct

from collectors.aws.account import Account
from collectors.aws.alarm_actions import CALLS as ACTION_CALLS
from collectors.aws.alarm_actions import is_heard
from collectors.aws.logic import Known, every, some, told
from collectors.aws.operation_alarms import DESCRIBE_ALARMS
from collectors.calls import Call
from collectors.document import Unknown, also

DESCRIBE_COMPOSITE_ALARMS = Call(
    provider="aws",
    service="cloudwatch",
    operation="DescribeAlarms",
    permission="cloudwatch:DescribeAlarms",
    scope="region",
    result="CompositeAlarms",
    paged=True,
)
CALLS = (DESCRIBE_ALARMS, DESCRIBE_COMPOSITE_ALARMS, *ACTION_CALLS)

Item = dict[str, Any]
Dimension = tuple[str, str]

_QUERY = re.compile(r"\b(?:SELECT|SEARCH)\b", re.IGNORECASE)
_QUERIED = Unknown("an alarm by a query may watch it")
# ALARM("name"), ALARM(name) or ALARM("arn"), in a rule of a composite alarm.
_IN_RULE = re.compile(r"""(NOT\s+)?\bALARM\s*\(\s*(["']?)(.+?)\2\s*\)""", re.IGNORECASE)
_NOT_A_PART = re.compile(r"\bNOT\s*\(", re.IGNORECASE)
_UNSURE = Unknown("a composite alarm names it within a negation")


class Alarms(Struct, frozen=True):
    """The alarms of a region: by dimension, those by a query, and the composite ones."""

    account: Account
    by_dimension: dict[Dimension, list[Item]]
    queries: list[Item]
    composites: list[Item] | Unknown


def read_alarms(account: Account, region: str) -> Alarms | Unknown:
    """Read the alarms of a region, once for all of its resources."""
    found = account.read(DESCRIBE_ALARMS, region)
    if isinstance(found, Unknown):
        return found
    composites = account.read(DESCRIBE_COMPOSITE_ALARMS, region, AlarmTypes=["CompositeAlarm"])
    by_dimension: dict[Dimension, list[Item]] = {}
    for alarm in found:
        for dimension in sorted(dimensions(alarm, account.id)):
            by_dimension.setdefault(dimension, []).append(alarm)
    return Alarms(account, by_dimension, [one for one in found if _is_query(one)], composites)


def dimensions(alarm: Item, account_id: str) -> set[Dimension]:
    """The dimensions of the metrics of this account that an alarm watches, by itself or in an
    expression."""
    return {place for metric in _metrics(alarm, account_id) for place in _places(metric)}


def _metrics(alarm: Item, account_id: str) -> list[Item]:
    stats = [
        query["MetricStat"]["Metric"]
        for query in alarm.get("Metrics", [])
        if "MetricStat" in query and query.get("AccountId", account_id) == account_id
    ]
    return [alarm, *stats]


def _places(metric: Item) -> set[Dimension]:
    return {(one["Name"], one["Value"]) for one in metric.get("Dimensions", [])}


def _is_query(alarm: Item) -> bool:
    expressions = [str(query.get("Expression", "")) for query in alarm.get("Metrics", [])]
    return any(map(_QUERY.search, expressions))


def watching(
    alarms: Alarms | Unknown,
    places: Iterable[Dimension],
    namespaces: Iterable[str],
    *,
    within: bool = False,
) -> int | Unknown:
    """How many alarms surely watch one of some dimensions and tell somebody. Unknown where none
    surely does and one may: by a query over one of the namespaces, or by what it tells. `within`:
    other services name what is theirs by the same dimension, so that the namespace must fit."""
    if isinstance(alarms, Unknown):
        return alarms
    found = {
        alarm["AlarmName"]: alarm
        for place in places
        for alarm in alarms.by_dimension.get(place, [])
        if not within or _is_within(alarms.account, alarm, place, namespaces)
    }
    truths = [_counts(alarms, alarm) for alarm in found.values()]
    sure = truths.count(True)
    if sure:
        return sure
    for alarm in alarms.queries:
        expressions = " ".join(str(query.get("Expression", "")) for query in alarm["Metrics"])
        if any(namespace in expressions for namespace in namespaces):
            truths.append(every([_counts(alarms, alarm), _QUERIED]))
    return also(None, *truths) or 0


def _is_within(account: Account, alarm: Item, place: Dimension, namespaces: Iterable[str]) -> bool:
    """Whether a metric of one of some namespaces has a dimension."""
    fitting = set(namespaces)
    return any(
        metric.get("Namespace") in fitting and place in _places(metric)
        for metric in _metrics(alarm, account.id)
    )


def _counts(alarms: Alarms, alarm: Item) -> Known:
    """Whether an alarm tells somebody, by itself or through a composite one."""
    alone = _speaks(alarms.account, alarm)
    if alone is True:
        return True
    if isinstance(alarms.composites, Unknown):
        return alarms.composites
    through = [
        every([named, _speaks(alarms.account, composite)])
        for composite in alarms.composites
        if (named := names(composite["AlarmRule"], alarm["AlarmName"])) is not False
    ]
    return some([alone, *through])


def _speaks(account: Account, alarm: Item) -> Known:
    """Whether the actions of an alarm are on, and one of them tells somebody."""
    actions = told(alarm, "AlarmActions")
    if isinstance(actions, Unknown):
        return every([told(alarm, "ActionsEnabled"), actions])
    if not actions or alarm.get("ActionsEnabled") is False:
        return False
    heard = some(is_heard(account, arn) for arn in sorted(set(actions)))
    return every([told(alarm, "ActionsEnabled"), heard])


def names(rule: str, alarm: str) -> Known:
    """Whether the rule of a composite alarm rings with an alarm, by its name or ARN."""
    named = {
        bool(negation)
        for negation, _, name in _IN_RULE.findall(rule)
        if name == alarm or name.partition(":alarm:")[2] == alarm
    }
    if False not in named:
        return False
    return _UNSURE if _NOT_A_PART.search(rule) else True
