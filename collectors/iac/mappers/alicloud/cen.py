"""alicloud_cen_instance with what it joins: networks, by its own attachments or by those of its
transit routers, and regions, with the bandwidth between them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from collectors.aliyun.nat import limit
from collectors.document import Document, Unknown, also, then
from collectors.facts.network import Gateway, Peer
from collectors.iac.accounts import named
from collectors.iac.blocks import Block, Mapping, PartOf, Project
from collectors.iac.mappers.alicloud.gateways import VPC, gateway
from collectors.iac.mappers.alicloud.shared import aliyun_document, region_of
from collectors.iac.mappers.joins import Joined, identity, joined, target_of

CEN, ATTACHED = "alicloud_cen_instance", "alicloud_cen_instance_attachment"
ROUTER = "alicloud_cen_transit_router"
VPC_ATTACHED = "alicloud_cen_transit_router_vpc_attachment"
BORDER_ATTACHED = "alicloud_cen_transit_router_vbr_attachment"
BETWEEN, LIMIT = "alicloud_cen_transit_router_peer_attachment", "alicloud_cen_bandwidth_limit"

_TRAFFIC = "DataTransfer"
_ROUTES = Unknown("what is routed to the connection is not read from templates")
_NONE = Unknown("no connection between regions is in this template")
_UNWRITTEN = Unknown("the template gives no bandwidth")


def map_cen(block: Block, project: Project) -> Iterator[Document]:
    """A CEN instance with the networks that this template attaches to it."""
    links = joined(project, block, "instance_id", ATTACHED)
    own = _of_routers(block, project, VPC_ATTACHED)
    borders = _of_routers(block, project, BORDER_ATTACHED)
    peers: list[Any] = [_member(each, project) for each in links.blocks]
    peers += [_network(each, project) for each in own.blocks]
    peers += [Peer(account=None, vpc_id=None, cidrs=_ROUTES) for _ in borders.blocks]
    doubt = links.doubt or own.doubt or borders.doubt
    facts = gateway(
        "cen",
        peers=peers + ([doubt] if doubt else []),
        bandwidth_mbps=_narrowest(block, project),
    )
    yield aliyun_document(block, project, facts, "cen_instance_name", "name")


def _of_routers(block: Block, project: Project, kind: str) -> Joined:
    """The attachments of a CEN, which name it, or one of its transit routers alone."""
    found = joined(project, block, "cen_id", kind)
    routers = joined(project, block, "cen_id", ROUTER)
    blocks, doubt = {each.address: each for each in found.blocks}, found.doubt or routers.doubt
    for router in (block, *routers.blocks):
        more = joined(project, router, "transit_router_id", kind)
        blocks |= {each.address: each for each in more.blocks}
    return Joined(list(blocks.values()), doubt)


def _narrowest(block: Block, project: Project) -> int | Unknown | None:
    """The least bandwidth between two regions, null where traffic is paid for and not limited."""
    between = _of_routers(block, project, BETWEEN)
    limits = joined(project, block, "instance_id", LIMIT)
    widths = [_width(each) for each in between.blocks]
    widths += [then(each.read("bandwidth_limit", str, _UNWRITTEN), limit) for each in limits.blocks]
    doubt = also(between.doubt or limits.doubt, *widths)
    if doubt or not widths:
        return doubt or _NONE
    return min((width for width in widths if isinstance(width, int)), default=None)


def _width(link: Block) -> int | Unknown | None:
    kind = link.read("bandwidth_type", str, "")
    unwritten = "" if kind == _TRAFFIC else also(None, kind) or _UNWRITTEN
    return then(link.read("bandwidth", str, unwritten), limit)


def _member(link: Block, project: Project) -> Peer:
    region = link.read("child_instance_region_id", str, Unknown("no region"))
    return _peer(link, project, "child_instance_id", "child_instance_owner_id", region)


def _network(link: Block, project: Project) -> Peer:
    """A network stands in the region of the transit router that it is attached to."""
    return _peer(link, project, "vpc_id", "vpc_owner_id", region_of(link, project))


def _peer(link: Block, project: Project, member: str, owner: str, region: str | Unknown) -> Peer:
    account = link.read(owner, str, "")
    network = target_of(project, link.get(member), VPC)
    cidrs = [network.read("cidr_block", str, _ROUTES)] if network else _ROUTES
    return Peer(
        account=then(account, lambda uid: named(project, uid)) if account else project.account,
        region=region,
        vpc_id=identity(project, link.get(member)),
        cidrs=cast("Any", cidrs),
    )


MAPPINGS = [
    Mapping(
        types=(CEN,),
        facts=Gateway,
        map=map_cen,
        joined=(ATTACHED, ROUTER, VPC_ATTACHED, BORDER_ATTACHED, BETWEEN, LIMIT),
    )
]

_OF_ROUTER = ("cen_id", "transit_router_id")
# A connection that stands alone is judged by its own bandwidth.
_ALONE = (BETWEEN, LIMIT, ROUTER)
PART_OF = {
    ATTACHED: PartOf(CEN, ("instance_id",)),
    BETWEEN: PartOf(CEN, _OF_ROUTER, no_more=_ALONE),
    BORDER_ATTACHED: PartOf(CEN, _OF_ROUTER),
    LIMIT: PartOf(CEN, ("instance_id",), no_more=_ALONE),
    VPC_ATTACHED: PartOf(CEN, _OF_ROUTER),
}

LINK_TYPES = frozenset({ROUTER})
