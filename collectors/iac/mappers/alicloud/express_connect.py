"""Express Connect: leased lines, and the border routers that lead to the sites behind them."""

from __future__ import annotations

from collections.abc import Iterator

from collectors.aliyun.nat import limit
from collectors.document import Document, Unknown, then
from collectors.facts.network import Gateway, Peer
from collectors.iac.blocks import Block, Mapping, Project
from collectors.iac.mappers.alicloud.gateways import gateway
from collectors.iac.mappers.alicloud.shared import aliyun_document

LINE = "alicloud_express_connect_physical_connection"
ROUTER = "alicloud_express_connect_virtual_border_router"

_NO_WIDTH = Unknown("the template gives no bandwidth")
_ROUTED = Unknown("what is routed to the connection is not read from templates")


def map_line(block: Block, project: Project) -> Iterator[Document]:
    """A leased line."""
    yield _document(block, project, [], "physical_connection_name")


def map_router(block: Block, project: Project) -> Iterator[Document]:
    """A border router, with the site behind it."""
    site = Peer(account=None, region=None, vpc_id=None, cidrs=_ROUTED)
    yield _document(block, project, [site], "virtual_border_router_name")


def _document(block: Block, project: Project, peers: list[Peer], name: str) -> Document:
    """What lines and routers have alike. Nothing guards them, as in a live account; they belong to
    no zone."""
    width = block.read("bandwidth", str, _NO_WIDTH)
    facts = gateway(
        "express",
        peers=peers,
        bandwidth_mbps=then(width, lambda text: limit(text) if text else _NO_WIDTH),
        protected_by=[],
        ips_mode=None,
    )
    return aliyun_document(block, project, facts, name)


MAPPINGS = [
    Mapping(types=(LINE,), facts=Gateway, map=map_line),
    Mapping(types=(ROUTER,), facts=Gateway, map=map_router),
]
