"""azurerm_virtual_network_peering."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from collectors.document import Document, Unknown
from collectors.facts.network import Gateway, Peer
from collectors.iac.blocks import Block, Mapping, Project, nested, read
from collectors.iac.mappers.azurerm.diagnostics import owner_of
from collectors.iac.mappers.azurerm.gateways import plain_gateway
from collectors.iac.mappers.azurerm.shared import azure_document, location_of
from collectors.iac.mappers.azurerm.subnet import (
    NETWORK,
    ROUTE_TYPES,
    SUBNET,
    TABLE_LINK,
    network_of,
    passes_appliance,
)
from collectors.iac.mappers.joins import identity, items, joined, tags_of, target_of
from collectors.logic import Known, some

PEERING = "azurerm_virtual_network_peering"

_AWAY = Unknown("the virtual network is not part of this template")
_FAR = Unknown("the network at the far side is not part of this template")
_APPLIANCE = Unknown("a route leads to an appliance, and which traffic takes it is not known")


def map_peering(block: Block, project: Project) -> Iterator[Document]:
    """A peering, from one side."""
    network = network_of(block, project)
    value = block.values.get("remote_virtual_network_id")
    far = target_of(project, value, NETWORK)
    facts = plain_gateway("peering")
    facts.peers = [
        Peer(
            account=owner_of(block, value, project),
            region=location_of(far, project) if far else _FAR,
            vpc_id=_FAR if value is None else identity(project, value),
            cidrs=_prefixes(block, far),
        )
    ]
    facts.protected_by = _guards(network, project) if network else _AWAY
    yield azure_document(
        block,
        project,
        facts,
        region=location_of(network, project) if network else _AWAY,
        tags=tags_of(network) if network else {},
    )


def _prefixes(block: Block, far: Block | None) -> list[str] | Unknown:
    """Those of the far side, and those that a template of ARM writes beside the peering."""
    if far is None:
        return _FAR
    found: list[Any] = []
    for values, argument in ((far.values, "address_space"), (block.values, "remote_address_space")):
        ranges = items(values, argument)
        if isinstance(ranges, Unknown):
            return ranges
        found += [read({"range": one}, "range", str, Unknown("a range is null")) for one in ranges]
    return cast("list[str]", list(dict.fromkeys(found))) or _FAR


def _guards(network: Block, project: Project) -> list[str] | Unknown:
    """What the traffic of a network's peerings passes: nothing, unless a route of one of its
    subnets leads to an appliance."""
    tables: list[Any] = []
    doubts: list[Known] = []
    for subnet in joined(project, network, "virtual_network_name", SUBNET).blocks:
        links = joined(project, subnet, "subnet_id", TABLE_LINK)
        tables += [link.get("route_table_id") for link in links.blocks]
        doubts += [links.doubt] if links.doubt else []
    inline = nested(network.values, "subnet")
    if isinstance(inline, Unknown):
        return inline
    tables += [each.get("route_table_id") for each in inline]
    answer = some([*(passes_appliance(table, project) for table in tables), *doubts])
    if answer is False:
        return []
    return _APPLIANCE if answer is True else answer


MAPPINGS = [
    Mapping(
        types=(PEERING,), facts=Gateway, map=map_peering, joined=(NETWORK, SUBNET, *ROUTE_TYPES)
    )
]
