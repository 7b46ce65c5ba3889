"""What the azurerm mappers share: locations, paired regions, locks, allow-lists of servers."""

from __future__ import annotations

import ipaddress
from typing import Any, cast

from collectors.addresses import opens_to_internet
from collectors.document import Unknown, also, then
from collectors.facts.shared import Exposure
from collectors.iac.blocks import Block, Project, Reference, read
from collectors.iac.mappers.joins import joined, points_to, settle

LOCK = "azurerm_management_lock"

AZURE_SERVICES = "prefix-list:AzureCloud"
"""A server rule from 0.0.0.0 to 0.0.0.0 lets in every service and customer of Azure."""

_ZERO = str(ipaddress.IPv4Address(0))


def location_of(block: Block, project: Project) -> str | Unknown:
    """The region of a resource ("China North 3" is chinanorth3), by way of its resource group or
    another resource where the template refers to one."""
    location = read(
        {"location": settle(project, block.values.get("location"))},
        "location",
        str,
        Unknown("the resource does not give its location"),
    )
    return then(location, lambda text: text.lower().replace(" ", ""))


def locked(block: Block, project: Project) -> bool | Unknown:
    """Whether a management lock of the project keeps the resource, or its group, from deletion."""
    group = settle_group(block, project)
    doubt: Unknown | None = None
    for lock in project.of_type(LOCK):
        scope = lock.get("scope")
        if points_to(project, scope, block) or (group and points_to(project, scope, group)):
            project.take(lock)
            return True
        if isinstance(scope, Unknown):
            doubt = Unknown(f"{lock.address}.scope: {scope.reason}")
    return doubt or False


def settle_group(block: Block, project: Project) -> Block | None:
    """The resource group of a resource when the template refers to it."""
    value = block.values.get("resource_group_name")
    return project.target(value) if isinstance(value, Reference) else None


def allow_list(
    block: Block,
    project: Project,
    argument: str,
    rule_type: str,
    *,
    start: str = "start_ip_address",
    end: str = "end_ip_address",
) -> list[str] | Unknown:
    """The ranges that a server's own firewall rules let in, as CIDRs. What is known only after
    apply stands in its place in the list as an Unknown."""
    rules = joined(project, block, argument, rule_type)
    found: list[Any] = []
    for rule in rules.blocks:
        first = rule.read(start, str, Unknown(f"{rule.address} has no {start}"))
        last = rule.read(end, str, Unknown(f"{rule.address} has no {end}"))
        found += _range(first, last)
    if rules.doubt:
        found.append(rules.doubt)
    return cast("list[str]", found)


def _range(first: str | Unknown, last: str | Unknown) -> list[str | Unknown]:
    if isinstance(first, Unknown):
        return [first]
    if isinstance(last, Unknown):
        return [last]
    if first == last == _ZERO:
        return [AZURE_SERVICES]
    try:
        ends = ipaddress.IPv4Address(first), ipaddress.IPv4Address(last)
        return [str(network) for network in ipaddress.summarize_address_range(*ends)]
    except ValueError:
        return [Unknown(f"{first} to {last} is not a range of IPv4 addresses")]


def server_exposure(public_access: bool | Unknown, ranges: list[str] | Unknown) -> Exposure:
    """Reachability of a server with a public endpoint behind its own firewall rules. Opening it to
    Azure's services opens it to every customer of Azure, and so counts as public."""
    wide = opens_to_internet(ranges)
    via = ["firewall"] if wide is True else []
    if isinstance(ranges, list) and AZURE_SERVICES in ranges:
        via.append("azure-services")
    if public_access is False or (wide is False and not via):
        return Exposure(public=False, via=[])
    doubt = also(public_access) if via else also(public_access, wide)
    if doubt:
        return Exposure(public=doubt, via=doubt)
    return Exposure(public=True, via=via)
