"""Who is told of findings: rules of EventBridge that take those of GuardDuty or Security Hub.

Which findings a rule takes is told by trying its pattern on new findings of every severity.
Findings are events of the default bus of their region (GuardDuty and Security Hub user guides).
"""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from collectors.aws.account import Account
from collectors.aws.event_pattern import Event, Pattern, matches, read
from collectors.aws.logic import Known, every
from collectors.calls import Call
from collectors.conditions import Truth
from collectors.document import Unknown, then
from collectors.facts.account import Notification

LIST_RULES = Call(
    provider="aws",
    service="events",
    operation="ListRules",
    permission="events:ListRules",
    scope="region",
    result="Rules",
    paged=True,
)
LIST_TARGETS = Call(
    provider="aws",
    service="events",
    operation="ListTargetsByRule",
    permission="events:ListTargetsByRule",
    scope="resource",
    result="Targets",
    paged=True,
)
LIST_SUBSCRIPTIONS = Call(
    provider="aws",
    service="sns",
    operation="ListSubscriptionsByTopic",
    permission="sns:ListSubscriptionsByTopic",
    scope="resource",
    result="Subscriptions",
    paged=True,
)
CALLS = (LIST_RULES, LIST_TARGETS, LIST_SUBSCRIPTIONS)

Item = dict[str, Any]

_SOME_ONLY = Unknown("the rule takes only some findings, or which ones cannot be told")

# The severities of GuardDuty in tenths, and of Security Hub (GuardDuty user guide, "Severity levels
# of findings"; Security Hub user guide, "Severity").
_GUARDDUTY = {"low": (10, 39), "medium": (40, 69), "high": (70, 89), "critical": (90, 100)}
_SECURITY_HUB = {
    "informational": (0, 0),
    "low": (1, 39),
    "medium": (40, 69),
    "high": (70, 89),
    "critical": (90, 100),
}
_LEVELS = ("critical", "high", "medium", "low", "informational")


class Place(Struct, frozen=True):
    """Where findings are made."""

    partition: str
    account: str
    region: str


def notifications(account: Account) -> list[Any] | Unknown:
    """The channels of every region scanned, and one that is unknown for each region whose rules
    could not be listed."""
    answers = account.map(lambda region: _of_region(account, region), account.regions)
    found = [one for answer in answers if not isinstance(answer, Unknown) for one in answer]
    unread = [answer for answer in answers if isinstance(answer, Unknown)]
    return unread[0] if unread and not found else [*found, *unread]


def _of_region(account: Account, region: str) -> list[Notification] | Unknown:
    rules = account.read(LIST_RULES, region)
    if isinstance(rules, Unknown):
        return rules
    place = Place(account.partition, account.id, region)
    found: list[Notification] = []
    for rule in sorted(rules, key=lambda item: str(item["Name"])):
        severity = minimum_severity(rule.get("EventPattern", ""), place)
        if severity is not None:
            found += _channels(account, region, rule, severity)
    return found


def _channels(
    account: Account, region: str, rule: Item, severity: str | Unknown
) -> list[Notification]:
    on = rule["State"] != "DISABLED"
    targets = account.read(LIST_TARGETS, region, rule["Name"], Rule=rule["Name"])
    if isinstance(targets, Unknown):
        active = every([on, targets])
        return [Notification(channel=targets, minimum_severity=severity, active=active)]
    return [
        Notification(channel=arn, minimum_severity=severity, active=every([on, told]))
        for arn in sorted({target["Arn"] for target in targets})
        if (told := tells(account, arn)) is not None
    ]


def tells(account: Account, arn: str) -> Known | None:
    """Whether a target tells somebody; null for one that only keeps what it gets. A topic does when
    it has a confirmed subscription; an API destination is a webhook, a response plan calls people
    in. What functions, queues and other buses make of a finding nobody can say."""
    _, _, service, region, _ = arn.split(":", 4)
    if service == "sns":
        found = account.read(LIST_SUBSCRIPTIONS, region, arn, TopicArn=arn)
        return then(found, lambda known: any(map(_is_confirmed, known)))
    return tells_by_itself(arn)


def tells_by_itself(arn: str) -> Known | None:
    """`tells` of a target that is no topic."""
    _, _, service, _, _, resource = arn.split(":", 5)
    if service == "ssm-incidents" or (service == "events" and resource.startswith("api-dest")):
        return True
    if service == "logs":
        return None
    return Unknown(f"what {arn} does with what it is sent is not told")


def _is_confirmed(subscription: Item) -> bool:
    """One that is not has "PendingConfirmation" or "Deleted" in place of an ARN."""
    return str(subscription["SubscriptionArn"]).startswith("arn:")


def minimum_severity(pattern: str, place: Place) -> str | Unknown | None:
    """The severity from which on a rule surely takes all new findings of GuardDuty, told by itself
    or through Security Hub; null for a rule that takes none of them. A pattern that names neither
    source nor kind of its events counts only where it surely takes them. A rule without a pattern
    goes by the clock."""
    written = read(pattern)
    if written is None:
        return None
    found = [
        severity
        for severity in (_lowest(written, events) for events in _findings(place))
        if severity is not None
    ]
    sure = [severity for severity in found if isinstance(severity, str)]
    if sure:
        return max(sure, key=_LEVELS.index)
    named = not written.keys().isdisjoint({"source", "detail-type", "$or"})
    return _SOME_ONLY if found and named else None


def _lowest(pattern: Pattern, events: dict[str, list[Event]]) -> str | Unknown | None:
    taken: dict[str, list[Truth]] = {
        level: [matches(pattern, event) for event in events[level]]
        for level in _LEVELS
        if level in events
    }
    if all(truth is False for truths in taken.values() for truth in truths):
        return None
    lowest: str | Unknown = _SOME_ONLY
    for level, truths in taken.items():
        if not all(truth is True for truth in truths):
            break
        lowest = level
    return lowest


def _findings(place: Place) -> list[dict[str, list[Event]]]:
    """By severity, events of findings as each of the services sends them."""
    return [
        {
            level: [_guardduty(place, tenths / 10) for tenths in range(first, last + 1)]
            for level, (first, last) in _GUARDDUTY.items()
        },
        {
            level: [_imported(place, level, score) for score in range(first, last + 1)]
            for level, (first, last) in _SECURITY_HUB.items()
        },
    ]


def _event(place: Place, source: str, kind: str, detail: Item) -> Event:
    return {
        "source": source,
        "detail-type": kind,
        "account": place.account,
        "region": place.region,
        "detail": detail,
    }


def _guardduty(place: Place, severity: float) -> Event:
    detail = {
        "severity": severity,
        "accountId": place.account,
        "region": place.region,
        "partition": place.partition,
        "service": {"serviceName": "guardduty", "archived": False},
    }
    return _event(place, "aws.guardduty", "GuardDuty Finding", detail)


def _imported(place: Place, level: str, score: int) -> Event:
    """A finding of GuardDuty as Security Hub passes it on."""
    product = f"arn:{place.partition}:securityhub:{place.region}::product/aws/guardduty"
    finding = {
        "Severity": {"Label": level.upper(), "Normalized": score},
        "AwsAccountId": place.account,
        "Region": place.region,
        "CompanyName": "AWS",
        "ProductName": "GuardDuty",
        "ProductArn": product,
        "ProductFields": {
            "aws/securityhub/CompanyName": "AWS",
            "aws/securityhub/ProductName": "GuardDuty",
        },
        "RecordState": "ACTIVE",
        "Workflow": {"Status": "NEW"},
        "WorkflowState": "NEW",
    }
    detail = {"findings": finding}
    return _event(place, "aws.securityhub", "Security Hub Findings - Imported", detail)
