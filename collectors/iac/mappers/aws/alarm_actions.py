"""Whom the actions of an alarm, or the targets of a rule, tell: as far as a template says it."""

from __future__ import annotations

from typing import Any

from collectors.aws.alarm_actions import is_silent, surest
from collectors.aws.finding_rules import tells_by_itself
from collectors.aws.logic import Known, some
from collectors.document import Unknown, then
from collectors.iac.blocks import Block, Project, Reference
from collectors.iac.mappers.joins import identity, items, joined, target_of

TOPIC, SUBSCRIPTION = "aws_sns_topic", "aws_sns_topic_subscription"
LISTENERS = (TOPIC, SUBSCRIPTION)
"""What a mapper joins that asks whom actions tell."""

# Subscriptions that nobody has to confirm (provider documentation, "Protocol support").
_AT_ONCE = {"sqs", "lambda", "firehose", "sms", "application"}
_SCALING = {"aws_autoscaling_policy", "aws_appautoscaling_policy"}
_PEOPLE = {"aws_ssmincidents_response_plan", "aws_cloudwatch_event_api_destination"}
_STORES = {"aws_cloudwatch_log_group"}

_CONFIRMED = Unknown("whether a subscription is confirmed shows after apply")
_OTHERS = Unknown("nothing in this template subscribes to the topic")
_ELSEWHERE = Unknown("the topic is not part of this template")


def heard(project: Project, block: Block, argument: str) -> list[Any] | Unknown:
    """The actions of an argument that surely tell somebody, or else the doubts about the others."""
    return then(items(block.values, argument), lambda found: _heard(project, found))


def _heard(project: Project, actions: list[Any]) -> list[Any]:
    named = {str(identity(project, each)): each for each in actions}
    return surest({name: tells(project, named[name]) for name in sorted(named)})


def tells(project: Project, action: Any) -> Known:
    """Whether an action or target tells somebody."""
    topic = target_of(project, action, TOPIC)
    if topic:
        return _subscribed(project, topic)
    if isinstance(action, Unknown):
        return action
    if isinstance(action, Reference):
        return _of_type(project.target(action), action)
    arn = str(action)
    if arn.count(":") < 5:
        return Unknown(f"the action {arn} is no ARN")
    if arn.split(":")[2] == "sns":
        return _ELSEWHERE
    return False if is_silent(arn) else tells_by_itself(arn) or False


def _of_type(block: Block | None, action: Reference) -> Known:
    kind = block.type if block else action.address.rpartition(".")[0]
    if kind in _SCALING | _STORES:
        return False
    if kind.endswith(TOPIC):
        return _ELSEWHERE
    return True if kind in _PEOPLE else Unknown(f"whom {action.address} tells is not known")


def _subscribed(project: Project, topic: Block) -> Known:
    """Whether somebody hears what is sent to a topic."""
    found = joined(project, topic, "topic_arn", SUBSCRIPTION)
    answers = [then(each.read("protocol", str, _CONFIRMED), _at_once) for each in found.blocks]
    return some([*answers, *([found.doubt] if found.doubt else [])]) or _OTHERS


def _at_once(protocol: str) -> Known:
    return True if protocol in _AT_ONCE else _CONFIRMED


def scales(project: Project, action: Any) -> bool:
    """Whether an action is a scaling policy."""
    block = project.target(action)
    if block is not None:
        return block.type in _SCALING
    return (
        isinstance(action, str)
        and action.count(":") >= 5
        and action.split(":")[2] == ("autoscaling")
    )
