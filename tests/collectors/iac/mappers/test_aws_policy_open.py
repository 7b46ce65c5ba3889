"""Policies of resources in templates: a Deny takes back what an Allow gives, as in an account."""

from __future__ import annotations

import json
from typing import Any

import pytest

from collectors.document import Document, Unknown
from collectors.iac.blocks import Reference
from tests.collectors.iac.mappers.hand import block, the

ARN = "arn:aws:s3:::b/*"
READ = {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": ARN}
DENY = {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*"}
OUTSIDE = {"NotIpAddress": {"aws:SourceIp": "10.0.0.0/8"}}
OTHERS = {"StringNotEquals": {"aws:PrincipalOrgID": "o-abc"}}
PLAIN = {"Bool": {"aws:SecureTransport": "false"}}
APPLY = Unknown("var.x has no value here")
BUCKET = Reference("aws_s3_bucket.b", "arn")
OFF = dict.fromkeys(
    ("block_public_acls", "ignore_public_acls", "block_public_policy", "restrict_public_buckets"),
    False,
)


def bucket(*statements: dict[str, Any]) -> Document:
    to = {"bucket": Reference("aws_s3_bucket.b", "id")}
    # A plan and CloudFormation have the document as it is, with what is unknown in its place.
    return the(
        block("aws_s3_bucket.b", {"bucket": "b"}),
        block("aws_s3_bucket_policy.p", to | {"policy": {"Statement": [*statements]}}),
        block("aws_s3_bucket_public_access_block.a", to | OFF),
    )


@pytest.mark.parametrize(
    ("statements", "public"),
    [
        ([READ], True),
        ([READ, DENY | {"Condition": OUTSIDE}], False),
        ([READ, DENY | {"Condition": OTHERS}], False),
        ([READ, DENY | {"Condition": OTHERS, "Resource": ARN}], False),
        ([READ, DENY | {"Condition": PLAIN}], True),
        ([READ, DENY | {"Condition": OUTSIDE | PLAIN}], True),
        ([READ, DENY | {"Condition": OUTSIDE, "Resource": "arn:aws:s3:::b/private/*"}], True),
        ([READ, DENY | {"Condition": OUTSIDE, "Action": "s3:PutObject"}], True),
        # A Deny of named principals leaves everybody else.
        ([READ, DENY | {"Principal": {"AWS": "111122223333"}}], True),
    ],
)
def test_a_deny_takes_back_what_is_allowed(statements: list[Any], public: bool) -> None:
    assert bucket(*statements).facts["exposure"]["public"] is public


@pytest.mark.parametrize(
    "statements",
    [
        # What is unknown may close the bucket, or may not.
        [READ, DENY | {"Condition": {"NotIpAddress": {"aws:SourceIp": [APPLY]}}}],
        [READ, DENY | {"Condition": OUTSIDE, "Resource": [APPLY]}],
        [READ, DENY | {"Condition": OUTSIDE, "Principal": APPLY}],
        [READ | {"Resource": [APPLY]}, DENY | {"Condition": OUTSIDE, "Resource": ARN}],
        # A plan has one reference for "${bucket.arn}/*" and "${bucket.arn}/some/*".
        [READ | {"Resource": BUCKET}, DENY | {"Condition": OTHERS, "Resource": BUCKET}],
        [READ | {"Principal": {"AWS": [APPLY]}}],
        [READ | {"Condition": {"IpAddress": {"aws:SourceIp": APPLY}}}],
    ],
)
def test_what_is_unknown_decides_nothing(statements: list[Any]) -> None:
    assert "exposure/public" in bucket(*statements).unknown


@pytest.mark.parametrize(
    ("statements", "public"),
    [
        # Whatever it is, it changes nothing.
        ([READ | {"Resource": [APPLY]}], True),
        ([READ | {"Resource": [APPLY]}, DENY | {"Condition": PLAIN, "Resource": [APPLY]}], True),
        ([READ | {"Resource": [APPLY]}, DENY | {"Condition": OUTSIDE}], False),
    ],
)
def test_what_is_unknown_and_does_not_matter(statements: list[Any], public: bool) -> None:
    assert bucket(*statements).facts["exposure"]["public"] is public


@pytest.mark.parametrize(
    ("kind", "attribute"),
    [("aws_iam_role", "arn"), ("aws_cloudfront_origin_access_identity", "iam_arn")],
)
def test_a_principal_of_the_template_is_not_everybody(kind: str, attribute: str) -> None:
    role = Reference(f"{kind}.r", attribute)
    statement = READ | {"Principal": {"AWS": role}}
    found = the(
        block("aws_s3_bucket.b", {"bucket": "b"}),
        block("aws_s3_bucket_policy.p", {"bucket": "b", "policy": {"Statement": [statement]}}),
        block("aws_s3_bucket_public_access_block.a", {"bucket": "b"} | OFF),
        block(f"{kind}.r", {"name": "r"}),
    )
    assert found.facts["exposure"]["public"] is False


@pytest.mark.parametrize("condition", [OUTSIDE, OTHERS])
def test_queues_and_repositories_are_asked_in_the_same_way(condition: dict[str, Any]) -> None:
    def text(action: str) -> str:
        allow = {"Effect": "Allow", "Principal": "*", "Action": action}
        deny = {"Effect": "Deny", "Principal": "*", "Action": "*", "Condition": condition}
        return json.dumps({"Version": "2012-10-17", "Statement": [allow, deny]})

    queue = block("aws_sqs_queue.q", {"name": "q", "policy": text("sqs:SendMessage")})
    of_r = {"repository": "r", "policy": text("ecr:BatchGetImage")}
    policy = block("aws_ecr_repository_policy.p", of_r)
    for found in (the(queue), the(block("aws_ecr_repository.r", {"name": "r"}), policy)):
        assert found.facts["exposure"]["public"] is False


def test_a_queue_is_all_that_its_policy_speaks_of() -> None:
    own = {"Resource": Reference("aws_sqs_queue.q", "arn")}
    allow = {"Effect": "Allow", "Principal": "*", "Action": "sqs:SendMessage"}
    deny = {"Effect": "Deny", "Principal": "*", "Action": "*", "Condition": OTHERS}
    values = {"name": "q", "policy": {"Statement": [allow | own, deny | own]}}
    assert the(block("aws_sqs_queue.q", values)).facts["exposure"]["public"] is False


TOPIC = Reference("aws_sns_topic.t", "arn")


@pytest.mark.parametrize(
    ("condition", "public"),
    [
        ({"ArnEquals": {"aws:SourceArn": TOPIC}}, False),
        ({"ArnLike": {"AWS:SourceArn": [TOPIC]}}, False),
        ({"StringEquals": {"aws:SourceVpce": Reference("aws_vpc_endpoint.e")}}, False),
        (
            {
                "StringEquals": {
                    "aws:SourceAccount": Reference("data.aws_caller_identity.m", "account_id")
                }
            },
            False,
        ),
        # One value that is not known is enough to meet a condition.
        ({"ArnEquals": {"aws:SourceArn": [TOPIC, APPLY]}}, "unknown"),
        ({"StringEquals": {"aws:SourceArn": Reference("aws_ssm_parameter.p", "value")}}, "unknown"),
        ({"StringNotEquals": {"aws:SourceAccount": TOPIC}}, "unknown"),
        ({"ArnEquals": {"aws:SourceArn": [TOPIC, "*"]}}, "unknown"),
    ],
)
def test_a_condition_on_a_resource_of_the_template_narrows(condition: Any, public: Any) -> None:
    allow = {"Effect": "Allow", "Principal": "*", "Action": "sqs:SendMessage", "Resource": "*"}
    policy = {"Statement": [allow | {"Condition": condition}]}
    found = the(block("aws_sqs_queue.q", {"name": "q", "policy": policy}))
    known = "exposure/public" not in found.unknown
    assert (found.facts["exposure"]["public"] if known else "unknown") == public
