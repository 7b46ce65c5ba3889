"""What a template puts into subnets, by the arguments that name them."""

from __future__ import annotations

from collectors.iac.blocks import Block, Project
from collectors.iac.mappers.azurerm.machine_system import MACHINES
from collectors.iac.mappers.joins import joined
from collectors.iac.mappers.named_within import naming

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


def kind_of(block: Block, kind: str, project: Project) -> str:
    """The kind of what names a subnet or an address; an interface of a machine is the machine's."""
    if block.type != NIC:
        return kind
    return "instance" if joined(project, block, "network_interface_ids", *MACHINES).blocks else kind
