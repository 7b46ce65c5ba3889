"""From where a bucket can be reached, by its policy."""

from __future__ import annotations

import json
from typing import Any

import pytest

from collectors.aws.bucket_sources import EVERYWHERE, source_ranges
from collectors.document import Unknown

UNSURE = Unknown("a Deny of the policy by address refuses some requests alone")
OFFICE = {"NotIpAddress": {"aws:SourceIp": ["203.0.113.0/24", "198.51.100.7/32"]}}
WHOLE = ["arn:aws-cn:s3:::b", "arn:aws-cn:s3:::b/*"]


def deny(condition: dict[str, Any], **changes: Any) -> str:
    statement = {
        "Effect": "Deny",
        "Principal": "*",
        "Action": "s3:*",
        "Resource": WHOLE,
        "Condition": condition,
    }
    return json.dumps({"Version": "2012-10-17", "Statement": [statement | changes]})


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        (None, list(EVERYWHERE)),
        (deny({"Bool": {"aws:SecureTransport": "false"}}), list(EVERYWHERE)),
        (deny(OFFICE), ["198.51.100.7/32", "203.0.113.0/24"]),
        (deny({"StringNotEquals": {"aws:SourceVpce": "vpce-1"}}), []),
        (
            deny({**OFFICE, "StringNotEquals": {"aws:SourceVpce": "vpce-1"}}),
            ["198.51.100.7/32", "203.0.113.0/24"],
        ),
        (
            deny({**OFFICE, "Bool": {"aws:ViaAWSService": "false"}}),
            ["198.51.100.7/32", "203.0.113.0/24"],
        ),
        (deny({**OFFICE, "ArnNotLike": {"aws:PrincipalArn": "arn:aws-cn:iam::1:role/a"}}), UNSURE),
        (deny(OFFICE, Action="s3:PutObject"), UNSURE),
        (deny(OFFICE, Resource=WHOLE[1]), UNSURE),
        (deny(OFFICE, Principal={"AWS": "arn:aws-cn:iam::123456789012:root"}), UNSURE),
        (deny({"NotIpAddress": {"aws:SourceIp": "0.0.0.0/0"}}), UNSURE),
        (deny({"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}), UNSURE),
        ("no policy", Unknown("the policy document cannot be read: it is not JSON")),
    ],
)
def test_source_ranges(policy: str | None, expected: Any) -> None:
    assert source_ranges(policy) == expected
