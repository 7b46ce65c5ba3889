"""What a template puts into subnets, by the arguments that name them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.document import Unknown
from collectors.iac.arguments import unwatched
from collectors.iac.blocks import Block, Project
from collectors.iac.mappers.azurerm.machine_system import MACHINES
from collectors.iac.mappers.joins import joined
from collectors.iac.mappers.pointers import Pointing, names_of
from collectors.iac.mappers.pointers import path as steps_of

NIC = "azurerm_network_interface"

_IP = "ip_configuration"
FLEXIBLE = "azurerm_orchestrated_virtual_machine_scale_set"
SETS = (
    "azurerm_linux_virtual_machine_scale_set",
    "azurerm_windows_virtual_machine_scale_set",
    FLEXIBLE,
)
_SITES = (
    "azurerm_linux_web_app", "azurerm_windows_web_app", "azurerm_linux_function_app",
    "azurerm_windows_function_app",
)  # fmt: skip
PLACES: dict[str, tuple[tuple[str, ...], str]] = {
    NIC: ((_IP, "subnet_id"), "other"),
    **dict.fromkeys(SETS, (("network_interface", _IP, "subnet_id"), "instance")),
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
        kind_of(each, kind, project)
        for type_, (path, kind) in PLACES.items()
        for each in naming(subnet, project, type_, path)
    ]


def naming(target: Block, project: Project, kind: str, path: tuple[str, ...]) -> list[Block]:
    """The resources of a type that name the target at a path, each as often as they do."""
    said, others = pointing_at(project, kind, path), project.each_of(kind)
    by_name = (number for name in names_of(target) for number in said.to_name.get(name, ()))
    return [others[number] for number in (*said.to_block.get(id(target), ()), *by_name)]


def pointing_at(project: Project, kind: str, path: tuple[str, ...]) -> Pointing:
    """What the resources of a type point to at a path through nested blocks, found once."""
    key = (f"nested {kind}", "/".join(path))
    found: Pointing | None = project.pointing.get(key)
    if found is None:
        with unwatched():
            found = project.pointing[key] = _pointing(project, kind, path)
    return found


def _pointing(project: Project, kind: str, path: tuple[str, ...]) -> Pointing:
    found = Pointing()
    for number, other in enumerate(project.each_of(kind)):
        for value in values_at(other.values, path):
            if isinstance(value, Unknown):
                found.open.setdefault(number, value)
            steps = [*steps_of(project, value)]
            blocks = [step for step in steps if isinstance(step, Block)]
            for step in blocks:
                found.to_block.setdefault(id(step), []).append(number)
            if not blocks and steps and isinstance(steps[-1], str):
                found.to_name.setdefault(steps[-1], []).append(number)
    return found


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


def kind_of(block: Block, kind: str, project: Project) -> str:
    """The kind of what names a subnet or an address; an interface of a machine is the machine's."""
    if block.type != NIC:
        return kind
    return "instance" if joined(project, block, "network_interface_ids", *MACHINES).blocks else kind
