"""CloudWatch alarms in Terraform and CloudFormation: whom they tell, what they watch."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from collectors.document import Document, Unknown
from collectors.iac.blocks import Reference
from tests.collectors.iac.conftest import documents
from tests.collectors.iac.mappers.hand import block
from tests.collectors.iac.mappers.hand import documents as by_hand

TOPIC = Reference("aws_sns_topic.t", "arn")
APPLY = Unknown("var.x has no value here")
CALL = "arn:aws:ssm-incidents::111122223333:response-plan/p"
SCALE = "arn:aws:autoscaling:eu-west-1:111122223333:scalingPolicy:x:policyName/p"
STOP = "arn:aws:automate:eu-west-1:ec2:stop"


def alarm(*others: Any, **values: Any) -> Document:
    base = {"alarm_name": "a", "namespace": "AWS/EC2", "metric_name": "CPUUtilization"}
    found = by_hand(block("aws_cloudwatch_metric_alarm.a", base | values), *others)
    return next(one for one in found if one.type == "monitor.alarm")


def topic(*protocols: Any) -> list[Any]:
    links = [
        block(f"aws_sns_topic_subscription.s{i}", {"topic_arn": TOPIC, "protocol": each})
        for i, each in enumerate(protocols)
    ]
    return [block("aws_sns_topic.t", {"name": "t"}), *links]


@pytest.mark.parametrize(
    ("protocols", "heard"),
    [(["lambda"], True), (["email", "sms"], True), (["email"], None), ([], None), ([APPLY], None)],
)
def test_a_topic_tells_those_who_need_not_confirm(protocols: list[Any], heard: Any) -> None:
    found = alarm(*topic(*protocols), alarm_actions=[TOPIC])
    assert ("actions/0" in found.unknown) == (heard is None)
    if heard:
        assert found.facts["actions"] == ["main.tf#aws_sns_topic.t"]


@pytest.mark.parametrize(
    ("actions", "told"),
    [
        ([], []),
        ([STOP], []),
        ([SCALE, STOP], []),
        ([CALL], [CALL]),
        (["arn:aws:sns:eu-west-1:111122223333:t"], None),
        ([Reference("data.aws_sns_topic.t", "arn")], None),
        ([APPLY], None),
    ],
)
def test_actions(actions: list[Any], told: Any) -> None:
    found = alarm(alarm_actions=actions)
    assert ("actions/0" in found.unknown) == (told is None)
    if told is not None:
        assert found.facts["actions"] == told


def test_what_is_not_written() -> None:
    facts = alarm().facts
    assert (facts["enabled"], facts["actions"]) == (True, [])
    assert (facts["target_kind"], facts["targets"]) == ("instance", 1)
    assert alarm(actions_enabled=False).facts["enabled"] is False
    assert "enabled" in alarm(actions_enabled=APPLY).unknown


@pytest.mark.parametrize("action", [SCALE, Reference("aws_autoscaling_policy.p", "arn")])
def test_an_alarm_that_only_scales_watches_over_nothing(action: Any) -> None:
    policy = block("aws_autoscaling_policy.p", {})
    assert (
        by_hand(block("aws_cloudwatch_metric_alarm.a", {"alarm_actions": [action]}), policy) == []
    )


def test_a_composite_alarm_speaks_for_others() -> None:
    rule = {"alarm_name": "c", "alarm_rule": "ALARM(a) OR ALARM(b)", "alarm_actions": [CALL]}
    composite = block("aws_cloudwatch_composite_alarm.c", rule)
    assert alarm(composite).facts["actions"] == [CALL]
    other = block("aws_cloudwatch_composite_alarm.c", rule | {"alarm_rule": "ALARM(b)"})
    assert alarm(other).facts["actions"] == []
    unknown = block("aws_cloudwatch_composite_alarm.c", rule | {"alarm_rule": APPLY})
    assert "actions/0" in alarm(unknown).unknown
    own = block("aws_cloudwatch_metric_alarm.a", {"alarm_name": "a"})
    facts = by_hand(composite, own)[0].facts
    assert (facts["targets"], facts["target_kind"], facts["enabled"]) == (1, "other", True)


@pytest.mark.parametrize(
    ("dimensions", "targets"),
    [
        ({"InstanceId": Reference("aws_instance.i", "id")}, 1),
        ({"InstanceId": "i-0123"}, None),
        ({"InstanceId": APPLY}, None),
        ({"InstanceId": Reference("data.aws_instance.i", "id")}, None),
        ({"ImageId": "ami-1"}, None),
        (APPLY, None),
    ],
)
def test_what_an_alarm_watches(dimensions: Any, targets: int | None) -> None:
    machine = block("aws_instance.i", {})
    assert alarm(machine, dimensions=dimensions).facts.get("targets") == targets


def test_a_database_by_its_name() -> None:
    database = block("aws_db_instance.d", {"identifier": "prod"})
    named = {"namespace": "AWS/RDS", "dimensions": {"DBInstanceIdentifier": "prod"}}
    facts = alarm(database, **named).facts
    assert (facts["target_kind"], facts["targets"]) == ("database", 1)


def test_expressions() -> None:
    metric = {"namespace": "AWS/ApplicationELB", "dimensions": {"LoadBalancer": APPLY}}
    found = alarm(namespace=None, metric_query=[{"expression": "m1*2"}, {"metric": [metric]}])
    assert found.facts["target_kind"] == "load_balancer"
    assert "targets" in found.unknown
    assert alarm(metric_query=[{"expression": "SELECT 1"}]).facts["target_kind"] == "other"
    assert "target_kind" in alarm(namespace=APPLY).unknown


STACK = """AWSTemplateFormatVersion: '2010-09-09'
Resources:
  Topic:
    Type: AWS::SNS::Topic
    Properties: {Subscription: [{Protocol: lambda, Endpoint: "arn:aws:lambda:x"}]}
  Machine: {Type: AWS::EC2::Instance}
  Alarm:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: AWS/EC2
      MetricName: CPUUtilization
      Dimensions: [{Name: InstanceId, Value: !Ref Machine}]
      AlarmActions: [!Ref Topic]
  Off:
    Type: AWS::CloudWatch::Alarm
    Properties:
      ActionsEnabled: false
      Metrics:
        - Id: m1
          MetricStat: {Metric: {Namespace: AWS/RDS, MetricName: CPUUtilization}}
"""


def test_cloudformation(folder: Path) -> None:
    (folder / "stack.yaml").write_text(STACK, encoding="utf-8")
    found = documents(folder)[1]
    facts = found["Alarm"].facts
    assert (facts["enabled"], len(facts["actions"]), facts["targets"]) == (True, 1, 1)
    facts = found["Off"].facts
    assert (facts["enabled"], facts["target_kind"], facts["actions"]) == (False, "database", [])


MACHINE = {"dimensions": {"InstanceId": Reference("aws_instance.i", "id")}}


@pytest.mark.parametrize(
    ("alarm", "count"),
    [
        (MACHINE | {"alarm_actions": [CALL]}, 1),
        (MACHINE | {"alarm_actions": [STOP]}, None),
        (MACHINE | {"alarm_actions": [APPLY]}, None),
        (MACHINE | {"alarm_actions": [CALL], "actions_enabled": False}, None),
        ({"dimensions": {"InstanceId": "i-1"}, "alarm_actions": [CALL]}, None),
        ({"dimensions": APPLY, "alarm_actions": [CALL]}, None),
    ],
)
def test_what_watches_a_machine(alarm: dict[str, Any], count: int | None) -> None:
    machine, rings = block("aws_instance.i", {}), block("aws_cloudwatch_metric_alarm.a", alarm)
    found = by_hand(machine, rings)[0]
    assert found.facts.get("alarms") == count
    assert ("alarms" in found.unknown) == (count is None)


def test_what_watches_databases_and_balancers() -> None:
    query = {"namespace": "AWS/RDS", "dimensions": {"DBInstanceIdentifier": "prod"}}
    by_name = {"metric_query": [{"metric": [query]}], "alarm_actions": [CALL]}
    cluster = Reference("aws_rds_cluster.c", "id")
    to_cluster = {"DBClusterIdentifier": cluster}
    to_balancer = {"LoadBalancer": Reference("aws_lb.l", "arn_suffix")}
    project = [
        block("aws_db_instance.d", {"identifier": "prod"}),
        block("aws_rds_cluster.c", {}),
        block("aws_rds_cluster_instance.m", {"cluster_identifier": cluster}),
        block("aws_lb.l", {}),
        block("aws_db_instance.other", {"identifier": "other"}),
        block("aws_cloudwatch_metric_alarm.a", by_name),
        block("aws_cloudwatch_metric_alarm.b", {"dimensions": to_cluster, "alarm_actions": [CALL]}),
        block(
            "aws_cloudwatch_metric_alarm.c", {"dimensions": to_balancer, "alarm_actions": [CALL]}
        ),
    ]
    found = {one.name: one.facts.get("alarms") for one in by_hand(*project)[:4]}
    assert found == {"prod": 1, "aws_rds_cluster_instance.m": 1, "l": 1, "other": None}


@pytest.mark.parametrize(
    ("kind", "argument", "dimension", "namespace"),
    [
        ("aws_docdb_cluster", "cluster_identifier", "DBClusterIdentifier", None),
        ("aws_neptune_cluster_instance", "identifier", "DBInstanceIdentifier", None),
        ("aws_rds_cluster_instance", "identifier", "DBInstanceIdentifier", None),
        ("aws_db_proxy", "name", "ProxyName", None),
        ("aws_redshift_cluster", "cluster_identifier", "ClusterIdentifier", None),
        ("aws_redshiftserverless_workgroup", "workgroup_name", "Workgroup", None),
        ("aws_opensearch_domain", "domain_name", "DomainName", None),
        ("aws_elasticache_replication_group", "replication_group_id", "ReplicationGroupId", None),
        ("aws_elasticache_cluster", "cluster_id", "CacheClusterId", None),
        ("aws_dms_replication_instance", "id", "ReplicationInstanceIdentifier", None),
        ("aws_elasticache_serverless_cache", "name", "clusterId", "AWS/ElastiCache"),
        ("aws_memorydb_cluster", "name", "ClusterName", "AWS/MemoryDB"),
        ("aws_dax_cluster", "cluster_name", "ClusterId", "AWS/DAX"),
        ("aws_dynamodb_table", "name", "TableName", "AWS/DynamoDB"),
        ("aws_keyspaces_table", "table_name", "TableName", "AWS/Cassandra"),
        ("aws_timestreamwrite_table", "table_name", "TableName", "AWS/Timestream"),
    ],
)
def test_what_watches_each_kind_of_database(
    kind: str, argument: str, dimension: str, namespace: str | None
) -> None:
    watched = block(f"{kind}.d", {argument: "prod", "engine": "redis"})
    for space, count in ((namespace or "AWS/X", 1), ("AWS/X", None if namespace else 1)):
        values = {
            "namespace": space,
            "dimensions": {dimension: Reference(watched.address, argument)},
            "alarm_actions": [CALL],
        }
        found = by_hand(watched, block("aws_cloudwatch_metric_alarm.a", values))[0]
        assert found.facts.get("alarms") == count
    assert "alarms" in by_hand(watched)[0].unknown


def test_a_replica_of_a_table_is_watched_in_its_own_region() -> None:
    table = block("aws_dynamodb_table.t", {"name": "t", "replica": [{"region_name": "eu-west-3"}]})
    values = {
        "namespace": "AWS/DynamoDB",
        "dimensions": {"TableName": "t"},
        "alarm_actions": [CALL],
    }
    found = by_hand(table, block("aws_cloudwatch_metric_alarm.a", values))[:2]
    assert [one.facts.get("alarms") for one in found] == [1, None]


@pytest.mark.parametrize(
    ("alarm_region", "count"), [("eu-west-3", 1), ("eu-west-1", None), (None, None), (APPLY, None)]
)
@pytest.mark.parametrize("value", ["prod", Reference("aws_db_instance.d", "identifier")])
def test_an_alarm_watches_its_own_region(alarm_region: Any, count: int | None, value: Any) -> None:
    """Also where it names what stands in another one, and for the alarms that it is made of."""
    here, there = {"region": "eu-west-3"}, {"region": alarm_region}
    dimensions = {"DBInstanceIdentifier": value}
    rule = {"alarm_name": "c", "alarm_rule": "ALARM(a)", "alarm_actions": [CALL]}
    named = {"alarm_name": "a", "namespace": "AWS/RDS", "dimensions": dimensions}
    database, watching, composite = by_hand(
        block("aws_db_instance.d", {"identifier": "prod"}, here),
        block("aws_cloudwatch_metric_alarm.a", named | {"alarm_actions": [CALL]}, there),
        block("aws_cloudwatch_composite_alarm.c", rule, here),
    )
    assert database.facts.get("alarms") == count
    assert watching.facts.get("targets") == count
    assert composite.facts.get("targets") == count
    database, watching, _ = by_hand(
        block("aws_db_instance.d", {"identifier": "prod"}, there),
        block("aws_cloudwatch_metric_alarm.a", named, there),
        block("aws_cloudwatch_composite_alarm.c", rule, here),
    )
    assert database.facts.get("alarms") == count
    assert watching.facts["actions"] == ([CALL] if count else [])


@pytest.mark.parametrize(
    ("account", "count"), [(None, 1), ("template", 1), ("999988887777", None), (APPLY, None)]
)
def test_an_alarm_on_metrics_of_another_account(account: Any, count: int | None) -> None:
    metric = {"namespace": "AWS/RDS", "dimensions": {"DBInstanceIdentifier": "prod"}}
    query = {"account_id": account, "metric": [metric]}
    found, _ = by_hand(
        block("aws_db_instance.d", {"identifier": "prod"}),
        block("aws_cloudwatch_metric_alarm.a", {"metric_query": [query], "alarm_actions": [CALL]}),
    )
    assert found.facts.get("alarms") == count


@pytest.mark.parametrize(("account", "count"), [("", 1), ("AccountId: '999988887777'", None)])
def test_an_alarm_of_a_stack_on_metrics_of_another_account(
    folder: Path, account: str, count: int | None
) -> None:
    text = f"""AWSTemplateFormatVersion: '2010-09-09'
Resources:
  Machine: {{Type: AWS::EC2::Instance}}
  Alarm:
    Type: AWS::CloudWatch::Alarm
    Properties:
      AlarmActions: ["{CALL}"]
      Metrics:
        - Id: m1
          MetricStat:
            Metric: {{Namespace: AWS/EC2, Dimensions: [{{Name: InstanceId, Value: !Ref Machine}}]}}
          {account}
"""
    (folder / "stack.yaml").write_text(text, encoding="utf-8")
    assert documents(folder)[1]["Machine"].facts.get("alarms") == count
