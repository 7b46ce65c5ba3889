"""Snapshots, images and secrets. Source: ALIYUN::ECS::* and ALIYUN::KMS::Secret of the ROS resource
type reference."""

from __future__ import annotations

from collections.abc import Iterator

from collectors.iac.blocks import Block
from collectors.iac.mappers.alicloud.image import COPY, IMAGE, SHARED, SNAPSHOTS
from collectors.iac.mappers.alicloud.secret import STORED
from collectors.iac.ros.resources.shared import plain, policy, rows, truth
from collectors.iac.stacks.functions import open_
from collectors.iac.stacks.resource import Resource, Translation, is_open, parts, renamed, tags


def image(resource: Resource) -> Iterator[Block]:
    """An image of an instance, or of snapshots."""
    names = {"ImageName": "image_name", "InstanceId": "instance_id", "SnapshotId": "snapshot_id"}
    values = renamed(resource.properties, names)
    devices = resource.get("DiskDeviceMapping")
    names = {"SnapshotId": "snapshot_id"}
    values["disk_device_mapping"] = devices if is_open(devices) else parts(rows(devices), names)
    yield resource.block(IMAGE, values)


def shared(resource: Resource) -> Iterator[Block]:
    """The accounts that an image is shared with; a community image is everybody's."""
    accounts = resource.get("Accounts")
    listed = [open_(accounts)] if is_open(accounts) else rows(accounts)
    public = truth(resource.get("IsPublic"))
    listed += ["all"] if public is True else [public] if public else []
    for i, each in enumerate(listed):
        values = {"image_id": resource.get("ImageId"), "account_id": each}
        yield resource.block(SHARED, values, part=f"Accounts/{i}" if i else "")


def secret(resource: Resource) -> Iterator[Block]:
    """A secret."""
    names = {
        "SecretName": "secret_name",
        "EncryptionKeyId": "encryption_key_id",
        "EnableAutomaticRotation": "enable_automatic_rotation",
        "RotationInterval": "rotation_interval",
        "DKMSInstanceId": "dkms_instance_id",
    }
    values = renamed(resource.properties, names)
    values["policy"] = policy(resource.get("Policy"))
    yield resource.block(STORED, values | {"tags": tags(resource.get("Tags"))})


TRANSLATIONS: dict[str, Translation] = {
    "ALIYUN::ECS::CopyImage": plain(
        COPY,
        {
            "DestinationImageName": "image_name",
            "ImageId": "source_image_id",
            "Encrypted": "encrypted",
            "KMSKeyId": "kms_key_id",
        },
    ),
    "ALIYUN::ECS::CustomImage": image,
    "ALIYUN::ECS::ImageSharePermission": shared,
    "ALIYUN::ECS::Snapshot": plain(
        SNAPSHOTS[0], {"SnapshotName": "snapshot_name", "DiskId": "disk_id"}
    ),
    "ALIYUN::KMS::Secret": secret,
}
