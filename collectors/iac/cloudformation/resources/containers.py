"""Services and task definitions of ECS. Source: CloudFormation template reference, Amazon ECS."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.document import Unknown
from collectors.iac.blocks import Block
from collectors.iac.mappers.aws.container import SERVICE
from collectors.iac.mappers.aws.container_definition import DEFINITION
from collectors.iac.stacks.resource import Resource, Translation, is_open, parts, renamed, tags

_DEFINITION = {
    "Family": "family",
    "NetworkMode": "network_mode",
    "PidMode": "pid_mode",
    "RequiresCompatibilities": "requires_compatibilities",
    "TaskRoleArn": "task_role_arn",
    "ContainerDefinitions": "container_definitions",
}
_SERVICE = {
    "ServiceName": "name",
    "TaskDefinition": "task_definition",
    "LaunchType": "launch_type",
}
_ASSIGNED = {"ENABLED": True, "DISABLED": False}
_ADDRESS = Unknown("the template does not say whether the containers get public addresses")


def definition(resource: Resource) -> Iterator[Block]:
    """A task definition."""
    values = renamed(resource.properties, _DEFINITION)
    # A family is named after the stack where none is written.
    values.setdefault("family", Unknown("the name is chosen at deployment"))
    values["volume"] = _volumes(resource.get("Volumes"))
    yield resource.block(DEFINITION, values | {"tags": tags(resource.get("Tags"))})


def _volumes(value: Any) -> Any:
    if not isinstance(value, list):
        return value
    found: list[Any] = []
    for one in value:
        host = one.get("Host") if isinstance(one, dict) else one
        if is_open(host):
            return host
        found.append({"name": one.get("Name"), "host_path": (host or {}).get("SourcePath")})
    return found


def service(resource: Resource) -> Iterator[Block]:
    """A service."""
    values = renamed(resource.properties, _SERVICE)
    values["capacity_provider_strategy"] = _providers(resource.get("CapacityProviderStrategy"))
    values["network_configuration"] = _network(resource.get("NetworkConfiguration"))
    values["load_balancer"] = parts(
        resource.get("LoadBalancers"), {"TargetGroupArn": "target_group_arn"}
    )
    yield resource.block(SERVICE, values | {"tags": tags(resource.get("Tags"))})


def _providers(value: Any) -> Any:
    if not isinstance(value, list):
        return value
    return [
        {"capacity_provider": one.get("CapacityProvider") if isinstance(one, dict) else one}
        for one in value
    ]


def _network(value: Any) -> Any:
    own = value.get("AwsvpcConfiguration") if isinstance(value, dict) else value
    if not isinstance(own, dict):
        return own
    names = {"Subnets": "subnets", "SecurityGroups": "security_groups"}
    address = own.get("AssignPublicIp", _ADDRESS)
    public = address if is_open(address) else _ASSIGNED.get(str(address), _ADDRESS)
    return [renamed(own, names) | {"assign_public_ip": public}]


TRANSLATIONS: dict[str, Translation] = {
    "AWS::ECS::Service": service,
    "AWS::ECS::TaskDefinition": definition,
}
