"""Reading templates into a snapshot, as `mlps check` does it."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from msgspec import Struct

from collectors.document import Document, Provider, Unknown, UserError
from collectors.iac import parts, plan, terraform
from collectors.iac.accounts import own_account
from collectors.iac.blocks import ACCOUNT, Block, Mapping, Project
from collectors.iac.mappers import load_mappings
from collectors.snapshot import FailedCall, Manifest, SnapshotWriter

Progress = Callable[[int, int, str], None]
"""Called with projects done, projects in all, and the one that was finished."""


class _Project(Struct, frozen=True):
    """A directory with a root module, or a plan file."""

    path: Path
    load: Callable[[Path], terraform.Loaded]


BROKEN = frozenset({"NotValid", "ParserFailed"})
"""Codes of failed reads that say: this template is not valid, or the parser cannot take it."""


def collect(
    paths: Sequence[Path],
    snapshot_path: Path,
    *,
    tool_version: str,
    progress: Progress | None = None,
) -> Manifest:
    """Read Terraform directories and plan files into the snapshot `snapshot_path`.

    A directory stands for every root module at or below it. What cannot be read is listed in the
    manifest. Raises UserError when a path holds no template, or when nothing could be read.
    """
    started = _now()
    projects = [project for path in paths for project in _projects(path)]
    failed: list[FailedCall] = []
    unmapped: Counter[str] = Counter()
    providers: set[Provider] = set()
    accounts: set[str] = set()
    read = 0
    with SnapshotWriter(snapshot_path) as writer:
        for done, project in enumerate(projects, start=1):
            try:
                loaded = project.load(project.path)
            except terraform.BrokenProjectError as error:
                failed += [_failure(each) for each in error.unread]
            else:
                read += 1
                failed += [_failure(each) for each in loaded.unread]
                for found in _documents(loaded.blocks, failed, unmapped):
                    providers.add(found.provider)
                    accounts.add(found.account)
                    writer.write(found)
            if progress:
                progress(done, len(projects), project.path.as_posix())
        if not read:
            raise UserError(
                f"No template could be read. {failed[0].message}",
                "Correct it (terraform validate shows the same) and repeat.",
            )
        return writer.finish(
            Manifest(
                tool_version=tool_version,
                started=started,
                finished=_now(),
                providers=sorted(providers),
                accounts=sorted(accounts) or [ACCOUNT],
                regions=[],
                origin="template",
                counts={},
                files=[],
                failed_calls=failed,
                unmapped=dict(sorted((+unmapped).items())),
            )
        )


def _projects(path: Path) -> Iterator[_Project]:
    if not path.exists():
        raise UserError(f"{path} does not exist.", "Name a Terraform directory or a plan file.")
    if path.is_file():
        if path.suffix == ".tf":
            raise UserError(
                f"{path} is one file of a Terraform project.",
                f"Name its directory: mlps check {path.parent}",
            )
        yield _Project(path, _load_plan)
        return
    roots = terraform.root_modules(path)
    if not roots:
        raise UserError(
            f"There is no Terraform file (*.tf) in {path}.",
            "Name a directory with *.tf files, or a plan: terraform show -json PLANFILE.",
        )
    for root in roots:
        yield _Project(root, terraform.load)


def _load_plan(path: Path) -> terraform.Loaded:
    return terraform.Loaded(plan.load(path, terraform.uri_of(path)), [])


def _documents(
    blocks: list[Block], failed: list[FailedCall], unmapped: Counter[str]
) -> Iterator[Document]:
    """What the mappings make of a project. A resource that none of them yields or takes into
    another one's document yields a stand-in, or is counted as `unmapped`: none may vanish."""
    mappings = load_mappings()
    projects = {
        prefix: Project(blocks, own_account(prefix, blocks))
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
    unmapped.update(each.type for each in (*missed, *others))
    unmapped.subtract(each.type for each in judged)
    for prefix, project in sorted(projects.items()):
        own = (each for each in judged if _prefix_of(each) == prefix)
        yield from parts.documents(own, project, mappings)


def _is_data(block: Block) -> bool:
    return block.type.startswith("data.")


def _prefix_of(block: Block) -> str:
    """The provider of a resource, by which an account goes."""
    return block.type.partition("_")[0]


def _mapped(
    block: Block, mapping: Mapping, project: Project, failed: list[FailedCall]
) -> list[Document]:
    try:
        return list(mapping.map(block, project))
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        # A template of a shape that the mapper does not expect: its resource must not vanish.
        reason = f"could not be read ({type(error).__name__}: {error})"
        where = f"{block.source.uri}:{block.source.start_line}"
        failed.append(
            _failure(
                terraform.Unread(
                    f"{block.source.uri}#{block.address}",
                    "NotUnderstood",
                    f"{where}: {block.address} {reason}.",
                )
            )
        )
        return [parts.unread(block, mapping, Unknown(reason), project.account)]


def _failure(unread: terraform.Unread) -> FailedCall:
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
