"""CloudTrail over real HTTP: trails of two regions, their buckets, the alarms on them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from collectors.aws.services.cloudtrail import audit
from collectors.document import Document
from tests.collectors.aws.conftest import ACCOUNT_ID, Client, OpenAccount
from tests.faults.operations import Request
from tests.faults.proxy import DENIED, FaultProxy, fault_proxy

HOME, OTHER = "cn-north-1", "cn-northwest-1"
MAIN = f"arn:aws-cn:cloudtrail:{HOME}:{ACCOUNT_ID}:trail/main"
SPARE = f"arn:aws-cn:cloudtrail:{OTHER}:{ACCOUNT_ID}:trail/spare"
TOPIC = f"arn:aws-cn:sns:{HOME}:{ACCOUNT_ID}:alerts"
GROUP = f"arn:aws-cn:logs:{HOME}:{ACCOUNT_ID}:log-group:trail:*"
_BUCKET_FACTS = ("retention_days", "store_exposure", "store_versioning", "store_lock_days")
NOT_OURS = f"the bucket spare-records does not belong to account {ACCOUNT_ID}"

PATTERNS = {
    "roots": '{ $.userIdentity.type = "Root" }',
    "machines": "{ ($.eventName = TerminateInstances) || ($.eventName = RebootInstances) }",
    "quiet": "{ $.eventName = RunInstances }",
    "unwatched": "{ $.eventName = ScheduleKeyDeletion }",
}


@pytest.fixture(scope="module")
def proxy(fresh_moto: str) -> Iterator[FaultProxy]:
    with fault_proxy(fresh_moto) as running:
        yield running


@pytest.fixture(scope="module")
def key(client: Client) -> str:
    """The key of the main trail: one of all regions with data events, a log group and alarms. The
    other one is local and stopped, and its bucket is gone."""
    s3, kms = client("s3", HOME), client("kms", HOME)
    for name in ("records", "spare-records"):
        s3.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": HOME})
    s3.put_bucket_versioning(Bucket="records", VersioningConfiguration={"Status": "Enabled"})
    rule = {
        "ID": "old",
        "Status": "Enabled",
        "Filter": {"Prefix": "bank/AWSLogs/"},
        "Expiration": {"Days": 200},
    }
    s3.put_bucket_lifecycle_configuration(
        Bucket="records", LifecycleConfiguration={"Rules": [rule]}
    )
    made = str(kms.create_key()["KeyMetadata"]["Arn"])
    client("logs", HOME).create_log_group(logGroupName="trail")
    _trails(client, made)
    _watch(client("logs", HOME), client("cloudwatch", HOME))
    sns = client("sns", HOME)
    assert sns.create_topic(Name=TOPIC.rpartition(":")[2])["TopicArn"] == TOPIC
    sns.subscribe(TopicArn=TOPIC, Protocol="email", Endpoint="security@bank.example.com")
    s3.delete_bucket(Bucket="spare-records")
    return made


def _trails(client: Client, key: str) -> None:
    here, there = client("cloudtrail", HOME), client("cloudtrail", OTHER)
    here.create_trail(
        Name="main",
        S3BucketName="records",
        S3KeyPrefix="bank",
        IsMultiRegionTrail=True,
        IncludeGlobalServiceEvents=True,
        EnableLogFileValidation=True,
        KmsKeyId=key,
        CloudWatchLogsLogGroupArn=GROUP,
        CloudWatchLogsRoleArn=f"arn:aws-cn:iam::{ACCOUNT_ID}:role/trail",
    )
    here.put_event_selectors(
        TrailName="main",
        EventSelectors=[
            {
                "ReadWriteType": "WriteOnly",
                "IncludeManagementEvents": True,
                "DataResources": [{"Type": "AWS::S3::Object", "Values": ["arn:aws-cn:s3"]}],
            }
        ],
    )
    here.start_logging(Name="main")
    there.create_trail(Name="spare", S3BucketName="spare-records")


def _watch(logs: Any, cloudwatch: Any) -> None:
    for name, pattern in PATTERNS.items():
        metric = {"metricName": name, "metricNamespace": "Audit", "metricValue": "1"}
        logs.put_metric_filter(
            logGroupName="trail",
            filterName=name,
            filterPattern=pattern,
            metricTransformations=[metric],
        )
        if name != "unwatched":
            cloudwatch.put_metric_alarm(
                AlarmName=name,
                Namespace="Audit",
                MetricName=name,
                Statistic="Sum",
                Period=300,
                EvaluationPeriods=1,
                Threshold=1,
                ComparisonOperator="GreaterThanOrEqualToThreshold",
                ActionsEnabled=name != "quiet",
                AlarmActions=[TOPIC],
            )


@pytest.fixture
def collected(key: str, proxy: FaultProxy, open_account: OpenAccount) -> Any:
    """The document, after denials: operations, or pairs of region and operation."""

    def collect(*denied: Any) -> Document:
        def decide(request: Request) -> Any:
            names = {_name(request), (request.region, _name(request))}
            return DENIED if names & set(denied) else None

        proxy.decide = decide
        account = open_account(proxy.url, HOME)
        account.regions = (HOME, OTHER)
        (document,) = audit(account)
        return document

    return collect


def _name(request: Request) -> str:
    if request.service == "s3control":
        return "account block"
    return request.operation


def alarm(kind: str, active: bool, *notifies: str) -> dict[str, Any]:
    return {"on": kind, "active": active, "notifies": list(notifies)}


def test_trails_and_alarms(collected: Any, key: str) -> None:
    found = collected()
    assert found.id == f"aws/{ACCOUNT_ID}/account.audit"
    main, spare = found.facts["trails"]
    assert main == {
        "id": MAIN,
        "all_regions": True,
        "management_writes": True,
        "management_reads": False,
        "data_events": [],
        "logging": True,
        "integrity_validation": True,
        "encryption": {
            "enabled": True,
            "key_manager": "customer",
            "key_id": key,
            "algorithm": "AES-256",
        },
        "destination": {
            "store": "arn:aws-cn:s3:::records",
            "account": ACCOUNT_ID,
            "region": HOME,
        },
        "retention_days": 200,
        "store_exposure": {"public": False, "via": []},
        "store_versioning": True,
        "store_lock_days": 0,
        "delivery_error": None,
    }
    assert spare == {
        "id": SPARE,
        "all_regions": False,
        "management_writes": True,
        "management_reads": True,
        "data_events": [],
        "logging": False,
        "integrity_validation": False,
        "encryption": {
            "enabled": True,
            "key_manager": "provider",
            "key_id": None,
            "algorithm": "AES-256",
        },
        "destination": {"store": "arn:aws-cn:s3:::spare-records"},
        "delivery_error": None,
    }
    assert found.facts["alarms"] == [
        alarm("key-deletion", False),
        alarm("root-use", True, TOPIC),
        alarm("vm-create", False, TOPIC),
        alarm("vm-delete", True, TOPIC),
        alarm("vm-reboot", True, TOPIC),
    ]
    assert found.facts["central"] is None, "the account belongs to no organisation"
    assert found.facts["provider_operations_visible"] is None, "AWS has no such setting"
    assert found.unknown == UNKNOWN


# The bucket of the spare trail is not this account's.
UNKNOWN = {
    "trails/1/destination/account": "the owner of the bucket spare-records is not told",
    **{f"trails/1/{fact}": NOT_OURS for fact in ("destination/region", *_BUCKET_FACTS)},
}


def denied(permission: str, *facts: str) -> dict[str, str]:
    return dict.fromkeys(facts, f"AccessDenied: {permission}")


@pytest.mark.parametrize(
    ("operation", "unknown"),
    [
        (
            "GetEventSelectors",
            denied(
                "cloudtrail:GetEventSelectors",
                *(
                    f"trails/{i}/{fact}"
                    for i in (0, 1)
                    for fact in ("management_writes", "management_reads", "data_events")
                ),
            ),
        ),
        ("DescribeKey", denied("kms:DescribeKey", "trails/0/encryption/key_manager")),
        (
            "GetBucketVersioning",
            denied("s3:GetBucketVersioning", "trails/0/store_versioning"),
        ),
        (
            "GetBucketPolicy",
            denied(
                "s3:GetBucketPolicy",
                "trails/0/store_exposure/public",
                "trails/0/store_exposure/via",
            ),
        ),
        (
            "GetBucketLifecycleConfiguration",
            denied("s3:GetLifecycleConfiguration", "trails/0/retention_days"),
        ),
        (
            (OTHER, "DescribeTrails"),
            denied("cloudtrail:DescribeTrails", "trails/1", "alarms/5", "central"),
        ),
        ("DescribeMetricFilters", denied("logs:DescribeMetricFilters", "alarms/0")),
    ],
)
def test_a_denial_leaves_its_facts_unknown(
    collected: Any, operation: Any, unknown: dict[str, str]
) -> None:
    found = collected(operation)
    spare_is_known = operation != (OTHER, "DescribeTrails")
    assert found.unknown == {**(UNKNOWN if spare_is_known else {}), **unknown}


def test_alarms_are_not_called_active_where_the_trail_may_be_stopped(collected: Any) -> None:
    found = collected("GetTrailStatus")
    reason = "AccessDenied: cloudtrail:GetTrailStatus"
    assert {path: why for path, why in found.unknown.items() if why == reason} == dict.fromkeys(
        (
            "trails/0/logging",
            "trails/0/delivery_error",
            "trails/1/logging",
            "trails/1/delivery_error",
            "alarms/1/active",
            "alarms/3/active",
            "alarms/4/active",
            "central",
        ),
        reason,
    )


def test_trails_that_cannot_be_listed_are_unknown(collected: Any) -> None:
    found = collected("DescribeTrails")
    assert found.facts == {"provider_operations_visible": None}
    assert found.unknown == denied("cloudtrail:DescribeTrails", "trails", "alarms", "central")
