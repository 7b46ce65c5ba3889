"""Reading templates into a snapshot, as `mlps check` does it."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import msgspec
from msgspec import Struct

from collectors.document import Document, Provider, Unknown, UserError, document
from collectors.iac import plan, terraform
from collectors.iac.blocks import Block, Mapping, Project
from collectors.iac.mappers import PROVIDERS, load_mappings
from collectors.snapshot import FailedCall, Manifest, SnapshotWriter

ACCOUNT = "template"
_OTHER_PREFIXES: dict[str, Provider] = {"azuread": "azure"}

Progress = Callable[[int, int, str], None]
"""Called with projects done, projects in all, and the one that was finished."""


class _Project(Struct, frozen=True):
    """A directory with a root module, or a plan file."""

    path: Path
    load: Callable[[Path], terraform.Loaded]


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
                unmapped.update(_unmapped(loaded.blocks))
                for found in _documents(loaded.blocks, failed):
                    providers.add(found.provider)
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
                accounts=[ACCOUNT],
                regions=[],
                origin="template",
                counts={},
                files=[],
                failed_calls=failed,
                unmapped=dict(sorted(unmapped.items())),
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


def _documents(blocks: list[Block], failed: list[FailedCall]) -> Iterator[Document]:
    mappings = load_mappings()
    project = Project(blocks, ACCOUNT)
    for block in blocks:
        mapping = mappings.get(block.type)
        if mapping is None:
            continue
        try:
            yield from list(mapping.map(block, project))
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
            yield _stand_in(block, mapping, Unknown(reason))


def _stand_in(block: Block, mapping: Mapping, reason: Unknown) -> Document:
    """A document of which everything is unknown."""
    names = [field.name for field in msgspec.structs.fields(mapping.facts)]
    return document(
        id=f"{block.source.uri}#{block.address}",
        facts=mapping.facts(**dict.fromkeys(names, reason)),
        provider=_provider(block.type) or "aws",
        account=ACCOUNT,
        region="",
        country=None,
        name=block.address,
        tags=reason,
        unknown={"region": reason.reason, "country": reason.reason},
        native_type=block.type,
        source=block.source,
    )


def _unmapped(blocks: Iterable[Block]) -> Iterator[str]:
    """The types of the three clouds' resources that nothing here reads."""
    mappings = load_mappings()
    known = {*mappings, *(kind for each in mappings.values() for kind in each.joined)}
    return (block.type for block in blocks if block.type not in known and _provider(block.type))


def _provider(kind: str) -> Provider | None:
    return (PROVIDERS | _OTHER_PREFIXES).get(kind.partition("_")[0])


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
