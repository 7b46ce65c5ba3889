"""aws_nat_gateway and aws_eip: what a NAT gateway or an elastic IP address is for.

Sources: EC2 API reference, NatGateway and Address; provider documentation of both.
"""

from __future__ import annotations

from collections.abc import Iterator

from collectors.aws.gateways import UNGUARDED, Guard, gateway
from collectors.document import Document, Unknown, then
from collectors.facts.network import Gateway
from collectors.iac.blocks import Block, Mapping, Project, nested, read
from collectors.iac.mappers.aws.border import NAT
from collectors.iac.mappers.aws.gateway_shared import FIREWALL, guard_of_transit
from collectors.iac.mappers.aws.instance import ADDRESS, ADDRESS_LINK
from collectors.iac.mappers.aws.network import SUBNETS
from collectors.iac.mappers.aws.placed import zones
from collectors.iac.mappers.aws.shared import aws_document, tag_name
from collectors.iac.mappers.joins import given
from collectors.iac.mappers.named_within import naming, pointing_at

SHIELD = "aws_shield_protection"
_BALANCERS = ("aws_lb", "aws_alb")
_ZONE_ADDRESS = "availability_zone_address"
_USES: tuple[tuple[str, tuple[str, ...], str], ...] = (
    (NAT, ("allocation_id",), "gateway"),
    (NAT, ("secondary_allocation_ids",), "gateway"),
    (NAT, (_ZONE_ADDRESS, "allocation_ids"), "gateway"),
    *((kind, ("subnet_mapping", "allocation_id"), "load_balancer") for kind in _BALANCERS),
)
"""What takes an address by its allocation, and where it names it."""
_LINKS = ("allocation_id", "public_ip")

_UNUSED = Unknown("nothing in this template uses the elastic IP address")
_INTERFACE = Unknown("a template does not tell what the network interface of the address serves")
_SHIELD = Unknown("which address Shield Advanced protects is not read from templates")
_SPREAD = Unknown("a regional NAT gateway spreads over zones by itself")
_NO_ZONE = Unknown("an address of the NAT gateway names no zone")


def map_nat(block: Block, project: Project) -> Iterator[Document]:
    """A NAT gateway. A private one leads to other networks, not to the internet."""
    private = block.read("connectivity_type", str, "public") == "private"
    facts = gateway(
        "nat",
        guard=UNGUARDED if private else guard_of_transit(project),
        zones=_zones(block, project),
    )
    yield aws_document(block, project, facts, name=tag_name(block))


def _zones(block: Block, project: Project) -> list[str] | Unknown:
    """The zone of its subnet; a regional NAT gateway stands where its addresses do."""
    if block.read("availability_mode", str, "zonal") == "regional":
        return _zones_of_addresses(block)
    return then(zones(project, [block.get("subnet_id")]), sorted)


def _zones_of_addresses(block: Block) -> list[str] | Unknown:
    written = nested(block.values, _ZONE_ADDRESS)
    if isinstance(written, Unknown):
        return written
    found: set[str] = set()
    for each in written:
        zone = read(each, "availability_zone", str, _NO_ZONE)
        if isinstance(zone, Unknown):
            return zone
        found.add(zone)
    return sorted(found) or _SPREAD


def map_address(block: Block, project: Project) -> Iterator[Document]:
    """An elastic IP address. AWS limits the bandwidth of none."""
    guard = guard_of_transit(project)
    if project.of_type(SHIELD):
        guard = Guard(_SHIELD, guard.ips_mode)
    facts = gateway("public-ip", guard=guard, attached_to=_use(block, project))
    yield aws_document(block, project, facts, name=tag_name(block))


def _use(address: Block, project: Project) -> str | Unknown:
    """What the template binds an address to. Where it binds it to nothing, another template may."""
    doubts: list[Unknown] = []
    for kind, path, use in _USES:
        if naming(address, project, kind, path):
            return use
        doubts += pointing_at(project, kind, path).open.values()
    links = [each for name in _LINKS for each in naming(address, project, ADDRESS_LINK, (name,))]
    for each in links:
        project.take(each)
    doubts += [
        doubt
        for name in _LINKS
        for doubt in pointing_at(project, ADDRESS_LINK, (name,)).open.values()
    ]
    bound = [(address, "instance", "network_interface")]
    bound += [(each, "instance_id", "network_interface_id") for each in links]
    for owner, instance, interface in bound:
        machine, port = given(owner.values, instance), given(owner.values, interface)
        if machine is True:
            return "instance"
        doubts += [one for one in (machine, port) if isinstance(one, Unknown)]
        doubts += [_INTERFACE] if port is True else []
    return doubts[0] if doubts else _UNUSED


MAPPINGS = [
    Mapping(types=(NAT,), facts=Gateway, map=map_nat, joined=(*SUBNETS, FIREWALL)),
    Mapping(
        types=(ADDRESS,),
        facts=Gateway,
        map=map_address,
        joined=(NAT, *_BALANCERS, ADDRESS_LINK, FIREWALL, SHIELD),
    ),
]

LINK_TYPES = frozenset({"aws_shield_protection"})
