"""CloudWatch: a document for each alarm, on metrics and composite."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from collectors.aws.account import Account, Service, tags_of
from collectors.aws.alarm_actions import CALLS as ACTION_CALLS
from collectors.aws.alarm_actions import heard, spoken
from collectors.aws.alarm_kinds import only_scales, target_kind
from collectors.aws.alarm_targets import TARGET_CALLS, targets
from collectors.aws.logic import Known, every, told
from collectors.aws.operation_alarms import DESCRIBE_ALARMS
from collectors.aws.resource_alarms import DESCRIBE_COMPOSITE_ALARMS, names
from collectors.calls import Call
from collectors.document import Document, Unknown, then
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
    doubt = composites if isinstance(composites, Unknown) else None
    through = (
        (
            every([names(one["AlarmRule"], alarm["AlarmName"]), told(one, "ActionsEnabled")]),
            heard(account, one),
        )
        for one in ([] if isinstance(composites, Unknown) else composites)
    )
    return spoken(told(alarm, "ActionsEnabled"), heard(account, alarm), through, doubt)


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
