"""Who reaches the network interfaces of a file system: their security groups, and public addresses.

Shared by EFS and FSx, whose own APIs name the interfaces of a file system and nothing more. Pure
but for `read_interfaces`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from msgspec import Struct

from collectors.aws.account import Account
from collectors.aws.ec2_calls import DESCRIBE_NETWORK_INTERFACES
from collectors.aws.logic import Known, every, some
from collectors.aws.reachability import (
    REACHABILITY_CALLS,
    Ground,
    covers,
    exposure,
    firewall_open,
    lets_in,
    read_ground,
)
from collectors.document import Unknown, then
from collectors.facts.shared import Exposure, Rule

CALLS = (DESCRIBE_NETWORK_INTERFACES, *REACHABILITY_CALLS)

Item = dict[str, Any]


class Network(Struct, frozen=True):
    """The network of a region: its ground, and the network interfaces by id."""

    ground: Ground
    interfaces: dict[str, Item] | Unknown


def read_network(account: Account, region: str) -> Network:
    """Read the network of a region, once for all file systems."""
    interfaces = account.read(DESCRIBE_NETWORK_INTERFACES, region)
    return Network(
        ground=read_ground(account, region),
        interfaces=then(
            interfaces, lambda found: {one["NetworkInterfaceId"]: one for one in found}
        ),
    )


def interfaces_of(network: Network, ids: Iterable[str]) -> list[Item] | Unknown:
    """The network interfaces with those ids, all of them or none."""
    if isinstance(network.interfaces, Unknown):
        return network.interfaces
    found = []
    for name in ids:
        if name not in network.interfaces:
            return Unknown(f"the network interface {name} is not visible to this account")
        found.append(network.interfaces[name])
    return found


def mount_ranges(
    network: Network, interfaces: list[Item] | Unknown, ports: tuple[int, ...]
) -> list[str] | Unknown:
    """The ranges that the security groups of the interfaces let in at one of the ports, sorted.
    Members of a security group that a rule names are no range."""
    if isinstance(interfaces, Unknown):
        return interfaces
    rules = network.ground.rules
    if isinstance(rules, Unknown):
        return rules
    ranges: set[str] = set()
    for group_id in sorted({group for one in interfaces for group in groups_of(one)}):
        if group_id not in rules:
            return Unknown(f"the security group {group_id} is not visible to this account")
        for rule in rules[group_id]:
            if not admits(rule, ports):
                continue
            if isinstance(rule.sources, Unknown):
                return rule.sources
            ranges.update(one for one in rule.sources if not one.startswith("group:"))
    return sorted(ranges)


def share_exposure(
    network: Network, interfaces: list[Item] | Unknown, ports: tuple[int, ...]
) -> Exposure:
    """Whether the internet reaches an interface: by a public IPv4 address that it was given, or by
    an IPv6 address, which is a public one wherever a route leads in."""
    if isinstance(interfaces, Unknown):
        return exposure(interfaces)
    return exposure(
        some(
            _is_open(network.ground, one, version, port)
            for one in interfaces
            for version in (4, 6)
            if _has_address(one, version)
            for port in ports
        )
    )


def groups_of(interface: Item) -> list[str]:
    """The ids of the security groups of a network interface."""
    return [group["GroupId"] for group in interface["Groups"]]


def _is_open(ground: Ground, interface: Item, version: int, port: int) -> Known:
    way = lets_in(ground, interface["SubnetId"], interface["VpcId"], version)
    return every([way, firewall_open(ground, groups_of(interface), version, port)])


def _has_address(interface: Item, version: int) -> bool:
    if version == 6:
        return bool(interface.get("Ipv6Addresses"))
    return bool((interface.get("Association") or {}).get("PublicIp"))


def admits(rule: Rule, ports: tuple[int, ...]) -> bool:
    """Whether a rule lets somebody in at one of the ports."""
    if rule.direction != "ingress" or rule.protocol not in {"tcp", "any"}:
        return False
    return any(covers(rule, port) for port in ports)
