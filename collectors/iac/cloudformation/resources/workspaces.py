"""Desktops of WorkSpaces. Source: CloudFormation template reference, Amazon WorkSpaces."""

from __future__ import annotations

from collections.abc import Iterator

from collectors.iac.blocks import Block
from collectors.iac.mappers.aws.workspace import WORKSPACE
from collectors.iac.stacks.resource import Resource, Translation, part, renamed, tags

_NAMES = {
    "RootVolumeEncryptionEnabled": "root_volume_encryption_enabled",
    "UserVolumeEncryptionEnabled": "user_volume_encryption_enabled",
    "VolumeEncryptionKey": "volume_encryption_key",
}
_SIZES = {
    "RootVolumeSizeGib": "root_volume_size_gib",
    "UserVolumeSizeGib": "user_volume_size_gib",
}


def workspace(resource: Resource) -> Iterator[Block]:
    """A desktop with its volumes."""
    values = renamed(resource.properties, _NAMES) | {
        "workspace_properties": part(resource.get("WorkspaceProperties"), _SIZES),
        "tags": tags(resource.get("Tags")),
    }
    yield resource.block(WORKSPACE, values)


TRANSLATIONS: dict[str, Translation] = {"AWS::WorkSpaces::Workspace": workspace}
