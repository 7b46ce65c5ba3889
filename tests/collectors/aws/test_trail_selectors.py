"""What event selectors amount to."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.aws.trail_selectors import Recorded, recorded
from collectors.document import Unknown

S3 = {"Type": "AWS::S3::Object", "Values": ["arn:aws-cn:s3"]}


def advanced(**fields: Any) -> dict[str, Any]:
    """An advanced selector: `category="Management"` and so on; a dict gives another operator."""
    names = {"category": "eventCategory", "read": "readOnly", "kind": "resources.type"}
    return {
        "FieldSelectors": [
            {
                "Field": names.get(name, name),
                **(value if isinstance(value, dict) else {"Equals": [value]}),
            }
            for name, value in fields.items()
        ]
    }


@pytest.mark.parametrize(
    ("basic", "writes", "reads", "data"),
    [
        ([], True, True, []),
        ([{"ReadWriteType": "All", "IncludeManagementEvents": True}], True, True, []),
        ([{}], True, True, []),
        ([{"ReadWriteType": "WriteOnly", "IncludeManagementEvents": True}], True, False, []),
        ([{"ReadWriteType": "ReadOnly", "IncludeManagementEvents": True}], False, True, []),
        ([{"IncludeManagementEvents": False, "DataResources": [S3]}], False, False, [S3["Type"]]),
        ([{"DataResources": [{"Type": "AWS::S3::Object", "Values": []}]}], True, True, []),
        (
            [{"ReadWriteType": "ReadOnly"}, {"ReadWriteType": "WriteOnly", "DataResources": [S3]}],
            True,
            True,
            [],
        ),
        ([{"ReadWriteType": "ReadOnly", "DataResources": [S3]}], False, True, []),
        (
            [
                {"ReadWriteType": "ReadOnly", "DataResources": [S3]},
                {"ReadWriteType": "WriteOnly", "DataResources": [S3]},
            ],
            True,
            True,
            [S3["Type"]],
        ),
    ],
)
def test_basic_selectors(basic: list[Any], writes: bool, reads: bool, data: list[str]) -> None:
    assert recorded({"EventSelectors": basic}) == Recorded(writes, reads, data)


@pytest.mark.parametrize(
    ("selector", "writes", "reads", "data"),
    [
        (advanced(category="Management"), True, True, []),
        (advanced(category="Management", read="false"), True, False, []),
        (advanced(category="Management", read="true"), False, True, []),
        (
            advanced(category="Management", eventSource={"NotEquals": ["kms.amazonaws.com"]}),
            True,
            True,
            [],
        ),
        (
            advanced(category="Management", eventSource={"NotEquals": ["iam.amazonaws.com"]}),
            False,
            False,
            [],
        ),
        (advanced(category="Management", eventSource="ec2.amazonaws.com"), False, False, []),
        (advanced(category="Management", eventName="RunInstances"), False, False, []),
        (advanced(category="Management", read={"NotEquals": ["false"]}), False, False, []),
        (
            {"FieldSelectors": advanced(category="Management")["FieldSelectors"] * 2},
            False,
            False,
            [],
        ),
        (advanced(category="Data", kind="AWS::S3::Object"), False, False, ["AWS::S3::Object"]),
        (advanced(category="Data", kind="AWS::S3::Object", read="true"), False, False, []),
        (advanced(category="Data", kind="AWS::S3::Object", eventName="Get"), False, False, []),
        (
            advanced(
                category="Data",
                kind="AWS::S3::Object",
                **{"resources.ARN": {"StartsWith": ["arn:aws-cn:s3:::core/"]}},
            ),
            False,
            False,
            ["AWS::S3::Object"],
        ),
        (advanced(category="NetworkActivity"), False, False, []),
    ],
)
def test_advanced_selectors(
    selector: dict[str, Any], writes: bool, reads: bool, data: list[str]
) -> None:
    found = recorded({"AdvancedEventSelectors": [selector]})
    assert found == Recorded(writes, reads, data)


def test_selectors_that_are_not_told_are_unknown() -> None:
    """Nothing set records everything; nothing told says nothing."""
    reason = Unknown("the API does not tell the event selectors of this trail")
    assert recorded({"TrailARN": "arn:aws:cloudtrail:us-east-1:123456789012:trail/main"}) == reason
    assert recorded({"AdvancedEventSelectors": []}) == Recorded(True, True, [])
