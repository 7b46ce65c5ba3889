"""CloudWatch alarms. Source: CloudFormation template reference, Amazon CloudWatch."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.document import Unknown
from collectors.iac.blocks import Block
from collectors.iac.mappers.aws.alarm import COMPOSITE, METRIC
from collectors.iac.stacks.resource import Resource, Translation, renamed, tags

_ALARM = {
    "AlarmName": "alarm_name",
    "ActionsEnabled": "actions_enabled",
    "AlarmActions": "alarm_actions",
    "AlarmRule": "alarm_rule",
}
_METRIC = {"Namespace": "namespace", "MetricName": "metric_name"}


def metric_alarm(resource: Resource) -> Iterator[Block]:
    """An alarm on a metric, or on an expression of several."""
    values = renamed(resource.properties, _ALARM | _METRIC)
    values["dimensions"] = _dimensions(resource.get("Dimensions"))
    queries = resource.get("Metrics")
    if isinstance(queries, list):
        queries = [_query(each) if isinstance(each, dict) else each for each in queries]
    values["metric_query"] = queries
    yield resource.block(METRIC, values | {"tags": tags(resource.get("Tags"))})


def _query(values: dict[str, Any]) -> dict[str, Any]:
    stat = values.get("MetricStat")
    metric = stat.get("Metric") if isinstance(stat, dict) else stat
    account = {"account_id": values.get("AccountId")}
    if not isinstance(metric, dict):
        return {"metric": metric, **account}
    own = renamed(metric, _METRIC)
    return {"metric": [own | {"dimensions": _dimensions(metric.get("Dimensions"))}], **account}


def _dimensions(value: Any) -> Any:
    """A list of {Name, Value} as a mapping."""
    if not isinstance(value, list):
        return value
    found: dict[str, Any] = {}
    for each in value:
        name = each.get("Name") if isinstance(each, dict) else None
        if not isinstance(name, str):
            return each if isinstance(each, Unknown) else Unknown("a dimension gives no name")
        found[name] = each.get("Value")
    return found


def composite_alarm(resource: Resource) -> Iterator[Block]:
    """A composite alarm."""
    values = renamed(resource.properties, _ALARM)
    yield resource.block(COMPOSITE, values | {"tags": tags(resource.get("Tags"))})


TRANSLATIONS: dict[str, Translation] = {
    "AWS::CloudWatch::Alarm": metric_alarm,
    "AWS::CloudWatch::CompositeAlarm": composite_alarm,
}
