"""Routes of the subnets in which databases stand."""

from __future__ import annotations

from collectors.azure.account import Account
from collectors.azure.ground import picked
from collectors.azure.network_calls import LIST_ROUTE_TABLES, LIST_VIRTUAL_NETWORKS
from collectors.azure.services.virtual_networks import Index, by_id, routes_to_internet
from collectors.azure.subnets import subnets_of
from collectors.document import Unknown, then

SUBNET_ROUTE_CALLS = (LIST_VIRTUAL_NETWORKS, LIST_ROUTE_TABLES)


def subnet_routes(account: Account, subnet: str | None) -> bool | Unknown | None:
    """Whether the subnet with an id has a default route to the internet; null without a subnet."""
    if not subnet:
        return None
    subnets = account.once("subnets", lambda: _subnets(account))
    tables = then(account.resources(LIST_ROUTE_TABLES), by_id)
    return then(picked(subnets, subnet, "subnet"), lambda found: routes_to_internet(found, tables))


def _subnets(account: Account) -> Index | Unknown:
    return then(
        account.resources(LIST_VIRTUAL_NETWORKS),
        lambda found: by_id(subnet for network in found for subnet in subnets_of(network)),
    )
