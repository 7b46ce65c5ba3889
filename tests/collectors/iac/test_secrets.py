"""Secrets Manager in Terraform and CloudFormation: rotation, keys, policies, replicas."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from collectors.document import Document, Unknown
from collectors.iac.blocks import Reference
from tests.collectors.iac.conftest import documents
from tests.collectors.iac.mappers.hand import block, the
from tests.collectors.iac.mappers.hand import documents as by_hand

SECRET = Reference("aws_secretsmanager_secret.s", "id")
READ = {"Effect": "Allow", "Principal": "*", "Action": "secretsmanager:GetSecretValue"}
POLICY = json.dumps({"Version": "2012-10-17", "Statement": [READ | {"Resource": "*"}]})


def secret(**values: Any) -> Any:
    return block("aws_secretsmanager_secret.s", {"name": "s", **values})


def rotated(*rules: Any, **values: Any) -> Document:
    rotation = {"secret_id": SECRET, "rotation_rules": [*rules], **values}
    return the(secret(), block("aws_secretsmanager_secret_rotation.r", rotation))


def test_what_holds_where_nothing_is_written() -> None:
    """Nobody rotates it but people, of whom a template tells nothing."""
    found = the(secret())
    assert found.facts["rotation_days"] is None
    assert "last_rotated" in found.unknown
    assert found.facts["encryption"]["key_manager"] == "provider"
    assert found.facts["policy"] == []


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        ({"automatically_after_days": 30}, 30),
        ({"schedule_expression": "rate(10 days)"}, 10),
        ({"schedule_expression": "rate(36 hours)"}, 2),
        ({"schedule_expression": "cron(0 4 ? * MON *)"}, None),
        ({"automatically_after_days": Unknown("var.days has no value here")}, None),
        ({}, None),
    ],
)
def test_rotation(rule: dict[str, Any], days: int | None) -> None:
    found = rotated(rule)
    assert found.facts.get("rotation_days") == days
    assert ("rotation_days" in found.unknown) == ("last_rotated" in found.unknown) == (days is None)
    if days:
        assert found.facts["last_rotated"] is None


def test_rotation_as_older_providers_had_it() -> None:
    rules = {"rotation_rules": [{"automatically_after_days": 45}]}
    assert the(secret(rotation_lambda_arn="arn:f", **rules)).facts["rotation_days"] == 45
    assert the(secret(**rules)).facts["rotation_days"] is None


def test_a_rotation_of_what_is_not_known_leaves_it_open() -> None:
    apply = Unknown("var.id has no value here")
    rotation = block("aws_secretsmanager_secret_rotation.r", {"secret_id": apply})
    assert "rotation_days" in the(secret(), rotation).unknown


def test_a_rotation_beside_one_that_may_be_of_this_secret() -> None:
    """The last one applied holds, which may be the one whose secret is not known."""
    kind, apply = "aws_secretsmanager_secret_rotation", Unknown("var.id has no value here")
    monthly, yearly = ([{"automatically_after_days": days}] for days in (30, 365))
    own = block(f"{kind}.a", {"secret_id": SECRET, "rotation_rules": monthly})
    other = block(f"{kind}.b", {"secret_id": apply, "rotation_rules": yearly})
    assert "rotation_days" in by_hand(secret(), own, other)[0].unknown


@pytest.mark.parametrize("separate", [True, False])
def test_policies(separate: bool) -> None:
    written = {"policy": POLICY}
    if separate:
        other = {"secret_arn": Reference("aws_secretsmanager_secret.s", "arn"), **written}
        found = the(secret(), block("aws_secretsmanager_secret_policy.p", other))
    else:
        found = the(secret(**written))
    assert [grant["kind"] for grant in found.facts["policy"]] == ["anyone"]
    assert the(secret(policy="{}")).facts["policy"] == []


def test_replicas_rotate_with_it_and_have_keys_of_their_own() -> None:
    replica = {"region": "cn-north-1", "kms_key_id": "alias/mine"}
    unknown = Unknown("var.region has no value here")
    one, first, second = by_hand(secret(replica=[replica, {"region": unknown}]))
    assert (first.region, first.facts["encryption"]["key_manager"]) == ("cn-north-1", "customer")
    assert one.facts["encryption"]["key_manager"] == "provider"
    assert first.facts["rotation_days"] is None
    assert "region" in second.unknown


def test_replicas_that_are_not_known_are_said() -> None:
    one, some = by_hand(secret(replica=Unknown("var.replicas has no value here")))
    assert one.facts["encryption"]["key_manager"] == "provider"
    assert "region" in some.unknown
    assert "key_manager" not in some.facts.get("encryption", {})


def test_a_policy_beside_one_that_may_be_of_this_secret() -> None:
    """The last one applied holds, which may be the one whose secret is not known."""
    kind, apply = "aws_secretsmanager_secret_policy", Unknown("var.arn has no value here")
    own = block(f"{kind}.a", {"secret_arn": SECRET, "policy": "{}"})
    other = block(f"{kind}.b", {"secret_arn": apply, "policy": POLICY})
    found = by_hand(secret(), own, other)[0]
    assert "policy" in found.unknown


STACK = """AWSTemplateFormatVersion: '2010-09-09'
Resources:
  S:
    Type: AWS::SecretsManager::Secret
    Properties:
      KmsKeyId: alias/mine
      GenerateSecretString: {PasswordLength: 30}
      ReplicaRegions: [{Region: cn-northwest-1}]
      Tags: [{Key: system, Value: core}]
  R:
    Type: AWS::SecretsManager::RotationSchedule
    Properties:
      SecretId: !Ref S
      RotationRules: {ScheduleExpression: rate(30 days)}
  P:
    Type: AWS::SecretsManager::ResourcePolicy
    Properties:
      SecretId: !Ref S
      ResourcePolicy:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Principal: "*", Action: secretsmanager:GetSecretValue, Resource: "*"}
  Plain: {Type: AWS::SecretsManager::Secret}
  Setting: {Type: AWS::SSM::Parameter, Properties: {Type: !Ref AWS::StackId, Value: v}}
"""


def test_cloudformation(folder: Path) -> None:
    (folder / "stack.yaml").write_text(STACK, encoding="utf-8")
    found = documents(folder)[1]
    # CloudFormation makes no SecureString.
    assert set(found) == {"S", "S.replica[0]", "Plain"}
    assert found["S"].facts["rotation_days"] == found["S.replica[0]"].facts["rotation_days"] == 30
    assert found["S"].facts["encryption"]["key_manager"] == "customer"
    assert found["S"].facts["policy"][0]["kind"] == "anyone"
    assert found["S"].tags == {"system": "core"}
    assert found["S.replica[0]"].region == "cn-northwest-1"
    assert found["Plain"].facts["rotation_days"] is None


@pytest.mark.parametrize(
    ("values", "manager"), [({}, "provider"), ({"key_id": "alias/mine"}, "customer")]
)
def test_secure_strings_of_the_parameter_store(values: dict[str, Any], manager: str) -> None:
    found = the(block("aws_ssm_parameter.p", {"name": "/p", "type": "SecureString"} | values))
    assert found.facts["encryption"]["key_manager"] == manager
    assert (found.facts["rotation_days"], found.facts["policy"]) == (None, [])
    assert "last_rotated" in found.unknown


def test_other_parameters_are_no_secrets() -> None:
    assert by_hand(block("aws_ssm_parameter.p", {"name": "/p", "type": "String"})) == []
    kind = Unknown("var.type has no value here")
    (found,) = by_hand(block("aws_ssm_parameter.p", {"type": kind, "tier": "Advanced"}))
    assert "policy" in found.unknown
