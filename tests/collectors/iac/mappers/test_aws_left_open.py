"""What templates of AWS leave open: it is unknown with its reason, or as the service has it."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.document import NOT_COLLECTED, Unknown
from collectors.iac.blocks import Reference
from tests.collectors.iac.mappers.hand import block, the

APPLY = Unknown("var.x is decided at apply")


@pytest.mark.parametrize(("region", "offered"), [("eu-west-1", True), ("cn-north-1", False)])
def test_what_a_machine_shows_once_it_runs(region: str, offered: bool) -> None:
    found = the(block("aws_instance.i", {}, {"region": region}))
    shown = {"state", "image", "patch", "vulnerabilities", "secure_boot", "vtpm"}
    assert shown <= set(found.unknown)
    assert ("agent" in found.unknown) is offered
    assert found.facts["password_login"] is None
    assert NOT_COLLECTED not in {found.unknown[path] for path in shown}


def test_a_snapshot_is_not_told_of_its_copies() -> None:
    assert the(block("aws_ebs_snapshot.s", {})).facts["copies"] is None


OFFICE = {"NotIpAddress": {"aws:SourceIp": ["10.0.0.0/8"]}}


@pytest.mark.parametrize(
    ("condition", "ranges"),
    [
        (OFFICE, ["10.0.0.0/8"]),
        ({"NotIpAddress": {"aws:SourceIp": [APPLY]}}, None),
        ({"StringNotEquals": {"aws:SourceVpc": [APPLY]}}, None),
        ({"StringNotEquals": {"aws:SourceVpc": ["vpc-1"]}}, []),
        ({"Bool": {"aws:SecureTransport": "false"}}, ["0.0.0.0/0", "::/0"]),
        (None, ["0.0.0.0/0", "::/0"]),
    ],
)
def test_from_where_a_bucket_is_reached(condition: Any, ranges: list[str] | None) -> None:
    bucket = block("aws_s3_bucket.b", {"bucket": "b"})
    statement = {
        "Effect": "Deny",
        "Principal": "*",
        "Action": "s3:*",
        "Resource": ["arn:aws:s3:::b", "arn:aws:s3:::b/*"],
        "Condition": condition,
    }
    policy = block(
        "aws_s3_bucket_policy.p",
        {"bucket": Reference(bucket.address), "policy": {"Statement": [statement]}},
    )
    found = the(bucket, policy) if condition else the(bucket)
    assert found.facts.get("source_ranges") == ranges
    assert ("source_ranges" in found.unknown) == (ranges is None)
