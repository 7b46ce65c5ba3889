"""Who is told of findings: rules of EventBridge that take those of GuardDuty or Security Hub, as
collectors.aws.finding_rules has them of an account."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from collectors.aws.finding_rules import Place, minimum_severity
from collectors.aws.logic import Known, every
from collectors.document import Unknown, then
from collectors.facts.account import Notification
from collectors.iac.blocks import Block, Project
from collectors.iac.mappers.aws.alarm_actions import LISTENERS, tells
from collectors.iac.mappers.aws.policy import has_doubt
from collectors.iac.mappers.aws.shared import is_same_place, region_of
from collectors.iac.mappers.joins import given, identity, joined

RULE, TARGET = "aws_cloudwatch_event_rule", "aws_cloudwatch_event_target"
CHANNELS = (RULE, TARGET, *LISTENERS)
"""What a mapper joins that asks who is told of findings."""

_OTHERS = Unknown("the account may have notifications that are not in this template")
_PATTERN = Unknown("the pattern of the rule is known after apply")
_STATES = {"ENABLED": True, "DISABLED": False}


def notifications(block: Block, project: Project) -> list[Any] | Unknown:
    """The channels of the region and account of a detector. Unless one surely tells somebody,
    others of the account may."""
    region = region_of(block, project)
    found = [
        channel
        for rule in project.each_of(RULE)
        if is_same_place(rule, block, project)
        for channel in _channels(project, rule, region)
    ]
    if not found:
        return _OTHERS
    sure = any(one.active is True and isinstance(one.minimum_severity, str) for one in found)
    return found if sure else [*found, _OTHERS]


def _channels(project: Project, rule: Block, region: str | Unknown) -> Iterator[Notification]:
    place = Place("aws", project.account, region if isinstance(region, str) else "")
    severity = then(_pattern(rule), lambda text: minimum_severity(text, place))
    if severity is None or severity is _PATTERN or not _on_default_bus(rule):
        return
    project.take(rule)
    for target in joined(project, rule, "rule", TARGET).blocks:
        told = tells(project, target.get("arn"))
        yield Notification(
            channel=identity(project, target.get("arn")) or _PATTERN,
            minimum_severity=severity,
            active=every([_on(rule), told]),
        )


def _pattern(rule: Block) -> str | Unknown:
    """The pattern as text; CloudFormation writes it as an object. A rule without one goes by the
    clock."""
    value = rule.values.get("event_pattern")
    if value is None or isinstance(value, str):
        return value or ""
    if not isinstance(value, dict) or has_doubt(value):
        return _PATTERN
    return json.dumps(value)


def _on_default_bus(rule: Block) -> bool:
    return rule.values.get("event_bus_name") in (None, "default")


def _on(rule: Block) -> Known:
    if given(rule.values, "state") is not False:
        word = rule.read("state", str, "ENABLED")
        return then(word, lambda state: _STATES.get(state, state.startswith("ENABLED")))
    return rule.read("is_enabled", bool, default=True)
