"""Tables of DynamoDB in Terraform and CloudFormation."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from collectors.document import Document, Unknown
from collectors.iac.blocks import Reference
from tests.collectors.iac.conftest import documents
from tests.collectors.iac.mappers.hand import block, the
from tests.collectors.iac.mappers.hand import documents as made

APPLY = Unknown("known after apply")
SAFE: dict[str, Any] = {
    "name": "core",
    "server_side_encryption": [{"enabled": True, "kms_key_arn": Reference("aws_kms_key.k", "arn")}],
    "point_in_time_recovery": [{"enabled": True}],
    "deletion_protection_enabled": True,
}


def table(values: dict[str, Any], *others: Any) -> Document:
    return the(block("aws_dynamodb_table.t", values), *others)


def policy(principal: Any) -> str:
    statement = {"Effect": "Allow", "Principal": principal, "Action": "*", "Resource": "*"}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def test_safe() -> None:
    found = table(SAFE, block("aws_kms_key.k", {}))
    assert found.facts["encryption"]["key_manager"] == "customer"
    assert found.facts["backup"]["enabled"] is True
    assert found.facts["backup"]["retention_days"] == 35
    assert found.facts["backup"]["point_in_time"] is True
    assert found.facts["deletion_protection"] is True
    assert found.facts["exposure"] == {"public": False, "via": []}
    assert found.facts["replicas"] == []


def test_minimal() -> None:
    found = table({"name": "core"})
    assert found.facts["encryption"]["enabled"] is True
    assert found.facts["encryption"]["key_manager"] == "provider"
    assert found.facts["backup"]["point_in_time"] is False
    assert found.facts["deletion_protection"] is False
    # A plan of the account may take it.
    assert "backup/enabled" in found.unknown


def test_unknown_arguments() -> None:
    found = table(dict.fromkeys(SAFE, APPLY))
    assert {
        "encryption/key_manager",
        "backup/enabled",
        "backup/point_in_time",
        "deletion_protection",
    } <= set(found.unknown)


@pytest.mark.parametrize(
    ("attribute", "text", "public"),
    [
        ("arn", policy("*"), True),
        ("arn", policy({"AWS": "111122223333"}), False),
        ("arn", APPLY, None),
        ("stream_arn", policy("*"), False),
    ],
)
def test_policies(attribute: str, text: Any, public: bool | None) -> None:
    values = {"resource_arn": Reference("aws_dynamodb_table.t", attribute), "policy": text}
    found = table(SAFE, block("aws_dynamodb_resource_policy.p", values))
    assert found.facts["exposure"].get("public") is public


def test_a_private_way() -> None:
    values = {"service_name": "com.amazonaws.cn-north-1.dynamodb", "route_table_ids": ["rtb-1"]}
    endpoint = block("aws_vpc_endpoint.e", values)
    assert table(SAFE, endpoint).facts["private_endpoint"] is True
    assert "private_endpoint" in table(SAFE).unknown


def test_replicas() -> None:
    copies = [
        {"region_name": "cn-northwest-1", "kms_key_arn": "alias/mine"},
        {"region_name": "eu-west-1", "point_in_time_recovery": True},
    ]
    values = SAFE | {"region": "cn-north-1", "replica": copies}
    first, second, third = made(block("aws_dynamodb_table.t", values), block("aws_kms_key.k", {}))[
        :3
    ]
    regions = {"cn-north-1", "cn-northwest-1", "eu-west-1"}
    for found in (first, second, third):
        told = {each["region"] for each in found.facts["replicas"]}
        assert told == regions - {found.region}
    assert second.facts["encryption"]["key_manager"] == "customer"
    assert third.facts["encryption"]["key_manager"] == "provider"
    assert second.facts["backup"]["point_in_time"] is False
    assert third.facts["backup"]["point_in_time"] is True
    assert len({each.id for each in (first, second, third)}) == 3


@pytest.mark.parametrize(
    ("of", "public"),
    [
        (Reference("aws_dynamodb_table.t", "arn"), False),
        (Reference("aws_dynamodb_table.t", "stream_arn"), False),
        (Reference("aws_dynamodb_table.t", "replica[0].arn"), None),
        ("arn:aws-cn:dynamodb:cn-northwest-1:111122223333:table/core", None),
        (APPLY, None),
    ],
)
def test_a_policy_that_may_be_that_of_a_replica(of: Any, public: bool | None) -> None:
    values = SAFE | {"region": "cn-north-1", "replica": [{"region_name": "cn-northwest-1"}]}
    policy = block("aws_dynamodb_resource_policy.p", {"resource_arn": of, "policy": "{}"})
    replica = made(block("aws_dynamodb_table.t", values), policy)[1]
    assert replica.region == "cn-northwest-1"
    assert replica.facts.get("exposure", {}).get("public") is public


def test_a_replica_apart() -> None:
    values = {"global_table_arn": Reference("aws_dynamodb_table.t", "arn"), "region": "eu-west-1"}
    replica = block("aws_dynamodb_table_replica.r", values)
    main = block("aws_dynamodb_table.t", SAFE | {"region": "cn-north-1"})
    found, other = made(replica, main)
    assert [each["region"] for each in found.facts["replicas"]] == ["cn-north-1"]
    assert [each["region"] for each in other.facts["replicas"]] == ["eu-west-1"]
    assert found.facts["encryption"]["key_manager"] == "provider"
    assert found.name == "core"
    alone = the(block("aws_dynamodb_table_replica.r", values))
    assert {"replicas", "encryption/key_manager"} <= set(alone.unknown)


def test_cloudformation(folder: Path) -> None:
    text = """AWSTemplateFormatVersion: '2010-09-09'
Resources:
  Safe:
    Type: AWS::DynamoDB::Table
    Properties:
      SSESpecification: {SSEEnabled: true, SSEType: KMS, KMSMasterKeyId: alias/mine}
      PointInTimeRecoverySpecification: {PointInTimeRecoveryEnabled: true}
      DeletionProtectionEnabled: true
  Open:
    Type: AWS::DynamoDB::Table
    Properties:
      ResourcePolicy:
        PolicyDocument:
          Statement: [{Effect: Allow, Principal: "*", Action: "dynamodb:*", Resource: "*"}]
  Global:
    Type: AWS::DynamoDB::GlobalTable
    Properties:
      SSESpecification: {SSEEnabled: true, SSEType: KMS}
      Replicas:
        - {Region: cn-north-1, SSESpecification: {KMSMasterKeyId: alias/mine}}
        - Region: cn-northwest-1
          PointInTimeRecoverySpecification: {PointInTimeRecoveryEnabled: true}
"""
    (folder / "stack.yaml").write_text(text, encoding="utf-8")
    found = documents(folder)[1]
    assert found["Safe"].facts["encryption"]["key_manager"] == "customer"
    assert found["Safe"].facts["backup"]["enabled"] is True
    assert found["Open"].facts["exposure"]["public"] is True
    one, other = found["Global"], found["Global/Replicas[1]"]
    assert (one.region, other.region) == ("cn-north-1", "cn-northwest-1")
    assert one.facts["encryption"]["key_manager"] == "customer"
    assert other.facts["encryption"]["key_manager"] == "provider"
    assert [each["region"] for each in one.facts["replicas"]] == ["cn-northwest-1"]
    assert other.facts["backup"]["point_in_time"] is True
    assert one.facts["backup"]["point_in_time"] is False
