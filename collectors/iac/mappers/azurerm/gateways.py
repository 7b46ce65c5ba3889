"""azurerm_nat_gateway, azurerm_bastion_host and azurerm_express_route_circuit, and what gateways of
all kinds share."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from collectors.document import Document, Unknown, then
from collectors.facts.network import Gateway, Peer
from collectors.iac.blocks import Block, Mapping, Project, read
from collectors.iac.mappers.azurerm.shared import azure_document
from collectors.iac.mappers.joins import items

NAT, BASTION = "azurerm_nat_gateway", "azurerm_bastion_host"
CIRCUIT = "azurerm_express_route_circuit"

_FAR = Unknown("the routes of the circuit are not read")
_NO_BANDWIDTH = Unknown("the circuit does not tell its bandwidth")


def plain_gateway(kind: str | Unknown) -> Gateway:
    """A gateway of which no more is known than its kind: nothing at its far side, no tunnels, no
    guards. Azure's addresses have no bandwidth of their own."""
    return Gateway(
        kind=kind,
        peers=[],
        tunnels=None,
        zones=None,
        bandwidth_mbps=None,
        snat=[],
        protected_by=[],
        attached_to=None,
        ips_mode=None,
        forwards=[],
    )


def zones_of(values: dict[str, Any]) -> list[str] | Unknown:
    """The zones that a resource names, none where it names none."""
    found = items(values, "zones")
    if isinstance(found, Unknown):
        return found
    missing = Unknown("a zone is null")
    return cast("list[str]", [read({"zone": one}, "zone", str, missing) for one in found])


def map_edge(block: Block, project: Project) -> Iterator[Document]:
    """A NAT gateway or a bastion host."""
    facts = plain_gateway("nat" if block.type == NAT else "bastion")
    facts.zones = zones_of(block.values)
    yield azure_document(block, project, facts)


def map_circuit(block: Block, project: Project) -> Iterator[Document]:
    """A circuit of ExpressRoute: the provider's in Mbit/s, or that of a port of one's own in
    Gbit/s."""
    facts = plain_gateway("express")
    facts.peers = [Peer(account=None, region=None, vpc_id=None, cidrs=_FAR)]
    provided = block.read("bandwidth_in_mbps", int, _NO_BANDWIDTH)
    direct = then(block.read("bandwidth_in_gbps", str, _NO_BANDWIDTH), _megabits)
    written = block.values.get("bandwidth_in_mbps") is not None
    facts.bandwidth_mbps = provided if written else direct
    yield azure_document(block, project, facts)


def _megabits(gigabits: str) -> int | Unknown:
    try:
        return round(float(gigabits) * 1000)
    except ValueError:
        return _NO_BANDWIDTH


MAPPINGS = [
    Mapping(types=(NAT, BASTION), facts=Gateway, map=map_edge),
    Mapping(types=(CIRCUIT,), facts=Gateway, map=map_circuit),
]
