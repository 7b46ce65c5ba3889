"""Whom the actions of a CloudWatch alarm tell: scaling and repairing tell nobody, and a topic tells
those who have confirmed that they want to hear."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from collectors.aws.account import Account
from collectors.aws.finding_rules import LIST_SUBSCRIPTIONS, tells
from collectors.aws.logic import Known, told
from collectors.document import Unknown, also

CALLS = (LIST_SUBSCRIPTIONS,)

# Services of actions that change something and tell nobody of it.
_SILENT = {"automate", "autoscaling", "swf"}

Item = dict[str, Any]


def is_heard(account: Account, arn: str) -> Known:
    """Whether an action of an alarm, by its ARN, tells somebody."""
    if is_silent(arn):
        return False
    return tells(account, arn) or False


def is_silent(arn: str) -> bool:
    """Whether an action changes something and tells nobody of it."""
    return arn.split(":")[2] in _SILENT


def heard(account: Account, alarm: Item) -> list[Any] | Unknown:
    """The actions of one alarm that surely tell somebody, or else the doubts about the others."""
    actions = told(alarm, "AlarmActions")
    if isinstance(actions, Unknown):
        return actions
    told_by = {arn: is_heard(account, arn) for arn in sorted(set(actions))}
    return surest(told_by)


def surest(told_by: dict[str, Known]) -> list[Any]:
    """The actions that surely tell somebody, or else the doubts about the others."""
    sure = [arn for arn, known in told_by.items() if known is True]
    return sure or [known for known in told_by.values() if isinstance(known, Unknown)]


def is_sure(actions: list[Any] | Unknown) -> bool:
    """Whether one of the actions surely tells somebody."""
    return isinstance(actions, list) and any(isinstance(one, str) for one in actions)


def spoken(
    on: Known,
    own: list[Any] | Unknown,
    composites: Iterable[tuple[Known, list[Any] | Unknown]],
    doubt: Unknown | None = None,
) -> tuple[Known, list[Any] | Unknown]:
    """Whether an alarm is on, and whom it tells: by itself, or else through a composite alarm that
    is on and tells somebody. `composites`: of each whether it is on and rings with the alarm, and
    whom it tells; `doubt` where there may be others."""
    if on is True and is_sure(own):
        return on, own
    for through, listeners in composites:
        if through is False or not listeners:
            continue
        if through is True and is_sure(listeners):
            return True, listeners
        doubt = also(through, listeners) or listeners[0]  # type: ignore[index]
    if doubt is None:
        return on, own
    return (on if on is True else doubt), (own if is_sure(own) else [doubt])
