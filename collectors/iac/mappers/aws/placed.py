"""What stands in subnets of a VPC behind security groups, and takes no public IPv4 address: nodes
of caches, search engines and the like. The counterpart of collectors.aws.private_nodes."""

from __future__ import annotations

from typing import Any

from collectors.aws.logic import Known, every
from collectors.aws.reachability import exposure
from collectors.document import Unknown, then
from collectors.facts.shared import Exposure
from collectors.iac.blocks import Block, Project, read
from collectors.iac.mappers.aws.network import SUBNETS, VPCS
from collectors.iac.mappers.aws.reach import groups_open, route_open
from collectors.iac.mappers.joins import given, items, target_of

_IPV4 = "ipv4"
_ELEMENT = Unknown("an element of a list is null")
_ELSEWHERE = Unknown("the subnet group is not part of this template")
NO_SUBNETS = Unknown("no subnet is written")
DEFAULT_GROUP = Unknown("the default security group of the VPC is used")


def texts(values: dict[str, Any], argument: str) -> list[Any] | Unknown:
    """The elements of a list of texts, Unknown in the place of one that is not known; empty when
    it is not written."""
    found = items(values, argument)
    return then(found, lambda each: [read({"": one}, "", str, _ELEMENT) for one in each])


def subnets_by_group(
    block: Block, project: Project, argument: str, kind: str
) -> list[Any] | Unknown | None:
    """The subnets of the subnet group of type `kind` that an argument names; None where it is not
    given."""
    if given(block.values, argument) is False:
        return None
    named = block.get(argument)
    group = target_of(project, named, kind) or next(
        (
            project.take(each)
            for each in project.each_of(kind)
            if isinstance(named, str) and each.values.get("name") == named
        ),
        None,
    )
    return items(group.values, "subnet_ids") if group else _ELSEWHERE


def nodes_exposure(
    project: Project,
    subnets: list[Any] | Unknown,
    groups: list[Any] | Unknown,
    kind: str | Unknown,
) -> Exposure:
    """The exposure by IPv6 addresses. `kind` is the type of network, "ipv4" where only private
    addresses are given."""
    if isinstance(kind, str) and kind.lower() == _IPV4:
        return Exposure(public=False, via=[])
    way = routes(project, subnets)
    open_ = groups_open(project, groups or DEFAULT_GROUP)
    found = every([way, open_])
    # Where the type is not known, what is closed for IPv6 is closed in any case.
    return exposure(every([kind, found]) if isinstance(kind, Unknown) else found)


def routes(project: Project, subnets: list[Any] | Unknown) -> Known:
    """Whether one of some subnets leads to an internet gateway."""
    found = then(subnets, lambda known: known or NO_SUBNETS)
    return then(found, lambda known: route_open(project, known))


def zones(project: Project, subnets: list[Any] | Unknown) -> set[str] | Unknown:
    """The zones of some subnets."""
    if isinstance(subnets, Unknown):
        return subnets
    found = set()
    for value in subnets:
        subnet = target_of(project, value, *SUBNETS)
        if subnet is None:
            return Unknown("a subnet is not part of this template")
        zone = subnet.read("availability_zone", str, Unknown("AWS chooses a subnet's zone"))
        if isinstance(zone, Unknown):
            return zone
        found.add(zone)
    return found or NO_SUBNETS


def address_exposure(
    project: Project,
    asked: Known,
    subnets: list[Any] | Unknown,
    groups: list[Any] | Unknown,
    port: int | Unknown,
) -> Exposure:
    """The exposure of what may ask for a public IPv4 address: that, the way to it, and a security
    group that is open at its port."""
    if asked is False:
        return exposure(False)
    way, open_ = routes(project, subnets), groups_open(project, groups or DEFAULT_GROUP, port)
    return exposure(every([asked, way, open_]))


def tenancy(project: Project, subnets: list[Any] | Unknown) -> Any:
    """Hardware of its own is a property of the VPC: "shared", "dedicated" or Unknown."""
    if isinstance(subnets, Unknown):
        return subnets
    found = [target_of(project, value, *SUBNETS) for value in subnets]
    vpcs = [target_of(project, each.get("vpc_id"), *VPCS) if each else None for each in found]
    vpc = next((each for each in vpcs if each), None)
    if vpc is None:
        return Unknown("the VPC is not part of this template")
    word = vpc.read("instance_tenancy", str, "default")
    return then(word, lambda name: "dedicated" if name == "dedicated" else "shared")
