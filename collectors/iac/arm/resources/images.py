"""Snapshots, images and galleries. Source: template reference, Microsoft.Compute."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.iac.arm.resource import Resource, Translation, at
from collectors.iac.arm.resources.words import each, named
from collectors.iac.blocks import Block


def snapshot(resource: Resource) -> Iterator[Block]:
    """A snapshot."""
    values = named(resource) | {
        "source_resource_id": resource.get("creationData.sourceResourceId"),
        "source_uri": resource.get("creationData.sourceUri"),
        "disk_encryption_set_id": resource.get("encryption.diskEncryptionSetId"),
    }
    yield resource.block("azurerm_snapshot", values)


def image(resource: Resource) -> Iterator[Block]:
    """A managed image."""
    disk = resource.get("storageProfile.osDisk")
    values = named(resource) | {
        "source_virtual_machine_id": resource.get("sourceVirtualMachine.id"),
        "os_disk": [_disk(disk)] if isinstance(disk, dict) else disk,
        "data_disk": _disks(resource.get("storageProfile.dataDisks")),
    }
    yield resource.block("azurerm_image", values)


def _disks(listed: Any) -> Any:
    return [_disk(one) for one in listed] if isinstance(listed, list) else listed


def _disk(disk: Any) -> dict[str, Any]:
    key = at(disk, "diskEncryptionSet.id")
    return {"lun": at(disk, "lun")} | ({} if key is None else {"disk_encryption_set_id": key})


def gallery(resource: Resource) -> Iterator[Block]:
    """A gallery, private unless it is shared."""
    permission = resource.get("sharingProfile.permissions")
    values = named(resource)
    if permission is not None:
        values["sharing"] = [{"permission": permission}]
    yield resource.block("azurerm_shared_image_gallery", values)


def version(resource: Resource) -> Iterator[Block]:
    """A version of an image in a gallery."""
    regions = resource.get("publishingProfile.targetRegions")
    values = named(resource) | {
        "image_name": resource.names[-2] if len(resource.names) > 1 else None,
        "gallery_name": resource.owner(2),
        "target_region": [_region(one) for one in each(regions)]
        if isinstance(regions, list)
        else regions,
    }
    yield resource.block("azurerm_shared_image_version", values)


def _region(region: Any) -> dict[str, Any]:
    key = at(region, "encryption.osDiskImage.diskEncryptionSetId")
    return {"name": at(region, "name")} | ({} if key is None else {"disk_encryption_set_id": key})


TRANSLATIONS: dict[str, Translation] = {
    "Microsoft.Compute/galleries": gallery,
    "Microsoft.Compute/galleries/images/versions": version,
    "Microsoft.Compute/images": image,
    "Microsoft.Compute/snapshots": snapshot,
}
