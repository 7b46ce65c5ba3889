"""Repositories of ECR, and what holds for a whole registry. Source: CloudFormation template
reference, Amazon ECR."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.iac.blocks import Block
from collectors.iac.cloudformation.resources.networks import plain
from collectors.iac.mappers.aws.registry import (
    POLICY,
    PUBLIC_REPOSITORY,
    REGISTRY_POLICY,
    REPOSITORY,
    SCANNING,
)
from collectors.iac.stacks.resource import Resource, Translation, part, parts, renamed, tags


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


def scanning(resource: Resource) -> Iterator[Block]:
    """The rules by which a registry scans images."""
    rules = resource.get("Rules")
    listed = [_rule(each) for each in rules] if isinstance(rules, list) else rules
    yield resource.block(SCANNING, {"rule": listed})


def _rule(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    filters = parts(value.get("RepositoryFilters"), {"Filter": "filter"})
    return renamed(value, {"ScanFrequency": "scan_frequency"}) | {"repository_filter": filters}


TRANSLATIONS: dict[str, Translation] = {
    "AWS::ECR::PublicRepository": plain(PUBLIC_REPOSITORY, {"RepositoryName": "repository_name"}),
    "AWS::ECR::RegistryPolicy": plain(REGISTRY_POLICY, {"PolicyText": "policy"}),
    "AWS::ECR::RegistryScanningConfiguration": scanning,
    "AWS::ECR::Repository": repository,
}
