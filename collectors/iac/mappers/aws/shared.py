"""What the aws mappers share: regions, names, tags, documents."""

from __future__ import annotations

from typing import Any

from collectors.document import Document, Facts, Unknown
from collectors.iac.accounts import same_account
from collectors.iac.blocks import (
    DEPLOYED_TO,
    Block,
    Project,
    Reference,
    nested,
    read,
    template_document,
)
from collectors.iac.mappers.joins import name_of, tags_of


def region_of(block: Block, project: Project) -> str | Unknown:  # noqa: ARG001 - as for other clouds
    """The region of a resource: its own argument (provider 6), else its provider's."""
    missing = Unknown("the provider's region is not in the template")
    given = read(block.provider_values, DEPLOYED_TO, str, missing)
    default = read(block.provider_values, "region", str, given)
    return block.read("region", str, default)


def is_same_place(one: Block, other: Block, project: Project) -> bool:
    """Whether two resources are of one region and account, as far as the template tells. Regions
    that are not known are the same where one provider gives both."""
    region = region_of(one, project)
    if region != region_of(other, project) or not same_account(project, one, other):
        return False
    return isinstance(region, str) or one.provider_values == other.provider_values


def all_tags(block: Block) -> dict[str, str] | Unknown:
    """The tags with those that the provider adds to every resource; a plan has both as tags_all."""
    planned = block.get("tags_all")
    if isinstance(planned, dict) and not _open(planned):
        return {str(key): str(value) for key, value in planned.items() if value is not None}
    own = tags_of(block)
    added = nested(block.provider_values, "default_tags")
    if isinstance(own, Unknown):
        return own
    if isinstance(added, Unknown):
        return added
    base: dict[str, str] = {}
    for each in added:
        tags = each.get("tags") or {}
        if isinstance(tags, Unknown | Reference) or _open(tags):
            return Unknown("the provider's default tags are not known before apply")
        base |= {str(key): str(value) for key, value in tags.items()}
    return base | own


def _open(tags: dict[str, Any]) -> bool:
    return any(isinstance(value, Unknown | Reference) for value in tags.values())


def aws_document(
    block: Block,
    project: Project,
    facts: Facts,
    *,
    name: str | Unknown | None = None,
    region: str | Unknown | None = None,
) -> Document:
    """A document of an AWS resource: named by its `name` and of its provider's region, unless told
    otherwise."""
    return template_document(
        block,
        project,
        facts,
        provider="aws",
        region=region_of(block, project) if region is None else region,
        name=name_of(block, "name") if name is None else name,
        tags=all_tags(block),
    )


def tag_name(block: Block) -> str:
    """The name by which the console shows what has no name of its own: its tag Name."""
    tags = all_tags(block)
    return (tags.get("Name") if isinstance(tags, dict) else None) or block.name
