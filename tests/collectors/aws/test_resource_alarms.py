"""Alarms that watch a resource: which they are, and whether they tell somebody."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from msgspec import structs

from collectors.aws.account import Account
from collectors.aws.resource_alarms import dimensions, names, read_alarms, watching
from collectors.aws.services.ec2_instances import alarms_on as alarms_on_instance
from collectors.aws.services.elbv2 import alarms_on as alarms_on_balancer
from collectors.aws.services.rds import alarms_on as alarms_on_database
from collectors.document import Unknown
from tests.collectors.aws.conftest import ACCOUNT_ID, Client, OpenAccount
from tests.faults.proxy import DENIED, FaultProxy, fault_proxy

REGION = "cn-north-1"
ACTION = f"arn:aws-cn:automate:{REGION}:ec2:reboot"
UNSURE = Unknown("a composite alarm names it within a negation")
FUNCTION = f"arn:aws-cn:lambda:{REGION}:{ACCOUNT_ID}:function:handle"


@pytest.fixture(scope="module")
def proxy(fresh_moto: str) -> Iterator[FaultProxy]:
    with fault_proxy(fresh_moto) as running:
        yield running


@pytest.fixture(scope="module")
def _alarms(client: Client) -> None:
    """Alarms on instances, by what they do, and on other things."""
    sns, cloudwatch = client("sns", REGION), client("cloudwatch", REGION)
    heard, deaf = (sns.create_topic(Name=name)["TopicArn"] for name in ("heard", "deaf"))
    sns.subscribe(TopicArn=heard, Protocol="email", Endpoint="operators@example.com")

    def alarm(name: str, dimension: str, value: str, *actions: str, on: bool = True) -> None:
        cloudwatch.put_metric_alarm(
            AlarmName=name,
            Namespace="AWS/EC2",
            MetricName="StatusCheckFailed",
            Dimensions=[{"Name": dimension, "Value": value}],
            Statistic="Maximum",
            Period=60,
            EvaluationPeriods=1,
            Threshold=1,
            ComparisonOperator="GreaterThanThreshold",
            ActionsEnabled=on,
            AlarmActions=list(actions),
        )

    alarm("a", "InstanceId", "i-watched", heard, ACTION)
    alarm("b", "InstanceId", "i-watched", heard)
    alarm("off", "InstanceId", "i-watched", heard, on=False)
    alarm("off alone", "InstanceId", "i-off", heard, on=False)
    alarm("silent", "InstanceId", "i-silent", ACTION)
    alarm("deaf", "InstanceId", "i-deaf", deaf)
    alarm("function", "InstanceId", "i-function", FUNCTION)
    alarm("none", "InstanceId", "i-composite")
    alarm("group", "AutoScalingGroupName", "web", heard)
    alarm("database", "DBInstanceIdentifier", "ledger", heard)
    alarm("cluster", "DBClusterIdentifier", "books", heard)
    alarm("balancer", "LoadBalancer", "app/web/0123", heard)


@pytest.fixture
def account(_alarms: None, proxy: FaultProxy, open_account: OpenAccount) -> Any:
    def opened(*denied: str) -> Account:
        proxy.decide = lambda request: DENIED if request.operation in denied else None
        return open_account(proxy.url, REGION)

    return opened


@pytest.mark.parametrize(
    ("instance", "expected"),
    [
        ("i-watched", 2),
        ("i-off", 0),
        ("i-silent", 0),
        ("i-deaf", 0),
        ("i-function", Unknown(f"what {FUNCTION} does with what it is sent is not told")),
        ("i-composite", 0),
        ("i-other", 0),
    ],
)
def test_alarms_of_instances(account: Any, instance: str, expected: int | Unknown) -> None:
    alarms = read_alarms(account(), REGION)
    assert alarms_on_instance({"InstanceId": instance}, alarms) == expected


def test_alarms_of_what_is_watched_by_another_name(account: Any) -> None:
    alarms = read_alarms(account(), REGION)
    tag = {"Key": "aws:autoscaling:groupName", "Value": "web"}
    assert alarms_on_instance({"InstanceId": "i-other", "Tags": [tag]}, alarms) == 1
    assert alarms_on_database({"DBInstanceIdentifier": "ledger"}, alarms) == 1
    member = {"DBInstanceIdentifier": "books-1", "DBClusterIdentifier": "books"}
    assert alarms_on_database(member, alarms) == 1
    assert alarms_on_database({"DBInstanceIdentifier": "other"}, alarms) == 0
    arn = f"arn:aws-cn:elasticloadbalancing:{REGION}:{ACCOUNT_ID}:loadbalancer/"
    assert alarms_on_balancer(f"{arn}app/web/0123", alarms) == 1
    assert alarms_on_balancer(f"{arn}app/web/4567", alarms) == 0


def test_a_dimension_that_several_services_have(account: Any) -> None:
    alarms, place = read_alarms(account(), REGION), [("AutoScalingGroupName", "web")]
    assert watching(alarms, place, ("AWS/Other",)) == 1
    assert watching(alarms, place, ("AWS/Other",), within=True) == 0
    assert watching(alarms, place, ("AWS/EC2",), within=True) == 1


def test_what_may_not_be_read_is_unknown(account: Any) -> None:
    denied = Unknown("AccessDenied: cloudwatch:DescribeAlarms")
    assert read_alarms(account("DescribeAlarms"), REGION) == denied
    assert watching(denied, [("InstanceId", "i-watched")], ()) == denied
    unheard = read_alarms(account("ListSubscriptionsByTopic"), REGION)
    assert alarms_on_instance({"InstanceId": "i-watched"}, unheard) == Unknown(
        "AccessDenied: sns:ListSubscriptionsByTopic"
    )
    assert alarms_on_instance({"InstanceId": "i-off"}, unheard) == 0


def test_dimensions_of_expressions() -> None:
    def query(instance: str, **more: str) -> dict[str, Any]:
        dimension = {"Name": "InstanceId", "Value": instance}
        metric = {"Namespace": "AWS/EC2", "Dimensions": [dimension]}
        return {"MetricStat": {"Metric": metric}, **more}

    alarm = {"Metrics": [query("i-1"), query("i-2", AccountId="111122223333"), {"Id": "e"}]}
    assert dimensions(alarm, ACCOUNT_ID) == {("InstanceId", "i-1")}


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        (
            'SELECT MAX(CPUUtilization) FROM SCHEMA("AWS/EC2", InstanceId)',
            Unknown("an alarm by a query may watch it"),
        ),
        ("SEARCH('{AWS/RDS,DBInstanceIdentifier} CPUUtilization', 'Average')", 0),
        ("m1 + m2", 0),
    ],
)
def test_an_alarm_by_a_query_may_watch_anything_of_its_kind(
    client: Client, account: Any, expression: str, expected: int | Unknown
) -> None:
    cloudwatch = client("cloudwatch", REGION)
    cloudwatch.put_metric_alarm(
        AlarmName="fleet",
        EvaluationPeriods=1,
        Threshold=90,
        ComparisonOperator="GreaterThanThreshold",
        AlarmActions=[f"arn:aws-cn:sns:{REGION}:{ACCOUNT_ID}:heard"],
        Metrics=[{"Id": "q", "Expression": expression, "Period": 60, "ReturnData": True}],
    )
    try:
        alarms = read_alarms(account(), REGION)
        assert alarms_on_instance({"InstanceId": "i-other"}, alarms) == expected
        assert alarms_on_instance({"InstanceId": "i-watched"}, alarms) == 2
    finally:
        cloudwatch.delete_alarms(AlarmNames=["fleet"])


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, 1),
        ({"ActionsEnabled": False}, 0),
        ({"AlarmActions": []}, 0),
        (
            {"AlarmActions": [FUNCTION]},
            Unknown(f"what {FUNCTION} does with what it is sent is not told"),
        ),
        ({"AlarmRule": 'ALARM("x")'}, 0),
        ({"AlarmRule": 'NOT (ALARM("none"))'}, UNSURE),
    ],
)
def test_a_composite_alarm_speaks_for_its_parts(
    account: Any, changes: dict[str, Any], expected: int | Unknown
) -> None:
    """moto has no composite alarms."""
    heard = f"arn:aws-cn:sns:{REGION}:{ACCOUNT_ID}:heard"
    rule = {"AlarmName": "whole", "AlarmRule": 'ALARM("none") OR ALARM("x")'}
    whole = {**rule, "ActionsEnabled": True, "AlarmActions": [heard], **changes}
    alarms = structs.replace(read_alarms(account(), REGION), composites=[whole])
    assert alarms_on_instance({"InstanceId": "i-composite"}, alarms) == expected


def test_parts_of_composite_alarms_that_cannot_be_read(account: Any) -> None:
    denied = Unknown("AccessDenied: cloudwatch:DescribeAlarms")
    alarms = structs.replace(read_alarms(account(), REGION), composites=denied)
    assert alarms_on_instance({"InstanceId": "i-composite"}, alarms) == denied
    assert alarms_on_instance({"InstanceId": "i-watched"}, alarms) == 2


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ('ALARM("cpu")', True),
        ("ALARM(cpu)", True),
        ("alarm( 'cpu' ) AND NOT ALARM(quiet)", True),
        (f"ALARM(arn:aws-cn:cloudwatch:{REGION}:{ACCOUNT_ID}:alarm:cpu)", True),
        ('ALARM("cpu-2") OR ALARM("memory")', False),
        ('NOT ALARM("cpu")', False),
        ('OK("cpu")', False),
        ('NOT (ALARM("cpu") OR ALARM("memory"))', UNSURE),
        ("TRUE", False),
    ],
)
def test_the_alarms_that_a_composite_one_names(rule: str, expected: bool | Unknown) -> None:
    assert names(rule, "cpu") == expected
