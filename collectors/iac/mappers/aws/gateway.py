"""Ways between networks: VPC peerings, transit gateways and VPN connections."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from collectors.aws.gateways import gateway
from collectors.aws.vpn_tunnels import ENCRYPTION, IKE, INTEGRITY, accepted
from collectors.document import Document, Unknown, also
from collectors.facts.network import Gateway, Peer, Tunnel
from collectors.iac.blocks import Block, Mapping, PartOf, Project
from collectors.iac.mappers.aws.gateway_shared import (
    FIREWALL,
    TABLES,
    account_named,
    account_of,
    guard_of_transit,
    prefixes_to,
)
from collectors.iac.mappers.aws.network import ROUTE, VPCS
from collectors.iac.mappers.aws.shared import aws_document, region_of, tag_name
from collectors.iac.mappers.joins import identity, items, joined

PEERING = "aws_vpc_peering_connection"
TRANSIT, TO_VPC = "aws_ec2_transit_gateway", "aws_ec2_transit_gateway_vpc_attachment"
TO_TRANSIT = "aws_ec2_transit_gateway_peering_attachment"
VPN, VPN_ROUTE, VPN_GATEWAY = "aws_vpn_connection", "aws_vpn_connection_route", "aws_vpn_gateway"
_TUNNELS = (1, 2)
_STATE = Unknown("a template does not tell whether a tunnel is up")
_ROUTED = Unknown("what the transit gateway routes is not read from templates")
_NO_PEER = Unknown("the template names no VPC to peer with")
_NO_REGION = Unknown("the template does not tell the region of the far side")
_NO_WAY = Unknown("the routes to the VPN connection are kept by another service")


def map_peering(block: Block, project: Project) -> Iterator[Document]:
    """A peering; Network Firewall does not guard it (see collectors.aws.services.vpc_peerings)."""
    peer = identity(project, block.get("peer_vpc_id"))
    far = Peer(
        account=account_named(project, block, "peer_owner_id"),
        region=block.read("peer_region", str, region_of(block, project)),
        vpc_id=_NO_PEER if peer is None else peer,
        cidrs=prefixes_to(project, block, "vpc_peering_connection_id"),
    )
    yield aws_document(block, project, gateway("peering", peers=[far]), name=tag_name(block))


def map_transit(block: Block, project: Project) -> Iterator[Document]:
    """A transit gateway with the networks that it joins."""
    found = {
        kind: joined(project, block, "transit_gateway_id", kind)
        for kind in (TO_VPC, TO_TRANSIT, VPN)
    }
    peers: list[Any] = [
        *(_network(each, project) for each in found[TO_VPC].blocks),
        *(_far_gateway(each, project) for each in found[TO_TRANSIT].blocks),
        *(_site(_ROUTED) for _ in found[VPN].blocks),
        *(each.doubt for each in found.values() if each.doubt),
    ]
    facts = gateway("transit", guard=guard_of_transit(project), peers=peers)
    yield aws_document(block, project, facts, name=tag_name(block))


def _network(link: Block, project: Project) -> Peer:
    vpc = link.get("vpc_id")
    return Peer(
        account=account_of(project, link, vpc),
        region=region_of(link, project),
        vpc_id=identity(project, vpc) or _NO_PEER,
        cidrs=_ROUTED,
    )


def _far_gateway(link: Block, project: Project) -> Peer:
    return Peer(
        account=account_named(project, link, "peer_account_id"),
        region=link.read("peer_region", str, _NO_REGION),
        vpc_id=None,
        cidrs=_ROUTED,
    )


def _site(cidrs: list[str] | Unknown) -> Peer:
    return Peer(account=None, region=None, vpc_id=None, cidrs=cidrs)


def map_vpn(block: Block, project: Project) -> Iterator[Document]:
    """A VPN connection with its two tunnels."""
    facts = gateway(
        "vpn",
        guard=guard_of_transit(project),
        peers=[_site(_to_site(block, project))],
        tunnels=[_tunnel(block, number) for number in _TUNNELS],
    )
    yield aws_document(block, project, facts, name=tag_name(block))


def _to_site(block: Block, project: Project) -> list[str] | Unknown:
    """What is routed to the site: the connection's own routes, or what networks send to its
    gateway."""
    static = joined(project, block, "vpn_connection_id", VPN_ROUTE)
    missing = Unknown("the route gives no destination")
    own: list[Any] = [each.read("destination_cidr_block", str, missing) for each in static.blocks]
    if own or static.doubt:
        return cast("list[str]", [*own, *([static.doubt] if static.doubt else [])])
    end = project.target(block.get("vpn_gateway_id"))
    if end is not None:
        return prefixes_to(project, end, "gateway_id")
    return _ROUTED if block.values.get("transit_gateway_id") is not None else _NO_WAY


def _tunnel(block: Block, number: int) -> Tunnel:
    return Tunnel(
        up=_STATE,
        encryption=_words(block, number, "encryption_algorithms", ENCRYPTION),
        integrity=_words(block, number, "integrity_algorithms", INTEGRITY),
        ike=_listed(block, f"tunnel{number}_ike_versions", IKE),
    )


def _words(block: Block, number: int, ending: str, words: dict[str, str]) -> list[str] | Unknown:
    """What is accepted in either phase."""
    both = [_listed(block, f"tunnel{number}_phase{phase}_{ending}", words) for phase in (1, 2)]
    doubt = also(None, *both)
    known = [word for phase in both if not isinstance(phase, Unknown) for word in phase]
    return doubt or list(dict.fromkeys(known))


def _listed(block: Block, argument: str, words: dict[str, str]) -> list[str] | Unknown:
    found = items(block.values, argument)
    if isinstance(found, Unknown):
        return found
    doubt = next((each for each in found if not isinstance(each, str)), None)
    if doubt is not None:
        return doubt if isinstance(doubt, Unknown) else Unknown("an algorithm is not known")
    return accepted(found, words)


MAPPINGS = [
    Mapping(types=(PEERING,), facts=Gateway, map=map_peering, joined=(ROUTE, *TABLES)),
    Mapping(
        types=(TRANSIT,),
        facts=Gateway,
        map=map_transit,
        joined=(TO_VPC, TO_TRANSIT, VPN, *VPCS, FIREWALL),
    ),
    Mapping(
        types=(VPN,),
        facts=Gateway,
        map=map_vpn,
        joined=(VPN_ROUTE, VPN_GATEWAY, ROUTE, *TABLES, FIREWALL),
    ),
]

PART_OF = {
    "aws_ec2_transit_gateway_peering_attachment": PartOf(
        "aws_ec2_transit_gateway", ("transit_gateway_id",)
    ),
    "aws_ec2_transit_gateway_vpc_attachment": PartOf(
        "aws_ec2_transit_gateway", ("transit_gateway_id",)
    ),
}

LINK_TYPES = frozenset({"aws_vpn_connection_route", "aws_vpn_gateway"})
