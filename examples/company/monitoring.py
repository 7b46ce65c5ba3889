"""Trails, configuration recording, threat detection, logs and alarms."""

from __future__ import annotations

import json
from typing import Any

import msgspec

from examples.company.account import (
    CORE,
    LOGS,
    MAIN_REGION,
    MALL,
    OA,
    STANDBY_REGION,
    UNTAGGED,
    Account,
    Tags,
    arn,
    bucket_arn,
    pairs,
)
from examples.company.identity import role_arn
from examples.company.keys import Keys
from examples.company.storage import TRAIL_BUCKET

TRAIL_LOG_GROUP = "/audit/trail"
ALERT_TOPIC = "security-alerts"


class LogGroup(msgspec.Struct, frozen=True):
    """Where logs are kept, and how long."""

    name: str
    region: str
    tags: Tags
    retention_days: int | None
    """None: kept for ever."""
    key: str = ""


LOG_GROUPS = (
    LogGroup(TRAIL_LOG_GROUP, MAIN_REGION, LOGS, 400, key="log-archive"),
    LogGroup("/network/core/flow", MAIN_REGION, LOGS, 180, key="log-archive"),
    # bad: gone after a month, in the clear
    LogGroup("/mall/web/access", MAIN_REGION, MALL, 30),
    # bad: never removed, in the clear, nobody's
    LogGroup("/oa/portal", MAIN_REGION, UNTAGGED, None),
    LogGroup("/core/standby", STANDBY_REGION, CORE, 180, key="core-data"),
)


class Watch(msgspec.Struct, frozen=True):
    """An alarm on a pattern in the trail's log."""

    name: str
    pattern: str
    notifies: bool = True


WATCHES = (
    Watch("root-use", '{ $.userIdentity.type = "Root" && $.eventType != "AwsServiceEvent" }'),
    Watch(
        "policy-change",
        "{ ($.eventName = PutRolePolicy) || ($.eventName = AttachRolePolicy) ||"
        " ($.eventName = AttachUserPolicy) || ($.eventName = CreatePolicyVersion) }",
    ),
    Watch(
        "vm-delete",
        "{ ($.eventName = TerminateInstances) || ($.eventName = RebootInstances) }",
    ),
    # bad: it sees the change and tells nobody
    Watch(
        "trail-change",
        "{ ($.eventName = StopLogging) || ($.eventName = DeleteTrail) }",
        notifies=False,
    ),
)


def fill_logs(account: Account, region: str, keys: Keys) -> None:
    """Fill one region; before the networks and trails that write there."""
    logs = account.client("logs", region)
    for group in LOG_GROUPS:
        if group.region != region:
            continue
        request: dict[str, Any] = {"logGroupName": group.name}
        if group.tags:
            request["tags"] = dict(group.tags)
        if group.key:
            request["kmsKeyId"] = keys.keys[group.key]
        logs.create_log_group(**request)
        if group.retention_days is not None:
            logs.put_retention_policy(logGroupName=group.name, retentionInDays=group.retention_days)
        account.made("logs", "log-group")


def fill_monitoring(account: Account, region: str, keys: Keys, instances: dict[str, str]) -> None:
    """Fill one region; last, for it watches the rest."""
    if region == MAIN_REGION:
        topic = _topics(account, region, keys)
        _main_trail(account, region, keys)
        _watches(account, region, topic)
        _instance_alarm(account, region, instances["mall-web-1"])
        _recorder(account, region)
        _detector(account, region)
        _findings_rule(account, region, topic)
    else:
        _leftover_trail(account, region)


def _topics(account: Account, region: str, keys: Keys) -> str:
    sns = account.client("sns", region)
    topic: str = sns.create_topic(
        Name=ALERT_TOPIC,
        Attributes={"KmsMasterKeyId": keys.keys["log-archive"]},
        Tags=pairs(LOGS),
    )["TopicArn"]
    sns.subscribe(TopicArn=topic, Protocol="email", Endpoint="security@bank.example.com")
    account.made("sns", "topic")
    # bad: in the clear, and no one listens
    sns.create_topic(Name="oa-notices", Tags=pairs(OA))
    account.made("sns", "topic")
    return topic


def _main_trail(account: Account, region: str, keys: Keys) -> None:
    """Every region, validated, encrypted, into a locked bucket, with bucket reads and writes."""
    trail = account.client("cloudtrail", region)
    trail.create_trail(
        Name="bank-audit",
        S3BucketName=TRAIL_BUCKET,
        IsMultiRegionTrail=True,
        IncludeGlobalServiceEvents=True,
        EnableLogFileValidation=True,
        KmsKeyId=keys.keys["log-archive"],
        CloudWatchLogsLogGroupArn=arn("logs", f"log-group:{TRAIL_LOG_GROUP}:*", region),
        CloudWatchLogsRoleArn=role_arn("trail-to-logs"),
        TagsList=pairs(LOGS),
    )
    trail.put_event_selectors(
        TrailName="bank-audit",
        EventSelectors=[
            {
                "ReadWriteType": "All",
                "IncludeManagementEvents": True,
                "DataResources": [
                    {
                        "Type": "AWS::S3::Object",
                        "Values": [bucket_arn("example-bank-core-docs") + "/"],
                    }
                ],
            }
        ],
    )
    trail.start_logging(Name="bank-audit")
    account.made("cloudtrail", "trail")


def _leftover_trail(account: Account, region: str) -> None:
    """Bad: one region, no validation, no key, and stopped."""
    trail = account.client("cloudtrail", region)
    trail.create_trail(
        Name="standby-test",
        S3BucketName=TRAIL_BUCKET,
        S3KeyPrefix="standby-test",
        IsMultiRegionTrail=False,
        IncludeGlobalServiceEvents=False,
        EnableLogFileValidation=False,
    )
    account.made("cloudtrail", "trail")


def _watches(account: Account, region: str, topic: str) -> None:
    logs = account.client("logs", region)
    cloudwatch = account.client("cloudwatch", region)
    for watch in WATCHES:
        logs.put_metric_filter(
            logGroupName=TRAIL_LOG_GROUP,
            filterName=watch.name,
            filterPattern=watch.pattern,
            metricTransformations=[
                {
                    "metricName": watch.name,
                    "metricNamespace": "Audit",
                    "metricValue": "1",
                    "defaultValue": 0.0,
                }
            ],
        )
        account.made("logs", "metric-filter")
        cloudwatch.put_metric_alarm(
            AlarmName=watch.name,
            MetricName=watch.name,
            Namespace="Audit",
            Statistic="Sum",
            Period=300,
            EvaluationPeriods=1,
            Threshold=1.0,
            ComparisonOperator="GreaterThanOrEqualToThreshold",
            TreatMissingData="notBreaching",
            ActionsEnabled=watch.notifies,
            AlarmActions=[topic] if watch.notifies else [],
            Tags=pairs(LOGS),
        )
        account.made("cloudwatch", "alarm")


def _instance_alarm(account: Account, region: str, instance: str) -> None:
    """Bad: an alarm that does nothing."""
    account.client("cloudwatch", region).put_metric_alarm(
        AlarmName="mall-web-1-processor",
        MetricName="CPUUtilization",
        Namespace="AWS/EC2",
        Dimensions=[{"Name": "InstanceId", "Value": instance}],
        Statistic="Average",
        Period=300,
        EvaluationPeriods=3,
        Threshold=80.0,
        ComparisonOperator="GreaterThanThreshold",
        Tags=pairs(MALL),
    )
    account.made("cloudwatch", "alarm")


def _recorder(account: Account, region: str) -> None:
    config = account.client("config", region)
    config.put_configuration_recorder(
        ConfigurationRecorder={
            "name": "default",
            "roleARN": role_arn("config-recorder"),
            "recordingGroup": {"allSupported": True, "includeGlobalResourceTypes": True},
        }
    )
    config.put_delivery_channel(
        DeliveryChannel={"name": "default", "s3BucketName": TRAIL_BUCKET, "s3KeyPrefix": "config"}
    )
    config.start_configuration_recorder(ConfigurationRecorderName="default")
    account.made("config", "recorder")


def _detector(account: Account, region: str) -> None:
    account.client("guardduty", region).create_detector(
        Enable=True,
        FindingPublishingFrequency="FIFTEEN_MINUTES",
        Features=[{"Name": "S3_DATA_EVENTS", "Status": "ENABLED"}],
        Tags=dict(LOGS),
    )
    account.made("guardduty", "detector")


def _findings_rule(account: Account, region: str, topic: str) -> None:
    """Findings from medium severity on reach the mailbox of the security office."""
    events = account.client("events", region)
    pattern = {
        "source": ["aws.guardduty"],
        "detail-type": ["GuardDuty Finding"],
        "detail": {"severity": [{"numeric": [">=", 4]}]},
    }
    events.put_rule(Name="findings-to-security", EventPattern=json.dumps(pattern), Tags=pairs(LOGS))
    events.put_targets(
        Rule="findings-to-security", Targets=[{"Id": "security-alerts", "Arn": topic}]
    )
    account.made("events", "rule")
