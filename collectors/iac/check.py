"""Reading templates into a snapshot, as `mlps check` does it."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from msgspec import Struct, structs

from collectors.document import Provider, UserError
from collectors.iac.account_context import AccountContext
from collectors.iac.blocks import ACCOUNT, Block
from collectors.iac.deployed_to import regions_by_cloud
from collectors.iac.documents import documents, failure
from collectors.iac.finding import Template, find, orphans
from collectors.iac.inline_waivers import Templates
from collectors.iac.loaded import BrokenProjectError, Unread
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
    regions: Sequence[str] = (),
) -> Manifest:
    """Read templates into the snapshot `snapshot_path`.

    A directory stands for every template of any language at or below it. What cannot be read is
    listed in the manifest. `parameters` are values for templates that have such, `var_files` for
    Terraform; `idle` is called with the names of those that no template has;
    `account` answers for the account that templates go to, `source` is the folder that plans are
    of, `regions` are where templates go that do not tell, one of each cloud. Raises UserError when
    a path holds no template, when nothing could be read, or when one of these is of other
    templates.
    """
    started = _now()
    given = parameters or {}
    request = {
        "parameters": given,
        "source": source,
        "var_files": tuple(var_files),
        "regions": regions_by_cloud(regions),
    }
    roots, others, unread = _found(paths, request)
    given_names = {*given, *names_given(var_files)}
    read = _Read([failure(each) for each in unread], Counter(), set(), set(), set(), Templates())
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
            read.failed += [failure(each) for each in error.unread]
            read.hint = read.hint or error.hint
        else:
            read.failed += [failure(each) for each in loaded.unread]
            read.given |= loaded.given
            blocks = loaded.blocks
        yield project, blocks
        read.done += 1
        if progress:
            progress(read.done, read.done + len(projects) - left - 1, project.path.as_posix())


def _write(
    blocks: list[Block], writer: SnapshotWriter, read: _Read, account: AccountContext | None
) -> None:
    for found in documents(blocks, read.failed, read.unmapped, account):
        read.providers.add(found.provider)
        read.accounts.add(found.account)
        writer.write(read.waivers.waived(found))


def _now() -> str:
    # Reproducible builds set the clock by this variable; so may a pipeline.
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    moment = datetime.fromtimestamp(int(epoch), UTC) if epoch else datetime.now(UTC)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
