"""VPC endpoints: whether they lead to a service, and what their policies let through."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from collectors.aws.policy_document import clauses
from collectors.aws.private_endpoints import has_way, leads_to, lets_through
from collectors.document import Unknown
from tests.collectors.aws.conftest import Client, OpenAccount
from tests.faults.proxy import DENIED, FaultProxy, fault_proxy

REGION = "cn-north-1"
BUCKET = "arn:aws-cn:s3:::ledger"


@pytest.fixture(scope="module")
def proxy(fresh_moto: str) -> Iterator[FaultProxy]:
    with fault_proxy(fresh_moto) as running:
        yield running


def test_a_gateway_for_one_bucket(
    client: Client, proxy: FaultProxy, open_account: OpenAccount
) -> None:
    ec2 = client("ec2", REGION)
    vpc = ec2.describe_vpcs()["Vpcs"][0]["VpcId"]
    table = ec2.describe_route_tables()["RouteTables"][0]["RouteTableId"]

    def way(service: str, arn: str) -> Any:
        return has_way(open_account(proxy.url, REGION), REGION, service, arn)

    assert way("s3", BUCKET) is False
    ec2.create_vpc_endpoint(
        VpcId=vpc,
        ServiceName=f"com.amazonaws.{REGION}.s3",
        VpcEndpointType="Gateway",
        RouteTableIds=[table],
        PolicyDocument=document({"Action": "s3:*", "Resource": [BUCKET, f"{BUCKET}/*"]}),
    )
    assert way("s3", BUCKET) is True
    assert way("s3", "arn:aws-cn:s3:::other") is False
    assert way("kms", f"arn:aws-cn:kms:{REGION}:123456789012:key/1") is False
    proxy.decide = lambda request: DENIED
    assert way("s3", BUCKET) == Unknown("AccessDenied: ec2:DescribeVpcEndpoints")


def document(*statements: dict[str, Any]) -> str:
    whole = [
        {"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*", **statement}
        for statement in statements
    ]
    return json.dumps({"Version": "2012-10-17", "Statement": whole})


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, True),
        ({"State": "available"}, True),
        ({"ServiceName": "cn.com.amazonaws.cn-north-1.kms"}, True),
        ({"ServiceName": "com.amazonaws.cn-north-1.kms-fips"}, True),
        ({"ServiceName": "com.amazonaws.cn-northwest-1.kms"}, False),
        ({"ServiceName": "com.amazonaws.cn-north-1.s3"}, False),
        ({"State": "PendingAcceptance"}, False),
        ({"SubnetIds": []}, False),
        ({"SubnetIds": [], "RouteTableIds": ["rtb-1"]}, True),
    ],
)
def test_an_endpoint_in_use_leads_to_its_service(changes: dict[str, Any], expected: bool) -> None:
    endpoint = {
        "ServiceName": "com.amazonaws.cn-north-1.kms",
        "State": "Available",
        "SubnetIds": ["subnet-1"],
        **changes,
    }
    assert leads_to(endpoint, REGION, "kms") is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (None, True),
        (document({}), True),
        (document({"Action": "S3:Get*"}), True),
        (document({"Action": "kms:*"}), False),
        (document({"Resource": f"{BUCKET}/reports/*"}), True),
        (document({"Resource": "arn:aws-cn:s3:::ledger-2/*"}), False),
        (document({"Effect": "Deny"}), False),
        (document({}, {"Effect": "Deny", "Resource": [BUCKET, f"{BUCKET}/*"]}), False),
        # What only refuses some requests leaves a way for others.
        (document({}, {"Effect": "Deny", "Action": "s3:Delete*"}), True),
        (document({}, {"Effect": "Deny", "Condition": {"Bool": {"a:B": "false"}}}), True),
        (document({}, {"Effect": "Deny", "Principal": {"AWS": "111122223333"}}), True),
    ],
)
def test_what_the_policy_of_an_endpoint_lets_through(text: str | None, expected: bool) -> None:
    found = clauses(text)
    assert not isinstance(found, Unknown)
    assert lets_through(found, "s3", BUCKET) is expected


def test_all_but_some() -> None:
    but = {"Effect": "Allow", "Principal": "*", "NotAction": "s3:*", "NotResource": BUCKET}
    without_s3 = clauses({"Statement": [but]})
    without_bucket = clauses({"Statement": [{**but, "NotAction": "kms:*"}]})
    assert not isinstance(without_s3, Unknown)
    assert not isinstance(without_bucket, Unknown)
    assert lets_through(without_s3, "s3", BUCKET) is False
    assert lets_through(without_bucket, "s3", BUCKET) is False
    assert lets_through(without_bucket, "s3", "arn:aws-cn:s3:::other") is True
