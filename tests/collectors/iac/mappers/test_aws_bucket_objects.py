"""Objects with an ACL of their own in templates of AWS: a public one opens its bucket in part."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.document import Unknown
from collectors.iac.blocks import Reference
from tests.collectors.iac.mappers.hand import block, the

APPLY = Unknown("var.x has no value here")
EVERYONE = "http://acs.amazonaws.com/groups/global/AllUsers"
OWN = Reference("aws_s3_bucket.b", "id")


def _exposure(*others: Any) -> dict[str, Any]:
    found: dict[str, Any] = the(block("aws_s3_bucket.b", {"bucket": "b"}), *others).facts
    return dict(found["exposure"])


@pytest.mark.parametrize(
    ("kind", "values", "public"),
    [
        ("aws_s3_object", {"acl": "public-read", "bucket": OWN}, True),
        ("aws_s3_object", {"acl": "public-read-write", "bucket": "b"}, True),
        ("aws_s3_bucket_object", {"acl": "authenticated-read", "bucket": OWN}, True),
        ("aws_s3_object_copy", {"grant": [{"uri": EVERYONE, "permissions": ["READ"]}]}, True),
        ("aws_s3_object_copy", {"grant": [{"email": "a@b.cn", "permissions": ["READ"]}]}, False),
        ("aws_s3_object", {"acl": "aws-exec-read"}, False),
        ("aws_s3_object", {}, False),
        ("aws_s3_object", {"acl": "public-write"}, None),
        ("aws_s3_object", {"acl": APPLY}, None),
        ("aws_s3_object", {"acl": "public-read", "bucket": APPLY}, None),
        ("aws_s3_object", {"acl": "private", "bucket": APPLY}, False),
        ("aws_s3_object", {"acl": "public-read", "bucket": "another"}, False),
    ],
)
def test_an_object_that_is_public_opens_a_private_bucket(
    kind: str, values: dict[str, Any], public: bool | None
) -> None:
    found = _exposure(block(f"{kind}.o", {"bucket": OWN, "key": "k", **values}))
    assert found.get("public") is public
    assert found.get("via") == (["object-acl"] if public else [] if public is False else None)


@pytest.mark.parametrize(
    ("kind", "values", "public"),
    [
        ("aws_s3_bucket_public_access_block", {"ignore_public_acls": True}, False),
        ("aws_s3_bucket_public_access_block", {"ignore_public_acls": APPLY}, None),
        ("aws_s3_bucket_public_access_block", {"block_public_policy": True}, True),
        ("aws_s3_account_public_access_block", {"ignore_public_acls": True}, False),
        (
            "aws_s3_bucket_ownership_controls",
            {"rule": [{"object_ownership": "BucketOwnerEnforced"}]},
            False,
        ),
    ],
)
def test_what_takes_public_acls_out_of_effect(
    kind: str, values: dict[str, Any], public: bool | None
) -> None:
    one = block("aws_s3_object.o", {"bucket": OWN, "acl": "public-read"})
    assert _exposure(one, block(f"{kind}.p", {"bucket": OWN, **values})).get("public") is public


def test_an_object_of_a_bucket_that_is_made_elsewhere() -> None:
    found = the(
        block("aws_s3_bucket_public_access_block.p", {"bucket": "elsewhere"}),
        block("aws_s3_object.o", {"bucket": "elsewhere", "acl": "public-read"}),
    )
    assert found.facts["exposure"] == {"public": True, "via": ["object-acl"]}
