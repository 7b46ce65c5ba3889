"""Groups of Container Instances. Source: template reference, Microsoft.ContainerInstance."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.document import Unknown
from collectors.iac.arm.resource import Resource, Translation, at
from collectors.iac.arm.resources.words import managed_identity, named, or_
from collectors.iac.blocks import Block


def group(resource: Resource) -> Iterator[Block]:
    """A group, which has no address where it writes none."""
    subnets = resource.get("subnetIds")
    workspace = resource.get("diagnostics.logAnalytics.workspaceId")
    values = named(resource) | {
        "container": _containers(resource.get("containers")),
        "init_container": _containers(resource.get("initContainers")),
        "ip_address_type": or_(resource.get("ipAddress.type"), _no_address(resource)),
        "subnet_ids": [at(one, "id") for one in subnets] if isinstance(subnets, list) else subnets,
        "network_profile_id": resource.get("networkProfile.id"),
        "identity": managed_identity(resource.body.get("identity")),
        "diagnostics": None
        if workspace is None
        else [{"log_analytics": [{"workspace_id": workspace}]}],
    }
    yield resource.block("azurerm_container_group", values)


def _no_address(resource: Resource) -> Any:
    address = resource.get("ipAddress")
    return address if isinstance(address, Unknown) else "None"


def _containers(value: Any) -> Any:
    return [_container(one) for one in value] if isinstance(value, list) else value


def _container(value: Any) -> dict[str, Any]:
    if isinstance(value, Unknown):
        return {"name": value, "environment_variables": value, "security": value}
    variables = at(value, "properties.environmentVariables")
    if isinstance(variables, list):
        variables = {
            str(at(one, "name")): at(one, "value")
            for one in variables
            if at(one, "value") is not None
        }
    context = at(value, "properties.securityContext")
    security = {
        "privilege_enabled": at(context, "privileged"),
        "capabilities": at(context, "capabilities.add"),
    }
    return {
        "name": at(value, "name"),
        "environment_variables": variables,
        "security": context if context is None or isinstance(context, Unknown) else [security],
    }


TRANSLATIONS: dict[str, Translation] = {"Microsoft.ContainerInstance/containerGroups": group}
