"""S3 Object Lock in templates: only what nobody can lift is a lock."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.document import Unknown
from collectors.iac.blocks import Reference
from tests.collectors.iac.mappers.hand import block, documents

APPLY = Unknown("var.x has no value here")


@pytest.mark.parametrize(
    ("retention", "days"),
    [
        ({"mode": "COMPLIANCE", "days": 180}, 180),
        ({"mode": "COMPLIANCE", "years": 1}, 365),
        ({"mode": "GOVERNANCE", "days": 180}, None),
        ({"mode": "GOVERNANCE", "days": APPLY}, None),
        ({"mode": APPLY, "days": 180}, "unknown"),
        ({"days": 180}, "unknown"),
        ({"mode": "COMPLIANCE", "days": APPLY}, "unknown"),
    ],
)
def test_only_compliance_mode_locks(retention: dict[str, Any], days: Any) -> None:
    lock = {"bucket": "b", "rule": [{"default_retention": [retention]}]}
    bucket, audit = documents(
        block("aws_s3_bucket.b", {"bucket": "b"}),
        block("aws_s3_bucket_object_lock_configuration.l", lock),
        block("aws_cloudtrail.t", {"s3_bucket_name": Reference("aws_s3_bucket.b", "id")}),
    )
    trail = audit.facts["trails"][0]
    if days == "unknown":
        assert "object_lock_days" in bucket.unknown
        assert "trails/0/store_lock_days" in audit.unknown
    else:
        assert bucket.facts["object_lock_days"] == days
        assert trail["store_lock_days"] == (days or 0)


@pytest.mark.parametrize(
    ("values", "versioning", "kept"),
    [
        ({}, None, False),
        ({"object_lock_enabled": True}, None, True),
        ({"object_lock_enabled": False}, None, False),
        ({"object_lock_enabled": APPLY}, None, "unknown"),
        ({"object_lock_enabled": True}, "Suspended", False),
        ({"object_lock_enabled": False}, "Enabled", True),
    ],
)
def test_a_bucket_made_with_a_lock_keeps_versions(
    values: dict[str, Any], versioning: str | None, kept: Any
) -> None:
    setting = {"bucket": "b", "versioning_configuration": [{"status": versioning}]}
    parts = [block("aws_s3_bucket_versioning.v", setting)] if versioning else []
    (found,) = documents(block("aws_s3_bucket.b", {"bucket": "b"} | values), *parts)
    assert found.facts.get("versioning", "unknown") == kept
