"""Repositories of Container Registry. Source: ALIYUN::CR::* of the ROS resource type reference."""

from __future__ import annotations

from collections.abc import Iterator

from collectors.iac.blocks import Block
from collectors.iac.mappers.alicloud.registry import ENTRY, INSTANCE, REPOSITORY, SCAN_RULE
from collectors.iac.ros.resources.shared import plain
from collectors.iac.stacks.resource import Resource, Translation, is_open, renamed

_REPOSITORY = {
    "InstanceId": "instance_id",
    "RepoNamespace": "namespace",
    "RepoName": "name",
    "RepoType": "repo_type",
    "TagImmutability": "tag_immutability",
}


def repository(resource: Resource) -> Iterator[Block]:
    """A repository of an instance; one without belongs to the Personal Edition, which no check
    looks at."""
    personal = resource.get("InstanceId") in (None, "")
    kind = resource.type if personal else REPOSITORY
    yield resource.block(kind, renamed(resource.properties, _REPOSITORY))


def entry(resource: Resource) -> Iterator[Block]:
    """An address that may reach an endpoint: the public one of the registry, or another."""
    module, kind = resource.get("ModuleName"), resource.get("EndpointType")
    others = (module not in (None, "Registry") and not is_open(module)) or (
        isinstance(kind, str) and kind.lower() != "internet"
    )
    names = {"InstanceId": "instance_id", "Entry": "entry"}
    yield resource.block(resource.type if others else ENTRY, renamed(resource.properties, names))


TRANSLATIONS: dict[str, Translation] = {
    "ALIYUN::CR::Instance": plain(INSTANCE, {"InstanceName": "instance_name"}),
    "ALIYUN::CR::InstanceEndpointAclPolicy": entry,
    "ALIYUN::CR::InstanceV2": plain(INSTANCE, {"InstanceName": "instance_name"}),
    "ALIYUN::CR::Repository": repository,
    "ALIYUN::CR::ScanRule": plain(
        SCAN_RULE,
        {
            "InstanceId": "instance_id",
            "RepoTagFilterPattern": "repo_tag_filter_pattern",
            "ScanScope": "scan_scope",
            "ScanType": "scan_type",
            "TriggerType": "trigger_type",
            "Namespaces": "namespaces",
            "RepoNames": "repo_names",
        },
    ),
}
