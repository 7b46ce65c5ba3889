"""Rules that take findings, over real HTTP, and from which severity on they do."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from collectors.aws.finding_rules import Place, minimum_severity, notifications
from collectors.document import Unknown
from collectors.facts.account import Notification
from tests.collectors.aws.conftest import ACCOUNT_ID, Client, OpenAccount
from tests.collectors.aws.scripted import Reply, scripted
from tests.faults.proxy import DENIED, FaultProxy, fault_proxy

HOME, OTHER = "cn-north-1", "cn-northwest-1"
PLACE = Place("aws-cn", ACCOUNT_ID, HOME)
SOME = Unknown("the rule takes only some findings, or which ones cannot be told")
GUARDDUTY = {"source": ["aws.guardduty"], "detail-type": ["GuardDuty Finding"]}
HUB = {"source": ["aws.securityhub"], "detail-type": ["Security Hub Findings - Imported"]}


def at_least(severity: float) -> dict[str, Any]:
    return {**GUARDDUTY, "detail": {"severity": [{"numeric": [">=", severity]}]}}


def finding(**wanted: Any) -> dict[str, Any]:
    return {**HUB, "detail": {"findings": wanted}}


def tenths(first: int, last: int) -> list[float]:
    """As patterns were written before there were comparisons of numbers."""
    return [number / 10 for number in range(first, last + 1)]


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        (GUARDDUTY, "low"),
        ({"source": ["aws.guardduty"]}, "low"),
        (at_least(1), "low"),
        (at_least(4), "medium"),
        (at_least(7), "high"),
        # Not every finding of high severity is of 8 or more.
        (at_least(8), "critical"),
        (at_least(9), "critical"),
        ({**GUARDDUTY, "detail": {"severity": tenths(40, 100)}}, "medium"),
        # Written before there was a critical severity: the gravest findings are not taken.
        ({**GUARDDUTY, "detail": {"severity": tenths(40, 89)}}, SOME),
        ({**GUARDDUTY, "detail": {"type": [{"prefix": "Recon"}]}}, SOME),
        ({**GUARDDUTY, "account": ["999988887777"]}, None),
        (HUB, "informational"),
        (finding(Severity={"Label": ["HIGH", "CRITICAL"]}), "high"),
        (finding(Severity={"Normalized": [{"numeric": [">=", 70]}]}), "high"),
        (
            finding(
                ProductName=["GuardDuty"],
                Severity={"Label": ["CRITICAL"]},
                Workflow={"Status": ["NEW"]},
                RecordState=["ACTIVE"],
            ),
            "critical",
        ),
        (finding(ProductName=["Inspector"]), None),
        (finding(Title=[{"prefix": "x"}]), SOME),
        ({"source": ["aws.guardduty", "aws.securityhub"]}, "informational"),
        ({"source": [{"prefix": ""}]}, "informational"),
        ({"account": [ACCOUNT_ID]}, "informational"),
        ({"source": ["aws.ec2"]}, None),
        ({"source": ["aws.guardduty"], "detail-type": ["AWS API Call via CloudTrail"]}, None),
        ({**HUB, "detail-type": ["Security Hub Findings - Custom Action"]}, None),
        # Of something else, as far as anybody can tell.
        ({"resources": ["arn:aws-cn:s3:::one"]}, None),
    ],
)
def test_the_severity_from_which_on_a_rule_takes_findings(
    pattern: dict[str, Any], expected: Any
) -> None:
    assert minimum_severity(json.dumps(pattern), PLACE) == expected


def test_a_rule_that_goes_by_the_clock_takes_none() -> None:
    assert minimum_severity("", PLACE) is None


@pytest.fixture(scope="module")
def proxy(fresh_moto: str) -> Iterator[FaultProxy]:
    with fault_proxy(fresh_moto) as running:
        yield running


def rule(events: Any, name: str, pattern: dict[str, Any], *targets: str, on: bool = True) -> None:
    state = "ENABLED" if on else "DISABLED"
    events.put_rule(Name=name, EventPattern=json.dumps(pattern), State=state)
    found = [{"Id": str(i), "Arn": arn} for i, arn in enumerate(targets)]
    if found:
        events.put_targets(Rule=name, Targets=found)


@pytest.fixture(scope="module")
def topics(client: Client) -> dict[str, str]:
    """Rules in two regions: to a topic with a subscriber, one without, a function, a log group."""
    sns = client("sns", HOME)
    made = {name: str(sns.create_topic(Name=name)["TopicArn"]) for name in ("heard", "unheard")}
    sns.subscribe(TopicArn=made["heard"], Protocol="email", Endpoint="soc@bank.example.com")
    made["function"] = f"arn:aws-cn:lambda:{HOME}:{ACCOUNT_ID}:function:relay"
    made["log"] = f"arn:aws-cn:logs:{HOME}:{ACCOUNT_ID}:log-group:/findings"
    here, there = client("events", HOME), client("events", OTHER)
    rule(here, "a-high", at_least(7), made["heard"], made["unheard"])
    rule(here, "b-off", GUARDDUTY, made["heard"], on=False)
    rule(here, "c-kept", GUARDDUTY, made["log"])
    rule(here, "d-relayed", HUB, made["function"])
    rule(here, "e-empty", GUARDDUTY)
    rule(here, "f-other", {"source": ["aws.ec2"]}, made["heard"])
    here.put_rule(Name="g-nightly", ScheduleExpression="rate(1 day)")
    rule(there, "a-all", GUARDDUTY, made["heard"].replace(HOME, OTHER))
    sns_there = client("sns", OTHER)
    sns_there.create_topic(Name="heard")
    return made


@pytest.fixture
def collected(topics: dict[str, str], proxy: FaultProxy, open_account: OpenAccount) -> Any:
    def collect(*denied: tuple[str, str]) -> list[Any] | Unknown:
        proxy.decide = lambda request: (
            DENIED if (request.region, request.operation) in denied else None
        )
        account = open_account(proxy.url, HOME)
        account.regions = (HOME, OTHER)
        return notifications(account)

    return collect


def channel(arn: Any, severity: str, active: Any) -> Notification:
    return Notification(channel=arn, minimum_severity=severity, active=active)


def relayed(topics: dict[str, str]) -> Notification:
    arn = topics["function"]
    reason = Unknown(f"what {arn} does with what it is sent is not told")
    return channel(arn, "informational", reason)


def test_channels_of_two_regions(collected: Any, topics: dict[str, str]) -> None:
    assert collected() == [
        channel(topics["heard"], "high", True),
        channel(topics["unheard"], "high", False),
        channel(topics["heard"], "low", False),
        relayed(topics),
        channel(topics["heard"].replace(HOME, OTHER), "low", False),
    ]


def denied(permission: str) -> Unknown:
    return Unknown(f"AccessDenied: {permission}")


def test_what_a_denial_leaves_unknown(collected: Any, topics: dict[str, str]) -> None:
    there = channel(topics["heard"].replace(HOME, OTHER), "low", False)
    reason = denied("events:ListTargetsByRule")
    assert collected((HOME, "ListTargetsByRule")) == [
        channel(reason, "high", reason),
        channel(reason, "low", False),
        channel(reason, "low", reason),
        channel(reason, "informational", reason),
        channel(reason, "low", reason),
        there,
    ]
    reason = denied("sns:ListSubscriptionsByTopic")
    assert collected((HOME, "ListSubscriptionsByTopic")) == [
        channel(topics["heard"], "high", reason),
        channel(topics["unheard"], "high", reason),
        channel(topics["heard"], "low", False),
        relayed(topics),
        there,
    ]
    reason = denied("events:ListRules")
    assert collected((HOME, "ListRules")) == [there, reason]
    assert collected((HOME, "ListRules"), (OTHER, "ListRules")) == reason


SUBSCRIPTIONS = """<ListSubscriptionsByTopicResponse><ListSubscriptionsByTopicResult><Subscriptions>
<member><SubscriptionArn>{}</SubscriptionArn></member>
</Subscriptions></ListSubscriptionsByTopicResult></ListSubscriptionsByTopicResponse>"""
TOPIC = f"arn:aws-cn:sns:{HOME}:{ACCOUNT_ID}:heard"
WEBHOOK = f"arn:aws-cn:events:{HOME}:{ACCOUNT_ID}:api-destination/chat/1"
BUS = f"arn:aws-cn:events:{HOME}:999988887777:event-bus/central"


@pytest.mark.parametrize(
    ("target", "subscription", "active"),
    [
        (TOPIC, f"{TOPIC}:1", True),
        (TOPIC, "PendingConfirmation", False),
        (TOPIC, "Deleted", False),
        (WEBHOOK, "", True),
        (f"arn:aws:ssm-incidents::{ACCOUNT_ID}:response-plan/soc", "", True),
        (BUS, "", Unknown(f"what {BUS} does with what it is sent is not told")),
    ],
)
def test_whether_somebody_is_told(
    open_account: OpenAccount, target: str, subscription: str, active: Any
) -> None:
    found = {"Name": "all", "State": "ENABLED", "EventPattern": json.dumps(GUARDDUTY)}
    with scripted() as server:
        server.replies = {
            "ListRules": [Reply(body=json.dumps({"Rules": [found]}))],
            "ListTargetsByRule": [
                Reply(body=json.dumps({"Targets": [{"Id": "1", "Arn": target}]}))
            ],
            "ListSubscriptionsByTopic": [
                Reply(body=SUBSCRIPTIONS.format(subscription), kind="text/xml")
            ],
        }
        assert notifications(open_account(server.url, HOME)) == [channel(target, "low", active)]
