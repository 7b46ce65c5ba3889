"""Alarms on critical operations: metric filters on a trail's log group, and alarms on their metric.

Which operations a filter watches is told by trying its pattern on events of each kind. Patterns
that do not surely watch a kind are passed over, as if they were not there.
"""

from __future__ import annotations

from typing import Any

from collectors.aws.account import Account
from collectors.aws.alarm_actions import CALLS as ACTION_CALLS
from collectors.aws.alarm_actions import heard
from collectors.aws.filter_pattern import Event, matches
from collectors.aws.logic import Known, every, told
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
CALLS = (DESCRIBE_METRIC_FILTERS, DESCRIBE_ALARMS, *ACTION_CALLS)

Item = dict[str, Any]

_EC2, _IAM = "ec2.amazonaws.com", "iam.amazonaws.com"

# Each kind, and the calls that a pattern has to match all of: the service and the operation.
_CALLS: dict[str, tuple[tuple[str, str], ...]] = {
    "vm-create": ((_EC2, "RunInstances"),),
    "vm-delete": ((_EC2, "TerminateInstances"),),
    "vm-reboot": ((_EC2, "RebootInstances"),),
    "policy-change": (
        (_IAM, "AttachRolePolicy"),
        (_IAM, "AttachUserPolicy"),
        (_IAM, "CreatePolicyVersion"),
        (_IAM, "PutRolePolicy"),
    ),
    "trail-change": (
        ("cloudtrail.amazonaws.com", "DeleteTrail"),
        ("cloudtrail.amazonaws.com", "StopLogging"),
    ),
    "key-deletion": (("kms.amazonaws.com", "ScheduleKeyDeletion"),),
    "firewall-change": ((_EC2, "AuthorizeSecurityGroupIngress"),),
}


def _call(service: str, operation: str) -> Event:
    """A call that a person made and that succeeded."""
    return {
        "$.eventSource": service,
        "$.eventName": operation,
        "$.eventType": "AwsApiCall",
        "$.userIdentity.invokedBy": None,
        "$.errorCode": None,
        "$.errorMessage": None,
    }


def _everyday(service: str) -> Event:
    """A call of a role that nobody needs to hear of."""
    return {**_call(service, "DescribeSomething"), "$.userIdentity.type": "AssumedRole"}


def _by_root(event_type: str) -> Event:
    """Something that the root user did, whatever it was."""
    return {
        "$.userIdentity.type": "Root",
        "$.eventType": event_type,
        "$.userIdentity.invokedBy": None,
    }


def _sign_in(result: str, message: str | None) -> Event:
    return {
        "$.eventSource": "signin.amazonaws.com",
        "$.eventName": "ConsoleLogin",
        "$.eventType": "AwsConsoleSignIn",
        "$.responseElements.ConsoleLogin": result,
        "$.errorMessage": message,
    }


# The events that a pattern has to match, and the everyday ones that it has to leave out: an alarm
# that rings at everything tells nothing.
_KINDS: dict[str, tuple[list[Event], list[Event]]] = {
    **{
        kind: (
            [_call(*call) for call in calls],
            [_everyday(service) for service, _ in calls],
        )
        for kind, calls in _CALLS.items()
    },
    "root-use": (
        [_by_root("AwsApiCall"), _by_root("AwsConsoleSignIn")],
        [_everyday(_EC2)],
    ),
    "sign-in-failure": (
        [_sign_in("Failure", "Failed authentication")],
        [{**_sign_in("Success", None), "$.userIdentity.type": "IAMUser"}],
    ),
}


KINDS = tuple(sorted(_KINDS))
"""The kinds of operations that patterns are tried for."""


def kinds_of(pattern: str) -> list[str]:
    """The kinds of operations that a filter pattern surely watches, sorted."""
    return sorted(
        kind
        for kind, (wanted, everyday) in _KINDS.items()
        if all(matches(pattern, event) is True for event in wanted)
        and all(matches(pattern, event) is False for event in everyday)
    )


def alarms_on(account: Account, log_group: str, delivers: Known) -> list[OperationAlarm] | Unknown:
    """The alarms on what a trail delivers to a log group, given by its ARN.

    `delivers`: whether the trail does so at all; an alarm without it is not active. A filter
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
            alarm
            for kind, item in watching
            for alarm in _alarms_of(account, kind, item, known, delivers)
        ],
    )


def _alarms_of(
    account: Account, kind: str, metric_filter: Item, alarms: list[Item], delivers: Known
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
            active=every([told(alarm, "ActionsEnabled"), delivers]),
            notifies=heard(account, alarm),
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
