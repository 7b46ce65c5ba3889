"""Snapshots, images and secrets."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.document import Unknown
from collectors.iac.blocks import Block, Reference
from tests.collectors.iac.mappers.hand import block, the

APPLY = Unknown("var.x is decided at apply")


def _disk(encrypted: Any) -> Block:
    return block("alicloud_ecs_disk.d", {"encrypted": encrypted, "zone_id": "cn-hangzhou-h"})


SNAPSHOT = block("alicloud_ecs_snapshot.s", {"disk_id": Reference("alicloud_ecs_disk.d", "id")})
OF = Reference("alicloud_ecs_snapshot.s", "id")


@pytest.mark.parametrize("encrypted", [True, False])
def test_a_snapshot_is_encrypted_as_its_disk_is(encrypted: bool) -> None:
    facts = the(SNAPSHOT, _disk(encrypted)).facts
    assert (facts["encryption"]["enabled"], facts["source_exists"]) == (encrypted, True)
    image = block("alicloud_image.i", {"image_name": "i", "snapshot_id": OF})
    assert the(image, SNAPSHOT, _disk(encrypted)).facts["encryption"]["enabled"] is encrypted


def test_a_snapshot_whose_disk_is_elsewhere() -> None:
    document = the(SNAPSHOT)
    assert {"encryption/enabled", "source_exists", "shared_with", "created"} <= set(
        document.unknown
    )


def test_an_image_that_is_shared() -> None:
    image = block("alicloud_image.i", {"disk_device_mapping": [{"snapshot_id": OF}, {}]})
    to = {"image_id": Reference("alicloud_image.i", "id"), "account_id": "1234567890123456"}
    document = the(image, block("alicloud_image_share_permission.p", to), SNAPSHOT, _disk(False))
    assert document.facts["shared_with"] == ["1234567890123456"]
    assert document.facts["encryption"]["enabled"] is False


@pytest.mark.parametrize(
    ("image", "enabled"),
    [
        (block("alicloud_image.i", {"instance_id": "i-1"}), None),
        (block("alicloud_image.i", {"snapshot_id": "s-1"}), None),
        (block("alicloud_image.i", {"disk_device_mapping": APPLY}), None),
        (block("alicloud_image_copy.i", {"encrypted": True, "kms_key_id": "alias/own"}), True),
        (block("alicloud_image_copy.i", {"encrypted": APPLY}), None),
        (block("alicloud_image_copy.i", {"source_image_id": "m-1"}), None),
    ],
)
def test_whether_an_image_is_encrypted(image: Block, enabled: bool | None) -> None:
    document = the(image)
    assert document.facts["encryption"].get("enabled") is enabled
    assert document.facts["shared_with"] == []


def test_a_secret_that_rotates() -> None:
    policy = (
        '{"Version": "1", "Statement": [{"Effect": "Allow", "Action": "kms:*", "Principal": "*"}]}'
    )
    values = {
        "secret_name": "db",
        "enable_automatic_rotation": True,
        "rotation_interval": "7d",
        "encryption_key_id": "alias/own",
        "dkms_instance_id": "kst-1",
        "policy": policy,
    }
    document = the(block("alicloud_kms_secret.s", values))
    assert document.name == "db"
    facts = document.facts
    assert (facts["rotation_days"], facts["encryption"]["key_manager"]) == (7, "customer")
    assert facts["policy"][0]["kind"] == "anyone"


def test_a_secret_of_which_little_is_written() -> None:
    facts = the(block("alicloud_kms_secret.s", {"secret_name": "db"})).facts
    assert (facts["rotation_days"], facts["policy"], facts["private_endpoint"]) == (None, [], True)
    on = {"enable_automatic_rotation": True}
    assert "rotation_days" in the(block("alicloud_kms_secret.s", on)).unknown
    apply = {"enable_automatic_rotation": APPLY, "dkms_instance_id": "k", "policy": APPLY}
    document = the(block("alicloud_kms_secret.s", apply))
    assert {"rotation_days", "policy", "last_rotated"} <= set(document.unknown)
