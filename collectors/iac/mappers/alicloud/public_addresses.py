"""What gives instances and load balancers of a VPC public addresses."""

from __future__ import annotations

from collectors.document import Unknown, also
from collectors.iac.blocks import Block, Project
from collectors.iac.mappers.alicloud.shared import EIP
from collectors.iac.mappers.joins import Joined, given, joined
from collectors.iac.mappers.launched import Launched

ANYCAST = "alicloud_eipanycast_anycast_eip_address_attachment"
IPV6_BANDWIDTH = "alicloud_vpc_ipv6_internet_bandwidth"
BINDING = (EIP, ANYCAST)

_IPV6 = Unknown("an IPv6 address of the instance may have bandwidth to the internet")


def bound(block: Block, project: Project) -> Joined:
    """Elastic addresses that are bound to a resource, of a region or of anycast."""
    own = joined(project, block, "instance_id", EIP)
    anycast = joined(project, block, "bind_instance_id", ANYCAST)
    return Joined([*own.blocks, *anycast.blocks], own.doubt or anycast.doubt)


def public_ips(machine: Launched, project: Project, cards: Joined) -> list[str] | Unknown:
    """Addresses that apply will assign, to the instance or to one of its interfaces, named by what
    brings them. The service assigns none unless the outgoing bandwidth is above 0, its documented
    default."""
    block, made = machine.block, machine.made
    links = [bound(one, project) for one in (block, *cards.blocks)]
    found = [f"{eip.source.uri}#{eip.address}" for link in links for eip in link.blocks]
    bandwidth = made.read("internet_max_bandwidth_out", int, machine.unless or 0)
    old = made.read("allocate_public_ip", bool, False)
    if old is True or (isinstance(bandwidth, int) and bandwidth > 0):
        found.append(f"{block.source.uri}#{block.address}.public_ip")
    if found:
        return found
    doubts = [*(link.doubt for link in links), cards.doubt, bandwidth, old]
    return also(*doubts, _ipv6(machine, project)) or []


def _ipv6(machine: Launched, project: Project) -> Unknown | None:
    """Whether it may be reached by IPv6: its addresses are known after apply, and so is which of
    them is given bandwidth to the internet."""
    if not project.of_type(IPV6_BANDWIDTH):
        return None
    count = machine.made.read("ipv6_address_count", int, machine.unless or 0)
    return (
        _IPV6 if count != 0 or given(machine.made.values, "ipv6_addresses") is not False else None
    )


LINK_TYPES = frozenset({*BINDING, IPV6_BANDWIDTH})
