"""Alarms on critical operations: metric filters on a trail's log group, and alarms on their metric.

Which operations a filter watches is read from its pattern. Only patterns that surely watch a kind
are recognised: the events of the table below, joined by "or", without a further condition. Other
patterns are passed over, as if they were not there.
"""

from __future__ import annotations

import re
from typing import Any

from collectors.aws.account import Account
from collectors.aws.logic import Known, every
from collectors.calls import Call
from collectors.document import Unknown, then
from collectors.facts.account import OperationAlarm

DESCRIBE_METRIC_FILTERS = Call(
    provider="aws",
    service="logs",
    operation="DescribeMetricFilters",
    permission="logs:DescribeMetricFilters",
    scope="resource",
    result="metricFilters",
    paged=True,
)
DESCRIBE_ALARMS = Call(
    provider="aws",
    service="cloudwatch",
    operation="DescribeAlarms",
    permission="cloudwatch:DescribeAlarms",
    scope="region",
    result="MetricAlarms",
    paged=True,
)
CALLS = (DESCRIBE_METRIC_FILTERS, DESCRIBE_ALARMS)

Item = dict[str, Any]

# Each kind, and the events that a pattern has to name all of.
_EVENTS: dict[str, set[str]] = {
    "vm-create": {"RunInstances"},
    "vm-delete": {"TerminateInstances"},
    "vm-reboot": {"RebootInstances"},
    "policy-change": {
        "AttachRolePolicy",
        "AttachUserPolicy",
        "CreatePolicyVersion",
        "PutRolePolicy",
    },
    "trail-change": {"DeleteTrail", "StopLogging"},
    "key-deletion": {"ScheduleKeyDeletion"},
    "firewall-change": {"AuthorizeSecurityGroupIngress"},
}

_EVENT_TERMS = {("$.eventName", "="), ("$.eventSource", "=")}

_ROOT = ("$.userIdentity.type", "=", "Root")
# What AWS does in the name of the root user is not a person's doing; leaving it out is usual.
_NOT_BY_PEOPLE = {
    ("$.eventType", "!=", "AwsServiceEvent"),
    ("$.userIdentity.invokedBy", "NOT EXISTS", ""),
}
_SIGN_IN = ("$.eventName", "=", "ConsoleLogin")
_REFUSED = {
    ("$.errorMessage", "=", "Failed authentication"),
    ("$.responseElements.ConsoleLogin", "=", "Failure"),
}

_TERM = re.compile(
    r"""(?P<name>\$\.[\w.]+)\s*
        (?:(?P<exists>(?:NOT\s+)?EXISTS|IS\s+\w+)
          |(?P<operator>!=|=|[<>]=?)\s*(?:"(?P<quoted>[^"]*)"|(?P<bare>[^\s"(){}&|]+)))""",
    re.VERBOSE,
)

Term = tuple[str, str, str]


def kinds_of(pattern: str) -> list[str]:
    """The kinds of operations that a filter pattern surely watches, sorted."""
    found = terms(pattern)
    if found is None:
        return []
    if _ROOT in found:
        return ["root-use"] if found - {_ROOT} <= _NOT_BY_PEOPLE and "||" not in pattern else []
    if _SIGN_IN in found and found & _REFUSED:
        return ["sign-in-failure"] if found - {_SIGN_IN} <= _REFUSED else []
    if any((name, operator) not in _EVENT_TERMS for name, operator, _ in found):
        return []
    events = {value for name, _, value in found if name == "$.eventName"}
    return sorted(kind for kind, needed in _EVENTS.items() if needed <= events)


def terms(pattern: str) -> set[Term] | None:
    """The comparisons of a JSON filter pattern; null for what is not wholly understood."""
    inner = pattern.strip()
    if not (inner.startswith("{") and inner.endswith("}")):
        return None
    inner = inner[1:-1]
    if re.sub(r"&&|\|\||[\s()]", "", _TERM.sub("", inner)):
        return None
    return {_term(match) for match in _TERM.finditer(inner)}


def _term(match: re.Match[str]) -> Term:
    if match["exists"]:
        return match["name"], " ".join(match["exists"].split()), ""
    value = match["bare"] if match["quoted"] is None else match["quoted"]
    return match["name"], match["operator"], value


def alarms_on(account: Account, log_group: str, logging: Known) -> list[OperationAlarm] | Unknown:
    """The alarms on what a trail delivers to a log group, given by its ARN.

    `logging`: whether the trail delivers at all; an alarm without it is not active. A filter
    without an alarm is listed as an alarm that is not active and notifies nobody.
    """
    parts = log_group.split(":")
    region, owner, name = parts[3], parts[4], parts[6]
    if owner != account.id:
        return Unknown(f"the log group {name} belongs to account {owner}")
    filters = account.read(DESCRIBE_METRIC_FILTERS, region, name, logGroupName=name)
    if isinstance(filters, Unknown):
        return filters
    watching = sorted(
        ((kind, item) for item in filters for kind in kinds_of(item.get("filterPattern", ""))),
        key=lambda pair: (pair[0], pair[1]["filterName"]),
    )
    if not watching:
        return []
    alarms = account.read(DESCRIBE_ALARMS, region)
    return then(
        alarms,
        lambda known: [
            alarm for kind, item in watching for alarm in _alarms_of(kind, item, known, logging)
        ],
    )


def _alarms_of(
    kind: str, metric_filter: Item, alarms: list[Item], logging: Known
) -> list[OperationAlarm]:
    metrics = {
        (change["metricNamespace"], change["metricName"])
        for change in metric_filter["metricTransformations"]
    }
    found = [alarm for alarm in alarms if metrics & _metrics(alarm)]
    if not found:
        return [OperationAlarm(on=kind, active=False, notifies=[])]
    return [
        OperationAlarm(
            on=kind,
            active=every([alarm["ActionsEnabled"], logging]),
            notifies=sorted(alarm["AlarmActions"]),
        )
        for alarm in found
    ]


def _metrics(alarm: Item) -> set[tuple[str, str]]:
    """The metrics that an alarm watches, by itself or in an expression."""
    stats = [
        query["MetricStat"]["Metric"] for query in alarm.get("Metrics", []) if "MetricStat" in query
    ]
    return {
        (metric.get("Namespace", ""), metric.get("MetricName", "")) for metric in [alarm, *stats]
    }
