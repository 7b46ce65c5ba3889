"""What stands in the subnets of virtual networks, as ARM tells it of a subnet. Pure.

A subnet names every IP configuration in it (of interfaces, gateways, load balancers, bastion
hosts), and the links of services that Azure puts into it (`serviceAssociationLinks`,
`resourceNavigationLinks`). Empty lists are left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.azure.ids import key

Item = dict[str, Any]

# The types whose IP configurations stand in subnets, longest first where one has another's name.
_BY_TYPE = (
    ("/virtualmachinescalesets/", "instance"),
    ("/loadbalancers/", "load_balancer"),
    ("/applicationgateways/", "load_balancer"),
    ("/virtualnetworkgateways/", "gateway"),
    ("/azurefirewalls/", "gateway"),
    ("/virtualhubs/", "gateway"),
    ("/bastionhosts/", "bastion"),
    ("/privateendpoints/", "endpoint"),
)
# Services that Azure puts into a delegated subnet, by their resource type.
_BY_SERVICE = {
    "microsoft.web/serverfarms": "function",
    "microsoft.app/environments": "container",
    "microsoft.containerinstance/containergroups": "container",
    "microsoft.sql/managedinstances": "database",
    "microsoft.dbforpostgresql/flexibleservers": "database",
    "microsoft.dbformysql/flexibleservers": "database",
    "microsoft.dbforpostgresql/serversv2": "database",
    "microsoft.dbformysql/serversv2": "database",
    "microsoft.cache/redis": "database",
    "microsoft.netapp/volumes": "file_system",
    "microsoft.databricks/workspaces": "cluster",
}
_CONFIGURATIONS = ("ipConfigurations", "applicationGatewayIPConfigurations")
_LINKS = ("serviceAssociationLinks", "resourceNavigationLinks", "ipConfigurationProfiles")

PLATFORM = (
    "gatewaysubnet", "azurefirewallsubnet", "azurefirewallmanagementsubnet", "routeserversubnet",
)  # fmt: skip
"""Subnets of Azure's own appliances, on which no network security group may be put."""


def subnets_of(network: Item) -> list[Item]:
    """The subnets of a virtual network."""
    found: list[Item] = network["properties"].get("subnets") or []
    return found


def configurations_of(subnet: Item) -> list[str]:
    """The ids of the IP configurations in a subnet, each once."""
    properties = subnet["properties"]
    named = [one["id"] for name in _CONFIGURATIONS for one in properties.get(name) or ()]
    return list(dict.fromkeys(named))


def links_of(subnet: Item) -> list[Item]:
    """The links of services in a subnet."""
    properties = subnet["properties"]
    return [one for name in _LINKS for one in properties.get(name) or ()]


def workloads_of(subnet: Item) -> int:
    """How many interfaces and services stand in a subnet."""
    return len(configurations_of(subnet)) + len(links_of(subnet))


def owner_of(configuration: str) -> str:
    """The id of what an IP configuration belongs to: an interface, a load balancer, …"""
    return configuration.rsplit("/", 2)[0]


def kinds_of(subnet: Item, interfaces: dict[str, Item]) -> Iterator[str]:
    """What stands in a subnet, by `Subnet.workload_kinds`. `interfaces` are those of the
    subscription by the key of their id."""
    for configuration in configurations_of(subnet):
        yield _kind(configuration, interfaces)
    for link in links_of(subnet):
        linked = str((link.get("properties") or {}).get("linkedResourceType", "")).lower()
        yield _BY_SERVICE.get(linked, "container" if "containers" in key(link["id"]) else "other")


def _kind(configuration: str, interfaces: dict[str, Item]) -> str:
    lower = key(configuration)
    for part, kind in _BY_TYPE:
        if part in lower:
            return kind
    properties = interfaces.get(key(owner_of(configuration)), {}).get("properties", {})
    if properties.get("virtualMachine"):
        return "instance"
    return "endpoint" if properties.get("privateEndpoint") else "other"
