"""aws_internet_gateway: what of its VPC reaches the internet by it, and whether around firewalls.

Only that traffic goes around every firewall is told for sure: something stands in a subnet whose
routes lead straight to the gateway, or to a NAT gateway whose subnet's do.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.aws.gateways import UNGUARDED, Guard, gateway
from collectors.document import Document, Unknown
from collectors.facts.network import Gateway
from collectors.iac.blocks import Block, Mapping, Project, nested
from collectors.iac.mappers.aws.gateway_shared import FIREWALL, TABLES
from collectors.iac.mappers.aws.network import ROUTE, SUBNETS, TABLE_LINK
from collectors.iac.mappers.aws.shared import aws_document, tag_name
from collectors.iac.mappers.aws.way_out import GATEWAY
from collectors.iac.mappers.joins import joined, points_to, target_of

NAT = "aws_nat_gateway"
HELD = {
    "aws_instance": "subnet_id",
    "aws_spot_instance_request": "subnet_id",
    "aws_network_interface": "subnet_id",
    "aws_lb": "subnets",
    "aws_alb": "subnets",
    "aws_elb": "subnets",
}
"""What stands in a subnet and speaks for itself, by the argument that names it."""

_NOTHING = Unknown("nothing in this template is seen to reach the internet by the gateway")
_PASSES = Unknown("which traffic passes a firewall of this template is not told")


def map_internet_gateway(block: Block, project: Project) -> Iterator[Document]:
    """An internet gateway."""
    around = _around(block, project)
    guard = UNGUARDED
    if project.of_type(FIREWALL) and not around:
        guard = Guard(_PASSES, _PASSES)
    facts = gateway("internet", guard=guard, attached_to="network" if around else _NOTHING)
    yield aws_document(block, project, facts, name=tag_name(block))


def _around(block: Block, project: Project) -> bool:
    """Whether something reaches the gateway around every firewall, for sure."""
    for subnet in _subnets_to(project, block, "gateway_id"):
        if _holds(project, subnet):
            return True
        for nat in joined(project, subnet, "subnet_id", NAT).blocks:
            users = _subnets_to(project, nat, "nat_gateway_id")
            if any(_holds(project, user) for user in users):
                return True
    return False


def _holds(project: Project, subnet: Block) -> bool:
    return any(joined(project, subnet, name, kind).blocks for kind, name in HELD.items())


def _subnets_to(project: Project, block: Block, argument: str) -> list[Block]:
    """The subnets whose route tables lead to a gateway."""
    tables = [
        found
        for route in joined(project, block, argument, ROUTE).blocks
        if (found := target_of(project, route.get("route_table_id"), *TABLES))
    ]
    for table in project.of_type(*TABLES):
        inline = nested(table.values, "route")
        listed: list[dict[str, Any]] = [] if isinstance(inline, Unknown) else inline
        if any(points_to(project, route.get(argument), block) for route in listed):
            tables.append(table)
    return [
        subnet
        for table in tables
        for link in joined(project, table, "route_table_id", TABLE_LINK).blocks
        if (subnet := target_of(project, link.get("subnet_id"), *SUBNETS))
    ]


MAPPINGS = [
    Mapping(
        types=(GATEWAY,),
        facts=Gateway,
        map=map_internet_gateway,
        joined=(ROUTE, *TABLES, TABLE_LINK, *SUBNETS, NAT, FIREWALL, *HELD),
    )
]

LINK_TYPES = frozenset(
    {
        "aws_default_route_table",
        "aws_network_interface",
        "aws_route",
        "aws_route_table",
        "aws_route_table_association",
    }
)
