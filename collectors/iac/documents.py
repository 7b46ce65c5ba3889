"""The documents of a project: what the mappings make of its resources."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterator

from collectors.document import Document, Unknown
from collectors.iac import parts
from collectors.iac.account_context import AccountContext
from collectors.iac.accounts import own_account
from collectors.iac.blocks import ACCOUNT, Block, Mapping, Project
from collectors.iac.lines import with_lines
from collectors.iac.loaded import Unread
from collectors.iac.mappers import load_mappings
from collectors.snapshot import FailedCall


def documents(
    blocks: list[Block],
    failed: list[FailedCall],
    unmapped: Counter[str],
    account: AccountContext | None,
) -> Iterator[Document]:
    """What the mappings make of a project, with what `account` answers for it. A resource that none
    of them yields or takes into another one's document yields a stand-in, or is counted as
    `unmapped`: none may vanish. What cannot be understood is added to `failed`."""
    mappings = load_mappings()
    projects = {
        prefix: _project(prefix, blocks, account)
        for prefix in sorted({_prefix_of(each) for each in blocks if parts.cloud_of(each.type)})
    }
    left: list[Block] = []
    both: list[Block] = []
    seen: set[tuple[str, str]] = set()
    for block in blocks:
        mapping = mappings.get(block.type)
        found = _mapped(block, mapping, projects[_prefix_of(block)], failed) if mapping else []
        yield from found
        if found:
            seen.add(_written_at(block))
            part = parts.part_of(block)
            both += [block] if part and part.too else []
        else:
            left.append(block)
    known = {*mappings, *(kind for each in mappings.values() for kind in each.joined)}
    missed = [
        each
        for each in left
        if parts.cloud_of(each.type)
        and (
            each.type in parts.NOT_JUDGED
            or not _is_read(each, projects[_prefix_of(each)], mappings)
        )
    ]
    judged = [each for each in both if not _is_read(each, projects[_prefix_of(each)], mappings)]
    others = [each for each in left if not parts.cloud_of(each.type) and not _is_data(each)]
    for each in missed:
        if each.type in known and not parts.is_link(each):
            judged.append(each)
        elif not each.native_type or _written_at(each) not in seen:
            others.append(each)
    unmapped.update(map(_written_type, others))
    for prefix, project in sorted(projects.items()):
        own = (each for each in judged if _prefix_of(each) == prefix)
        yield from parts.documents(own, project, mappings)


def _project(prefix: str, blocks: list[Block], account: AccountContext | None) -> Project:
    """The resources, with the settings of the account that hold for those of a provider."""
    own = own_account(prefix, blocks)
    settings = account.settings(prefix, own, blocks) if account else ()
    return Project([*blocks, *settings], own)


def _is_read(block: Block, project: Project, mappings: dict[str, Mapping]) -> bool:
    """Whether a mapping has read the resource: of a part one that makes such documents as the part
    belongs to. A listener that a certificate counts among its uses is not judged yet."""
    part = parts.part_of(block)
    return project.is_taken(block, mappings[part.parent].facts.TYPE if part else "")


def _written_type(block: Block) -> str:
    """The type as the template writes it."""
    return block.native_type or block.type


def _written_at(block: Block) -> tuple[str, str]:
    """The resource of the template that a block is made of, of which there may be several."""
    return block.source.uri, block.source.address


def _is_data(block: Block) -> bool:
    return block.type.startswith("data.")


def _prefix_of(block: Block) -> str:
    """The provider of a resource, by which an account goes."""
    return block.type.partition("_")[0]


def _mapped(
    block: Block, mapping: Mapping, project: Project, failed: list[FailedCall]
) -> list[Document]:
    project.reader = mapping.facts.TYPE
    try:
        make = functools.partial(mapping.map, block, project)
        return with_lines(make, [block], project, mapping.facts)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        # A template of a shape that the mapper does not expect: its resource must not vanish.
        reason = f"could not be read ({type(error).__name__}: {error})"
        where = f"{block.source.uri}:{block.source.start_line}"
        failed.append(
            failure(
                Unread(
                    f"{block.source.uri}#{block.address}",
                    "NotUnderstood",
                    f"{where}: {block.address} {reason}.",
                )
            )
        )
        return list(parts.unread_whole(block, mapping, Unknown(reason), project.account))


def failure(unread: Unread) -> FailedCall:
    """What could not be read of a template, as a manifest lists it."""
    return FailedCall(
        provider="terraform",
        account=ACCOUNT,
        region="",
        service="terraform",
        operation="Read",
        resource=unread.name,
        code=unread.code,
        message=unread.message,
    )
