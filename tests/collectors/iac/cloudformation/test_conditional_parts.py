"""Parts of resources that a condition decides on: they are neither there nor missing."""

from __future__ import annotations

import pytest

from tests.collectors.iac.conftest import Read

HEAD = "Parameters: {Who: {Type: String}}\nConditions: {Maybe: !Equals [!Ref Who, admin]}\n"
POLICY = "{PolicyName: p, PolicyDocument: {Statement: []}}"


@pytest.mark.parametrize(
    ("kind", "written", "unknown"),
    [
        (
            "S3::Bucket",
            "LoggingConfiguration: !If [Maybe, {DestinationBucketName: b}, !Ref AWS::NoValue]",
            "logging/enabled",
        ),
        (
            "S3::Bucket",
            "ObjectLockConfiguration: !If [Maybe, {ObjectLockEnabled: Enabled}, !Ref AWS::NoValue]",
            "object_lock_days",
        ),
        ("IAM::User", f"Policies: !If [Maybe, [{POLICY}], !Ref AWS::NoValue]", "direct_policies/0"),
        ("IAM::User", f"Policies: [!If [Maybe, {POLICY}, !Ref AWS::NoValue]]", "direct_policies/0"),
        (
            "EC2::Instance",
            "NetworkInterfaces: [!If [Maybe, {AssociatePublicIpAddress: true}, !Ref AWS::NoValue]]",
            "public_ips",
        ),
        ("EC2::Instance", "NetworkInterfaces: none", "public_ips"),
    ],
)
def test_a_part_is_unknown(stack: Read, kind: str, written: str, unknown: str) -> None:
    found = stack(f"  It: {{Type: AWS::{kind}, Properties: {{{written}}}}}\n", HEAD)["It"]
    assert unknown in found.unknown


def test_a_word_that_ecs_does_not_know_is_no_private_address(stack: Read) -> None:
    network = "{AwsvpcConfiguration: {AssignPublicIp: enabled, Subnets: [subnet-1]}}"
    found = stack(
        f"""
  S:
    Type: AWS::ECS::Service
    Properties: {{TaskDefinition: t, NetworkConfiguration: {network}}}
"""
    )
    assert "public_address" in found["S"].unknown


def test_what_a_resource_says_of_several_others_may_not_hold(stack: Read) -> None:
    found = stack(
        """
  Group: {Type: AWS::IAM::Group}
  User: {Type: AWS::IAM::User, Condition: Maybe, Properties: {Groups: [!Ref Group]}}
  Topic: {Type: AWS::SNS::Topic}
  Policy:
    Type: AWS::SNS::TopicPolicy
    Condition: Maybe
    Properties: {Topics: [!Ref Topic], PolicyDocument: {Statement: []}}
""",
        HEAD,
    )
    assert "members" in found["Group"].unknown
    assert "policy" in found["Topic"].unknown
