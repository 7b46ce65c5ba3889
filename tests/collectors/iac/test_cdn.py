"""CloudFront distributions in Terraform and CloudFormation."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from collectors.document import Unknown
from collectors.iac.blocks import Block, Reference
from tests.collectors.iac.conftest import documents
from tests.collectors.iac.mappers.hand import block, the

DOUBT = Unknown("var.x has no value here")
OWN = {"acm_certificate_arn": "arn:c", "minimum_protocol_version": "TLSv1.2_2021"}
HTTPS = {"custom_origin_config": [{"origin_protocol_policy": "https-only"}]}
HTTP = {"custom_origin_config": [{"origin_protocol_policy": "http-only"}]}
MATCH = {"custom_origin_config": [{"origin_protocol_policy": "match-viewer"}]}


def distribution(region: str = "us-east-1", **values: Any) -> Block:
    safe = {
        "default_cache_behavior": [{"viewer_protocol_policy": "redirect-to-https"}],
        "viewer_certificate": [OWN],
        "origin": [HTTPS],
    }
    return block("aws_cloudfront_distribution.d", safe | values, {"region": region})


def test_one_that_is_safe() -> None:
    bucket = block("aws_s3_bucket.b", {}, {"region": "eu-west-1"})
    logs = [{"bucket": Reference("aws_s3_bucket.b", "bucket_domain_name")}]
    made = distribution(web_acl_id="arn:acl", logging_config=logs, aliases=["www.example.org"])
    found = the(made, bucket)
    assert (found.name, found.region) == ("www.example.org", "global")
    assert found.facts["viewer_tls"] == {
        "minimum": "1.2",
        "required": True,
        "policy": "TLSv1.2_2021",
    }
    assert (found.facts["origin_https"], found.facts["waf"]) == (True, "arn:acl")
    log = found.facts["logging"]
    assert (log["enabled"], log["destination_region"]) == (True, "eu-west-1")


@pytest.mark.parametrize(
    ("region", "scope"), [("cn-north-1", "mainland"), ("eu-west-1", "overseas")]
)
def test_where_it_serves(region: str, scope: str) -> None:
    assert the(distribution(region)).facts["scope"] == scope


def test_what_holds_where_nothing_is_written() -> None:
    found = the(block("aws_cloudfront_distribution.d", {}))
    assert found.facts["viewer_tls"] == {"minimum": "1.0", "policy": "TLSv1"}
    assert found.facts["waf"] is None
    assert {"scope", "viewer_tls/required", "origin_https"} <= set(found.unknown)
    assert found.facts["logging"]["enabled"] is False


def test_how_long_a_bucket_keeps_the_log() -> None:
    bucket = block("aws_s3_bucket.b", {"bucket": "logs"})
    rules = block(
        "aws_s3_bucket_lifecycle_configuration.l",
        {
            "bucket": Reference("aws_s3_bucket.b", "id"),
            "rule": [
                {"status": "Enabled", "filter": [{"prefix": "cdn/"}], "expiration": [{"days": 30}]}
            ],
        },
    )
    for prefix, days in (("cdn/", 30), ("other/", None)):
        logs = [{"bucket": Reference("aws_s3_bucket.b", "bucket_domain_name"), "prefix": prefix}]
        log = the(distribution(logging_config=logs), bucket, rules).facts["logging"]
        assert log["retention_days"] == days
    away = the(distribution(logging_config=[{"bucket": "x.s3.amazonaws.com"}]))
    assert away.unknown["logging/retention_days"] == "the log bucket is not part of this template"


def delivery(source: Any, name: Any = "s") -> list[Block]:
    """A delivery of what `source` says to a log group that keeps records for 90 days."""
    group = block("aws_cloudwatch_log_group.g", {"name": "g", "retention_in_days": 90})
    made = {
        "source.s": {"name": "s", "resource_arn": source, "log_type": "ACCESS_LOGS"},
        "destination.d": {
            "delivery_destination_configuration": [
                {"destination_resource_arn": Reference("aws_cloudwatch_log_group.g", "arn")}
            ]
        },
    }
    pair = {
        "delivery_source_name": name,
        "delivery_destination_arn": Reference("aws_cloudwatch_log_delivery_destination.d", "arn"),
    }
    return [
        group,
        *(block(f"aws_cloudwatch_log_delivery_{each}", values) for each, values in made.items()),
        block("aws_cloudwatch_log_delivery.y", pair),
    ]


def test_logs_that_are_delivered() -> None:
    arn = Reference("aws_cloudfront_distribution.d", "arn")
    log = the(distribution(), *delivery(arn)).facts["logging"]
    assert (log["enabled"], log["retention_days"]) == (True, 90)
    # Of another distribution, and by no delivery.
    for parts in (delivery("arn:other"), delivery(arn, "another")):
        assert the(distribution(), *parts).facts["logging"]["enabled"] is False
    for parts in (delivery(DOUBT), delivery(arn, DOUBT)):
        assert "logging/enabled" in the(distribution(), *parts).unknown


@pytest.mark.parametrize("config", ["arn:realtime", DOUBT])
def test_real_time_logs_are_not_read(config: Any) -> None:
    behavior = {"viewer_protocol_policy": "https-only", "realtime_log_config_arn": config}
    found = the(distribution(default_cache_behavior=[behavior]))
    assert "logging/enabled" in found.unknown


@pytest.mark.parametrize(
    ("certificate", "minimum"),
    [
        ({"acm_certificate_arn": "arn:c"}, "1.0"),
        ({"minimum_protocol_version": "TLSv1.2_2021"}, "1.0"),
        ({**OWN, "cloudfront_default_certificate": True}, "1.0"),
        ({**OWN, "minimum_protocol_version": "TLSv1.3_2025"}, "1.3"),
        ({**OWN, "minimum_protocol_version": "TLSv9"}, None),
        ({**OWN, "minimum_protocol_version": DOUBT}, None),
        ({**OWN, "acm_certificate_arn": DOUBT}, None),
        ({**OWN, "cloudfront_default_certificate": DOUBT}, None),
    ],
)
def test_versions(certificate: dict[str, Any], minimum: str | None) -> None:
    found = the(distribution(viewer_certificate=[certificate])).facts["viewer_tls"]
    assert found.get("minimum") == minimum


@pytest.mark.parametrize(
    ("argument", "value", "required"),
    [
        ("ordered_cache_behavior", [{"viewer_protocol_policy": "https-only"}], True),
        ("ordered_cache_behavior", [{"viewer_protocol_policy": "allow-all"}], False),
        ("ordered_cache_behavior", DOUBT, None),
        ("default_cache_behavior", [{"viewer_protocol_policy": DOUBT}], None),
    ],
)
def test_plain_http_of_any_path(argument: str, value: Any, required: bool | None) -> None:
    found = the(distribution(**{argument: value})).facts["viewer_tls"]
    assert found.get("required") is required


@pytest.mark.parametrize(
    ("origins", "viewers", "https"),
    [
        ([HTTPS, HTTP], "https-only", False),
        ([MATCH, {"s3_origin_config": [{}]}, {}], "https-only", True),
        ([MATCH], "allow-all", False),
        ([{}], "allow-all", False),
        ([{}], DOUBT, None),
        ([{"vpc_origin_config": [{}]}], "https-only", None),
        ([{"custom_origin_config": DOUBT}], "https-only", None),
        (DOUBT, "https-only", None),
        ([HTTP, {"custom_origin_config": DOUBT}], "https-only", False),
    ],
)
def test_origins(origins: Any, viewers: Any, https: bool | None) -> None:
    behavior = [{"viewer_protocol_policy": viewers}]
    found = the(distribution(origin=origins, default_cache_behavior=behavior))
    assert found.facts.get("origin_https") is https


STACK = """AWSTemplateFormatVersion: '2010-09-09'
Parameters: {Version: {Type: String}}
Resources:
  D:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Enabled: true
        Aliases: [www.example.org]
        WebACLId: arn:acl
        DefaultCacheBehavior: {TargetOriginId: a, ViewerProtocolPolicy: https-only}
        CacheBehaviors: [{PathPattern: '*', TargetOriginId: a, ViewerProtocolPolicy: allow-all}]
        Origins:
          - {Id: a, DomainName: a, CustomOriginConfig: {OriginProtocolPolicy: https-only}}
          - {Id: b, DomainName: b, S3OriginConfig: {}}
        Logging: {Bucket: logs.s3.amazonaws.com}
        ViewerCertificate: {AcmCertificateArn: 'arn:c', MinimumProtocolVersion: TLSv1.2_2021}
  Open:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        DefaultCacheBehavior: {TargetOriginId: a, ViewerProtocolPolicy: https-only}
        Origins: [{Id: a, DomainName: a, CustomOriginConfig: {OriginProtocolPolicy: http-only}}]
        ViewerCertificate: {AcmCertificateArn: 'arn:c'}
  Group: {Type: AWS::Logs::LogGroup, Properties: {LogGroupName: g, RetentionInDays: 30}}
  Source:
    Type: AWS::Logs::DeliverySource
    Properties:
      Name: open
      LogType: ACCESS_LOGS
      ResourceArn: !Sub 'arn:aws:cloudfront::${AWS::AccountId}:distribution/${Open}'
  Destination:
    Type: AWS::Logs::DeliveryDestination
    Properties: {Name: to-group, DestinationResourceArn: !GetAtt Group.Arn}
  Delivery:
    Type: AWS::Logs::Delivery
    DependsOn: Source
    Properties: {DeliverySourceName: open, DeliveryDestinationArn: !GetAtt Destination.Arn}
"""


def test_cloudformation(folder: Path) -> None:
    (folder / "stack.yaml").write_text(STACK, encoding="utf-8")
    found = documents(folder)[1]
    facts, opened = found["D"].facts, found["Open"]
    assert facts["viewer_tls"] == {"minimum": "1.2", "required": False, "policy": "TLSv1.2_2021"}
    assert (facts["origin_https"], facts["waf"]) == (False, "arn:acl")
    assert facts["logging"]["enabled"] is True
    assert opened.facts["origin_https"] is False
    assert (opened.facts["waf"], opened.facts["viewer_tls"]["required"]) == (None, True)
    assert "viewer_tls/minimum" in opened.unknown
    log = opened.facts["logging"]
    assert (log["enabled"], log["retention_days"]) == (True, 30)
