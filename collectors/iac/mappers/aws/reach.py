"""What the internet reaches: the subnets and security groups of a template, joined."""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import ip_network
from typing import Any

from collectors.aws.ec2_rules import is_internet
from collectors.aws.logic import Known, every, some
from collectors.aws.reachability import covers
from collectors.document import Unknown, also
from collectors.facts.shared import Rule
from collectors.iac.blocks import Block, Project
from collectors.iac.mappers.aws.firewall import GROUPS, rules_of
from collectors.iac.mappers.aws.network import SUBNETS, routes_to_internet
from collectors.iac.mappers.joins import identities, target_of

DEFAULT_GROUP = Unknown("the default security group of the VPC is used")
_VERSIONS = (4, 6)


def route_open(project: Project, subnets: Iterable[Any]) -> Known:
    """Whether one of some subnets leads to an internet gateway."""
    return some(_leads_out(project, subnet) for subnet in subnets)


def _leads_out(project: Project, subnet: Any) -> Known:
    block = target_of(project, subnet, *SUBNETS)
    if block is None:
        return Unknown("the subnet is not part of this template")
    return routes_to_internet(block, project)


def groups_open(
    project: Project, groups: list[Any] | Unknown, port: int | Unknown | None = None
) -> Known:
    """Whether one of some security groups lets the internet in, at a port or (null) at any."""
    if isinstance(groups, Unknown):
        return groups
    blocks = [target_of(project, group, *GROUPS) for group in groups]
    elsewhere = Unknown("a security group is not part of this template")
    at_any = some(_open(block, project, None) if block else elsewhere for block in blocks)
    if port is None or at_any is False:
        return at_any
    if isinstance(port, Unknown):
        return also(at_any, port) or port
    return some(_open(block, project, port) if block else elsewhere for block in blocks)


def _open(group: Block, project: Project, port: int | None) -> Known:
    return some(_admits_internet(rule, port) for rule in rules_of(group, project))


def _admits_internet(rule: Rule | Unknown, port: int | None) -> Known:
    """Whether a rule lets the internet in, in either IP version; its parts may be unknown."""
    if isinstance(rule, Unknown):
        return rule
    if rule.direction == "egress":
        return False
    ports = also(rule.protocol, rule.from_port, rule.to_port)
    return every([also(rule.direction) or True, _is_wide(rule), _covers(rule, port, ports)])


def _covers(rule: Rule, port: int | None, doubt: Unknown | None) -> Known:
    if port is None:
        return True
    return doubt or covers(rule, port)


def _is_wide(rule: Rule) -> Known:
    if isinstance(rule.sources, Unknown):
        return rule.sources
    sources: list[Any] = rule.sources
    return some(
        source if isinstance(source, Unknown) else _is_internet(source) for source in sources
    )


def _is_internet(source: str) -> bool:
    try:
        ip_network(source, strict=False)
    except ValueError:  # a group or a name
        return False
    return any(is_internet(source, version) for version in _VERSIONS)


def firewalls(project: Project, groups: list[Any] | Unknown) -> list[str] | Unknown:
    """The security groups by their ids; none written is the VPC's default one."""
    return DEFAULT_GROUP if groups == [] else identities(project, groups)
