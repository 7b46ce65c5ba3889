"""CloudWatch: a document for each alarm, on metrics and composite."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from collectors.aws.account import Account, Service, tags_of
from collectors.aws.alarm_actions import CALLS as ACTION_CALLS
from collectors.aws.alarm_actions import heard
from collectors.aws.alarm_targets import TARGET_CALLS, target_kind, targets
from collectors.aws.logic import Known, every, told
from collectors.aws.operation_alarms import DESCRIBE_ALARMS
from collectors.aws.resource_alarms import DESCRIBE_COMPOSITE_ALARMS, names
from collectors.calls import Call
from collectors.document import Document, Unknown, also, then
from collectors.facts.operations import Alarm

METRIC, COMPOSITE = "AWS::CloudWatch::Alarm", "AWS::CloudWatch::CompositeAlarm"
LIST_TAGS = Call(
    provider="aws",
    service="cloudwatch",
    operation="ListTagsForResource",
    permission="cloudwatch:ListTagsForResource",
    scope="resource",
    result="Tags",
)

Item = dict[str, Any]
Composites = list[Item] | Unknown

# Services of actions that change something and tell nobody of it.
_SILENT = {"automate", "autoscaling", "swf"}


def alarms(account: Account, region: str) -> Iterable[Document]:
    """A document for each alarm of a region. One whose only actions scale is a part of a scaling
    policy and watches over nothing."""
    metric = account.read(DESCRIBE_ALARMS, region)
    composites = account.read(DESCRIBE_COMPOSITE_ALARMS, region, AlarmTypes=["CompositeAlarm"])
    if isinstance(metric, Unknown):
        yield account.unlisted(Alarm, metric, region, METRIC)
    else:
        watching = [one for one in metric if not only_scales(one)]
        yield from account.map(lambda one: metric_alarm(account, region, one, composites), watching)
    if isinstance(composites, Unknown):
        yield account.unlisted(Alarm, composites, region, COMPOSITE)
    else:
        yield from account.map(
            lambda one: composite_alarm(account, region, one, metric), composites
        )


def only_scales(alarm: Item) -> bool:
    """Whether an alarm has actions, and all of them scale."""
    actions = alarm.get("AlarmActions") or []
    return bool(actions) and all(arn.split(":")[2] == "autoscaling" for arn in actions)


def metric_alarm(account: Account, region: str, alarm: Item, composites: Composites) -> Document:
    """An alarm on metrics, for which composite alarms may speak."""
    enabled, actions = _speech(account, alarm, composites)
    facts = Alarm(
        enabled=enabled,
        actions=actions,
        target_kind=target_kind(alarm),
        targets=targets(account, region, alarm),
    )
    return _document(account, region, alarm, facts, METRIC)


def composite_alarm(
    account: Account, region: str, alarm: Item, metric: list[Item] | Unknown
) -> Document:
    """A composite alarm; what it watches are the alarms that it is made of."""
    facts = Alarm(
        enabled=told(alarm, "ActionsEnabled"),
        actions=heard(account, alarm),
        target_kind="other",
        targets=then(
            metric,
            lambda found: sum(
                names(alarm["AlarmRule"], one["AlarmName"]) is not False for one in found
            ),
        ),
    )
    return _document(account, region, alarm, facts, COMPOSITE)


def _document(
    account: Account, region: str, alarm: Item, facts: Alarm, native_type: str
) -> Document:
    arn = alarm["AlarmArn"]
    tags = account.read(LIST_TAGS, region, arn, ResourceARN=arn)
    return account.document(
        facts,
        id=arn,
        region=region,
        name=alarm["AlarmName"],
        tags=then(tags, tags_of),
        native_type=native_type,
        native={key: value for key, value in alarm.items() if not key.startswith("State")},
    )


def _speech(
    account: Account, alarm: Item, composites: Composites
) -> tuple[Known, list[Any] | Unknown]:
    """Whether an alarm is on, and whom it tells: by itself, or else through a composite alarm that
    is on and tells somebody."""
    on: Known = told(alarm, "ActionsEnabled")
    own = heard(account, alarm)
    is_sure = not isinstance(own, Unknown) and _is_sure(own)
    if on is True and is_sure:
        return on, own
    doubt: Unknown | None = None
    if isinstance(composites, Unknown):
        doubt, composites = composites, []
    for one in composites:
        named = names(one["AlarmRule"], alarm["AlarmName"])
        through = every([named, told(one, "ActionsEnabled")])
        listeners = heard(account, one)
        if through is False or not listeners:
            continue
        if isinstance(listeners, list) and through is True and _is_sure(listeners):
            return True, listeners
        doubt = also(through, listeners) or listeners[0]  # type: ignore[index]
    if doubt is None:
        return on, own
    return (on if on is True else doubt), (own if is_sure else [doubt])


def _is_sure(actions: list[Any]) -> bool:
    return any(isinstance(one, str) for one in actions)


SERVICE = Service(
    name="CloudWatch alarms",
    types=((Alarm, METRIC), (Alarm, COMPOSITE)),
    calls=(
        DESCRIBE_ALARMS,
        DESCRIBE_COMPOSITE_ALARMS,
        *ACTION_CALLS,
        LIST_TAGS,
        *TARGET_CALLS,
    ),
    region=alarms,
)
