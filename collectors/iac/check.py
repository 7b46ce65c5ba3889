"""Reading templates into a snapshot, as `mlps check` does it."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from msgspec import Struct

from collectors.document import Document, Provider, Unknown, UserError
from collectors.iac import parts
from collectors.iac.accounts import own_account
from collectors.iac.blocks import ACCOUNT, Block, Mapping, Project
from collectors.iac.inline_waivers import Templates
from collectors.iac.languages import MOST_SNIFFED, Language, Request, languages
from collectors.iac.loaded import BrokenProjectError, Unread
from collectors.iac.mappers import load_mappings
from collectors.snapshot import FailedCall, Manifest, SnapshotWriter

Progress = Callable[[int, int, str], None]
"""Called with projects done, projects in all, and the one that was finished."""


class _Project(Struct, frozen=True):
    """A folder or file of one language."""

    path: Path
    language: Language
    request: Request


BROKEN = frozenset({"NotValid", "ParserFailed"})
"""Codes of failed reads that say: this template is not valid, or the parser cannot take it."""


def collect(
    paths: Sequence[Path],
    snapshot_path: Path,
    *,
    tool_version: str,
    parameters: dict[str, Any] | None = None,
    progress: Progress | None = None,
) -> Manifest:
    """Read templates into the snapshot `snapshot_path`.

    A directory stands for every template of any language at or below it. What cannot be read is
    listed in the manifest. Raises UserError when a path holds no template, or when nothing could be
    read.
    """
    started = _now()
    projects = [project for path in paths for project in _projects(path, parameters or {})]
    failed: list[FailedCall] = []
    unmapped: Counter[str] = Counter()
    providers: set[Provider] = set()
    accounts: set[str] = set()
    read = 0
    templates = Templates()
    with SnapshotWriter(snapshot_path) as writer:
        for done, project in enumerate(projects, start=1):
            try:
                loaded = project.language.load(project.path, project.request)
            except BrokenProjectError as error:
                failed += [_failure(each) for each in error.unread]
            else:
                read += 1
                failed += [_failure(each) for each in loaded.unread]
                for found in _documents(loaded.blocks, failed, unmapped):
                    providers.add(found.provider)
                    accounts.add(found.account)
                    writer.write(templates.waived(found))
            if progress:
                progress(done, len(projects), project.path.as_posix())
        if not read:
            raise UserError(
                f"No template could be read. {failed[0].message}",
                "Correct it and repeat.",
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


_HINT = (
    "mlps check reads Terraform directories and plans (terraform show -json PLANFILE),"
    " CloudFormation templates, ARM templates (of Bicep what it compiles to: az bicep build), and"
    " ROS templates."
)


def _projects(path: Path, parameters: dict[str, Any]) -> Iterator[_Project]:
    if not path.exists():
        raise UserError(f"{path} does not exist.", "Name a folder or a file with templates.")
    root = Path.cwd() if path.resolve().is_relative_to(Path.cwd()) else _folder(path)
    request = Request(root=root, parameters=parameters)
    found = _file(path) if path.is_file() else _folder_projects(path)
    for project, language in found:
        yield _Project(project, language, request)


def _folder(path: Path) -> Path:
    return path if path.is_dir() else path.parent


def _file(path: Path) -> list[tuple[Path, Language]]:
    """The one file that the user named, in the language that it is written in."""
    if path.suffix == ".tf":
        raise UserError(
            f"{path} is one file of a Terraform project.",
            f"Name its directory: mlps check {path.parent}",
        )
    text = _start_of(path)
    for language in languages():
        if language.recognises(text):
            return [(path, language)]
    # The file of a plan says best what is wrong with it: a saved plan, say, or a state.
    return [(path, next(each for each in languages() if each.name == "Terraform plan"))]


def _folder_projects(folder: Path) -> list[tuple[Path, Language]]:
    found = [(root, each) for each in languages() for root in each.folders(folder)]
    files: dict[str, list[Path]] = {}
    by_name = {each.name: each for each in languages()}
    for path in _candidates(folder):
        text = _start_of(path)
        for language in languages():
            known = path.suffix in language.suffixes and language.recognises(text)
            if known and language.confirms(path):
                files.setdefault(language.name, []).append(path)
                break
    for name, paths in files.items():
        called = {path.resolve() for path in by_name[name].called(paths)}
        found += [(path, by_name[name]) for path in paths if path.resolve() not in called]
    if not found:
        raise UserError(f"There is no template in {folder}.", _HINT)
    return found


def _candidates(folder: Path) -> Iterator[Path]:
    """The files at or below a folder that may be templates by their suffix. Hidden folders and
    those of dependencies are left out, and no link is followed out of the folder."""
    suffixes = frozenset().union(*(each.suffixes for each in languages()))
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(each for each in folders if each[0] != "." and each != "node_modules")
        for name in sorted(names):
            path = Path(parent, name)
            if path.suffix in suffixes and path.resolve().is_relative_to(folder.resolve()):
                yield path


def _start_of(path: Path) -> str:
    """The first part of a file, "" for one that cannot be read: who loads it says why."""
    try:
        with path.open("rb") as file:
            return file.read(MOST_SNIFFED).decode("utf-8", errors="replace")
    except OSError:
        return ""


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
    unmapped.update(map(_written_type, (*missed, *others)))
    unmapped.subtract(map(_written_type, judged))
    for prefix, project in sorted(projects.items()):
        own = (each for each in judged if _prefix_of(each) == prefix)
        yield from parts.documents(own, project, mappings)


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
        return list(mapping.map(block, project))
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
