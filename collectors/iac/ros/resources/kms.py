"""Keys and aliases. Source: ALIYUN::KMS::Key and ALIYUN::KMS::Alias of the ROS resource type
reference."""

from __future__ import annotations

from collections.abc import Iterator

from collectors.iac.blocks import Block
from collectors.iac.ros.resources.shared import UNWRITTEN, plain, policy, switch
from collectors.iac.stacks.resource import Resource, Translation, renamed, tags


def key(resource: Resource) -> Iterator[Block]:
    """A key. In a KMS instance the instance decides whether an HSM keeps it."""
    names = {
        "Description": "description",
        "KeySpec": "key_spec",
        "Enable": "is_enabled",
        "RotationInterval": "rotation_interval",
        "ProtectionLevel": "protection_level",
        "DKMSInstanceId": "dkms_instance_id",
    }
    values = renamed(resource.properties, names)
    if resource.get("DKMSInstanceId") is not None:
        values["protection_level"] = UNWRITTEN
    for written, argument in (
        ("EnableAutomaticRotation", "automatic_rotation"),
        ("DeletionProtection", "deletion_protection"),
    ):
        values[argument] = switch(resource.get(written), "Enabled", "Disabled")
    values["policy"] = policy(resource.get("Policy"))
    yield resource.block("alicloud_kms_key", values | {"tags": tags(resource.get("Tags"))})


TRANSLATIONS: dict[str, Translation] = {
    "ALIYUN::KMS::Alias": plain(
        "alicloud_kms_alias", {"AliasName": "alias_name", "KeyId": "key_id"}
    ),
    "ALIYUN::KMS::Key": key,
}
