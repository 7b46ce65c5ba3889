from __future__ import annotations

from typing import Any

import pytest

from collectors.aws.bucket import region_of
from collectors.aws.s3_facts import expiry_days
from collectors.document import Unknown

SOME = Unknown("a lifecycle rule of the bucket removes some of the objects")


@pytest.mark.parametrize(
    ("constraint", "region"),
    [
        (None, "us-east-1"),
        ("", "us-east-1"),
        ("EU", "eu-west-1"),
        ("cn-north-1", "cn-north-1"),
        ("eu-west-1", "eu-west-1"),
    ],
)
def test_the_region_of_a_location(constraint: str | None, region: str) -> None:
    assert region_of(constraint) == region


def rule(days: int | None = 30, status: str = "Enabled", **scope: Any) -> dict[str, Any]:
    expiration = {"Days": days} if days else {}
    return {"Status": status, "Filter": scope, "Expiration": expiration}


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        ([], None),
        ([rule()], 30),
        ([rule(400), rule(200)], 200),
        ([rule(status="Disabled")], None),
        ([rule(Prefix="AWSLogs/")], 30),
        ([rule(Prefix="other/")], None),
        ([rule(Prefix="AWSLogs/1/elb/")], SOME),
        ([rule(Tag={"Key": "a", "Value": "b"})], SOME),
        ([rule(And={"Prefix": "AWSLogs/", "ObjectSizeGreaterThan": 1})], SOME),
        ([rule(And={"Prefix": "other/", "Tags": []})], None),
        ([rule(None)], None),
        ([{"Status": "Enabled", "Prefix": "", "Expiration": {"Days": 7}}], 7),
        ([{"Status": "Enabled", "Prefix": "", "Expiration": {"Date": "2030-01-01"}}], SOME),
        ([{"Status": "Enabled", "Expiration": {"ExpiredObjectDeleteMarker": True}}], None),
        ([{"Status": "Enabled", "NoncurrentVersionExpiration": {"NoncurrentDays": 3}}], None),
    ],
)
def test_how_long_objects_under_a_prefix_are_kept(
    rules: list[dict[str, Any]], expected: int | Unknown | None
) -> None:
    assert expiry_days(rules, "AWSLogs/1/") == expected
