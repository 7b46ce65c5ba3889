"""AWS::ECR::Repository. Source: CloudFormation template reference, Amazon ECR."""

from __future__ import annotations

from collections.abc import Iterator

from collectors.iac.blocks import Block
from collectors.iac.mappers.aws.registry import POLICY, REPOSITORY
from collectors.iac.stacks.resource import Resource, Translation, part, renamed, tags


def repository(resource: Resource) -> Iterator[Block]:
    """A repository, whose policy Terraform has apart."""
    names = {"RepositoryName": "name", "ImageTagMutability": "image_tag_mutability"}
    scanning = part(resource.get("ImageScanningConfiguration"), {"ScanOnPush": "scan_on_push"})
    encryption = part(
        resource.get("EncryptionConfiguration"),
        {"EncryptionType": "encryption_type", "KmsKey": "kms_key"},
    )
    values = renamed(resource.properties, names) | {
        "image_scanning_configuration": scanning,
        "encryption_configuration": encryption,
        "tags": tags(resource.get("Tags")),
    }
    yield resource.block(REPOSITORY, values)
    written = resource.get("RepositoryPolicyText")
    if written is not None:
        own = {"repository": resource.itself(), "policy": written}
        yield resource.block(POLICY, own, part="RepositoryPolicyText")


TRANSLATIONS: dict[str, Translation] = {"AWS::ECR::Repository": repository}
