"""azurerm_subnet with its routes and what stands in it, and the subnets within a network."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from collectors.document import Document, Unknown
from collectors.facts.network import Subnet
from collectors.iac.blocks import Block, Mapping, Project, nested, read
from collectors.iac.mappers.azurerm.placement import kinds_in
from collectors.iac.mappers.azurerm.shared import azure_document, location_of, target_or_named
from collectors.iac.mappers.joins import (
    items,
    joined,
    tags_of,
    target_of,
)
from collectors.logic import Known, every, some

NETWORK, SUBNET = "azurerm_virtual_network", "azurerm_subnet"
TABLE, ROUTE = "azurerm_route_table", "azurerm_route"
TABLE_LINK = "azurerm_subnet_route_table_association"
ROUTE_TYPES = (TABLE, ROUTE, TABLE_LINK)

_AWAY = Unknown("the virtual network is not part of this template")
_NO_SUBNET = Unknown("the subnet is not part of this template")
_NO_TABLE = Unknown("the route table of the subnet is not part of this template")
_NOTHING = Unknown("nothing in this template stands in the subnet")
_DEFAULT_ROUTES = ("0.0.0.0/0", "::/0")


def map_subnet(block: Block, project: Project) -> Iterator[Document]:
    """A subnet. Subnets span the zones of their region, and give no interface a public address."""
    network = network_of(block, project)
    facts = _facts(block.values, network)
    facts.routes_to_internet = routes_to_internet(block, project)
    facts.workload_kinds = sorted(set(kinds_in(block, project))) or _NOTHING
    yield _document(block, project, facts, network)


def inline_subnets(network: Block, project: Project) -> Iterator[Document]:
    """The subnets that stand in a network. What comes to stand in them names them by attributes
    that are known only after apply."""
    found = nested(network.values, "subnet")
    for values in found if isinstance(found, list) else []:
        facts = _facts(values, network)
        facts.routes_to_internet = _of_table(values.get("route_table_id"), project)
        facts.workload_kinds = _NOTHING
        name = read(values, "name", str, Unknown("the subnet has no name"))
        own = Block(
            address=f"{network.address}/{name}" if isinstance(name, str) else network.address,
            type=SUBNET,
            name=name if isinstance(name, str) else network.name,
            values=values,
            source=network.source,
            native_type=network.native_type,
        )
        yield _document(own, project, facts, network)


def network_of(subnet: Block, project: Project) -> Block | None:
    """The virtual network of a subnet, by reference or by its name."""
    return target_or_named(project, subnet.get("virtual_network_name"), NETWORK)


def _facts(values: dict[str, Any], network: Block | None) -> Subnet:
    return Subnet(
        vpc_id=f"{network.source.uri}#{network.address}" if network else _AWAY,
        cidrs=_cidrs(values),
        auto_public_ip=False,
        zone=None,
    )


def _cidrs(values: dict[str, Any]) -> list[str] | Unknown:
    argument = (
        "address_prefixes" if values.get("address_prefixes") is not None else "address_prefix"
    )
    ranges = items(values, argument)
    if isinstance(ranges, Unknown) or not ranges:
        return ranges or Unknown("the subnet gives no address range")
    missing = Unknown("the subnet gives no address range")
    return cast("list[str]", [read({"range": one}, "range", str, missing) for one in ranges])


def routes_to_internet(subnet: Block, project: Project) -> Known:
    """Whether somebody wrote a default route to the internet. A subnet without a route table has
    the system's routes alone."""
    links = joined(project, subnet, "subnet_id", TABLE_LINK)
    tables = [link.get("route_table_id") for link in links.blocks]
    if subnet.values.get("route_table_id_wo") is not None:
        tables.append(subnet.get("route_table_id_wo"))
    if not tables:
        return links.doubt or False
    return some(_of_table(table, project) for table in tables)


def subnet_routes(value: Any, inside: Known, project: Project) -> Known | None:
    """Whether the subnet of something that stands `inside` one has such a route; null where it
    stands in none."""
    if inside is not True:
        return inside if isinstance(inside, Unknown) else None
    subnet = target_of(project, value, SUBNET)
    return routes_to_internet(subnet, project) if subnet else _NO_SUBNET


def _of_table(value: Any, project: Project) -> Known:
    if value is None:
        return False
    if isinstance(value, Unknown):
        return value
    table = target_of(project, value, TABLE)
    return some(routes_of(table, project)) if table else _NO_TABLE


def routes_of(table: Block, project: Project) -> list[Known]:
    """Of each route of a table, whether it is a default route to the internet."""
    return [
        every([_is_default(each), _leads(each, "internet")]) if isinstance(each, dict) else each
        for each in written_routes(table, project)
    ]


def written_routes(table: Block, project: Project) -> list[dict[str, Any] | Unknown]:
    """The routes of a table, in it and beside it; what is not known of them stands there too."""
    inline = nested(table.values, "route")
    separate = joined(project, table, "route_table_name", ROUTE)
    found: list[dict[str, Any] | Unknown] = [route.values for route in separate.blocks]
    found += [inline] if isinstance(inline, Unknown) else inline
    return [*found, separate.doubt] if separate.doubt else found


def _is_default(route: dict[str, Any]) -> Known:
    prefix = read(route, "address_prefix", str, Unknown("the route gives no address_prefix"))
    return prefix if isinstance(prefix, Unknown) else prefix in _DEFAULT_ROUTES


def _leads(route: dict[str, Any], hop: str) -> Known:
    found = read(route, "next_hop_type", str, Unknown("the route gives no next_hop_type"))
    return found if isinstance(found, Unknown) else found.lower() == hop


def passes_appliance(table: Any, project: Project) -> Known:
    """Whether a route of a table leads to an appliance."""
    if table is None or isinstance(table, Unknown):
        return table or False
    block = target_of(project, table, TABLE)
    if block is None:
        return _NO_TABLE
    return some(
        _leads(each, "virtualappliance") if isinstance(each, dict) else each
        for each in written_routes(block, project)
    )


def _document(block: Block, project: Project, facts: Subnet, network: Block | None) -> Document:
    """Region and tags are those of the network."""
    return azure_document(
        block,
        project,
        facts,
        region=location_of(network, project) if network else _AWAY,
        tags=tags_of(network) if network else {},
    )


MAPPINGS = [
    Mapping(types=(SUBNET,), facts=Subnet, map=map_subnet, joined=(NETWORK, *ROUTE_TYPES)),
]

LINK_TYPES = frozenset(
    {"azurerm_route", "azurerm_route_table", "azurerm_subnet_route_table_association"}
)
