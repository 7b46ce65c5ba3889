"""alicloud_nlb_load_balancer with its listeners."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from collectors.document import Document, Unknown, also, then
from collectors.facts.network import Listener, LoadBalancer
from collectors.facts.shared import Logging
from collectors.iac.blocks import Block, Mapping, PartOf, Project, nested, read
from collectors.iac.mappers.alicloud.backends import NLB_BACKENDS, nlb_zones
from collectors.iac.mappers.alicloud.balancer import scheme_of, unseen
from collectors.iac.mappers.alicloud.shared import aliyun_document
from collectors.iac.mappers.alicloud.shared_bandwidth import NLB_SHARES, SHARED, of_balancer
from collectors.iac.mappers.alicloud.tls_policies import tls_by_policy
from collectors.iac.mappers.alicloud.watching import WATCHING, alarms_on
from collectors.iac.mappers.joins import (
    IPV4_ANY,
    IPV6_ANY,
    given,
    identity,
    items,
    joined,
)

NLB, LISTENER = "alicloud_nlb_load_balancer", "alicloud_nlb_listener"
POLICY = "alicloud_nlb_security_policy"
GROUPS = "alicloud_nlb_load_balancer_security_group_attachment"

_PROTOCOLS = {"tcp": "tcp", "udp": "udp", "tcpssl": "tls"}
_BY_GROUPS = Unknown("the security groups of the balancer decide who reaches it")


def map_nlb(block: Block, project: Project) -> Iterator[Document]:
    """A network load balancer. It has no access log: it does not look into connections."""
    found = joined(project, block, "load_balancer_id", LISTENER)
    ranges = _ranges(block, project)
    listeners: list[Any] = [_listener(each, project, ranges) for each in found.blocks]
    mappings = nested(block.values, "zone_mappings")
    facts = LoadBalancer(
        scheme=scheme_of(block),
        listeners=listeners + unseen(found),
        access_log=Logging.off(),
        # It does not look into what it leads on.
        waf=None,
        zones=cast(
            "Any",
            then(
                mappings,
                lambda all_: [read(m, "zone_id", str, Unknown("no zone_id")) for m in all_],
            ),
        ),
        backend_zones=found.doubt or nlb_zones(found.blocks, project),
        deletion_protection=_protected(block),
        alarms=alarms_on(block, project, "acs_nlb"),
        bandwidth_mbps=of_balancer(block, project, NLB_SHARES),
    )
    yield aliyun_document(block, project, facts, "load_balancer_name")


def _protected(block: Block) -> bool | Unknown:
    settings = nested(block.values, "deletion_protection_config")
    if isinstance(settings, Unknown):
        return settings
    own = block.read("deletion_protection_enabled", bool, default=False)
    return read(settings[0] if settings else {}, "enabled", bool, own)


def _ranges(block: Block, project: Project) -> list[str] | Unknown:
    """Who may reach it: everybody where it has no security group."""
    links = joined(project, block, "load_balancer_id", GROUPS)
    own = given(block.values, "security_group_ids")
    if links.blocks or own is True:
        return _BY_GROUPS
    return links.doubt or also(own) or [IPV4_ANY, IPV6_ANY]


def _listener(listener: Block, project: Project, ranges: list[str] | Unknown) -> Listener:
    text = listener.read("listener_protocol", str, Unknown("no protocol"))
    protocol = then(
        text, lambda t: _PROTOCOLS.get(t.lower()) or Unknown(f"protocol {t.lower()} is not known")
    )
    port = listener.read("listener_port", int, Unknown("no listener_port"))
    certificates = items(listener.values, "certificate_ids")
    tls: Any = tls_by_policy(listener, project, POLICY) if protocol == "tls" else None
    return Listener(
        # 0 stands for a range of ports.
        port=then(port, lambda number: number or Unknown("the listener takes a range of ports")),
        protocol=protocol,
        redirect_to_https=False,
        tls=protocol if isinstance(protocol, Unknown) else tls,
        certificate_id=then(
            certificates, lambda all_: identity(project, all_[0]) if all_ else None
        ),
        source_ranges=ranges,
    )


MAPPINGS = [
    Mapping(
        types=(NLB,),
        facts=LoadBalancer,
        map=map_nlb,
        joined=(LISTENER, POLICY, GROUPS, *NLB_BACKENDS, NLB_SHARES, SHARED, *WATCHING),
    )
]

PART_OF = {
    "alicloud_nlb_listener": PartOf(
        "alicloud_nlb_load_balancer", ("load_balancer_id",), {"address_type": "Internet"}
    ),
}

LINK_TYPES = frozenset(
    {"alicloud_nlb_load_balancer_security_group_attachment", "alicloud_nlb_security_policy"}
)
