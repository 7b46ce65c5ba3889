"""Ways in and out of networks: NAT gateways, elastic addresses, peerings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from collectors.aliyun.nat import forwards_of, limit
from collectors.document import Document, Unknown, also, then
from collectors.facts.network import Forward, Gateway, Peer, Snat
from collectors.iac.accounts import named
from collectors.iac.blocks import Block, Mapping, PartOf, Project
from collectors.iac.mappers.alicloud.shared import VSWITCH, aliyun_document, zone_of
from collectors.iac.mappers.alicloud.shared_bandwidth import SHARED, of_package
from collectors.iac.mappers.joins import identity, joined, target_of

NAT, SNAT, FORWARD = "alicloud_nat_gateway", "alicloud_snat_entry", "alicloud_forward_entry"
EIPS = ("alicloud_eip_address", "alicloud_eip")
BOUND, PACKAGE = "alicloud_eip_association", "alicloud_common_bandwidth_package_attachment"
PEERING, VPC = "alicloud_vpc_peer_connection", "alicloud_vpc"

_KINDS = {
    "alicloud_instance": "instance",
    "alicloud_slb_load_balancer": "load_balancer",
    "alicloud_slb": "load_balancer",
    "alicloud_alb_load_balancer": "load_balancer",
    "alicloud_nlb_load_balancer": "load_balancer",
    NAT: "gateway",
    "alicloud_vpn_gateway": "gateway",
}
_WORDS = {"Nat": "gateway", "SlbInstance": "load_balancer", "EcsInstance": "instance"}
_GUARDS = Unknown("what guards the gateway is not read from templates")
_FORWARD = {
    "IpProtocol": "ip_protocol", "ExternalPort": "external_port", "InternalPort": "internal_port",
}  # fmt: skip


def gateway(kind: str, **facts: Any) -> Gateway:
    """The facts of a gateway, of which those that its kind does not have need not be given."""
    given: dict[str, Any] = {
        "peers": [],
        "tunnels": None,
        "zones": None,
        "bandwidth_mbps": None,
        "snat": [],
        "protected_by": _GUARDS,
        "attached_to": None,
        "ips_mode": _GUARDS,
        "forwards": [],
    }
    return Gateway(kind=kind, **{**given, **facts})


def zones_of(switches: list[Any], project: Project) -> list[str] | Unknown:
    """The zones of vSwitches."""
    if not switches:
        return Unknown("the template names no vSwitch: the service decides on the network")
    found: list[Any] = []
    for value in switches:
        switch = target_of(project, value, VSWITCH)
        elsewhere = Unknown("a vSwitch of the gateway is not part of this template")
        found.append(zone_of(switch, project) if switch else elsewhere)
    return also(None, *found) or list(dict.fromkeys(found))


def map_nat(block: Block, project: Project) -> Iterator[Document]:
    """A NAT gateway with its entries. One between VPCs has no public addresses."""
    switch = block.values.get("vswitch_id")
    facts = gateway(
        "nat",
        zones=zones_of([] if switch is None else [switch], project),
        bandwidth_mbps=Unknown("the service decides on the bandwidth of the gateway"),
        snat=_snat(block, project),
        forwards=_forwards(block, project),
    )
    yield aliyun_document(block, project, facts, "nat_gateway_name", "name")


def _snat(block: Block, project: Project) -> list[Snat] | Unknown:
    entries = joined(project, block, "snat_table_id", SNAT)
    found: list[Any] = []
    for entry in entries.blocks:
        widths: list[Any] = []
        value = entry.values.get("snat_ip")
        for each in value if isinstance(value, list) else [value]:
            eip = target_of(project, each, *EIPS)
            elsewhere = Unknown("an address of the SNAT entry is not part of this template")
            widths.append(bandwidth_of(eip, project) if eip else elsewhere)
        known = [width for width in widths if width is not None]
        found.append(Snat(bandwidths_mbps=cast("list[int]", known)))
    return cast("list[Snat]", found + ([entries.doubt] if entries.doubt else []))


def _forwards(block: Block, project: Project) -> list[Forward]:
    entries = joined(project, block, "forward_table_id", FORWARD)
    found: list[Any] = []
    for entry in entries.blocks:
        told = {
            name: entry.read(argument, str, Unknown("the DNAT entry is not whole"))
            for name, argument in _FORWARD.items()
        }
        found += [also(None, *told.values())] if also(None, *told.values()) else forwards_of([told])
    return found + ([entries.doubt] if entries.doubt else [])


def map_eip(block: Block, project: Project) -> Iterator[Document]:
    """An elastic address, with what it is bound to."""
    facts = gateway(
        "public-ip",
        bandwidth_mbps=bandwidth_of(block, project),
        attached_to=_attached(block, project),
    )
    yield aliyun_document(block, project, facts, "address_name", "name")


def bandwidth_of(eip: Block, project: Project) -> int | Unknown | None:
    """The peak bandwidth of an address: its own, or that of the shared package it is in. The older
    type is given 5 Mbit/s where none is written."""
    package = joined(project, eip, "instance_id", PACKAGE)
    if package.blocks or package.doubt:
        return package.doubt or _shared(package.blocks[0], project)
    unwritten = "5" if eip.type == EIPS[1] else Unknown("the template gives no bandwidth")
    return then(eip.read("bandwidth", str, unwritten), limit)


def _shared(link: Block, project: Project) -> int | Unknown | None:
    """What an address may take of its package at most: all of it, unless the link says less."""
    own = link.read("bandwidth_package_bandwidth", str, "")
    if own in ("", "0", "Cancelled"):
        return of_package(link.values.get("bandwidth_package_id"), project)
    return then(own, limit)


def _attached(block: Block, project: Project) -> str | Unknown:
    links = joined(project, block, "allocation_id", BOUND)
    if not links.blocks:
        return links.doubt or Unknown("nothing in this template binds the address")
    link = links.blocks[0]
    target = project.target(link.get("instance_id"))
    if target is not None:
        return _KINDS.get(target.type, "other")
    kind = link.read("instance_type", str, Unknown("what the address is bound to is elsewhere"))
    return then(kind, lambda word: _WORDS.get(word, "other"))


def map_peering(block: Block, project: Project) -> Iterator[Document]:
    """A peering of two VPCs, of which this account has the one that asks."""
    owner = block.read("accepting_ali_uid", str, "")
    account = project.account if owner == "" else then(owner, lambda uid: named(project, uid))
    peer = Peer(
        account=account,
        region=block.read("accepting_region_id", str, Unknown("no region")),
        vpc_id=identity(project, block.get("accepting_vpc_id")),
        cidrs=Unknown("what is routed to the connection is not read from templates"),
    )
    width = block.read("bandwidth", str, "")
    facts = gateway("peering", peers=[peer], bandwidth_mbps=then(width, limit))
    yield aliyun_document(block, project, facts, "peer_connection_name")


MAPPINGS = [
    Mapping(types=(NAT,), facts=Gateway, map=map_nat, joined=(SNAT, FORWARD, PACKAGE, SHARED)),
    Mapping(types=EIPS, facts=Gateway, map=map_eip, joined=(BOUND, PACKAGE, SHARED)),
    Mapping(types=(PEERING,), facts=Gateway, map=map_peering),
]

PART_OF = {
    "alicloud_forward_entry": PartOf("alicloud_nat_gateway", ("forward_table_id",)),
}

LINK_TYPES = frozenset(
    {
        "alicloud_common_bandwidth_package_attachment",
        "alicloud_snat_entry",
    }
)
