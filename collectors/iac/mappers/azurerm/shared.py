"""What the azurerm mappers share: locations, paired regions, locks, allow-lists of servers."""

from __future__ import annotations

from typing import Any, cast

from collectors.addresses import networks
from collectors.azure.server_access import cidrs_between, server_exposure
from collectors.document import Document, Facts, Unknown, then
from collectors.iac.blocks import Block, Project, Reference, read, template_document
from collectors.iac.mappers.joins import (
    items,
    joined,
    name_of,
    points_to,
    settle,
    tags_of,
    target_of,
)
from collectors.iac.mappers.pointers import names_of

__all__ = [
    "ADDRESS",
    "LOCK",
    "allow_list",
    "azure_document",
    "let_in",
    "location_in",
    "location_of",
    "locked",
    "server_exposure",
    "settle_group",
    "target_or_named",
    "written_ranges",
]

LOCK = "azurerm_management_lock"
ADDRESS = "azurerm_public_ip"


def location_of(block: Block, project: Project) -> str | Unknown:
    """The region of a resource ("China North 3" is chinanorth3), by way of its resource group or
    another resource where the template refers to one."""
    return location_in(block.values, project, Unknown("the resource does not give its location"))


def location_in(values: dict[str, Any], project: Project, missing: Unknown) -> str | Unknown:
    """The region that some arguments name."""
    settled = {"location": settle(project, values.get("location"))}
    location = read(settled, "location", str, missing)
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
        found += cidrs_between(first, last)
    if rules.doubt:
        found.append(rules.doubt)
    return cast("list[str]", found)


def written_ranges(block: Block, argument: str) -> list[Any] | Unknown:
    """The ranges of an argument that lists them; one that is known only after apply stands in its
    place."""
    listed = items(block.values, argument)
    if isinstance(listed, Unknown):
        return listed
    texts = [read({"ip": one}, "ip", str, Unknown("an address is null")) for one in listed]
    return [
        one for text in texts for one in ([text] if isinstance(text, Unknown) else networks(text))
    ]


def let_in(public: bool | Unknown, ranges: list[str] | Unknown) -> list[str] | Unknown:
    """Whom the rules of a server let in: nobody where its public endpoint is off, and where that is
    not known nobody but by rules."""
    if public is False or ranges == []:
        return []
    return public if isinstance(public, Unknown) else ranges


def azure_document(
    block: Block,
    project: Project,
    facts: Facts,
    *,
    region: str | Unknown | None = None,
    tags: dict[str, str] | Unknown | None = None,
) -> Document:
    """The document of a resource by its name; its region and tags are its own unless given."""
    return template_document(
        block,
        project,
        facts,
        provider="azure",
        region=location_of(block, project) if region is None else region,
        name=name_of(block, "name"),
        tags=tags_of(block) if tags is None else tags,
    )


def target_or_named(project: Project, value: Any, *types: str) -> Block | None:
    """The resource of one of `types` that a value leads to, or that a text names."""
    found = target_of(project, value, *types)
    if found is None and isinstance(value, str):
        named = (each for each in project.of_type(*types) if value in names_of(each))
        found = next(map(project.take, named), None)
    return found


REACHED: dict[str, Any] = {
    "public_network_access_enabled": True,
    "public_network_access": "Enabled",
    "delegated_subnet_id": None,
    "subnet_id": None,
}
"""A firewall rule whose server is elsewhere is judged as that of a server which the internet
reaches: the default of each."""
