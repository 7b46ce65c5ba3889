"""Reading templates into a snapshot, as `mlps check` does it."""

from __future__ import annotations

import functools
import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from msgspec import Struct, structs

from collectors.document import Document, Provider, Unknown, UserError
from collectors.iac import parts
from collectors.iac.account_context import AccountContext
from collectors.iac.accounts import own_account
from collectors.iac.blocks import ACCOUNT, Block, Mapping, Project
from collectors.iac.finding import Template, find, orphans
from collectors.iac.inline_waivers import Templates
from collectors.iac.lines import with_lines
from collectors.iac.loaded import BrokenProjectError, Unread
from collectors.iac.mappers import load_mappings
from collectors.iac.terraform_files import names_given
from collectors.snapshot import FailedCall, Manifest, SnapshotWriter

Progress = Callable[[int, int, str], None]
"""Called with projects done, projects in all, and the one that was finished."""


BROKEN = frozenset({"NotReadable", "NotValid", "ParserFailed"})
"""Codes of failed reads that say: this template is not valid, the parser cannot take it, or it may
not be read."""


class _Read(Struct):
    """What has been read so far."""

    failed: list[FailedCall]
    unmapped: Counter[str]
    providers: set[Provider]
    accounts: set[str]
    given: set[str]
    """Parameters that a template has."""
    waivers: Templates
    hint: str = ""
    done: int = 0


def collect(
    paths: Sequence[Path],
    snapshot_path: Path,
    *,
    tool_version: str,
    parameters: dict[str, Any] | None = None,
    progress: Progress | None = None,
    idle: Callable[[list[str]], None] | None = None,
    account: AccountContext | None = None,
    source: Path | None = None,
    var_files: Sequence[Path] = (),
) -> Manifest:
    """Read templates into the snapshot `snapshot_path`.

    A directory stands for every template of any language at or below it. What cannot be read is
    listed in the manifest. `parameters` are values for templates that have such, `var_files` for
    Terraform; `idle` is called with the names of those that no template has;
    `account` answers for the account that templates go to, `source` is the folder that plans are
    of. Raises UserError when a path holds no template, when nothing could be read, or when one of
    these is of other templates.
    """
    started = _now()
    given = parameters or {}
    request = {"parameters": given, "source": source, "var_files": tuple(var_files)}
    roots, others, unread = _found(paths, request)
    given_names = {*given, *names_given(var_files)}
    read = _Read([_failure(each) for each in unread], Counter(), set(), set(), set(), Templates())
    good: list[Template] = []
    with SnapshotWriter(snapshot_path) as writer:
        while roots:
            broken = []
            for project, blocks in _loaded(roots, read, progress):
                if blocks is None:
                    broken.append(project)
                    continue
                good.append(project)
                _write(blocks, writer, read, account)
            roots = orphans(broken, good, others)
            others = [each for each in others if each not in roots]
        if not good:
            raise UserError(
                f"No template could be read. {read.failed[0].message}",
                read.hint or "Correct it and repeat.",
            )
        if idle and (names := sorted(given_names - read.given)):
            idle(names)
        for found in account.documents() if account else ():
            writer.write(found)
        return writer.finish(
            Manifest(
                tool_version=tool_version,
                started=started,
                finished=_now(),
                providers=sorted(read.providers),
                accounts=sorted(read.accounts) or [ACCOUNT],
                regions=[],
                origin="template",
                counts={},
                files=[],
                failed_calls=list(dict.fromkeys(read.failed)),
                unmapped=dict(sorted((+read.unmapped).items())),
                account_snapshot=account.used() if account else None,
            )
        )


def _found(
    paths: Sequence[Path], request: dict[str, Any]
) -> tuple[list[Template], list[Template], list[Unread]]:
    """What there is at the paths: projects, those that one of them calls, and what is not read.
    What stands at two of the paths is read once."""
    found = [find(path, request) for path in paths]
    seen: set[tuple[Path, str]] = set()
    roots = []
    for project in (each for one in found for each in one.roots):
        key = (project.path.resolve(), project.language.name)
        if key not in seen:
            seen.add(key)
            roots.append(project)
    others = [each for one in found for each in one.others]
    if request["source"] and not any(each.language.name == "Terraform plan" for each in roots):
        raise UserError(
            "--source is the folder that a plan is of, and no plan was named.",
            "Name one (terraform show -json PLANFILE > plan.json), or leave --source out.",
        )
    read = frozenset(each.path.resolve() for each in (*roots, *others) if each.path.is_dir())
    roots = [_knowing(each, read) for each in roots]
    return roots, others, [each for one in found for each in one.unread]


def _knowing(template: Template, read: frozenset[Path]) -> Template:
    request = structs.replace(template.request, read=read)
    return structs.replace(template, request=request)


def _loaded(
    projects: list[Template], read: _Read, progress: Progress | None
) -> Iterator[tuple[Template, list[Block] | None]]:
    """Each project with its resources; None for one that is broken."""
    for left, project in enumerate(projects):
        blocks: list[Block] | None = None
        try:
            loaded = project.language.load(project.path, project.request)
        except BrokenProjectError as error:
            read.failed += [_failure(each) for each in error.unread]
            read.hint = read.hint or error.hint
        else:
            read.failed += [_failure(each) for each in loaded.unread]
            read.given |= loaded.given
            blocks = loaded.blocks
        yield project, blocks
        read.done += 1
        if progress:
            progress(read.done, read.done + len(projects) - left - 1, project.path.as_posix())


def _write(
    blocks: list[Block], writer: SnapshotWriter, read: _Read, account: AccountContext | None
) -> None:
    for found in _documents(blocks, read.failed, read.unmapped, account):
        read.providers.add(found.provider)
        read.accounts.add(found.account)
        writer.write(read.waivers.waived(found))


def _documents(
    blocks: list[Block],
    failed: list[FailedCall],
    unmapped: Counter[str],
    account: AccountContext | None,
) -> Iterator[Document]:
    """What the mappings make of a project. A resource that none of them yields or takes into
    another one's document yields a stand-in, or is counted as `unmapped`: none may vanish."""
    mappings = load_mappings()
    projects = {
        prefix: _project(prefix, blocks, account)
        for prefix in {_prefix_of(each) for each in blocks if parts.cloud_of(each.type)}
    }
    left: list[Block] = []
    for block in blocks:
        mapping = mappings.get(block.type)
        found = _mapped(block, mapping, projects[_prefix_of(block)], failed) if mapping else []
        yield from found
        if not found:
            left.append(block)
    known = {*mappings, *(kind for each in mappings.values() for kind in each.joined)}
    missed = [
        each
        for each in left
        if parts.cloud_of(each.type)
        and (each.type in parts.NOT_JUDGED or not projects[_prefix_of(each)].is_taken(each))
    ]
    judged = [each for each in missed if each.type in known and not parts.is_link(each)]
    others = [each for each in left if not parts.cloud_of(each.type) and not _is_data(each)]
    unmapped.update(map(_written_type, (*missed, *others)))
    unmapped.subtract(map(_written_type, judged))
    for prefix, project in sorted(projects.items()):
        own = (each for each in judged if _prefix_of(each) == prefix)
        yield from parts.documents(own, project, mappings)


def _project(prefix: str, blocks: list[Block], account: AccountContext | None) -> Project:
    """The resources, with the settings of the account that hold for those of a provider."""
    own = own_account(prefix, blocks)
    settings = account.settings(prefix, own, blocks) if account else ()
    return Project([*blocks, *settings], own)


def _written_type(block: Block) -> str:
    """The type as the template writes it."""
    return block.native_type or block.type


def _is_data(block: Block) -> bool:
    return block.type.startswith("data.")


def _prefix_of(block: Block) -> str:
    """The provider of a resource, by which an account goes."""
    return block.type.partition("_")[0]


def _mapped(
    block: Block, mapping: Mapping, project: Project, failed: list[FailedCall]
) -> list[Document]:
    try:
        make = functools.partial(mapping.map, block, project)
        return with_lines(make, [block], project, mapping.facts)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        # A template of a shape that the mapper does not expect: its resource must not vanish.
        reason = f"could not be read ({type(error).__name__}: {error})"
        where = f"{block.source.uri}:{block.source.start_line}"
        failed.append(
            _failure(
                Unread(
                    f"{block.source.uri}#{block.address}",
                    "NotUnderstood",
                    f"{where}: {block.address} {reason}.",
                )
            )
        )
        return [parts.unread(block, mapping, Unknown(reason), project.account)]


def _failure(unread: Unread) -> FailedCall:
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


def _now() -> str:
    # Reproducible builds set the clock by this variable; so may a pipeline.
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    moment = datetime.fromtimestamp(int(epoch), UTC) if epoch else datetime.now(UTC)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
