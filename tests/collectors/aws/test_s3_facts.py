from __future__ import annotations

from typing import Any

import pytest

from collectors.aws.logic import Known
from collectors.aws.s3_facts import (
    BLOCK_FLAGS,
    Block,
    acl_grants,
    acl_is_public,
    encryption_key,
    exposure,
    lifecycle,
    object_lock_days,
    public_access_block,
)
from collectors.document import Unknown
from collectors.facts.shared import Exposure, Grant
from collectors.facts.storage import Lifecycle

DENIED = Unknown("denied")
ALL_ON: Block = dict.fromkeys(BLOCK_FLAGS, True)
ALL_OFF: Block = dict.fromkeys(BLOCK_FLAGS, False)


def only(*flags: str) -> Block:
    return {flag: flag in flags for flag in BLOCK_FLAGS}


CLOSED = Exposure(public=False, via=[])
UNTOLD = Exposure(public=DENIED, via=DENIED)


@pytest.mark.parametrize(
    ("acl", "policy", "bucket", "account", "expected"),
    [
        (False, False, None, None, CLOSED),
        (True, False, None, None, Exposure(public=True, via=["acl"])),
        (False, True, None, None, Exposure(public=True, via=["policy"])),
        (True, True, ALL_OFF, ALL_OFF, Exposure(public=True, via=["acl", "policy"])),
        (True, True, ALL_ON, None, CLOSED),
        (True, True, None, ALL_ON, CLOSED),
        # Each level may neutralise one of the two ways.
        (True, True, only("IgnorePublicAcls"), only("RestrictPublicBuckets"), CLOSED),
        (True, True, only("IgnorePublicAcls"), None, Exposure(public=True, via=["policy"])),
        (True, True, only("RestrictPublicBuckets"), None, Exposure(public=True, via=["acl"])),
        # The flags that refuse new public settings leave those that are there in effect.
        (
            True,
            True,
            only("BlockPublicAcls", "BlockPublicPolicy"),
            None,
            Exposure(public=True, via=["acl", "policy"]),
        ),
        # A denial decides nothing that is known without it, and everything that is not.
        (False, False, DENIED, DENIED, CLOSED),
        (DENIED, False, None, None, UNTOLD),
        (DENIED, DENIED, ALL_ON, DENIED, CLOSED),
        (True, True, DENIED, ALL_ON, CLOSED),
        (True, False, None, DENIED, UNTOLD),
        (DENIED, True, None, None, Exposure(public=True, via=["policy"])),
        (True, True, only("IgnorePublicAcls"), DENIED, UNTOLD),
    ],
)
def test_exposure_joins_acl_policy_and_both_blocks(
    acl: Known, policy: Known, bucket: Block, account: Block, expected: Exposure
) -> None:
    assert exposure(acl, policy, bucket, account) == expected


@pytest.mark.parametrize(
    ("bucket", "account", "expected"),
    [
        (None, None, False),
        (ALL_ON, None, True),
        (None, ALL_ON, True),
        (ALL_ON, DENIED, True),
        (None, DENIED, DENIED),
        (DENIED, ALL_OFF, DENIED),
        (only("IgnorePublicAcls", "BlockPublicAcls"), None, False),
        (only(*BLOCK_FLAGS[:2]), only(*BLOCK_FLAGS[2:]), True),
        (only(*BLOCK_FLAGS[:2]), only(*BLOCK_FLAGS[:3]), False),
        (only(*BLOCK_FLAGS[:2]), DENIED, DENIED),
    ],
)
def test_the_block_is_on_where_one_level_or_the_other_sets_each_flag(
    bucket: Block, account: Block, expected: Known
) -> None:
    assert public_access_block(bucket, account) == expected


def group(uri: str) -> dict[str, Any]:
    return {"Grantee": {"Type": "Group", "URI": uri}, "Permission": "READ"}


GLOBAL = "http://acs.amazonaws.com/groups/global"
DELIVERY = "http://acs.amazonaws.com/groups/s3/LogDelivery"
OWNER = {"Grantee": {"Type": "CanonicalUser", "ID": "0f"}, "Permission": "FULL_CONTROL"}


@pytest.mark.parametrize(
    ("grants", "public"),
    [
        ([OWNER], False),
        ([OWNER, group(DELIVERY)], False),
        ([OWNER, group(f"{GLOBAL}/AllUsers")], True),
        ([group(f"{GLOBAL}/AuthenticatedUsers")], True),
    ],
)
def test_a_public_acl(grants: list[dict[str, Any]], public: bool) -> None:
    assert acl_is_public(grants) is public


def test_acl_grants() -> None:
    every_user = f"{GLOBAL}/AllUsers"
    rest: dict[str, Any] = {"conditions": [], "narrows": False}
    assert acl_grants([OWNER, group(every_user), group(DELIVERY)]) == [
        Grant(
            principal="0f",
            account=Unknown("an ACL names its grantee by canonical id"),
            kind="account",
            actions=["FULL_CONTROL"],
            **rest,
        ),
        Grant(principal=every_user, account=None, kind="anyone", actions=["READ"], **rest),
        Grant(principal=DELIVERY, account=None, kind="service", actions=["READ"], **rest),
    ]


def test_lifecycle_counts_enabled_rules_only_and_the_soonest() -> None:
    def rule(days: int, status: str = "Enabled") -> dict[str, Any]:
        return {
            "Status": status,
            "NoncurrentVersionExpiration": {"NoncurrentDays": days},
            "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": days + 1},
        }

    assert lifecycle(None) is None
    assert lifecycle([{"Status": "Enabled", "Expiration": {"Days": 3}}]) == Lifecycle(
        noncurrent_expiry_days=None, abort_incomplete_days=None
    )
    assert lifecycle([rule(90), rule(30), rule(5, "Disabled")]) == Lifecycle(
        noncurrent_expiry_days=30, abort_incomplete_days=31
    )


@pytest.mark.parametrize(
    ("configuration", "days"),
    [
        (None, None),
        ({"ObjectLockEnabled": "Enabled"}, None),
        ({"Rule": {"DefaultRetention": {"Mode": "GOVERNANCE", "Days": 7}}}, None),
        ({"Rule": {"DefaultRetention": {"Mode": "COMPLIANCE", "Days": 7}}}, 7),
        ({"Rule": {"DefaultRetention": {"Mode": "COMPLIANCE", "Years": 2}}}, 730),
    ],
)
def test_object_lock_in_days(configuration: dict[str, Any] | None, days: int | None) -> None:
    assert object_lock_days(configuration) == days


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ({"BucketKeyEnabled": False}, ("AES256", None)),
        ({"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}}, ("AES256", None)),
        (
            {
                "ApplyServerSideEncryptionByDefault": {
                    "SSEAlgorithm": "aws:kms",
                    "KMSMasterKeyID": "alias/own",
                }
            },
            ("aws:kms", "alias/own"),
        ),
    ],
)
def test_the_key_of_default_encryption(
    rule: dict[str, Any], expected: tuple[str, str | None]
) -> None:
    assert encryption_key({"Rules": [rule]}) == expected
