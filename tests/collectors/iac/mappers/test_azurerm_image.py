"""Snapshots, images and the versions of images in galleries."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.document import Unknown
from collectors.iac.blocks import Reference
from tests.collectors.iac.mappers.hand import block, documents, the

APPLY = Unknown("var.x is decided at apply")
PLACE = {"name": "x", "location": "chinanorth3"}
SET = {"disk_encryption_set_id": "/set"}


def test_a_snapshot_is_encrypted_as_its_disk() -> None:
    disk = block("azurerm_managed_disk.d", PLACE | SET)
    snapshot = block(
        "azurerm_snapshot.s",
        PLACE | {"create_option": "Copy", "source_uri": Reference("azurerm_managed_disk.d")},
    )
    found = the(snapshot, disk)
    assert found.facts == {
        "encryption": {
            "enabled": True,
            "key_manager": "customer",
            "key_id": "/set",
            "algorithm": "AES-256",
        },
        "shared_with": [],
        "source_exists": True,
        "copies": None,
        "hardened": None,
    }
    away = the(snapshot)
    assert {"encryption/key_manager", "source_exists", "created"} <= set(away.unknown)
    plain = the(block("azurerm_snapshot.s", PLACE))
    assert plain.facts["encryption"]["key_manager"] == "provider"
    assert plain.facts["source_exists"] is None


@pytest.mark.parametrize(
    ("values", "manager"),
    [
        ({"os_disk": [SET]}, "customer"),
        ({"os_disk": [SET], "data_disk": [{"lun": 1}]}, "provider"),
        ({"os_disk": [{"disk_encryption_set_id": APPLY}]}, None),
        ({"os_disk": APPLY}, None),
        ({"source_virtual_machine_id": "/vm"}, None),
        ({}, "provider"),
    ],
)
def test_images(values: dict[str, Any], manager: str | None) -> None:
    facts = the(block("azurerm_image.i", PLACE | values)).facts
    assert facts["encryption"].get("key_manager") == manager
    assert (facts["shared_with"], facts["copies"]) == ([], [])


def test_a_version_in_a_gallery() -> None:
    targets = [SET | {"name": "China North 3"}, SET | {"name": "China East 3"}]
    version = block(
        "azurerm_shared_image_version.v",
        {
            "name": "1.0.0",
            "image_name": "web",
            "location": "chinanorth3",
            "gallery_name": "gold",
            "target_region": targets,
        },
    )

    def shared(**values: Any) -> Any:
        gallery = block("azurerm_shared_image_gallery.g", {"name": "gold"} | values)
        return documents(version, gallery)[0].facts.get("shared_with")

    found = the(version)
    assert found.name == "web/1.0.0"
    assert found.facts["copies"] == [{"region": "chinaeast3"}]
    assert found.facts["encryption"]["key_manager"] == "customer"
    assert "shared_with" in found.unknown
    assert shared() == []
    assert shared(sharing=[{"permission": "Community"}]) == ["all"]
    assert shared(sharing=[{"permission": "Groups"}]) is None
    assert shared(sharing=APPLY) is None
