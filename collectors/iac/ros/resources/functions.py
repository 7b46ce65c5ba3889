"""Functions with triggers and custom domains. Source: ALIYUN::FC3::* and ALIYUN::FC::* of the ROS
resource type reference."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from collectors.iac.blocks import Block
from collectors.iac.mappers.alicloud.function import (
    DOMAIN,
    FUNCTION,
    IN_SERVICE,
    OLD_DOMAIN,
    OLD_TRIGGER,
    SERVICE,
    TRIGGER,
)
from collectors.iac.ros.resources.shared import rows
from collectors.iac.stacks.functions import open_, open_within
from collectors.iac.stacks.resource import (
    Resource,
    Translation,
    is_open,
    part,
    parts,
    renamed,
    tags,
)

_VPC = {"VpcId": "vpc_id", "VSwitchIds": "vswitch_ids"}
_LOG = {"Project": "project", "Logstore": "logstore"}
_FUNCTION = {
    "FunctionName": "function_name",
    "Runtime": "runtime",
    "EnvironmentVariables": "environment_variables",
    "Role": "role",
}


def _place(resource: Resource) -> dict[str, Any]:
    return {
        "vpc_config": part(resource.get("VpcConfig"), _VPC),
        "log_config": part(resource.get("LogConfig"), _LOG),
        "tags": tags(resource.get("Tags")),
    }


def function(resource: Resource) -> Iterator[Block]:
    """A function of Function Compute 3.0."""
    yield resource.block(FUNCTION, renamed(resource.properties, _FUNCTION) | _place(resource))


def service(resource: Resource) -> Iterator[Block]:
    """A service, to whose functions its network, role and log apply."""
    names = {"ServiceName": "name", "Role": "role"}
    yield resource.block(SERVICE, renamed(resource.properties, names) | _place(resource))


def old_function(resource: Resource) -> Iterator[Block]:
    """A function in a service."""
    names = {**_FUNCTION, "FunctionName": "name", "ServiceName": "service"}
    values = renamed(resource.properties, names)
    yield resource.block(IN_SERVICE[0], values | {"tags": tags(resource.get("Tags"))})


def _trigger(kind: str, *arguments: str) -> Translation:
    def translate(resource: Resource) -> Iterator[Block]:
        told = [resource.get(name) for name in ("FunctionName", "TriggerType")]
        values = dict(zip(arguments, [*told, _config(resource.get("TriggerConfig"))], strict=True))
        yield resource.block(kind, values)

    return translate


def _config(value: Any) -> Any:
    """The configuration as JSON; ROS takes its names in capitals too."""
    if value is None or isinstance(value, str) or is_open(value):
        return value
    doubt = open_within(value)
    if doubt or not isinstance(value, dict):
        return doubt
    return json.dumps({name[:1].lower() + name[1:]: each for name, each in value.items()})


def domain(resource: Resource) -> Iterator[Block]:
    """A custom domain."""
    config = resource.get("RouteConfig")
    routes = config.get("Routes") if isinstance(config, dict) else config
    found = parts(
        rows(routes) if not is_open(routes) else open_(routes), {"FunctionName": "function_name"}
    )
    values = {
        "auth_config": part(resource.get("AuthConfig"), {"AuthType": "auth_type"}),
        "route_config": {"routes": found},
    }
    if resource.type.startswith("ALIYUN::FC::"):
        values = {"route_config": found}
    kind = OLD_DOMAIN if resource.type.startswith("ALIYUN::FC::") else DOMAIN
    yield resource.block(kind, values)


TRANSLATIONS: dict[str, Translation] = {
    "ALIYUN::FC::CustomDomain": domain,
    "ALIYUN::FC::Function": old_function,
    "ALIYUN::FC::Service": service,
    "ALIYUN::FC::Trigger": _trigger(OLD_TRIGGER, "function", "type", "config"),
    "ALIYUN::FC3::CustomDomain": domain,
    "ALIYUN::FC3::Function": function,
    "ALIYUN::FC3::Trigger": _trigger(TRIGGER, "function_name", "trigger_type", "trigger_config"),
}
