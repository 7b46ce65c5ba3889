"""Event patterns: what surely matches, what surely does not, and what nobody can say."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.aws.event_pattern import matches, read

EVENT = {"source": "aws.guardduty", "detail": {"severity": 7.5, "kind": "Finding", "old": False}}


def detail(**wanted: Any) -> dict[str, Any]:
    return {"detail": wanted}


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ({}, True),
        ({"source": ["aws.guardduty"]}, True),
        ({"source": ["aws.ec2", "aws.guardduty"]}, True),
        ({"source": ["aws.ec2"]}, False),
        ({"source": ["aws.guardduty"], "detail": {"severity": [7.5]}}, True),
        ({"source": ["aws.ec2"], "resources": ["x"]}, False),
        ({"source": ["aws.guardduty"], "resources": ["x"]}, None),
        (detail(other=["x"]), None),
        (detail(other={"deeper": ["x"]}), None),
        (detail(old=[False]), True),
        (detail(old=[0]), False),
        (detail(severity=[{"numeric": [">=", 7]}]), True),
        (detail(severity=[{"numeric": [">=", 7, "<", 7.5]}]), False),
        (detail(severity=[{"numeric": ["=", 7.5]}]), True),
        (detail(severity=[{"numeric": ["~", 7]}]), None),
        (detail(severity=[{"numeric": [">="]}]), None),
        (detail(kind=[{"numeric": [">", 1]}]), False),
        (detail(kind=[{"prefix": "Find"}]), True),
        (detail(kind=[{"prefix": {"equals-ignore-case": "FIND"}}]), True),
        (detail(kind=[{"prefix": {"else": "FIND"}}]), None),
        (detail(kind=[{"suffix": "xxx"}]), False),
        (detail(severity=[{"prefix": "7"}]), False),
        (detail(kind=[{"equals-ignore-case": "FINDING"}]), True),
        (detail(kind=[{"wildcard": "F*g"}]), True),
        (detail(kind=[{"wildcard": "f*g"}]), False),
        (detail(kind=[{"wildcard": "F?nding"}]), False),
        (detail(kind=[{"wildcard": "F\\*"}]), None),
        (detail(kind=[{"anything-but": "Finding"}]), False),
        (detail(kind=[{"anything-but": ["one", "other"]}]), True),
        (detail(kind=[{"anything-but": {"prefix": "Find"}}]), False),
        (detail(kind=[{"anything-but": {"prefix": ["a", "Find"]}}]), False),
        (detail(kind=[{"anything-but": {"of": "tomorrow"}}]), None),
        (detail(kind=[{"exists": True}]), True),
        (detail(kind=[{"exists": False}]), False),
        (detail(other=[{"exists": False}]), None),
        (detail(kind=[{"of": "tomorrow"}, "Finding"]), True),
        (detail(kind=[{"prefix": "a", "suffix": "b"}]), None),
        (detail(kind="Finding"), None),
        ({"$or": [{"source": ["aws.ec2"]}, {"source": ["aws.guardduty"]}]}, True),
        ({"$or": [{"source": ["aws.ec2"]}, {"resources": ["x"]}]}, None),
        ({"$or": ["x"]}, None),
    ],
)
def test_whether_a_pattern_matches(pattern: dict[str, Any], expected: bool | None) -> None:
    assert matches(pattern, EVENT) is expected


@pytest.mark.parametrize("text", ["", "{", "[]", "1"])
def test_a_text_that_is_no_pattern(text: str) -> None:
    assert read(text) is None
