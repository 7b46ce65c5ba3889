"""azurerm_virtual_network_gateway with its connections."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from collectors.azure.vpn_policies import tunnel_of
from collectors.document import Document, Unknown, then
from collectors.facts.network import Gateway, Peer, Tunnel
from collectors.iac.blocks import Block, Mapping, PartOf, Project, nested, read
from collectors.iac.mappers.azurerm.diagnostics import owner_of
from collectors.iac.mappers.azurerm.gateways import plain_gateway, zones_of
from collectors.iac.mappers.azurerm.shared import ADDRESS, azure_document, location_of
from collectors.iac.mappers.joins import items, joined, target_of

GATEWAY = "azurerm_virtual_network_gateway"
CONNECTION, SITE = f"{GATEWAY}_connection", "azurerm_local_network_gateway"

_KINDS = {"vpn": "vpn", "expressroute": "express"}
_TUNNELS = ("ipsec", "vnet2vnet")
_SUITES = {
    "ikeEncryption": "ike_encryption",
    "ikeIntegrity": "ike_integrity",
    "ipsecEncryption": "ipsec_encryption",
    "ipsecIntegrity": "ipsec_integrity",
}
ROUTED = Unknown("the routes of the connection are not read")

_NOT_UP = Unknown("whether the tunnel is up shows after apply")
_UNTOLD = Unknown("the connection does not tell the network at its far side")
_NO_ZONES = Unknown("the addresses of the gateway do not tell their zones")


def map_gateway(block: Block, project: Project) -> Iterator[Document]:
    """A gateway for VPN or ExpressRoute."""
    kind = block.read("type", str, Unknown("the template does not tell the kind of gateway"))
    facts = plain_gateway(then(kind, _kind))
    found = joined(project, block, "virtual_network_gateway_id", CONNECTION)
    tunnels = [tunnel for each in found.blocks for tunnel in _tunnels(each)]
    peers = [_peer(each, project) for each in found.blocks]
    doubt: Any = [found.doubt] if found.doubt else []
    facts.tunnels, facts.peers = tunnels + doubt, peers + doubt
    facts.zones = _zones(block, project)
    yield azure_document(block, project, facts)


def _kind(word: str) -> str | Unknown:
    return _KINDS.get(word.lower()) or Unknown(f"the kind {word!r} of gateway is not known")


def _tunnels(connection: Block) -> list[Tunnel]:
    """The tunnel of a connection; one of ExpressRoute has none."""
    kind = connection.read("type", str, Unknown("the connection does not tell its type"))
    if isinstance(kind, Unknown):
        return [unread_tunnel(kind)]
    return [_tunnel(connection)] if kind.lower() in _TUNNELS else []


def _tunnel(connection: Block) -> Tunnel:
    """Without a policy the suites are Azure's."""
    return tunnel_by(connection.values, "connection_protocol", _SUITES)


def tunnel_by(values: dict[str, Any], protocol: str, suites_by: dict[str, str]) -> Tunnel:
    """The tunnel of a connection: IKEv2 unless its argument says otherwise. `suites_by` are the
    arguments of an IPsec policy, by the words of ARM."""
    ike = read(values, protocol, str, "IKEv2")
    policies = nested(values, "ipsec_policy")
    suites: Any = policies
    if isinstance(policies, list):
        read_ = [_policy(each, suites_by) for each in policies]
        suites = next((one for each in read_ for one in each.values() if _is_open(one)), read_)
    told = suites if isinstance(suites, list) else []
    found = tunnel_of({"ipsecPolicies": told, "connectionProtocol": None if _is_open(ike) else ike})
    found.up = _NOT_UP
    if isinstance(ike, Unknown):
        found.ike = ike
    if isinstance(suites, Unknown):
        found.encryption = found.integrity = suites
    return found


def unread_tunnel(reason: Unknown) -> Tunnel:
    """A tunnel of which nothing is known."""
    return Tunnel(up=_NOT_UP, encryption=reason, integrity=reason, ike=reason)


def _is_open(value: Any) -> bool:
    return isinstance(value, Unknown)


def _policy(values: dict[str, Any], suites_by: dict[str, str]) -> dict[str, str | Unknown]:
    """A policy in the words of ARM: `ikeEncryption`, …"""
    missing = Unknown("the IPsec policy does not name all suites")
    return {name: read(values, argument, str, missing) for name, argument in suites_by.items()}


def _peer(connection: Block, project: Project) -> Peer:
    """A site, or the network behind another gateway of Azure."""
    site = connection.values.get("local_network_gateway_id")
    if site is not None:
        found = target_of(project, site, SITE)
        return Peer(account=None, region=None, vpc_id=None, cidrs=prefixes(found, "address_space"))
    far = connection.values.get("peer_virtual_network_gateway_id")
    if far is None:
        return Peer(account=None, region=None, vpc_id=None, cidrs=ROUTED)
    gateway = target_of(project, far, GATEWAY)
    return Peer(
        account=owner_of(connection, far, project),
        region=location_of(gateway, project) if gateway else _UNTOLD,
        vpc_id=_UNTOLD,
        cidrs=ROUTED,
    )


def prefixes(site: Block | None, argument: str) -> list[str] | Unknown:
    """The ranges of a site at the far side, by the argument that lists them."""
    if site is None:
        return Unknown("the site is not part of this template")
    found = items(site.values, argument)
    if isinstance(found, Unknown):
        return found
    missing = Unknown("a range is null")
    ranges = [read({"range": one}, "range", str, missing) for one in found]
    return cast("list[str]", ranges) or Unknown("the site's prefixes are learned by BGP")


def _zones(block: Block, project: Project) -> list[str] | Unknown:
    """Zones of its public addresses, for the SKUs that are built for zones (…AZ); the others stand
    in none in particular."""
    sku = block.read("sku", str, Unknown("the gateway does not tell its SKU"))
    if isinstance(sku, Unknown):
        return sku
    if not sku.lower().endswith("az"):
        return []
    configurations = nested(block.values, "ip_configuration")
    if isinstance(configurations, Unknown):
        return configurations
    found: set[str] = set()
    for each in configurations:
        address = target_of(project, each.get("public_ip_address_id"), ADDRESS)
        zones = zones_of(address.values) if address else _NO_ZONES
        if isinstance(zones, Unknown):
            return zones
        found |= set(zones)
    return sorted(found) or _NO_ZONES


MAPPINGS = [Mapping(types=(GATEWAY,), facts=Gateway, map=map_gateway, joined=(CONNECTION, SITE))]

PART_OF = {
    "azurerm_virtual_network_gateway_connection": PartOf(
        "azurerm_virtual_network_gateway", ("virtual_network_gateway_id",)
    ),
}

LINK_TYPES = frozenset({"azurerm_local_network_gateway"})
