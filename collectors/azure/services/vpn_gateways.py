"""Gateways of virtual networks for VPN and ExpressRoute, with their connections.

They have no list of the subscription. Each stands in a subnet of a virtual network of it, which
names it, and is read by that.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from collectors.azure.account import Account, Service
from collectors.azure.calls import child
from collectors.azure.ids import key, same, subscription_of
from collectors.azure.network_calls import LIST_PUBLIC_IP_ADDRESSES, LIST_VIRTUAL_NETWORKS
from collectors.azure.subnets import configurations_of, owner_of, subnets_of
from collectors.azure.vpn_policies import tunnel_of
from collectors.document import Document, Unknown
from collectors.facts.network import Gateway, Peer, Tunnel

NATIVE = "Microsoft.Network/virtualNetworkGateways"
GET_GATEWAY = child(NATIVE, "VirtualNetworkGateways_Get", "{id}")
LIST_CONNECTIONS = child(
    f"{NATIVE}/connections",
    "VirtualNetworkGateways_ListConnections",
    "{id}/connections",
    paged=True,
)
GET_CONNECTION = child(
    "Microsoft.Network/connections", "VirtualNetworkGatewayConnections_Get", "{id}"
)
GET_SITE = child("Microsoft.Network/localNetworkGateways", "LocalNetworkGateways_Get", "{id}")

_MARK = "/virtualnetworkgateways/"
_KINDS = {"vpn": "vpn", "expressroute": "express"}
_TUNNELS = ("ipsec", "vnet2vnet")
Item = dict[str, Any]


def vpn_gateways(account: Account) -> Iterable[Document]:
    """A document for each gateway."""
    networks = account.resources(LIST_VIRTUAL_NETWORKS)
    if isinstance(networks, Unknown):
        yield account.unlisted(Gateway, networks, native_type=NATIVE)
        return
    ids = {
        key(owner): owner
        for network in networks
        for subnet in subnets_of(network)
        for configuration in configurations_of(subnet)
        if _MARK in key(owner := owner_of(configuration))
    }
    yield from account.map(lambda id_: _document(account, id_), ids.values())


def _document(account: Account, id_: str) -> Document:
    gateway = account.read(GET_GATEWAY, id=id_)
    if isinstance(gateway, Unknown):
        return account.unlisted(Gateway, gateway, native_type=NATIVE)
    connections = _connections(account, id_)
    properties = gateway["properties"]
    kind = str(properties.get("gatewayType"))
    return account.document(
        Gateway(
            kind=_KINDS.get(kind.lower(), Unknown(f"the kind {kind!r} of gateway is not known")),
            peers=_peers(account, gateway, connections),
            tunnels=_tunnels(connections),
            zones=_zones(account, properties),
            bandwidth_mbps=None,
            snat=[],
            protected_by=[],
            attached_to=None,
            ips_mode=None,
            forwards=[],
        ),
        gateway,
        native_type=NATIVE,
        native=_native(gateway),
    )


def _connections(account: Account, id_: str) -> list[Item | Unknown] | Unknown:
    """The connections, each by its own call: the list does not tell whether they are up."""
    listed = account.listed(LIST_CONNECTIONS, id=id_)
    if isinstance(listed, Unknown):
        return listed
    return [account.read(GET_CONNECTION, id=one["id"]) for one in listed]


def _tunnels(connections: list[Item | Unknown] | Unknown) -> list[Tunnel] | Unknown:
    if isinstance(connections, Unknown):
        return connections
    found: list[Any] = []
    for one in connections:
        if isinstance(one, Unknown):
            found.append(Tunnel(up=one, encryption=one, integrity=one, ike=one))
        elif str(one["properties"].get("connectionType")).lower() in _TUNNELS:
            found.append(tunnel_of(one["properties"]))
    return found


def _peers(
    account: Account, gateway: Item, connections: list[Item | Unknown] | Unknown
) -> list[Peer] | Unknown:
    if isinstance(connections, Unknown):
        return connections
    return [_peer(account, gateway, one) for one in connections]


def _peer(account: Account, gateway: Item, connection: Item | Unknown) -> Peer:
    """A site, or the network behind another gateway of Azure."""
    if isinstance(connection, Unknown):
        return Peer(account=connection, region=connection, vpc_id=connection, cidrs=connection)
    properties = connection["properties"]
    site = (properties.get("localNetworkGateway2") or {}).get("id")
    if site:
        return Peer(account=None, region=None, vpc_id=None, cidrs=_prefixes(account, site))
    far = [
        one["id"]
        for name in ("virtualNetworkGateway1", "virtualNetworkGateway2")
        if (one := properties.get(name)) and not same(one["id"], gateway["id"])
    ]
    routed = Unknown("the routes of the connection are not read")
    if not far:
        return Peer(account=None, region=None, vpc_id=None, cidrs=routed)
    untold = Unknown("the connection does not tell the network at its far side")
    return Peer(
        account=subscription_of(far[0]) or untold, region=untold, vpc_id=untold, cidrs=routed
    )


def _prefixes(account: Account, site: str) -> list[str] | Unknown:
    found = account.read(GET_SITE, id=site)
    if isinstance(found, Unknown):
        return found
    space = found["properties"].get("localNetworkAddressSpace") or {}
    prefixes: list[str] = space.get("addressPrefixes") or []
    return prefixes or Unknown("the site's prefixes are learned by BGP")


def _zones(account: Account, properties: Item) -> list[str] | Unknown:
    """Zones of its public addresses, for the SKUs that are built for zones (…AZ); the others stand
    in none in particular."""
    if not str((properties.get("sku") or {}).get("name")).lower().endswith("az"):
        return []
    addresses = account.resources(LIST_PUBLIC_IP_ADDRESSES)
    if isinstance(addresses, Unknown):
        return addresses
    own = {
        key(one["properties"]["publicIPAddress"]["id"])
        for one in properties.get("ipConfigurations") or ()
        if one["properties"].get("publicIPAddress")
    }
    zones = {zone for one in addresses if key(one["id"]) in own for zone in one.get("zones") or ()}
    return sorted(zones) or Unknown("the addresses of the gateway do not tell their zones")


def _native(gateway: Item) -> Item:
    """Without the secrets of RADIUS servers."""
    hidden = ("vpnClientConfiguration",)
    properties = {name: one for name, one in gateway["properties"].items() if name not in hidden}
    return {**gateway, "properties": properties}


SERVICE = Service(
    name="Virtual network gateways",
    types=((Gateway, NATIVE),),
    calls=(
        LIST_VIRTUAL_NETWORKS,
        LIST_PUBLIC_IP_ADDRESSES,
        GET_GATEWAY,
        LIST_CONNECTIONS,
        GET_CONNECTION,
        GET_SITE,
    ),
    account=vpn_gateways,
)
