"""Peerings of virtual networks, one document for each direction, as ARM has them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from collectors.azure.account import Account, Service, tags_of
from collectors.azure.ids import key, region_of, subscription_of
from collectors.azure.network_calls import LIST_ROUTE_TABLES, LIST_VIRTUAL_NETWORKS
from collectors.azure.subnets import subnets_of
from collectors.document import Document, Unknown
from collectors.facts.network import Gateway, Peer

NATIVE = "Microsoft.Network/virtualNetworks/virtualNetworkPeerings"
Item = dict[str, Any]


def peerings(account: Account) -> Iterable[Document]:
    """A document for each peering of each network."""
    networks = account.resources(LIST_VIRTUAL_NETWORKS)
    if isinstance(networks, Unknown):
        yield account.unlisted(Gateway, networks, native_type=NATIVE)
        return
    regions = {key(network["id"]): region_of(network) for network in networks}
    for network in networks:
        found = network["properties"].get("virtualNetworkPeerings") or ()
        guards = _guards(account, network) if found else []
        for peering in found:
            yield _peering(account, network, peering, regions, guards)


def _guards(account: Account, network: Item) -> list[str] | Unknown:
    """What the traffic of a network's peerings passes: nothing, unless a route of one of its
    subnets leads to an appliance."""
    names = {
        key(table["id"])
        for subnet in subnets_of(network)
        if (table := subnet["properties"].get("routeTable"))
    }
    if not names:
        return []
    tables = account.resources(LIST_ROUTE_TABLES)
    if isinstance(tables, Unknown):
        return tables
    hops = {
        str(route["properties"].get("nextHopType")).lower()
        for table in tables
        if key(table["id"]) in names
        for route in table["properties"].get("routes") or ()
    }
    if "virtualappliance" in hops:
        return Unknown("a route leads to an appliance, and which traffic takes it is not known")
    return []


def _peering(
    account: Account,
    network: Item,
    peering: Item,
    regions: dict[str, str],
    guards: list[str] | Unknown,
) -> Document:
    """The firewall between has a document of its own, which tells its mode."""
    properties = peering["properties"]
    remote = properties["remoteVirtualNetwork"]["id"]
    away = Unknown("the network at the far side is not one of this subscription")
    return account.document(
        Gateway(
            kind="peering",
            peers=[
                Peer(
                    account=subscription_of(remote) or Unknown("the far side has no subscription"),
                    region=regions.get(key(remote), away),
                    vpc_id=remote,
                    cidrs=_prefixes(properties),
                )
            ],
            tunnels=None,
            zones=None,
            bandwidth_mbps=None,
            snat=[],
            protected_by=guards,
            attached_to=None,
            ips_mode=None,
            forwards=[],
        ),
        peering,
        region=region_of(network),
        tags=tags_of(network),
        native_type=NATIVE,
        native=peering,
    )


def _prefixes(properties: Item) -> list[str] | Unknown:
    """The prefixes of the far side: those that this side knows (`remoteAddressSpace`, which is old
    until it is synchronised), and those that it has now."""
    names = ("remoteAddressSpace", "remoteVirtualNetworkAddressSpace")
    spaces = [properties[name] for name in names if properties.get(name)]
    if not spaces:
        return Unknown("the peering does not tell the prefixes of its far side")
    return list(dict.fromkeys(one for space in spaces for one in space["addressPrefixes"]))


SERVICE = Service(
    name="Virtual network peerings",
    types=((Gateway, NATIVE),),
    calls=(LIST_VIRTUAL_NETWORKS, LIST_ROUTE_TABLES),
    account=peerings,
)
