"""Direct Connect: leased lines, and the virtual interfaces that lead to the sites behind them.

Sources: Direct Connect API reference, Connection and VirtualInterface; provider documentation.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from collectors.aws.bandwidths import bandwidth
from collectors.aws.gateways import UNGUARDED, Guard, gateway
from collectors.document import Document, Unknown, then
from collectors.facts.network import Gateway, Peer
from collectors.iac.blocks import Block, Mapping, Project, Reference
from collectors.iac.mappers.aws.gateway import VPN_GATEWAY
from collectors.iac.mappers.aws.gateway_shared import FIREWALL, TABLES, prefixes_to
from collectors.iac.mappers.aws.network import ROUTE
from collectors.iac.mappers.aws.shared import aws_document
from collectors.iac.mappers.joins import given, items, target_of

LINES = ("aws_dx_connection", "aws_dx_hosted_connection")
PRIVATE, PUBLIC = "aws_dx_private_virtual_interface", "aws_dx_public_virtual_interface"
TRANSIT = "aws_dx_transit_virtual_interface"
_HOSTED_PUBLIC = "aws_dx_hosted_public_virtual_interface"
_LED = (
    PRIVATE, TRANSIT,
    "aws_dx_hosted_private_virtual_interface", "aws_dx_hosted_transit_virtual_interface",
)  # fmt: skip
"""Those that lead into networks; a public one leads to the public addresses of AWS."""

_NO_BANDWIDTH = Unknown("the template gives the line no bandwidth")
_BGP = Unknown("a template does not tell what the router of the site announces")
_NO_PREFIX = Unknown("the template names no prefix that the virtual interface announces")
_PREFIX = Unknown("a prefix of the virtual interface is known after apply")
_PASSES = Unknown("which traffic of the virtual interface passes a firewall is not told")


def map_line(block: Block, project: Project) -> Iterator[Document]:
    """A line, of one's own or a part of a partner's."""
    speed = then(block.read("bandwidth", str, _NO_BANDWIDTH), bandwidth)
    yield aws_document(block, project, gateway("express", bandwidth_mbps=speed))


def map_public(block: Block, project: Project) -> Iterator[Document]:
    """A public virtual interface. No network routes to it, so no firewall stands there."""
    yield _interface(block, project, UNGUARDED, _announced(block))


def map_led(block: Block, project: Project) -> Iterator[Document]:
    """A private or transit virtual interface. A virtual private gateway leads straight into its
    network; what a Direct Connect gateway leads to may be behind a firewall of another template."""
    straight = given(block.values, "vpn_gateway_id") is True
    guard = UNGUARDED if straight and not project.of_type(FIREWALL) else Guard(_PASSES, _PASSES)
    yield _interface(block, project, guard, _routed(block, project))


def _interface(
    block: Block, project: Project, guard: Guard, cidrs: list[str] | Unknown
) -> Document:
    site = Peer(account=None, region=None, vpc_id=None, cidrs=cidrs)
    return aws_document(block, project, gateway("express", guard=guard, peers=[site]))


def _announced(block: Block) -> list[str] | Unknown:
    written = items(block.values, "route_filter_prefixes")
    if isinstance(written, Unknown):
        return written
    found: list[Any] = [_PREFIX if isinstance(one, Reference) else one for one in written]
    if not all(isinstance(one, str | Unknown) for one in found):
        return _PREFIX
    return cast("list[str]", found) or _NO_PREFIX


def _routed(block: Block, project: Project) -> list[str] | Unknown:
    """What route tables send to the gateway by hand; BGP adds what it learns."""
    end = target_of(project, block.get("vpn_gateway_id"), VPN_GATEWAY)
    found = prefixes_to(project, end, "gateway_id") if end else _BGP
    return _BGP if isinstance(found, Unknown) else cast("list[str]", [*found, _BGP])


MAPPINGS = [
    Mapping(types=LINES, facts=Gateway, map=map_line),
    Mapping(types=(PUBLIC, _HOSTED_PUBLIC), facts=Gateway, map=map_public),
    Mapping(
        types=_LED,
        facts=Gateway,
        map=map_led,
        joined=(VPN_GATEWAY, ROUTE, *TABLES, FIREWALL),
    ),
]
