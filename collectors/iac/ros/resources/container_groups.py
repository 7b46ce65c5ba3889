"""Elastic Container Instance. Source: ALIYUN::ECI::ContainerGroup of the ROS resource type
reference."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.iac.blocks import Block
from collectors.iac.mappers.alicloud.container_group import CONTAINERS
from collectors.iac.ros.resources.shared import rows
from collectors.iac.stacks.functions import open_
from collectors.iac.stacks.resource import (
    Resource,
    Translation,
    is_open,
    part,
    parts,
    renamed,
    tags,
)

_GROUP = {
    "ContainerGroupName": "container_group_name",
    "SecurityGroupId": "security_group_id",
    "VSwitchId": "vswitch_id",
    "ZoneId": "zone_id",
    "EipInstanceId": "eip_instance_id",
    "RamRoleName": "ram_role_name",
}
_VARIABLE = {"Key": "key", "Value": "value"}


def group(resource: Resource) -> Iterator[Block]:
    """A group of containers."""
    values = renamed(resource.properties, _GROUP)
    values["containers"] = _containers(resource.get("Container"))
    values["init_containers"] = _containers(resource.get("InitContainer"))
    yield resource.block(CONTAINERS, values | {"tags": tags(resource.get("Tag"))})


def _containers(value: Any) -> Any:
    if value is None or is_open(value):
        return value
    return [_container(each) if isinstance(each, dict) else open_(each) for each in rows(value)]


def _container(value: dict[str, Any]) -> dict[str, Any]:
    variables = value.get("EnvironmentVar")
    added = part(value.get("SecurityContextCapability"), {"Add": "add"})
    found = {
        "name": value.get("Name"),
        "environment_vars": variables if is_open(variables) else parts(rows(variables), _VARIABLE),
        "security_context": None if added is None else {"capability": added},
    }
    return {name: each for name, each in found.items() if each is not None}


TRANSLATIONS: dict[str, Translation] = {"ALIYUN::ECI::ContainerGroup": group}
