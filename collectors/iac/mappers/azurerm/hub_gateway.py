"""azurerm_vpn_gateway and azurerm_express_route_gateway: the gateways of virtual hubs, with their
connections."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.document import Document, Unknown
from collectors.facts.network import Gateway, Peer, Tunnel
from collectors.iac.blocks import Block, Mapping, PartOf, Project, nested
from collectors.iac.mappers.azurerm.gateways import plain_gateway
from collectors.iac.mappers.azurerm.shared import azure_document
from collectors.iac.mappers.azurerm.vpn_gateway import ROUTED, prefixes, tunnel_by, unread_tunnel
from collectors.iac.mappers.joins import joined, target_of

GATEWAY, CONNECTION = "azurerm_vpn_gateway", "azurerm_vpn_gateway_connection"
SITE = "azurerm_vpn_site"
EXPRESS, EXPRESS_CONNECTION = "azurerm_express_route_gateway", "azurerm_express_route_connection"

_SUITES = {
    "ikeEncryption": "ike_encryption_algorithm",
    "ikeIntegrity": "ike_integrity_algorithm",
    "ipsecEncryption": "encryption_algorithm",
    "ipsecIntegrity": "integrity_algorithm",
}
_ZONES = Unknown("Azure chooses the zones of a hub's gateway")
_DEFAULT = Unknown("which suites a hub's gateway accepts without a policy is not read")


def map_gateway(block: Block, project: Project) -> Iterator[Document]:
    """A gateway of a virtual hub: a tunnel for each link of each connection to a site."""
    facts = plain_gateway("vpn")
    found = joined(project, block, "vpn_gateway_id", CONNECTION)
    tunnels = [tunnel for each in found.blocks for tunnel in _tunnels(each)]
    peers = [_peer(each, project) for each in found.blocks]
    doubt: Any = [found.doubt] if found.doubt else []
    facts.tunnels, facts.peers = tunnels + doubt, peers + doubt
    facts.zones = _ZONES
    yield azure_document(block, project, facts)


def map_express(block: Block, project: Project) -> Iterator[Document]:
    """A gateway of a virtual hub for circuits of ExpressRoute, which have no tunnels."""
    facts = plain_gateway("express")
    found = joined(project, block, "express_route_gateway_id", EXPRESS_CONNECTION)
    far = Peer(account=None, region=None, vpc_id=None, cidrs=ROUTED)
    doubt: Any = [found.doubt] if found.doubt else []
    facts.peers = [far for _ in found.blocks] + doubt
    facts.tunnels = []
    facts.zones = _ZONES
    yield azure_document(block, project, facts)


def _tunnels(connection: Block) -> Iterator[Tunnel]:
    links = nested(connection.values, "vpn_link")
    if isinstance(links, Unknown):
        yield unread_tunnel(links)
        return
    for link in links:
        found = tunnel_by(link, "protocol", _SUITES)
        if not link.get("ipsec_policy"):
            found.encryption = found.integrity = _DEFAULT
        yield found


def _peer(connection: Block, project: Project) -> Peer:
    site = target_of(project, connection.get("remote_vpn_site_id"), SITE)
    return Peer(account=None, region=None, vpc_id=None, cidrs=prefixes(site, "address_cidrs"))


MAPPINGS = [
    Mapping(types=(GATEWAY,), facts=Gateway, map=map_gateway, joined=(CONNECTION, SITE)),
    Mapping(types=(EXPRESS,), facts=Gateway, map=map_express, joined=(EXPRESS_CONNECTION,)),
]

PART_OF = {
    "azurerm_vpn_gateway_connection": PartOf("azurerm_vpn_gateway", ("vpn_gateway_id",)),
}

LINK_TYPES = frozenset({"azurerm_express_route_connection", "azurerm_vpn_site"})
