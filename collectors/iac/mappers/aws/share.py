"""Who reaches the network interfaces of a file system, as collectors.aws.share_network tells it of
an account: by the security groups that a template gives them."""

from __future__ import annotations

from typing import Any, cast

from msgspec import Struct

from collectors.aws.logic import Known, every, some
from collectors.aws.reachability import exposure
from collectors.aws.share_network import admits
from collectors.document import Unknown, also
from collectors.facts.shared import Exposure, Rule
from collectors.iac.blocks import Block, Project
from collectors.iac.mappers.aws.firewall import GROUPS, RULES, rules_of
from collectors.iac.mappers.aws.network import SUBNETS
from collectors.iac.mappers.aws.reach import DEFAULT_GROUP, groups_open, route_open
from collectors.iac.mappers.joins import target_of

NETWORK = (*GROUPS, *RULES, *SUBNETS)
"""What a mapper joins that asks who reaches a share."""

_ELSEWHERE = Unknown("a security group is not part of this template")


class Interface(Struct, frozen=True):
    """The interfaces that share subnets and security groups. `ipv6`: whether they have an IPv6
    address, which is a public one wherever a route leads in; services give them no public IPv4."""

    subnets: list[Any] | Unknown
    groups: list[Any] | Unknown
    ipv6: Known


def mount_ranges(
    project: Project, interfaces: list[Interface], ports: tuple[int, ...]
) -> list[str] | Unknown:
    """The ranges that the security groups let in at one of the ports, sorted; what is not known of
    them stands at the end."""
    ranges: set[str] = set()
    doubts: list[Unknown] = []
    for interface in interfaces:
        groups = interface.groups or DEFAULT_GROUP
        for group in [groups] if isinstance(groups, Unknown) else groups:
            block = target_of(project, group, *GROUPS)
            if block is None:
                doubts.append(group if isinstance(group, Unknown) else _ELSEWHERE)
                continue
            for source in _sources(block, project, ports):
                if isinstance(source, Unknown):
                    doubts.append(source)
                elif not source.startswith("group:"):
                    ranges.add(source)
    return cast("list[str]", [*sorted(ranges), *doubts[:1]])


def _sources(group: Block, project: Project, ports: tuple[int, ...]) -> list[Any]:
    found: list[Any] = []
    for rule in rules_of(group, project):
        doubt = _doubt(rule)
        if doubt:
            found.append(doubt)
        elif admits(rule, ports):
            found += [rule.sources] if isinstance(rule.sources, Unknown) else rule.sources
    return found


def _doubt(rule: Rule | Unknown) -> Unknown | None:
    """Why it is not known whether a rule lets in at a port."""
    if isinstance(rule, Unknown):
        return rule
    if rule.direction == "egress":
        return None
    return also(rule.direction, rule.protocol, rule.from_port, rule.to_port)


def share_exposure(
    project: Project, interfaces: list[Interface], ports: tuple[int, ...]
) -> Exposure:
    """Whether the internet reaches an interface by an IPv6 address."""
    return exposure(some(_is_open(project, each, ports) for each in interfaces))


def _is_open(project: Project, interface: Interface, ports: tuple[int, ...]) -> Known:
    if interface.ipv6 is False:
        return False
    groups: Any = interface.groups or DEFAULT_GROUP
    subnets = interface.subnets
    routed = subnets if isinstance(subnets, Unknown) else route_open(project, subnets)
    return every([interface.ipv6, routed, some(groups_open(project, groups, p) for p in ports)])
