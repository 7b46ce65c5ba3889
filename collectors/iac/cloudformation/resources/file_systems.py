"""AWS::EFS::FileSystem. Source: CloudFormation template reference, Amazon EFS."""

from __future__ import annotations

from collections.abc import Iterator

from collectors.iac.blocks import Block
from collectors.iac.mappers.aws.file_system import BACKUP, FILE_SYSTEM
from collectors.iac.stacks.resource import Resource, Translation, part, renamed, tags


def file_system(resource: Resource) -> Iterator[Block]:
    """A file system, whose backup policy Terraform has apart."""
    names = {
        "Encrypted": "encrypted",
        "KmsKeyId": "kms_key_id",
        "AvailabilityZoneName": "availability_zone_name",
    }
    values = renamed(resource.properties, names)
    yield resource.block(FILE_SYSTEM, values | {"tags": tags(resource.get("FileSystemTags"))})
    written = resource.get("BackupPolicy")
    if written is not None:
        own = {"file_system_id": resource.itself()}
        policy = {"backup_policy": part(written, {"Status": "status"})}
        yield resource.block(BACKUP, own | policy, part="BackupPolicy")


TRANSLATIONS: dict[str, Translation] = {"AWS::EFS::FileSystem": file_system}
