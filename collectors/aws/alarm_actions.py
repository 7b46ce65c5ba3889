"""Whom the actions of a CloudWatch alarm tell: scaling and repairing tell nobody, and a topic tells
those who have confirmed that they want to hear."""

from __future__ import annotations

from typing import Any

from collectors.aws.account import Account
from collectors.aws.finding_rules import LIST_SUBSCRIPTIONS, tells
from collectors.aws.logic import Known, told
from collectors.document import Unknown

CALLS = (LIST_SUBSCRIPTIONS,)

# Services of actions that change something and tell nobody of it.
_SILENT = {"automate", "autoscaling", "swf"}

Item = dict[str, Any]


def is_heard(account: Account, arn: str) -> Known:
    """Whether an action of an alarm, by its ARN, tells somebody."""
    if arn.split(":")[2] in _SILENT:
        return False
    return tells(account, arn) or False


def heard(account: Account, alarm: Item) -> list[Any] | Unknown:
    """The actions of one alarm that surely tell somebody, or else the doubts about the others."""
    actions = told(alarm, "AlarmActions")
    if isinstance(actions, Unknown):
        return actions
    told_by = {arn: is_heard(account, arn) for arn in sorted(set(actions))}
    sure = [arn for arn, known in told_by.items() if known is True]
    return sure or [known for known in told_by.values() if isinstance(known, Unknown)]
