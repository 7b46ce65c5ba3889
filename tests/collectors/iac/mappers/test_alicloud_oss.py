"""alicloud_oss_bucket with its separate and its inline parts."""

from __future__ import annotations

import json
from typing import Any

import pytest

from collectors.document import Unknown
from collectors.iac.accounts import NOT_TOLD
from collectors.iac.blocks import Reference
from tests.collectors.iac.mappers.hand import block, the, unknown

APPLY = Unknown("var.x is decided at apply")
DENY_PLAIN_HTTP = json.dumps(
    {
        "Version": "1",
        "Statement": [
            {
                "Effect": "Deny",
                "Action": ["oss:*"],
                "Principal": ["*"],
                "Resource": ["acs:oss:*:*:b", "acs:oss:*:*:b/*"],
                "Condition": {"Bool": {"acs:SecureTransport": ["false"]}},
            },
            {
                "Effect": "Allow",
                "Action": ["oss:GetObject"],
                "Principal": ["1234567890123456"],
                "Resource": ["*"],
            },
        ],
    }
)
ALLOW_ALL = json.dumps(
    {
        "Version": "1",
        "Statement": [
            {
                "Effect": "Allow",
                "Action": ["oss:GetObject"],
                "Principal": ["*"],
                "Resource": ["acs:oss:*:*:b/*"],
            }
        ],
    }
)


def test_good_with_separate_resources() -> None:
    document = the(
        block(
            "alicloud_oss_bucket.b",
            {
                "bucket": "b",
                "redundancy_type": "ZRS",
                "tags": {"system": "shop"},
                "lifecycle_rule": [
                    {
                        "enabled": True,
                        "noncurrent_version_expiration": [{"days": 90}],
                        "abort_multipart_upload": [{"days": 7}],
                    },
                    {"enabled": False, "noncurrent_version_expiration": [{"days": 1}]},
                ],
            },
            {"region": "cn-hangzhou"},
        ),
        block(
            "alicloud_oss_bucket_acl.a",
            {"bucket": Reference("alicloud_oss_bucket.b", "bucket"), "acl": "private"},
        ),
        block(
            "alicloud_oss_bucket_public_access_block.p",
            {"bucket": "b", "block_public_access": True},
        ),
        block(
            "alicloud_oss_bucket_policy.p",
            {
                "bucket": Reference("alicloud_oss_bucket.b"),
                "policy": DENY_PLAIN_HTTP,
            },
        ),
        block(
            "alicloud_oss_bucket_server_side_encryption.e",
            {
                "bucket": Reference("alicloud_oss_bucket_acl.a", "bucket"),
                "sse_algorithm": "KMS",
                "kms_master_key_id": Reference("alicloud_kms_key.k"),
                "kms_data_encryption": "SM4",
            },
        ),
        block("alicloud_kms_key.k", {}),
        block(
            "alicloud_oss_bucket_versioning.v",
            {"bucket": Reference("alicloud_oss_bucket.b"), "status": "Enabled"},
        ),
        block(
            "alicloud_oss_bucket_logging.l",
            {"bucket": Reference("alicloud_oss_bucket.b"), "target_bucket": "logs"},
        ),
        block(
            "alicloud_oss_bucket_https_config.h",
            {
                "bucket": Reference("alicloud_oss_bucket.b"),
                "enable": True,
                "tls_versions": ["TLSv1.2", "TLSv1.3"],
            },
        ),
        block(
            "alicloud_oss_bucket_worm.w",
            {
                "bucket": Reference("alicloud_oss_bucket.b"),
                "status": "Locked",
                "retention_period_in_days": 180,
            },
        ),
        block(
            "alicloud_oss_bucket_replication.r",
            {
                "bucket": Reference("alicloud_oss_bucket.b"),
                "destination": [{"bucket": "copy", "location": "oss-cn-beijing"}],
            },
        ),
        block(
            "alicloud_oss_bucket_referer.r",
            {
                "bucket": Reference("alicloud_oss_bucket.b"),
                "allow_empty_referer": False,
                "referer_list": ["https://example.cn"],
            },
        ),
    )
    assert (document.region, document.country, document.name, document.tags) == (
        "cn-hangzhou",
        "CN",
        "b",
        {"system": "shop"},
    )
    assert document.facts == {
        "exposure": {"public": False, "via": []},
        "public_access_block": True,
        "acl": [],
        "policy": [
            {
                "principal": "1234567890123456",
                "kind": "account",
                "actions": ["oss:GetObject"],
                "conditions": [],
                "narrows": False,
            }
        ],
        "encryption": {
            "enabled": True,
            "key_manager": "customer",
            "key_id": "main.tf#alicloud_kms_key.k",
            "algorithm": "SM4",
        },
        "tls": {"minimum": "1.2", "required": True, "policy": None},
        "versioning": True,
        "mfa_delete": None,
        "object_lock_days": 180,
        "logging": {
            "enabled": True,
            "destination": "logs",
            "destination_account": "template",
            "destination_region": "cn-hangzhou",
        },
        "replication": [{"region": "cn-beijing", "account": "template", "whole": True}],
        "redundancy": "multi-zone",
        "lifecycle": {"noncurrent_expiry_days": 90, "abort_incomplete_days": 7},
        "referers": ["https://example.cn"],
        "acceleration": False,
        "source_ranges": ["0.0.0.0/0", "::/0"],
        "private_endpoint": True,
    }
    assert unknown(document) == {
        "logging/retention_days": "the log bucket is not part of this template",
        "policy/0/account": NOT_TOLD.reason,
    }


def test_bad_the_acl_stands_in_a_resource_of_its_own() -> None:
    document = the(
        block(
            "alicloud_oss_bucket.b", {"bucket": "b", "acl": "private"}, {"region": "ap-southeast-1"}
        ),
        block(
            "alicloud_oss_bucket_acl.a",
            {"bucket": Reference("alicloud_oss_bucket.b"), "acl": "public-read-write"},
        ),
        block(
            "alicloud_oss_bucket_policy.p",
            {
                "bucket": Reference("alicloud_oss_bucket.b"),
                "policy": ALLOW_ALL,
            },
        ),
        block(
            "alicloud_oss_bucket_public_access_block.p",
            {"bucket": Reference("alicloud_oss_bucket.b"), "block_public_access": False},
        ),
        block(
            "alicloud_oss_bucket_https_config.h",
            {
                "bucket": Reference("alicloud_oss_bucket.b"),
                "enable": True,
                "tls_versions": ["TLSv1.1", "TLSv1.2"],
            },
        ),
        block(
            "alicloud_oss_bucket_transfer_acceleration.t",
            {"bucket": Reference("alicloud_oss_bucket.b"), "enabled": True},
        ),
    )
    assert (document.region, document.country, document.name, document.tags) == (
        "ap-southeast-1",
        "SG",
        "b",
        {},
    )
    assert document.facts == {
        "exposure": {"public": True, "via": ["acl", "policy"]},
        "public_access_block": False,
        "acl": [
            {
                "principal": "*",
                "account": None,
                "kind": "anyone",
                "actions": [
                    "oss:GetObject",
                    "oss:ListObjects",
                    "oss:PutObject",
                    "oss:DeleteObject",
                ],
                "conditions": [],
                "narrows": False,
            }
        ],
        "policy": [
            {
                "principal": "*",
                "account": None,
                "kind": "anyone",
                "actions": ["oss:GetObject"],
                "conditions": [],
                "narrows": False,
            }
        ],
        "encryption": {"enabled": False, "key_manager": None, "key_id": None, "algorithm": None},
        "tls": {"minimum": "1.1", "required": False, "policy": None},
        "versioning": False,
        "mfa_delete": None,
        "object_lock_days": None,
        "logging": {
            "enabled": False,
            "destination": None,
            "destination_account": None,
            "destination_region": None,
            "retention_days": 0,
        },
        "replication": [],
        "redundancy": "zone",
        "lifecycle": None,
        "referers": None,
        "acceleration": True,
        "source_ranges": ["0.0.0.0/0", "::/0"],
        "private_endpoint": True,
    }
    assert unknown(document) == {}


def test_older_provider_with_everything_inline() -> None:
    document = the(
        block(
            "alicloud_oss_bucket.b",
            {
                "bucket": "b",
                "acl": "public-read",
                "policy": ALLOW_ALL,
                "versioning": [{"status": "Suspended"}],
                "logging": [
                    {"target_bucket": Reference("alicloud_oss_bucket.b"), "target_prefix": "l/"}
                ],
                "server_side_encryption_rule": [{"sse_algorithm": "AES256"}],
                "referer_config": [{"referers": ["https://a.cn"], "allow_empty": True}],
                "transfer_acceleration": [{"enabled": False}],
            },
            {"region": "cn-hangzhou"},
        ),
    )
    assert (document.region, document.country, document.name, document.tags) == (
        "cn-hangzhou",
        "CN",
        "b",
        {},
    )
    assert document.facts == {
        "exposure": {"public": True, "via": ["acl", "policy"]},
        "acl": [
            {
                "principal": "*",
                "account": None,
                "kind": "anyone",
                "actions": ["oss:GetObject", "oss:ListObjects"],
                "conditions": [],
                "narrows": False,
            }
        ],
        "policy": [
            {
                "principal": "*",
                "account": None,
                "kind": "anyone",
                "actions": ["oss:GetObject"],
                "conditions": [],
                "narrows": False,
            }
        ],
        "encryption": {
            "enabled": True,
            "key_manager": "provider",
            "key_id": None,
            "algorithm": "AES256",
        },
        "tls": {"minimum": "1.0", "required": False, "policy": None},
        "versioning": False,
        "mfa_delete": None,
        "object_lock_days": None,
        "logging": {
            "enabled": True,
            "destination": "main.tf#alicloud_oss_bucket.b",
            "destination_account": "template",
            "destination_region": "cn-hangzhou",
            "retention_days": None,
        },
        "replication": [],
        "redundancy": "zone",
        "lifecycle": None,
        "referers": None,
        "acceleration": False,
        "source_ranges": ["0.0.0.0/0", "::/0"],
        "private_endpoint": True,
    }
    assert unknown(document) == {
        "public_access_block": "no alicloud_oss_bucket_public_access_block: the "
        "service's default for new buckets has changed, write "
        "it"
    }


def test_nothing_written() -> None:
    document = the(
        block("alicloud_oss_bucket.b", {}, {"region": "cn-hangzhou"}),
    )
    assert (document.region, document.country, document.name, document.tags) == (
        "cn-hangzhou",
        "CN",
        "b",
        {},
    )
    assert document.facts == {
        "exposure": {"public": False, "via": []},
        "acl": [],
        "policy": [],
        "encryption": {"enabled": False, "key_manager": None, "key_id": None, "algorithm": None},
        "tls": {"minimum": "1.0", "required": False, "policy": None},
        "versioning": False,
        "mfa_delete": None,
        "object_lock_days": None,
        "logging": {
            "enabled": False,
            "destination": None,
            "destination_account": None,
            "destination_region": None,
            "retention_days": 0,
        },
        "replication": [],
        "redundancy": "zone",
        "lifecycle": None,
        "referers": None,
        "acceleration": False,
        "source_ranges": ["0.0.0.0/0", "::/0"],
        "private_endpoint": True,
    }
    assert unknown(document) == {
        "public_access_block": "no alicloud_oss_bucket_public_access_block: the "
        "service's default for new buckets has changed, write "
        "it"
    }


def test_the_accounts_block_closes_every_bucket() -> None:
    document = the(
        block(
            "alicloud_oss_bucket.b",
            {"bucket": "b", "acl": "public-read"},
            {"region": "cn-hangzhou"},
        ),
        block("alicloud_oss_account_public_access_block.a", {"block_public_access": True}),
    )
    assert (document.region, document.country, document.name, document.tags) == (
        "cn-hangzhou",
        "CN",
        "b",
        {},
    )
    assert document.facts == {
        "exposure": {"public": False, "via": []},
        "public_access_block": True,
        "acl": [
            {
                "principal": "*",
                "account": None,
                "kind": "anyone",
                "actions": ["oss:GetObject", "oss:ListObjects"],
                "conditions": [],
                "narrows": False,
            }
        ],
        "policy": [],
        "encryption": {"enabled": False, "key_manager": None, "key_id": None, "algorithm": None},
        "tls": {"minimum": "1.0", "required": False, "policy": None},
        "versioning": False,
        "mfa_delete": None,
        "object_lock_days": None,
        "logging": {
            "enabled": False,
            "destination": None,
            "destination_account": None,
            "destination_region": None,
            "retention_days": 0,
        },
        "replication": [],
        "redundancy": "zone",
        "lifecycle": None,
        "referers": None,
        "acceleration": False,
        "source_ranges": ["0.0.0.0/0", "::/0"],
        "private_endpoint": True,
    }
    assert unknown(document) == {}


def test_the_block_of_another_account_closes_nothing() -> None:
    document = the(
        block("alicloud_oss_bucket.b", {"bucket": "b", "acl": "public-read"}),
        block(
            "alicloud_oss_account_public_access_block.a",
            {"block_public_access": True},
            {"profile": "other"},
        ),
    )
    assert document.facts["exposure"] == {"public": True, "via": ["acl"]}
    assert "public_access_block" in document.unknown


@pytest.mark.parametrize(
    ("action", "copies"),
    [("ALL", 1), ("PUT,DELETE", 1), (None, 1), ("DELETE", 0), ("DELETE,ABORT", 0), (APPLY, None)],
)
def test_a_rule_copies_what_is_put(action: Any, copies: int | None) -> None:
    rule = {
        "bucket": Reference("alicloud_oss_bucket.b"),
        "action": action,
        "destination": [{"bucket": "copy", "location": "oss-cn-beijing"}],
    }
    document = the(
        block("alicloud_oss_bucket.b", {"bucket": "b"}),
        block("alicloud_oss_bucket_replication.r", rule),
    )
    assert ("replication/0" in document.unknown) is (copies is None)
    if copies is not None:
        assert len(document.facts["replication"]) == copies


@pytest.mark.parametrize(
    ("written", "whole"),
    [
        ({}, True),
        ({"prefix_set": [{"prefixes": ["logs/"]}]}, False),
        ({"prefix_set": APPLY}, None),
        ({"historical_object_replication": "disabled"}, False),
        ({"historical_object_replication": APPLY}, None),
        (
            {
                "source_selection_criteria": [
                    {"sse_kms_encrypted_objects": [{"status": "Disabled"}]}
                ]
            },
            False,
        ),
    ],
)
def test_a_rule_that_leaves_objects_out(written: dict[str, Any], whole: bool | None) -> None:
    rule = {
        "bucket": Reference("alicloud_oss_bucket.b"),
        "destination": [{"bucket": "copy", "location": "oss-cn-beijing"}],
    }
    bucket = block("alicloud_oss_bucket.b", {"bucket": "b"})
    kind = "alicloud_oss_bucket_replication"
    found = the(bucket, block(f"{kind}.r", rule | written))
    assert found.facts["replication"][0].get("whole") is whole
    assert ("replication/0/whole" in found.unknown) is (whole is None)
    # Another rule that leads there may copy the rest.
    both = the(bucket, block(f"{kind}.r", rule | written), block(f"{kind}.s", rule))
    assert [one["whole"] for one in both.facts["replication"]] == [True]


def test_unknown_until_apply() -> None:
    document = the(
        block(
            "alicloud_oss_bucket.b",
            {
                "bucket": "b",
                "acl": APPLY,
                "policy": APPLY,
                "redundancy_type": APPLY,
                "lifecycle_rule": APPLY,
                "versioning": APPLY,
                "logging": APPLY,
                "server_side_encryption_rule": APPLY,
                "referer_config": APPLY,
                "transfer_acceleration": APPLY,
            },
            {"region": APPLY},
        ),
        block("alicloud_oss_bucket_https_config.h", {"bucket": APPLY, "enable": True}),
        block(
            "alicloud_oss_bucket_public_access_block.p",
            {"bucket": Reference("alicloud_oss_bucket.b"), "block_public_access": APPLY},
        ),
    )
    assert (document.region, document.country, document.name, document.tags) == ("", None, "b", {})
    assert document.facts == {
        "exposure": {},
        "encryption": {},
        "tls": {"policy": None},
        "mfa_delete": None,
        "object_lock_days": None,
        "logging": {},
        "private_endpoint": True,
        "replication": [],
    }
    assert unknown(document) == {
        "region": "var.x is decided at apply",
        "country": "var.x is decided at apply",
        "exposure/public": "var.x is decided at apply",
        "exposure/via": "var.x is decided at apply",
        "public_access_block": "var.x is decided at apply",
        "acl": "var.x is decided at apply",
        "policy": "var.x is decided at apply",
        "encryption/enabled": "var.x is decided at apply",
        "encryption/key_manager": "var.x is decided at apply",
        "encryption/key_id": "var.x is decided at apply",
        "encryption/algorithm": "var.x is decided at apply",
        "tls/minimum": "alicloud_oss_bucket_https_config.h.bucket: var.x is decided at apply",
        "tls/required": "var.x is decided at apply",
        "versioning": "var.x is decided at apply",
        "logging/enabled": "var.x is decided at apply",
        "logging/destination": "var.x is decided at apply",
        "redundancy": "var.x is decided at apply",
        "lifecycle": "var.x is decided at apply",
        "referers": "var.x is decided at apply",
        "acceleration": "var.x is decided at apply",
        "source_ranges": "var.x is decided at apply",
    }


def test_a_policy_that_refuses_other_addresses() -> None:
    refusal = {
        "Effect": "Deny",
        "Action": "oss:*",
        "Principal": ["*"],
        "Resource": ["acs:oss:*:*:b", "acs:oss:*:*:b/*"],
        "Condition": {"NotIpAddress": {"acs:SourceIp": ["203.0.113.0/24"]}},
    }
    text = json.dumps({"Version": "1", "Statement": [refusal]})
    found = the(block("alicloud_oss_bucket.b", {"bucket": "b", "policy": text}))
    assert found.facts["source_ranges"] == ["203.0.113.0/24"]


@pytest.mark.parametrize(
    ("acl", "public"),
    [("public-read", True), ("private", False), (None, False), (APPLY, None)],
)
def test_an_object_that_is_public_opens_a_private_bucket(acl: Any, public: bool | None) -> None:
    bucket = block("alicloud_oss_bucket.b", {"bucket": "b", "acl": "private"})
    one = {"bucket": Reference("alicloud_oss_bucket.b", "bucket"), "key": "k", "acl": acl}
    exposure = the(bucket, block("alicloud_oss_bucket_object.o", one)).facts["exposure"]
    assert exposure.get("public") is public
    assert exposure.get("via") == (["object-acl"] if public else [] if public is False else None)
    shut = block("alicloud_oss_account_public_access_block.p", {"block_public_access": True})
    closed = the(bucket, block("alicloud_oss_bucket_object.o", one), shut).facts["exposure"]
    assert closed["public"] is False
