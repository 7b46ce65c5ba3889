"""Private ways to buckets, keys and secrets: VPC endpoints of the same template."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from collectors.document import Unknown
from collectors.iac.blocks import Reference
from tests.collectors.iac.conftest import documents
from tests.collectors.iac.mappers.hand import block, the

REGION = {"region": "cn-north-1"}
APPLY = Unknown("var.x has no value here")
TABLES = {"route_table_ids": [Reference("aws_route_table.t", "id")]}
S3 = {"service_name": "com.amazonaws.cn-north-1.s3", **TABLES}


def allow(**values: Any) -> dict[str, Any]:
    statement = {"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}
    return {"policy": {"Statement": [statement | values]}}


@pytest.mark.parametrize(
    ("endpoint", "region", "known"),
    [
        (S3, REGION, True),
        (S3 | allow(), REGION, True),
        (S3 | allow(Action="s3:*"), REGION, True),
        (S3 | allow(Action="dynamodb:*"), REGION, False),
        (S3 | allow(Resource="arn:aws-cn:s3:::other/*"), REGION, False),
        (S3 | {"policy": APPLY}, REGION, False),
        ({"service_name": S3["service_name"]}, REGION, False),
        (S3 | {"service_name": "com.amazonaws.cn-north-1.dynamodb"}, REGION, False),
        (S3 | {"service_name": APPLY}, REGION, False),
        (S3, {"region": "cn-northwest-1"}, False),
    ],
)
def test_an_endpoint_of_the_region_that_lets_requests_through(
    endpoint: Any, region: Any, known: bool
) -> None:
    found = the(
        block("aws_s3_bucket.b", {"bucket": "b"}, REGION),
        block("aws_vpc_endpoint.e", endpoint, region),
    )
    assert found.facts.get("private_endpoint") is (True if known else None)
    assert ("private_endpoint" in found.unknown) is not known


@pytest.mark.parametrize(
    ("kind", "service"), [("aws_kms_key", "kms"), ("aws_secretsmanager_secret", "secretsmanager")]
)
def test_keys_and_secrets(kind: str, service: str) -> None:
    name = f"cn.com.amazonaws.cn-north-1.{service}"
    endpoint = block("aws_vpc_endpoint.e", {"service_name": name}, REGION)
    link = {"vpc_endpoint_id": Reference("aws_vpc_endpoint.e", "id"), "subnet_id": "subnet-1"}
    placed = block("aws_vpc_endpoint_subnet_association.a", link)
    thing = block(f"{kind}.x", {"name": "x"}, REGION)
    assert the(thing, endpoint, placed).facts["private_endpoint"] is True
    assert "private_endpoint" in the(thing, endpoint).unknown


STACK = """AWSTemplateFormatVersion: '2010-09-09'
Resources:
  Bucket: {Type: AWS::S3::Bucket}
  Way:
    Type: AWS::EC2::VPCEndpoint
    Properties:
      VpcId: vpc-1
      ServiceName: NAME
      RouteTableIds: [rtb-1]
"""


@pytest.mark.parametrize(
    ("name", "known"),
    [("com.amazonaws.cn-north-1.s3", True), ('!Sub "com.amazonaws.${AWS::Region}.s3"', False)],
)
def test_cloudformation(folder: Path, name: str, known: bool) -> None:
    (folder / "stack.yaml").write_text(STACK.replace("NAME", name), encoding="utf-8")
    found = documents(folder)[1]["Bucket"]
    # Where the region is not known, the service's name is not either.
    assert found.facts.get("private_endpoint") is (True if known else None)
    assert ("private_endpoint" in found.unknown) is not known
