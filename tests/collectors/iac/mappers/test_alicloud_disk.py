"""Alibaba Cloud disks."""

from __future__ import annotations

from collectors.document import Unknown
from collectors.iac.blocks import Reference
from tests.collectors.iac.mappers.hand import block, the, unknown

APPLY = Unknown("var.x is decided at apply")


def test_disk_good() -> None:
    document = the(
        block(
            "alicloud_ecs_disk.d",
            {
                "disk_name": "d",
                "zone_id": "cn-hangzhou-h",
                "size": 100,
                "encrypted": True,
                "kms_key_id": "alias/own",
            },
        ),
        block(
            "alicloud_ecs_auto_snapshot_policy_attachment.a",
            {
                "disk_id": Reference("alicloud_ecs_disk.d"),
                "auto_snapshot_policy_id": Reference("alicloud_ecs_auto_snapshot_policy.p"),
            },
        ),
        block(
            "alicloud_ecs_auto_snapshot_policy.p",
            {
                "retention_days": -1,
                "enable_cross_region_copy": True,
                "target_copy_regions": ["cn-beijing"],
            },
        ),
        block(
            "alicloud_ecs_disk_attachment.x",
            {"disk_id": Reference("alicloud_ecs_disk.d"), "instance_id": "i-1"},
        ),
    )
    assert (document.region, document.country, document.name, document.tags) == (
        "cn-hangzhou",
        "CN",
        "d",
        {},
    )
    assert document.facts == {
        "encryption": {
            "enabled": True,
            "key_manager": "customer",
            "key_id": "alias/own",
            "algorithm": "aes-256",
        },
        "attached": True,
        "size_bytes": 107374182400,
        "backup": {
            "enabled": True,
            "retention_days": 65536,
            "point_in_time": False,
            "copies": [{"region": "cn-beijing", "account": "template", "kind": "snapshot"}],
        },
        "zone": "cn-hangzhou-h",
        "delete_with_instance": False,
    }
    assert unknown(document) == {}


def test_disk_bad() -> None:
    document = the(
        block(
            "alicloud_disk.d", {"name": "d", "availability_zone": "ap-southeast-1a", "size": "20"}
        ),
    )
    assert (document.region, document.country, document.name, document.tags) == (
        "ap-southeast-1",
        "SG",
        "d",
        {},
    )
    assert document.facts == {
        "encryption": {"enabled": False, "key_manager": None, "key_id": None, "algorithm": None},
        "size_bytes": 21474836480,
        "backup": {"enabled": False, "retention_days": 0, "point_in_time": False, "copies": []},
        "zone": "ap-southeast-1a",
        "delete_with_instance": False,
    }
    assert unknown(document) == {"attached": "nothing in this template attaches the disk"}


def test_disk_from_a_snapshot_may_be_encrypted() -> None:
    document = the(
        block(
            "alicloud_disk.d",
            {"availability_zone": "cn-beijing-MAZ2(a,b)", "size": 20, "snapshot_id": "s-1"},
        ),
    )
    assert (document.region, document.country, document.name, document.tags) == (
        "cn-beijing",
        "CN",
        "d",
        {},
    )
    assert document.facts == {
        "encryption": {"key_manager": "provider", "key_id": None, "algorithm": "aes-256"},
        "size_bytes": 21474836480,
        "backup": {"enabled": False, "retention_days": 0, "point_in_time": False, "copies": []},
        "zone": "cn-beijing-MAZ2(a,b)",
        "delete_with_instance": False,
    }
    assert unknown(document) == {
        "encryption/enabled": "the disk is encrypted if its snapshot is",
        "attached": "nothing in this template attaches the disk",
    }


def test_disk_of_another_account_than_encrypts_by_default() -> None:
    place = {"region": "cn-hangzhou"}
    disk = block("alicloud_ecs_disk.d", {"size": 20}, place)
    for profile, expected in ({}, True), ({"profile": "other"}, False):
        on = {"encrypted": True}
        default = block("alicloud_ecs_disk_encryption_by_default.on", on, place | profile)
        assert the(disk, default).facts["encryption"]["enabled"] is expected


def test_disk_encrypted_by_default() -> None:
    document = the(
        block("alicloud_ecs_disk.d", {"zone_id": "cn-hangzhou-h", "size": 20}),
        block("alicloud_ecs_disk_encryption_by_default.on", {"encrypted": True}),
    )
    assert (document.region, document.country, document.name, document.tags) == (
        "cn-hangzhou",
        "CN",
        "d",
        {},
    )
    assert document.facts == {
        "encryption": {
            "enabled": True,
            "key_manager": "provider",
            "key_id": None,
            "algorithm": "aes-256",
        },
        "size_bytes": 21474836480,
        "backup": {"enabled": False, "retention_days": 0, "point_in_time": False, "copies": []},
        "zone": "cn-hangzhou-h",
        "delete_with_instance": False,
    }
    assert unknown(document) == {"attached": "nothing in this template attaches the disk"}


def test_disk_unknown_until_apply() -> None:
    document = the(
        block(
            "alicloud_ecs_disk.d",
            {"zone_id": APPLY, "size": APPLY, "encrypted": APPLY, "kms_key_id": APPLY},
            {"region": APPLY},
        ),
        block(
            "alicloud_ecs_auto_snapshot_policy_attachment.a",
            {"disk_id": APPLY, "auto_snapshot_policy_id": "p"},
        ),
    )
    assert (document.region, document.country, document.name, document.tags) == ("", None, "d", {})
    assert document.facts == {
        "encryption": {"algorithm": "aes-256"},
        "backup": {"point_in_time": False},
        "delete_with_instance": False,
    }
    assert unknown(document) == {
        "region": "var.x is decided at apply",
        "country": "var.x is decided at apply",
        "encryption/enabled": "var.x is decided at apply",
        "encryption/key_manager": "var.x is decided at apply",
        "encryption/key_id": "var.x is decided at apply",
        "attached": "nothing in this template attaches the disk",
        "size_bytes": "var.x is decided at apply",
        "backup/enabled": "alicloud_ecs_auto_snapshot_policy_attachment.a.disk_id: "
        "var.x is decided at apply",
        "backup/retention_days": "alicloud_ecs_auto_snapshot_policy_attachment.a.disk_id: "
        "var.x is decided at apply",
        "zone": "var.x is decided at apply",
    }
