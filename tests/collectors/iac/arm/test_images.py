"""Snapshots and galleries of ARM templates."""

from __future__ import annotations

from tests.collectors.iac.conftest import Read


def test_a_snapshot_and_an_image(deployment: Read) -> None:
    disk = {"type": "Microsoft.Compute/disks", "name": "d", "properties": {}}
    snapshot = {
        "type": "Microsoft.Compute/snapshots",
        "name": "s",
        "properties": {
            "creationData": {
                "sourceResourceId": "[resourceId('Microsoft.Compute/disks', 'd')]",
            }
        },
    }
    image = {
        "type": "Microsoft.Compute/images",
        "name": "i",
        "properties": {"storageProfile": {"osDisk": {"diskEncryptionSet": {"id": "/set"}}}},
    }
    found = deployment([disk, snapshot, image])
    facts = found["Microsoft.Compute/snapshots/s"].facts
    assert (facts["source_exists"], facts["encryption"]["key_manager"]) == (True, "provider")
    assert found["Microsoft.Compute/images/i"].facts["encryption"]["key_id"] == "/set"


def test_a_version_in_a_community_gallery(deployment: Read) -> None:
    galleries = "Microsoft.Compute/galleries"
    gallery = {
        "type": galleries,
        "name": "gold",
        "properties": {"sharingProfile": {"permissions": "Community"}},
    }
    version = {
        "type": f"{galleries}/images/versions",
        "name": "gold/web/1.0.0",
        "location": "chinanorth3",
        "properties": {"publishingProfile": {"targetRegions": [{"name": "chinaeast3"}]}},
    }
    found = deployment([gallery, version])[f"{galleries}/images/versions/gold/web/1.0.0"]
    assert found.facts["shared_with"] == ["all"]
    assert found.facts["copies"] == [{"region": "chinaeast3"}]
