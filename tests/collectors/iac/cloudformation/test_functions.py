"""Intrinsic functions: what a template decides, what it leaves open, and what is malformed."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.document import Unknown
from collectors.iac.blocks import NOT_GIVEN, Reference
from collectors.iac.cloudformation.dialect import DIALECT
from collectors.iac.located import parse
from collectors.iac.stacks.functions import Stack, condition, evaluate

STACK = Stack(
    dialect=DIALECT,
    parameters={
        "Env": "prod",
        "Zones": ["a", "b"],
        "Open": Unknown("the parameter Open has no value here"),
    },
    mappings={"ByEnv": {"prod": {"cidr": "10.0.0.0/8", "days": 200}}},
    conditions={
        "Prod": {"Fn::Equals": [{"Ref": "Env"}, "prod"]},
        "Maybe": {"Fn::Equals": [{"Ref": "Open"}, "x"]},
        "Either": {"Fn::Or": [{"Condition": "Maybe"}, {"Condition": "Prod"}]},
        "Both": {"Fn::And": [{"Condition": "Maybe"}, {"Condition": "Prod"}]},
        "Neither": {"Fn::Not": [{"Condition": "Either"}]},
        "Loop": {"Condition": "Loop"},
    },
    resources=frozenset({"Bucket"}),
    prefix="Nested.",
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("!Ref Env", "prod"),
        ("!Ref Bucket", Reference("Nested.Bucket")),
        ("!GetAtt Bucket.DomainName", Reference("Nested.Bucket", "domain_name")),
        ("{Fn::GetAtt: [Bucket, Arn]}", Reference("Nested.Bucket", "arn")),
        ("!Ref AWS::NoValue", NOT_GIVEN),
        ("[1, !Ref AWS::NoValue, 2]", [1, 2]),
        ("{a: !Ref AWS::NoValue, b: 1}", {"b": 1}),
        ("!Sub '${Env}-${!Env}'", "prod-${Env}"),
        ("!Sub ['${x}/${Env}', {x: 1}]", "1/prod"),
        ("!Sub '${Bucket.Arn}'", Reference("Nested.Bucket", "arn")),
        ("!Sub 'arn:aws:iam::${AWS::AccountId}:role/x'",
         Reference("data.aws_caller_identity.deployment", "arn")),
        ("!Join ['-', [a, !Ref Env, 3]]", "a-prod-3"),
        ("!Join ['', []]", ""),
        ("!Select [1, !Ref Zones]", "b"),
        ("!Select ['0', !Split ['/', 10.0.0.0/8]]", "10.0.0.0"),
        ("!FindInMap [ByEnv, !Ref Env, days]", 200),
        ("{Fn::FindInMap: [ByEnv, test, days, {DefaultValue: 7}]}", 7),
        ("!If [Prod, yes it is, no]", "yes it is"),
        ("!If [Maybe, same, same]", "same"),
        ("!Base64 abc", "YWJj"),
        ("!Cidr [10.0.0.0/16, 2, 8]", ["10.0.0.0/24", "10.0.1.0/24"]),
        ("{Condition: {StringEquals: {a: b}}, Effect: Allow}",
         {"Condition": {"StringEquals": {"a": "b"}}, "Effect": "Allow"}),
        ("{Condition: {StringEquals: {a: b}}}", {"Condition": {"StringEquals": {"a": "b"}}}),
        ("2012-10-17", "2012-10-17"),
    ],
)  # fmt: skip
def test_what_a_template_decides(text: str, expected: Any) -> None:
    assert evaluate(STACK, parse(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "!Ref Nowhere", "!Ref [a]", "!Ref Open", "!Ref AWS::Region", "!Ref AWS::StackName",
        "!GetAtt Nowhere.Arn", "!GetAtt Bucket", "!Sub 'x-${Bucket}'", "!Sub 'x-${Open}'",
        "!Sub 'arn:aws:s3:::${AWS::AccountId}-x'", "!Sub [1]", "!Join [1]",
        "!Join ['-', !Ref Open]",
        "!Select [5, [a]]", "!Select [!Ref Open, [a]]", "!Split ['-', !Ref Bucket]",
        "!FindInMap [ByEnv, test, days]", "!FindInMap [ByEnv, !Ref AWS::Region, days]",
        "!If [Maybe, a, b]", "!If [Nowhere, a, b]", "!If [Maybe, !Ref Open, !Ref Open]",
        "!Base64 {Ref: Open}", "!Cidr [x, y]", "!ImportValue other", "!GetAZs ''",
        "{Fn::Transform: {Name: AWS::Include}}", "'{{resolve:ssm:/x}}'",
    ],
)  # fmt: skip
def test_what_a_template_leaves_open(text: str) -> None:
    assert isinstance(evaluate(STACK, parse(text)), Unknown)


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Prod", True), ("Either", True), ("Neither", False)],
)
def test_conditions(name: str, expected: bool) -> None:
    assert condition(STACK, name) is expected


@pytest.mark.parametrize("name", ["Maybe", "Both", "Loop", "Nowhere"])
def test_conditions_that_stay_open(name: str) -> None:
    assert isinstance(condition(STACK, name), Unknown)
