"""Permission sets of IAM Identity Center in Terraform and CloudFormation."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from collectors.document import Unknown
from collectors.iac.blocks import Block, Reference
from tests.collectors.iac.conftest import Write, documents
from tests.collectors.iac.mappers.hand import block, the

SET = block("aws_ssoadmin_permission_set.s", {"name": "operators"})
ME = {"permission_set_arn": Reference(SET.address, "arn")}
LATER = Unknown("var.x has no value here")
ASSIGNED = block("aws_ssoadmin_account_assignment.a", ME)


def policy(*actions: str) -> str:
    allowed = {"Effect": "Allow", "Action": list(actions), "Resource": "*"}
    return json.dumps({"Version": "2012-10-17", "Statement": [allowed]})


def inline(*actions: str, **of: Any) -> Block:
    values = {"inline_policy": policy(*actions), **(of or ME)}
    return block("aws_ssoadmin_permission_set_inline_policy.i", values)


def managed(arn: Any) -> Block:
    return block("aws_ssoadmin_managed_policy_attachment.m", {"managed_policy_arn": arn, **ME})


def own(name: str) -> tuple[Block, Block]:
    values = {"customer_managed_policy_reference": [{"name": name}], **ME}
    return (
        block("aws_ssoadmin_customer_managed_policy_attachment.c", values),
        block("aws_iam_policy.p", {"name": "passes", "policy": policy("iam:PassRole")}),
    )


ADMINISTRATOR = "arn:aws-cn:iam::aws:policy/AdministratorAccess"
TOLD = ("managed_by", "full_admin", "escalation_paths")


@pytest.mark.parametrize(
    ("others", "told"),
    [
        ((), (None, None, None)),
        ((inline("s3:Get*"),), ("customer", False, [])),
        ((inline("*"), managed(LATER)), ("customer", True, None)),
        ((inline("ec2:RunInstances"), *own("passes")),
         ("customer", False, ["ec2:RunInstances+iam:PassRole"])),
        ((inline("ec2:RunInstances"), *own("elsewhere")), ("customer", None, None)),
        ((managed("arn:aws-cn:iam::aws:policy/ReadOnlyAccess"),), ("provider", None, None)),
        ((managed("arn:aws-cn:iam::aws:policy/ReadOnlyAccess"),
          inline("s3:Get*", permission_set_arn=LATER)), (None, None, None)),
    ],
)  # fmt: skip
def test_what_a_permission_set_gives(others: tuple[Block, ...], told: tuple[Any, ...]) -> None:
    facts = the(SET, *others).facts
    assert tuple(facts.get(name) for name in TOLD) == told


def test_whom_it_is_assigned_to() -> None:
    assert the(SET, ASSIGNED).facts["attached"] == 1
    assert "attached" in the(SET).unknown
    assert the(SET, managed(ADMINISTRATOR)).facts["full_admin"] is True


def test_a_policy_without_its_set_is_judged(project: Write) -> None:
    text = """
resource "aws_ssoadmin_permission_set_inline_policy" "i" {
  instance_arn       = "arn:aws-cn:sso:::instance/ssoins-1"
  permission_set_arn = "arn:aws-cn:sso:::permissionSet/ssoins-1/ps-1"
  inline_policy = jsonencode({
    Statement = [{ Effect = "Allow", Action = "*", Resource = "*" }]
  })
}
"""
    found = documents(project(text))[1]["aws_ssoadmin_permission_set_inline_policy.i"]
    assert (found.type, found.facts["full_admin"]) == ("identity.policy", True)
    assert "attached" in found.unknown


def test_cloudformation(folder: Path) -> None:
    text = """AWSTemplateFormatVersion: '2010-09-09'
Resources:
  Open:
    Type: AWS::SSO::PermissionSet
    Properties:
      Name: open
      InstanceArn: arn:aws-cn:sso:::instance/ssoins-1
      InlinePolicy: {Statement: [{Effect: Allow, Action: '*', Resource: '*'}]}
      ManagedPolicies: [arn:aws-cn:iam::aws:policy/ReadOnlyAccess]
      Tags: [{Key: system, Value: core}]
  Narrow:
    Type: AWS::SSO::PermissionSet
    Properties:
      Name: narrow
      CustomerManagedPolicyReferences: [{Name: runs}]
  Runs:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      ManagedPolicyName: runs
      PolicyDocument: {Statement: [{Effect: Allow, Action: 's3:Get*', Resource: '*'}]}
  Given:
    Type: AWS::SSO::Assignment
    Properties: {PermissionSetArn: !GetAtt Open.PermissionSetArn, PrincipalType: GROUP}
"""
    (folder / "stack.yaml").write_text(text, encoding="utf-8")
    found = documents(folder)[1]
    assert found["Open"].tags == {"system": "core"}
    facts = found["Open"].facts
    assert (facts["attached"], facts["managed_by"], facts["full_admin"]) == (1, "customer", True)
    facts = found["Narrow"].facts
    assert (facts["managed_by"], facts["full_admin"]) == ("customer", False)
    assert "Given" not in found
