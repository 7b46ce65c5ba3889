"""Settings of an account in Terraform and CloudFormation: alarms on operations, who is told of
findings, features of GuardDuty, contacts, identity providers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from collectors.aws.operation_alarms import KINDS
from collectors.document import Document, Unknown
from collectors.iac.blocks import Reference
from tests.collectors.iac.conftest import Write, documents
from tests.collectors.iac.mappers.hand import block
from tests.collectors.iac.mappers.hand import documents as by_hand

REGION = {"region": "eu-west-1"}
TOPIC = Reference("aws_sns_topic.t", "arn")
APPLY = Unknown("var.x has no value here")
DELETION = "{($.eventSource=kms.amazonaws.com) && ($.eventName=ScheduleKeyDeletion)}"


def found(kind: str, *blocks: Any) -> Document:
    return next(each for each in by_hand(*blocks) if each.type == kind)


def heard(protocol: str = "lambda") -> list[Any]:
    link = {"topic_arn": TOPIC, "protocol": protocol}
    topic = block("aws_sns_topic.t", {"name": "t"}, REGION)
    return [topic, block("aws_sns_topic_subscription.s", link)]


def trail(**values: Any) -> list[Any]:
    group = {"cloud_watch_logs_group_arn": Reference("aws_cloudwatch_log_group.g", "arn")}
    return [
        block("aws_cloudtrail.t", {"name": "t", "s3_bucket_name": "b", **group, **values}),
        block("aws_cloudwatch_log_group.g", {"name": "g"}),
    ]


def watched(name: str, pattern: Any, **alarm: Any) -> list[Any]:
    filter_ = {
        "log_group_name": Reference("aws_cloudwatch_log_group.g", "name"),
        "pattern": pattern,
        "metric_transformation": [{"name": name, "namespace": "audit", "value": "1"}],
    }
    values = {"alarm_name": name, "metric_name": name, "namespace": "audit"}
    return [
        block(f"aws_cloudwatch_log_metric_filter.{name}", filter_),
        block(f"aws_cloudwatch_metric_alarm.{name}", values | {"alarm_actions": [TOPIC]} | alarm),
    ]


def alarms(*blocks: Any) -> tuple[Document, list[Any]]:
    document = found("account.audit", *blocks)
    return document, document.facts.get("alarms", [])


def test_an_alarm_on_what_a_trail_delivers() -> None:
    document, listed = alarms(*trail(), *watched("keys", DELETION), *heard())
    assert listed[0] == {
        "on": "key-deletion",
        "active": True,
        "notifies": ["main.tf#aws_sns_topic.t"],
    }
    # Of the other operations the account may have alarms elsewhere.
    assert "alarms/1" in document.unknown


@pytest.mark.parametrize("place", [{"region": "eu-west-2"}, REGION | {"profile": "other"}])
def test_an_alarm_elsewhere_sees_no_metric_of_here(place: dict[str, str]) -> None:
    counted, alarm = watched("keys", DELETION)
    for each, at in ((counted, REGION), (alarm, place)):
        each.provider_values = at
    document = found("account.audit", *trail(), counted, alarm, *heard())
    assert "alarms/0/active" in document.unknown


def test_alarms_on_everything_are_all_there_is_to_know() -> None:
    patterns = {
        "root": '{$.userIdentity.type="Root" && $.userIdentity.invokedBy NOT EXISTS '
        '&& $.eventType!="AwsServiceEvent"}',
        "signin": '{($.eventName=ConsoleLogin) && ($.errorMessage="Failed authentication")}',
        "keys": DELETION,
        "iam": "{($.eventSource=iam.amazonaws.com) && (($.eventName=AttachRolePolicy)||"
        "($.eventName=AttachUserPolicy)||($.eventName=CreatePolicyVersion)||"
        "($.eventName=PutRolePolicy))}",
        "trail": "{($.eventName=DeleteTrail)||($.eventName=StopLogging)}",
        "vm": "{($.eventName=RunInstances)||($.eventName=TerminateInstances)||"
        "($.eventName=RebootInstances)}",
        "firewall": "{($.eventName=AuthorizeSecurityGroupIngress)}",
    }
    blocks = [one for name, text in patterns.items() for one in watched(name, text)]
    document, listed = alarms(*trail(), *blocks, *heard())
    assert {one["on"] for one in listed} == set(KINDS)
    assert not any(path.startswith("alarms") for path in document.unknown)


@pytest.mark.parametrize(
    ("of_trail", "of_alarm", "active"),
    [
        ({}, {"actions_enabled": False}, False),
        ({"enable_logging": False}, {}, False),
        ({"enable_logging": APPLY}, {}, None),
        # In HCL the log group's ARN has ":*" added, and is not known.
        ({"cloud_watch_logs_group_arn": APPLY}, {}, None),
        ({"cloud_watch_logs_group_arn": "arn:aws:logs:eu-west-1:1:log-group:x:*"}, {}, None),
    ],
)
def test_alarms_that_may_not_ring(of_trail: Any, of_alarm: Any, active: bool | None) -> None:
    document, listed = alarms(*trail(**of_trail), *watched("keys", DELETION, **of_alarm), *heard())
    if active is None:
        assert not listed or "active" not in listed[0]
    else:
        assert not listed or listed[0]["active"] is active
    assert any(path.startswith("alarms") for path in document.unknown)


@pytest.mark.parametrize("pattern", [APPLY, "{$.eventName=Nothing}"])
def test_without_alarms_the_account_may_have_some(pattern: Any) -> None:
    for blocks in (trail(), [*trail(), *watched("x", pattern)]):
        assert "alarms" in alarms(*blocks)[0].unknown


HIGH = {"source": ["aws.guardduty"], "detail": {"severity": [{"numeric": [">=", 7]}]}}
ALL = {"source": ["aws.guardduty"], "detail-type": ["GuardDuty Finding"]}


def rule(pattern: Any, region: dict[str, str] = REGION, **values: Any) -> list[Any]:
    text = json.dumps(pattern) if isinstance(pattern, dict) else pattern
    target = {"rule": Reference("aws_cloudwatch_event_rule.r", "name"), "arn": TOPIC}
    return [
        block("aws_guardduty_detector.d", {}, REGION),
        block("aws_cloudwatch_event_rule.r", {"event_pattern": text, **values}, region),
        block("aws_cloudwatch_event_target.t", target),
    ]


@pytest.mark.parametrize(
    ("pattern", "severity"),
    [(ALL, "low"), (HIGH, "high"), ({"source": ["aws.s3"]}, None), (APPLY, None), (None, None)],
)
def test_who_is_told_of_findings(pattern: Any, severity: str | None) -> None:
    document = found("account.threat_detection", *rule(pattern), *heard())
    if severity is None:
        assert "notifications" in document.unknown
    else:
        assert document.facts["notifications"] == [
            {
                "channel": "main.tf#aws_sns_topic.t",
                "minimum_severity": severity,
                "active": True,
            }
        ]


@pytest.mark.parametrize(
    ("values", "region", "protocol"),
    [
        ({"state": "DISABLED"}, REGION, "lambda"),
        ({"is_enabled": False}, REGION, "lambda"),
        ({"state": APPLY}, REGION, "lambda"),
        ({"event_bus_name": "own"}, REGION, "lambda"),
        ({}, {"region": "eu-west-2"}, "lambda"),
        ({}, REGION | {"profile": "other"}, "lambda"),
        ({}, REGION, "email"),
    ],
)
def test_rules_that_may_tell_nobody(values: Any, region: Any, protocol: str) -> None:
    document = found("account.threat_detection", *rule(ALL, region, **values), *heard(protocol))
    assert any(path.startswith("notifications") for path in document.unknown)
    assert not any((one or {}).get("active") for one in document.facts.get("notifications", []))


EBS = [{"enable": True}]


UNWRITTEN: dict[str, Any] = {
    "malware_protection": [{"scan_ec2_instance_with_findings": [{"ebs_volumes": [{}]}]}]
}


@pytest.mark.parametrize(
    ("values", "feature", "scans"),
    [
        ({}, None, None),
        ({}, {"name": "EBS_MALWARE_PROTECTION", "status": "ENABLED"}, True),
        ({}, {"name": "EBS_MALWARE_PROTECTION", "status": "DISABLED"}, False),
        ({}, {"name": "EBS_MALWARE_PROTECTION", "status": APPLY}, None),
        ({}, {"name": "S3_DATA_EVENTS", "status": "ENABLED"}, None),
        ({"enable": False}, None, False),
        ({"datasources": [UNWRITTEN]}, None, None),
        (
            {
                "datasources": [
                    {
                        "malware_protection": [
                            {"scan_ec2_instance_with_findings": [{"ebs_volumes": EBS}]}
                        ]
                    }
                ]
            },
            None,
            True,
        ),
    ],
)
def test_whether_guardduty_scans_volumes(values: Any, feature: Any, scans: bool | None) -> None:
    own = {"detector_id": Reference("aws_guardduty_detector.d", "id")}
    others = [block("aws_guardduty_detector_feature.f", own | feature)] if feature else []
    document = found("account.threat_detection", block("aws_guardduty_detector.d", values), *others)
    assert document.facts["detectors"][0].get("malware_scan") is scans


@pytest.mark.parametrize(
    ("group", "all_types"),
    [
        ({"all_supported": False}, False),
        (
            {
                "all_supported": False,
                "recording_strategy": [{"use_only": "ALL_SUPPORTED_RESOURCE_TYPES"}],
            },
            True,
        ),
        (
            {
                "all_supported": False,
                "recording_strategy": [{"use_only": "EXCLUSION_BY_RESOURCE_TYPES"}],
            },
            False,
        ),
        ({"recording_strategy": [{"use_only": "EXCLUSION_BY_RESOURCE_TYPES"}]}, False),
    ],
)
def test_what_config_records(group: Any, all_types: bool) -> None:
    recorder = block("aws_config_configuration_recorder.r", {"recording_group": [group]})
    (document,) = by_hand(recorder)
    assert document.facts["recorders"][0]["all_types"] is all_types


def test_the_security_contact() -> None:
    values = {"alternate_contact_type": "SECURITY", "email_address": "a@example.com"}
    (document,) = by_hand(block("aws_account_alternate_contact.c", values))
    assert document.facts["security_contacts"] == ["a@example.com"]
    assert {"root_mfa", "federated", "password_policy"} <= set(document.unknown)
    for other in ({"alternate_contact_type": "BILLING"}, {"account_id": "111122223333"}):
        assert by_hand(block("aws_account_alternate_contact.c", values | other)) == []
    kind = values | {"alternate_contact_type": APPLY}
    (document,) = by_hand(block("aws_account_alternate_contact.c", kind))
    assert "security_contacts" in document.unknown


def test_identity_providers() -> None:
    (saml,) = by_hand(block("aws_iam_saml_provider.p", {"name": "adfs"}))
    assert saml.facts["federated"] is True
    people, programs = (
        by_hand(block("aws_iam_openid_connect_provider.p", {"url": url}))
        for url in ("https://login.example.com", "https://token.actions.githubusercontent.com")
    )
    assert people[0].facts["federated"] is True
    assert programs == []
    (unknown,) = by_hand(block("aws_iam_openid_connect_provider.p", {"url": APPLY}))
    assert "federated" in unknown.unknown


STACK = """AWSTemplateFormatVersion: '2010-09-09'
Resources:
  Topic:
    Type: AWS::SNS::Topic
    Properties: {Subscription: [{Protocol: lambda, Endpoint: "arn:aws:lambda:x"}]}
  Group: {Type: AWS::Logs::LogGroup}
  Trail:
    Type: AWS::CloudTrail::Trail
    Properties:
      IsLogging: true
      S3BucketName: b
      CloudWatchLogsLogGroupArn: !GetAtt Group.Arn
  Filter:
    Type: AWS::Logs::MetricFilter
    Properties:
      LogGroupName: !Ref Group
      FilterPattern: '{($.eventSource=kms.amazonaws.com) && ($.eventName=ScheduleKeyDeletion)}'
      MetricTransformations: [{MetricName: keys, MetricNamespace: audit, MetricValue: "1"}]
  Alarm:
    Type: AWS::CloudWatch::Alarm
    Properties: {Namespace: audit, MetricName: keys, AlarmActions: [!Ref Topic]}
  Detector:
    Type: AWS::GuardDuty::Detector
    Properties:
      Enable: true
      Features: [{Name: EBS_MALWARE_PROTECTION, Status: ENABLED}]
  Rule:
    Type: AWS::Events::Rule
    Properties:
      EventPattern: {source: [aws.guardduty]}
      Targets: [{Id: t, Arn: !Ref Topic}]
  Saml:
    Type: AWS::IAM::SAMLProvider
    Properties: {SamlMetadataDocument: x}
"""


def test_cloudformation(folder: Path) -> None:
    (folder / "stack.yaml").write_text(STACK, encoding="utf-8")
    found = documents(folder)[1]
    assert found["Trail"].facts["alarms"][0]["active"] is True
    detection = found["Detector"].facts
    assert detection["detectors"][0]["malware_scan"] is True
    assert detection["notifications"][0]["minimum_severity"] == "low"
    assert found["Saml"].facts["federated"] is True


HCL = """
resource "aws_cloudtrail" "t" {
  name                       = "t"
  s3_bucket_name             = "b"
  cloud_watch_logs_group_arn = "${aws_cloudwatch_log_group.g.arn}:*"
}
resource "aws_cloudwatch_log_group" "g" {}
resource "aws_cloudwatch_log_metric_filter" "f" {
  name           = "f"
  log_group_name = aws_cloudwatch_log_group.g.name
  pattern        = "{($.eventSource=kms.amazonaws.com) && ($.eventName=ScheduleKeyDeletion)}"
  metric_transformation {
    name      = "keys"
    namespace = "audit"
    value     = "1"
  }
}
resource "aws_cloudwatch_metric_alarm" "a" {
  alarm_name    = "a"
  metric_name   = "keys"
  namespace     = "audit"
  alarm_actions = ["arn:aws:ssm-incidents::111122223333:response-plan/p"]
}
"""


def test_the_streams_of_a_log_group_are_its_own(project: Write) -> None:
    """`:*` behind the ARN, as CloudTrail wants it, hides nothing of where a trail delivers."""
    found = documents(project(HCL))[1]["aws_cloudtrail.t"].facts["alarms"][0]
    assert (found["on"], found["active"], len(found["notifies"])) == ("key-deletion", True, 1)
