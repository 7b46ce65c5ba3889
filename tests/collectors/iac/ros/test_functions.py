"""Functions and conditions of ROS: what a template decides, leaves open, and what is malformed."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.document import Unknown
from collectors.iac.blocks import NOT_GIVEN, Reference
from collectors.iac.located import parse
from collectors.iac.ros.dialect import DIALECT
from collectors.iac.stacks.functions import Stack, condition, evaluate

STACK = Stack(
    dialect=DIALECT,
    parameters={
        "Env": "prod",
        "Open": Unknown("the parameter Open has no value here"),
        "Zones": ["a", "b"],
    },
    mappings={"ByEnv": {"prod": {"days": 200}}},
    conditions={
        "Prod": {"Fn::Equals": ["prod", {"Ref": "Env"}]},
        "NotProd": {"Fn::Not": "Prod"},
        "Neither": {"Fn::Not": {"Fn::Or": ["Prod", "Maybe"]}},
        "Maybe": {"Fn::Equals": [{"Ref": "Open"}, "x"]},
        "Inside": {"Fn::Contains": [["prod", "pre"], {"Ref": "Env"}]},
        "Each": {"Fn::EachMemberIn": [["a", "c"], {"Ref": "Zones"}]},
        "MaybeInside": {"Fn::Contains": [["prod"], {"Ref": "Open"}]},
        "MaybeEqual": {"Fn::Equals": [["a", {"Ref": "Open"}], ["a", "b"]]},
    },
    resources=frozenset({"Bucket"}),
)
ACCOUNT = "data.alicloud_caller_identity.deployment"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("!Ref Bucket", Reference("Bucket")),
        ("!Ref ALIYUN::NoValue", NOT_GIVEN),
        ("!Ref ALIYUN::TenantId", Reference(ACCOUNT, "account_id")),
        ("!Ref ALIYUN::AccountId", Reference(ACCOUNT, "account_id")),
        ("!Sub 'acs:ram::${ALIYUN::TenantId}:role/x'", Reference(ACCOUNT, "arn")),
        ("!Sub '${Env}-1'", "prod-1"),
        ("!FindInMap [ByEnv, !Ref Env, days]", 200),
        ("!If [NotProd, 1, 2]", 2),
        ("!Base64Encode abc", "YWJj"),
        ("!Base64Decode YWJj", "abc"),
        ("!Str 8", "8"),
        ("!Replace [{prod: test, x: y}, 'x-${Env}-prod']", "y-${Env}-test"),
        ("!ListMerge [[a], [b, c]]", ["a", "b", "c"]),
        ('{Fn::GetJsonValue: [key, \'{"key": "v"}\']}', "v"),
        ("!GetJsonValue [key, {key: 7}]", 7),
        ("!MergeMapToList [{a: [1, 2]}, {b: [x, y]}]", [{"a": 1, "b": "x"}, {"a": 2, "b": "y"}]),
        ("!MergeMapToList [{a: [1, 2]}, {b: [x]}]", [{"a": 1, "b": "x"}, {"a": 2, "b": "x"}]),
        ("!SelectMapList [a, [{a: 1}, {b: 2}, {a: 3}]]", [1, 3]),
        ("!Length [1, 2, 3]", 3),
        ("!Add [1, 2]", 3),
        ("!Add [[1], [2]]", [1, 2]),
        ("!Add [{a: 1}, {b: 2}]", {"a": 1, "b": 2}),
        ("!Index [b, !Ref Zones]", 1),
        ("!Max [1, 5, 3]", 5),
        ("!Min [4, 2]", 2),
        ("!Any [false, true]", True),
        ("!Select [1, [a, b]]", "b"),
        ("!Select [k, {k: v}]", "v"),
        ("!ListJoin ['-', [a, b]]", "a-b"),
        ("!Indent [abc, 2]", "abc"),
    ],
)
def test_what_a_template_decides(text: str, expected: Any) -> None:
    assert evaluate(STACK, parse(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "!Ref ALIYUN::StackId", "!Ref ALIYUN::Region", "!Ref ALIYUN::Index", "!Str [a]",
        "!Base64Decode '%%%'", "!Base64Decode [a]", "!Replace [{a: b}, !Ref Open]", "!Replace x",
        "!ListMerge [a]", "!GetJsonValue [no, '{}']", "!GetJsonValue [a, '[]']",
        "!GetJsonValue [a, no json]", "{Fn::Length: !Ref Open}", "!Add [a, 1]", "!Index [z, [a]]",
        "!Any [x]", "!Select [k, {a: b}]", "!Select [0, !GetAtt Bucket.Names]",
        "!Jq [First, '.a', {a: 1}]", "!Calculate ['1+1', 0, []]", "!GetAZs x",
        "!Max [true, 1]", "!SelectMapList 3", "!MergeMapToList []",
        "!MergeMapToList [{a: [1]}, {b: []}]",
    ],
)  # fmt: skip
def test_what_a_template_leaves_open(text: str) -> None:
    assert isinstance(evaluate(STACK, parse(text)), Unknown)


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Prod", True), ("NotProd", False), ("Neither", False), ("Inside", True), ("Each", False)],
)
def test_conditions(name: str, expected: bool) -> None:
    assert condition(STACK, name) is expected


@pytest.mark.parametrize("name", ["Maybe", "MaybeInside", "MaybeEqual"])
def test_conditions_that_stay_open(name: str) -> None:
    assert isinstance(condition(STACK, name), Unknown)
