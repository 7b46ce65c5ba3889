"""Virtual networks with their flow logs, and subnets with their routes and workloads."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from collectors.azure.account import Account, Service, tags_of
from collectors.azure.flow_logs import FLOW_LOG_CALLS, Logs, read_flow_logs, recording
from collectors.azure.ids import key, region_of
from collectors.azure.network_calls import (
    LIST_NETWORK_INTERFACES,
    LIST_ROUTE_TABLES,
    LIST_VIRTUAL_NETWORKS,
)
from collectors.azure.subnets import kinds_of, subnets_of, workloads_of
from collectors.document import Document, Unknown, then
from collectors.facts.network import Subnet, Vpc

NETWORK = "Microsoft.Network/virtualNetworks"
SUBNET = "Microsoft.Network/virtualNetworks/subnets"

_DEFAULT_ROUTES = ("0.0.0.0/0", "::/0")
Item = dict[str, Any]
Index = dict[str, Item]
"""Resources by the key of their id."""


def virtual_networks(account: Account) -> Iterable[Document]:
    """A document for each virtual network, and one for each of its subnets."""
    networks = account.resources(LIST_VIRTUAL_NETWORKS)
    if isinstance(networks, Unknown):
        yield account.unlisted(Vpc, networks, native_type=NETWORK)
        yield account.unlisted(Subnet, networks, native_type=SUBNET)
        return
    if not networks:
        return
    logs = read_flow_logs(account)
    tables = then(account.resources(LIST_ROUTE_TABLES), by_id)
    interfaces = then(account.resources(LIST_NETWORK_INTERFACES), by_id)
    for network in networks:
        yield _network(account, network, logs)
        for subnet in subnets_of(network):
            yield _subnet(account, network, subnet, tables, interfaces)


def by_id(items: Iterable[Item]) -> Index:
    """Resources by the key of their id."""
    return {key(item["id"]): item for item in items}


def _network(account: Account, network: Item, logs: Logs | Unknown) -> Document:
    """Azure makes no network by default, and has no internet gateways."""
    return account.document(
        Vpc(
            cidrs=network["properties"]["addressSpace"]["addressPrefixes"],
            is_default=False,
            workloads=sum(workloads_of(subnet) for subnet in subnets_of(network)),
            flow_logs=then(logs, lambda found: recording(account, network, found)),
            internet_gateway=False,
        ),
        network,
        native_type=NETWORK,
        native=network,
    )


def _subnet(
    account: Account,
    network: Item,
    subnet: Item,
    tables: Index | Unknown,
    interfaces: Index | Unknown,
) -> Document:
    """Subnets span the zones of their region, and give no interface a public address."""
    return account.document(
        Subnet(
            vpc_id=network["id"],
            cidrs=_cidrs(subnet["properties"]),
            routes_to_internet=routes_to_internet(subnet, tables),
            auto_public_ip=False,
            zone=None,
            workload_kinds=then(interfaces, lambda known: sorted(set(kinds_of(subnet, known)))),
        ),
        subnet,
        region=region_of(network),
        tags=tags_of(network),
        native_type=SUBNET,
        native=subnet,
    )


def _cidrs(properties: Item) -> list[str] | Unknown:
    one, many = properties.get("addressPrefix"), properties.get("addressPrefixes")
    return many or ([one] if one else Unknown("the subnet gives no address range"))


def routes_to_internet(subnet: Item, tables: Index | Unknown) -> bool | Unknown:
    """Whether somebody wrote a default route to the internet. A subnet without a route table has
    the system's routes alone."""
    table = (subnet["properties"].get("routeTable") or {}).get("id")
    if not table:
        return False
    if isinstance(tables, Unknown):
        return tables
    found = tables.get(key(table))
    if found is None:
        return Unknown("the route table of the subnet is not visible to this account")
    routes = [route["properties"] for route in found["properties"].get("routes") or ()]
    return any(
        route.get("addressPrefix") in _DEFAULT_ROUTES
        and str(route.get("nextHopType")).lower() == "internet"
        for route in routes
    )


SERVICE = Service(
    name="Virtual networks",
    types=((Vpc, NETWORK), (Subnet, SUBNET)),
    calls=(
        LIST_VIRTUAL_NETWORKS,
        LIST_ROUTE_TABLES,
        LIST_NETWORK_INTERFACES,
        *FLOW_LOG_CALLS,
    ),
    account=virtual_networks,
)
