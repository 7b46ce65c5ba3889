"""Alarms on critical operations: metric filters on the log groups of trails, and alarms on their
metrics, as collectors.aws.operation_alarms has them of an account."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.aws.alarm_actions import is_sure
from collectors.aws.logic import Known, every
from collectors.aws.operation_alarms import KINDS, kinds_of
from collectors.document import Unknown
from collectors.facts.account import OperationAlarm
from collectors.iac.accounts import same_account
from collectors.iac.arguments import unwatched
from collectors.iac.blocks import Block, Project, nested, read
from collectors.iac.mappers.aws.alarm import METRIC, metrics_of
from collectors.iac.mappers.aws.alarm_actions import LISTENERS, heard
from collectors.iac.mappers.aws.logs import LOG_GROUP
from collectors.iac.mappers.aws.shared import is_same_place
from collectors.iac.mappers.joins import given, target_of

FILTER = "aws_cloudwatch_log_metric_filter"
WATCHING = (FILTER, METRIC, LOG_GROUP, *LISTENERS)
"""What a mapper joins that asks for alarms on operations."""

_OTHERS = Unknown("the account may have alarms on operations that are not in this template")
_WHICH = Unknown("whether a trail delivers to the log group that is watched is not known")
_NO_PATTERN = Unknown("the metric filter gives no pattern")
_UNNAMED = Unknown("a metric gives no name or namespace")


def operation_alarms(project: Project, trails: list[Block]) -> list[Any] | Unknown:
    """The alarms on what trails of an account deliver to log groups. Unless they watch all kinds of
    operations, others of the account may watch the rest."""
    found = [
        alarm
        for watched in project.each_of(FILTER)
        if any(same_account(project, watched, trail) for trail in trails)
        for alarm in _alarms_on(project, watched, trails)
    ]
    announced = {
        one.on
        for one in found
        if one.active is True and isinstance(one.notifies, list) and is_sure(one.notifies)
    }
    if not found:
        return _OTHERS
    return found if announced >= set(KINDS) else [*found, _OTHERS]


def _alarms_on(project: Project, watched: Block, trails: list[Block]) -> Iterator[OperationAlarm]:
    delivers = _delivers(project, watched, trails)
    pattern = watched.read("pattern", str, _NO_PATTERN)
    if delivers is False or isinstance(pattern, Unknown):
        return
    kinds = kinds_of(pattern)
    if kinds:
        project.take(watched)
    metrics = _written(nested(watched.values, "metric_transformation"), "name")
    with unwatched():
        alarms = [
            each
            for each in project.each_of(METRIC)
            if metrics & _watched(each, project) and is_same_place(each, watched, project)
        ]
    for kind in kinds:
        if not alarms:
            yield OperationAlarm(on=kind, active=_OTHERS, notifies=_OTHERS)
        for alarm in alarms:
            on: Known = alarm.read("actions_enabled", bool, default=True)
            told = heard(project, alarm, "alarm_actions")
            yield OperationAlarm(on=kind, active=every([on, delivers]), notifies=told)


def _watched(alarm: Block, project: Project) -> set[tuple[str, str]]:
    return _written(metrics_of(alarm, project.account), "metric_name")


def _written(metrics: list[dict[str, Any]] | Unknown, name: str) -> set[tuple[str, str]]:
    """Metrics by namespace and name, as far as they are known."""
    if isinstance(metrics, Unknown):
        return set()
    pairs = [
        (read(each, "namespace", str, _UNNAMED), read(each, name, str, _UNNAMED))
        for each in metrics
    ]
    return {(one, two) for one, two in pairs if isinstance(one, str) and isinstance(two, str)}


def _delivers(project: Project, watched: Block, trails: list[Block]) -> Known:
    """Whether a running trail delivers to the log group that a filter watches."""
    answers = [_trail_delivers(project, watched, trail) for trail in trails]
    if True in answers:
        return True
    return next((each for each in answers if isinstance(each, Unknown)), False)


def _trail_delivers(project: Project, watched: Block, trail: Block) -> Known:
    value = trail.get("cloud_watch_logs_group_arn")
    if given(trail.values, "cloud_watch_logs_group_arn") is False:
        return False
    group = target_of(project, watched.get("log_group_name"), LOG_GROUP)
    same = target_of(project, value, LOG_GROUP)
    if isinstance(value, str):
        # arn:aws:logs:<region>:<account>:log-group:<name>:*
        same_name = value.split(":")[6:7] == [watched.get("log_group_name")]
        reaches: Known = same_name or _WHICH
    else:
        reaches = _WHICH if same is None or group is None else same is group
    return every([reaches, trail.read("enable_logging", bool, default=True)])
