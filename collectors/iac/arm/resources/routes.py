"""Route tables, and flow logs of networks. Source: template reference, Microsoft.Network."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.iac.arm.resource import Resource, Translation, at
from collectors.iac.arm.resources.words import named
from collectors.iac.blocks import Block


def table(resource: Resource) -> Iterator[Block]:
    """A route table with the routes in it."""
    routes = resource.get("routes")
    if isinstance(routes, list):
        routes = [_route(at(each, "properties")) for each in routes]
    yield resource.block("azurerm_route_table", named(resource) | {"route": routes})


def route(resource: Resource) -> Iterator[Block]:
    """A route of its own."""
    own = {"name": resource.name, "route_table_name": resource.owner()}
    yield resource.block("azurerm_route", _route(resource.properties) | own)


def _route(properties: Any) -> dict[str, Any]:
    values = {
        "address_prefix": at(properties, "addressPrefix"),
        "next_hop_type": at(properties, "nextHopType"),
    }
    return {name: value for name, value in values.items() if value is not None}


def flow_log(resource: Resource) -> Iterator[Block]:
    """A flow log of a network watcher, which stands in the region of what it records."""
    policy = resource.get("retentionPolicy")
    if isinstance(policy, dict):
        policy = [{key: at(policy, key) for key in ("enabled", "days")}]
    values = named(resource) | {
        "target_resource_id": resource.get("targetResourceId"),
        "storage_account_id": resource.get("storageId"),
        "enabled": resource.get("enabled"),
        "retention_policy": policy,
    }
    yield resource.block("azurerm_network_watcher_flow_log", values)


TRANSLATIONS: dict[str, Translation] = {
    "Microsoft.Network/networkWatchers/flowLogs": flow_log,
    "Microsoft.Network/routeTables": table,
    "Microsoft.Network/routeTables/routes": route,
}
