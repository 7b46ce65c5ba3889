"""Alibaba Cloud keys."""

from __future__ import annotations

import json

from collectors.document import Unknown
from collectors.iac.accounts import NOT_TOLD
from collectors.iac.blocks import Reference
from tests.collectors.iac.mappers.hand import block, the, unknown

APPLY = Unknown("var.x is decided at apply")
KEY_POLICY = json.dumps(
    {
        "Version": "1",
        "Statement": [
            {
                "Effect": "Allow",
                "Action": ["kms:*"],
                "Principal": {"RAM": ["acs:ram::1234567890123456:*"]},
                "Resource": ["*"],
            }
        ],
    }
)


def test_key_good() -> None:
    document = the(
        block(
            "alicloud_kms_key.k",
            {
                "automatic_rotation": "Enabled",
                "rotation_interval": "365d",
                "protection_level": "HSM",
                "deletion_protection": "Enabled",
                "key_spec": "Aliyun_SM4",
                "policy": KEY_POLICY,
            },
            {"region": "cn-hangzhou"},
        ),
        block(
            "alicloud_kms_alias.a",
            {"key_id": Reference("alicloud_kms_key.k"), "alias_name": "alias/db"},
        ),
    )
    assert (document.region, document.country, document.name, document.tags) == (
        "cn-hangzhou",
        "CN",
        "alias/db",
        {},
    )
    assert document.facts == {
        "manager": "customer",
        "origin": "hsm",
        "algorithm": "Aliyun_SM4",
        "rotation_days": 365,
        "policy": [
            {
                "principal": "acs:ram::1234567890123456:*",
                "kind": "account",
                "actions": ["kms:*"],
                "conditions": [],
                "narrows": False,
            }
        ],
        "state": "enabled",
        "deletion_protection": True,
        "audit_log": None,
        "used_by": None,
        "network_ranges": None,
        "private_endpoint": True,
    }
    assert unknown(document) == {"policy/0/account": NOT_TOLD.reason}


def test_key_bad() -> None:
    document = the(
        block(
            "alicloud_kms_key.k",
            {
                "origin": "EXTERNAL",
                "status": "Disabled",
                "automatic_rotation": "Disabled",
                "dkms_instance_id": "kst-1",
            },
            {"region": "cn-hangzhou"},
        ),
    )
    assert (document.region, document.country, document.name, document.tags) == (
        "cn-hangzhou",
        "CN",
        "k",
        {},
    )
    assert document.facts == {
        "manager": "customer",
        "origin": "external",
        "algorithm": "Aliyun_AES_256",
        "rotation_days": None,
        "state": "disabled",
        "deletion_protection": False,
        "audit_log": None,
        "used_by": None,
        "network_ranges": None,
        "private_endpoint": True,
    }
    assert unknown(document) == {
        "policy": "the template writes no policy: the service's default one applies"
    }


def test_key_unknown_until_apply() -> None:
    document = the(
        block(
            "alicloud_kms_key.k",
            {
                "automatic_rotation": "Enabled",
                "status": APPLY,
                "origin": APPLY,
                "policy": APPLY,
                "deletion_protection": APPLY,
            },
            {"region": "cn-hangzhou"},
        ),
    )
    assert (document.region, document.country, document.name, document.tags) == (
        "cn-hangzhou",
        "CN",
        "k",
        {},
    )
    assert document.facts == {
        "manager": "customer",
        "algorithm": "Aliyun_AES_256",
        "audit_log": None,
        "used_by": None,
        "network_ranges": None,
        "private_endpoint": True,
    }
    assert unknown(document) == {
        "origin": "var.x is decided at apply",
        "rotation_days": "automatic rotation is on, and the template writes no rotation_interval",
        "policy": "var.x is decided at apply",
        "state": "var.x is decided at apply",
        "deletion_protection": "var.x is decided at apply",
    }


def test_a_key_of_no_instance_has_no_policy() -> None:
    assert the(block("alicloud_kms_key.k", {})).facts["policy"] == []


def test_a_key_that_may_be_disabled() -> None:
    assert the(block("alicloud_kms_key.k", {"is_enabled": False})).facts["state"] == "disabled"
    assert "state" in the(block("alicloud_kms_key.k", {"is_enabled": APPLY})).unknown
