"""alicloud_vswitch with its routes and what stands in it, and alicloud_network_acl."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.aliyun.network_acl_rules import Direction, entry_rule
from collectors.document import Document, Unknown, also
from collectors.facts.network import Acl, Subnet
from collectors.iac.blocks import (
    Block,
    Mapping,
    PartOf,
    Project,
    nested,
    read,
)
from collectors.iac.mappers.alicloud.shared import VSWITCH, aliyun_document, zone_of
from collectors.iac.mappers.alicloud.vswitch_routes import ROUTING, leads_out
from collectors.iac.mappers.alicloud.vswitch_workloads import WORKLOAD_TYPES, kinds_in
from collectors.iac.mappers.joins import identity, joined

ACL, ACL_ENTRIES = "alicloud_network_acl", "alicloud_network_acl_entries"
ACL_LINK, ACL_LINKS = "alicloud_vpc_network_acl_attachment", "alicloud_network_acl_attachment"

_ENTRY = {
    "Protocol": "protocol", "Port": "port", "Policy": "policy", "Description": "description",
}  # fmt: skip


def map_vswitch(block: Block, project: Project) -> Iterator[Document]:
    """A vSwitch."""
    facts = Subnet(
        vpc_id=identity(project, block.get("vpc_id")) or Unknown("the template names no VPC"),
        cidrs=[block.read("cidr_block", str, Unknown("the service chooses the CIDR block"))],  # type: ignore[list-item]
        routes_to_internet=leads_out(block, project),
        # Public addresses are given to instances, never by a vSwitch.
        auto_public_ip=False,
        zone=zone_of(block, project),
        workload_kinds=kinds_in(block, project),
    )
    yield aliyun_document(block, project, facts, "vswitch_name", "name")


def map_acl(block: Block, project: Project) -> Iterator[Document]:
    """A network ACL, whose entries stand in the order of their effect."""
    facts = Acl(
        vpc_id=identity(project, block.get("vpc_id")) or Unknown("the template names no VPC"),
        rules=[
            *_rules(block, project, "ingress"),
            *_rules(block, project, "egress"),
        ],
        is_default=False,
        subnets=_subnets(block, project),
    )
    yield aliyun_document(block, project, facts, "network_acl_name", "name")


def _rules(block: Block, project: Project, direction: Direction) -> list[Any]:
    """The entries of a direction: in the ACL, or in a resource of their own. Where none is written
    the service has its own."""
    separate = joined(project, block, "network_acl_id", ACL_ENTRIES)
    written = nested(block.values, f"{direction}_acl_entries")
    if separate.blocks:
        written = nested(separate.blocks[0].values, direction)
    if isinstance(written, Unknown):
        return [written]
    if not written:
        return [separate.doubt or Unknown("not written: the service decides")]
    return [_rule(each, place, direction) for place, each in enumerate(written, start=1)]


def _rule(values: dict[str, Any], place: int, direction: Direction) -> Any:
    told: dict[str, Any] = {
        name: read(values, argument, str, Unknown("the entry is not whole"))
        for name, argument in _ENTRY.items()
        if name != "Description" or values.get(argument) is not None
    }
    peer = "source_cidr_ip" if direction == "ingress" else "destination_cidr_ip"
    name = "SourceCidrIp" if direction == "ingress" else "DestinationCidrIp"
    told[name] = read(values, peer, str, Unknown("the entry is not whole"))
    return also(None, *told.values()) or entry_rule(told, place, direction)


def _subnets(block: Block, project: Project) -> int | Unknown:
    """How many vSwitches use it: where the template names none, others may."""
    own = nested(block.values, "resources")
    single = joined(project, block, "network_acl_id", ACL_LINK)
    several = joined(project, block, "network_acl_id", ACL_LINKS)
    listed = [nested(each.values, "resources") for each in several.blocks]
    doubt = also(own, single.doubt, several.doubt, *listed)
    several_of = (len(each) for each in (own, *listed) if isinstance(each, list))
    count = len(single.blocks) + sum(several_of)
    return doubt or count or Unknown("no vSwitch of this template uses the ACL")


MAPPINGS = [
    Mapping(
        types=(VSWITCH,),
        facts=Subnet,
        map=map_vswitch,
        joined=(*ROUTING, *WORKLOAD_TYPES),
    ),
    Mapping(types=(ACL,), facts=Acl, map=map_acl, joined=(ACL_ENTRIES, ACL_LINK, ACL_LINKS)),
]

PART_OF = {
    "alicloud_network_acl_entries": PartOf("alicloud_network_acl", ("network_acl_id",)),
}

LINK_TYPES = frozenset(
    {
        "alicloud_ess_scaling_group",
        "alicloud_network_acl_attachment",
        "alicloud_route_entry",
        "alicloud_route_table",
        "alicloud_route_table_attachment",
        "alicloud_vpc_ipv6_gateway",
        "alicloud_vpc_network_acl_attachment",
        "alicloud_vpc_route_entry",
    }
)
