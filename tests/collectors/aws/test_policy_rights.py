"""What permission policies amount to."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.aws.policy_document import clauses
from collectors.aws.policy_rights import escalation_paths, full_admin
from collectors.document import Unknown

ACCOUNT = "arn:aws-cn:iam::111122223333"


def allow(action: Any = "*", resource: Any = "*", **more: Any) -> dict[str, Any]:
    return {"Effect": "Allow", "Action": action, "Resource": resource, **more}


def all_but(action: Any) -> dict[str, Any]:
    return {"Effect": "Allow", "NotAction": action, "Resource": "*"}


def deny(action: Any, resource: Any = "*", **more: Any) -> dict[str, Any]:
    return {"Effect": "Deny", "Action": action, "Resource": resource, **more}


MFA = {"Bool": {"aws:MultiFactorAuthPresent": "true"}}


@pytest.mark.parametrize(
    ("statements", "expected"),
    [
        ([allow()], True),
        ([allow(["s3:GetObject", "*"], ["arn:aws:s3:::x", "*"])], True),
        ([allow("*:*")], True),
        ([allow("**", "**")], True),
        ([allow("*", "arn:aws-cn:*:*:*:*")], True),
        ([allow("*", "arn:aws:iam::*:*")], False),
        ([allow("*:Get*")], False),
        ([{"Effect": "Allow", "Action": "*", "NotResource": "arn:aws:s3:::x"}], True),
        ([all_but("s3:Delete*")], True),
        ([all_but(["iam:*", "organizations:*"])], False),
        ([allow(Condition=MFA)], False),
        ([allow(Condition={"Bool": {"aws:SecureTransport": "true"}})], True),
        ([allow(Condition={"StringLike": {"aws:PrincipalArn": "*"}})], True),
        ([allow(Condition={"IpAddress": {"aws:SourceIp": ["0.0.0.0/0"]}})], True),
        ([allow(Condition={"StringNotEqualsIfExists": {"aws:RequestedRegion": "x"}})], True),
        ([allow(Condition={"IpAddress": {"aws:SourceIp": ["203.0.113.0/24"]}})], False),
        ([allow(Condition={"BoolIfExists": {"aws:MultiFactorAuthPresent": "true"}})], False),
        ([allow(resource="arn:aws:s3:::x")], False),
        ([allow(resource=f"{ACCOUNT}:role/*")], False),
        ([allow("s3:*")], False),
        ([deny("*")], False),
        ([allow(), deny("s3:DeleteBucket")], True),
        ([allow(), deny("iam:*")], False),
        ([allow(), deny("iam:*", Condition=MFA)], True),
        ([allow(), deny("iam:*", f"{ACCOUNT}:role/x")], True),
        ([], False),
    ],
)
def test_full_administration(statements: list[dict[str, Any]], expected: bool) -> None:
    found = clauses({"Statement": statements})
    assert not isinstance(found, Unknown)
    assert full_admin(found) is expected


@pytest.mark.parametrize(
    ("statements", "expected"),
    [
        ([allow(["s3:*", "iam:Get*", "iam:List*"])], []),
        ([allow("iam:AttachUserPolicy")], ["iam:AttachUserPolicy"]),
        ([allow("IAM:attach?serPolicy")], ["iam:AttachUserPolicy"]),
        ([allow("iam:Put*Policy", f"{ACCOUNT}:role/app")], [
            "iam:PutGroupPolicy", "iam:PutRolePolicy", "iam:PutUserPolicy",
        ]),
        ([allow("iam:CreateAccessKey", f"{ACCOUNT}:user/${{aws:username}}")], []),
        ([allow("iam:CreateAccessKey", f"{ACCOUNT}:user/*")], ["iam:CreateAccessKey"]),
        ([allow("iam:PassRole")], []),
        ([allow(["iam:PassRole", "ec2:RunInstances"])], ["ec2:RunInstances+iam:PassRole"]),
        ([allow("iam:PassRole", f"{ACCOUNT}:role/*"), allow("ec2:*")],
         ["ec2:RunInstances+iam:PassRole"]),
        ([allow("iam:PassRole", f"{ACCOUNT}:role/app"), allow("ec2:*")], []),
        ([allow("lambda:UpdateFunctionCode", "arn:aws:lambda:*:*:function:app-*")], []),
        ([allow("lambda:UpdateFunctionCode", "arn:aws:lambda:*:*:function:*")],
         ["lambda:UpdateFunctionCode"]),
        ([allow("sts:AssumeRole")], ["sts:AssumeRole"]),
        ([allow("sts:AssumeRole", f"{ACCOUNT}:role/app")], []),
        ([allow("iam:AttachRolePolicy", Condition=MFA)], ["iam:AttachRolePolicy"]),
        ([allow("iam:AttachRolePolicy", Condition={"ArnEquals": {"iam:PolicyARN": "x"}})], []),
        ([allow("iam:AttachRolePolicy"), deny("iam:Attach*")], []),
        ([allow("iam:AttachRolePolicy"), deny("iam:Attach*", Condition=MFA)],
         ["iam:AttachRolePolicy"]),
        ([all_but(["iam:*", "sts:*", "lambda:*", "ssm:*", "glue:*", "sagemaker:*"])], []),
    ],
)  # fmt: skip
def test_ways_to_raise_rights(statements: list[dict[str, Any]], expected: list[str]) -> None:
    found = clauses({"Statement": statements})
    assert not isinstance(found, Unknown)
    assert escalation_paths(found) == expected


def test_an_administrator_has_every_way() -> None:
    found = clauses({"Statement": allow()})
    assert not isinstance(found, Unknown)
    assert len(escalation_paths(found)) == 33


def test_patterns_of_many_asterisks_are_matched_at_once() -> None:
    found = clauses({"Statement": allow("*" * 5000 + "x")})
    assert not isinstance(found, Unknown)
    assert escalation_paths(found) == []
