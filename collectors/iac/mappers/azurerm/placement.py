"""What a template puts into subnets, by the arguments that name them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.iac.blocks import Block, Project
from collectors.iac.mappers.joins import joined, points_to

NIC = "azurerm_network_interface"

_IP = "ip_configuration"
_MACHINES = (
    "azurerm_linux_virtual_machine", "azurerm_windows_virtual_machine", "azurerm_virtual_machine",
)  # fmt: skip
_SETS = ("azurerm_linux_virtual_machine_scale_set", "azurerm_windows_virtual_machine_scale_set")
_SITES = (
    "azurerm_linux_web_app", "azurerm_windows_web_app", "azurerm_linux_function_app",
    "azurerm_windows_function_app",
)  # fmt: skip
PLACES: dict[str, tuple[tuple[str, ...], str]] = {
    NIC: ((_IP, "subnet_id"), "other"),
    **dict.fromkeys(_SETS, (("network_interface", _IP, "subnet_id"), "instance")),
    "azurerm_kubernetes_cluster": (("default_node_pool", "vnet_subnet_id"), "instance"),
    "azurerm_kubernetes_cluster_node_pool": (("vnet_subnet_id",), "instance"),
    "azurerm_lb": (("frontend_ip_configuration", "subnet_id"), "load_balancer"),
    "azurerm_application_gateway": (("gateway_ip_configuration", "subnet_id"), "load_balancer"),
    "azurerm_virtual_network_gateway": ((_IP, "subnet_id"), "gateway"),
    "azurerm_firewall": ((_IP, "subnet_id"), "gateway"),
    "azurerm_bastion_host": ((_IP, "subnet_id"), "bastion"),
    "azurerm_private_endpoint": (("subnet_id",), "endpoint"),
    "azurerm_postgresql_flexible_server": (("delegated_subnet_id",), "database"),
    "azurerm_mysql_flexible_server": (("delegated_subnet_id",), "database"),
    "azurerm_mssql_managed_instance": (("subnet_id",), "database"),
    "azurerm_redis_cache": (("subnet_id",), "database"),
    "azurerm_container_group": (("subnet_ids",), "container"),
    "azurerm_container_app_environment": (("infrastructure_subnet_id",), "container"),
    "azurerm_netapp_volume": (("subnet_id",), "file_system"),
    **dict.fromkeys(_SITES, (("virtual_network_subnet_id",), "function")),
}
"""Where a resource names its subnet, and what it is in `Subnet.workload_kinds`."""


def kinds_in(subnet: Block, project: Project) -> list[str]:
    """What the template puts into a subnet, one entry for each time that it is named."""
    return [
        _kind(each, kind, project)
        for type_, (path, kind) in PLACES.items()
        for each in project.each_of(type_)
        for value in values_at(each.values, path)
        if points_to(project, value, subnet)
    ]


def values_at(values: Any, path: tuple[str, ...]) -> Iterator[Any]:
    """The values at a path through nested blocks and lists, Unknowns among them."""
    if isinstance(values, list):
        for each in values:
            yield from values_at(each, path)
    elif not path:
        yield values
    elif isinstance(values, dict):
        yield from values_at(values.get(path[0]), path[1:])
    elif values is not None:
        yield values


def _kind(block: Block, kind: str, project: Project) -> str:
    if block.type != NIC:
        return kind
    return (
        "instance" if joined(project, block, "network_interface_ids", *_MACHINES).blocks else kind
    )
