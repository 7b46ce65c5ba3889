"""Documents of alarms: whether they are on and tell somebody, and what they watch."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from collectors.aws.alarm_kinds import only_scales, target_kind
from collectors.aws.services.cloudwatch import (
    alarms,
    composite_alarm,
    metric_alarm,
)
from collectors.document import Document, Unknown
from tests.collectors.aws.conftest import ACCOUNT_ID, Client, OpenAccount
from tests.faults.proxy import DENIED, FaultProxy, fault_proxy

REGION = "eu-west-1"
FUNCTION = f"arn:aws:lambda:{REGION}:{ACCOUNT_ID}:function:handle"
SCALE = f"arn:aws:autoscaling:{REGION}:{ACCOUNT_ID}:scalingPolicy:1:autoScalingGroupName/a"
REBOOT = f"arn:aws:automate:{REGION}:ec2:reboot"


@pytest.fixture(scope="module")
def proxy(fresh_moto: str) -> Iterator[FaultProxy]:
    with fault_proxy(fresh_moto) as running:
        yield running


@pytest.fixture(scope="module")
def topic(client: Client) -> str:
    """Alarms of every sort; the topic that somebody listens to."""
    sns, cloudwatch = client("sns", REGION), client("cloudwatch", REGION)
    heard, deaf = (sns.create_topic(Name=name)["TopicArn"] for name in ("heard", "deaf"))
    sns.subscribe(TopicArn=heard, Protocol="email", Endpoint="operators@example.com")
    volume = client("ec2", REGION).create_volume(AvailabilityZone=f"{REGION}a", Size=8)["VolumeId"]

    def alarm(
        name: str, *actions: str, on: bool = True, metric: str = "AWS/EC2", **places: str
    ) -> None:
        cloudwatch.put_metric_alarm(
            AlarmName=name,
            Namespace=metric,
            MetricName="m",
            Dimensions=[{"Name": key, "Value": value} for key, value in places.items()],
            Statistic="Maximum",
            Period=60,
            EvaluationPeriods=1,
            Threshold=1,
            ComparisonOperator="GreaterThanThreshold",
            ActionsEnabled=on,
            AlarmActions=list(actions),
            Tags=[{"Key": "system", "Value": "shop"}],
        )

    alarm("heard", heard, REBOOT, metric="AWS/EBS", VolumeId=volume)
    alarm("gone", heard, InstanceId="i-00000000")
    alarm("off", heard, on=False)
    alarm("deaf", deaf, REBOOT)
    alarm("function", FUNCTION)
    alarm("scales", SCALE)
    alarm("part", on=False)
    alarm("queue", heard, metric="AWS/ElastiCache", CacheClusterId="c")
    alarm("own", heard, metric="Shop", Store="7")
    return str(heard)


def read(open_account: OpenAccount, endpoint: str) -> dict[str, Document]:
    return {one.name: one for one in alarms(open_account(endpoint, REGION), REGION)}


def test_alarms(fresh_moto: str, open_account: OpenAccount, topic: str) -> None:
    found = read(open_account, fresh_moto)
    facts = ("enabled", "actions", "target_kind", "targets")
    assert {name: tuple(one.facts.get(fact) for fact in facts) for name, one in found.items()} == {
        "heard": (True, [topic], "disk", 1),
        "gone": (True, [topic], "instance", 0),
        "off": (False, [topic], "instance", 1),
        "deaf": (True, [], "instance", 1),
        "function": (True, [None], "instance", 1),
        "part": (False, [], "instance", 1),
        "queue": (True, [topic], "database", None),
        "own": (True, [topic], "other", 1),
    }
    assert found["heard"].tags == {"system": "shop"}
    assert {name: one.unknown for name, one in found.items() if one.unknown} == {
        "function": {"actions/0": f"what {FUNCTION} does with what it is sent is not told"},
        "queue": {"targets": "whether what the alarm watches exists is not read"},
    }


@pytest.mark.parametrize(
    ("operation", "expected"),
    [
        (
            "ListSubscriptionsByTopic",
            {"heard": "actions/0", "deaf": "actions/0"},
        ),
        ("DescribeVolumes", {"heard": "targets"}),
        ("ListTagsForResource", {"heard": "tags"}),
    ],
)
def test_a_denied_call_leaves_its_facts_unknown(
    operation: str,
    expected: dict[str, str],
    proxy: FaultProxy,
    open_account: OpenAccount,
    topic: str,
) -> None:
    proxy.decide = lambda request: DENIED if request.operation == operation else None
    found = read(open_account, proxy.url)
    assert topic
    assert {
        name: path for name, path in expected.items() if path in found[name].unknown
    } == expected


def test_alarms_that_could_not_be_listed(
    proxy: FaultProxy, open_account: OpenAccount, topic: str
) -> None:
    proxy.decide = lambda request: DENIED if request.operation == "DescribeAlarms" else None
    found = alarms(open_account(proxy.url, REGION), REGION)
    assert topic
    assert [one.unlisted for one in found] == [True, True]


@pytest.mark.parametrize(
    ("rule", "on", "expected"),
    [
        ('ALARM("part") OR ALARM("other")', True, (True, 1, {})),
        ('ALARM("other")', True, (False, 0, {})),
        ('NOT ALARM("part")', True, (False, 0, {})),
        ('ALARM("part")', False, (False, 0, {})),
        ('ALARM("part") AND NOT (ALARM("x"))', True, (None, 1, {"enabled", "actions/0"})),
    ],
)
def test_composite_alarms_speak_for_their_parts(
    rule: str, on: bool, expected: Any, fresh_moto: str, open_account: OpenAccount, topic: str
) -> None:
    """moto has no composite alarms."""
    account = open_account(fresh_moto, REGION)
    arn = f"arn:aws:cloudwatch:{REGION}:{ACCOUNT_ID}:alarm:part"
    part = {"AlarmName": "part", "AlarmArn": arn, "ActionsEnabled": False, "AlarmActions": []}
    whole: dict[str, Any] = {"AlarmName": "all", "AlarmArn": arn, "AlarmRule": rule}
    whole |= {"ActionsEnabled": on, "AlarmActions": [topic]}
    found = metric_alarm(account, REGION, part, [whole])
    facts = (found.facts.get("enabled"), len(found.facts["actions"]), set(found.unknown))
    assert facts == (expected[0], expected[1], set(expected[2]))
    denied = Unknown("AccessDenied: cloudwatch:DescribeAlarms")
    unread = metric_alarm(account, REGION, part, denied).unknown
    assert set(unread) == {"enabled", "actions/0"}
    # Neither half of two alarms makes one that is on and tells somebody.
    deaf = whole | {"AlarmActions": [], "ActionsEnabled": True}
    spoken = metric_alarm(account, REGION, part | {"AlarmActions": [topic]}, [deaf])
    assert (spoken.facts["enabled"], spoken.facts["actions"]) == (False, [topic])
    count = composite_alarm(account, REGION, whole, [part]).facts["targets"]
    assert count == ("part" in rule and not rule.startswith("NOT"))


@pytest.mark.parametrize(
    ("actions", "expected"), [([], False), ([SCALE], True), ([SCALE, REBOOT], False)]
)
def test_an_alarm_that_only_scales(actions: list[str], expected: bool) -> None:
    assert only_scales({"AlarmActions": actions}) is expected


@pytest.mark.parametrize(
    ("namespaces", "expected"),
    [
        (["AWS/RDS", "AWS/RDS"], "database"),
        (["AWS/RDS", "AWS/EC2"], "other"),
        (["AWS/S3"], "bucket"),
        ([], "other"),
    ],
)
def test_the_kind_of_an_expression_is_that_of_all_its_metrics(
    namespaces: list[str], expected: str
) -> None:
    stats: list[dict[str, Any]] = [
        {"MetricStat": {"Metric": {"Namespace": name}}} for name in namespaces
    ]
    assert target_kind({"Metrics": [*stats, {"Expression": "m1 + m2"}]}) == expected
