"""Evaluation: every check over every document of a snapshot, streamed into a verdicts file."""

from __future__ import annotations

import hashlib
import io
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, Protocol, cast

import msgspec
import zstandard
from msgspec import Struct

from collectors.document import UserError
from collectors.snapshot import Located, Snapshot
from scanner import __version__
from scanner.checks import CheckMetadata
from scanner.config import System
from scanner.context import Context
from scanner.decide import decide
from scanner.declared import Declared
from scanner.engine import Answer, Engine, Failure, Task
from scanner.offers import cloud_of, not_offered
from scanner.output import writing
from scanner.policies import Bundle
from scanner.targets import Outside, Target, targets
from scanner.verdict import (
    VERDICTS_SCHEMA_VERSION,
    DeclaredSystem,
    OutsideResource,
    ResourceRef,
    ResourceVerdicts,
    Verdict,
    VerdictsFooter,
    VerdictsHeader,
    VersionControl,
)

_WHAT = "verdicts file"
_AGAIN = "Make it again with: mlps evaluate SNAPSHOT -o VERDICTS"


class _Input(Struct, kw_only=True):
    """What a check sees as `input`."""

    id: str
    type: str
    provider: str
    account: str
    region: str
    country: str | None
    name: str
    tags: dict[str, str]
    facts: dict[str, Any]
    unknown: dict[str, str]
    native_type: str
    native: dict[str, Any] | msgspec.UnsetType = msgspec.UNSET
    level: int
    system: str
    now: str
    context: Context


class _Pending(Struct, frozen=True):
    """A document that was handed to the engine, waiting for its answer."""

    target: Target
    checks: tuple[CheckMetadata, ...]


def evaluate(
    snapshot: Snapshot,
    bundle: Bundle,
    engine: Engine,
    *,
    levels: tuple[int, ...],
    now: str,
    out: Path,
    applies_at: Callable[[CheckMetadata, int], bool],
    declared: Declared | None = None,
    name: str = "",
    version_control: VersionControl | None = None,
) -> None:
    """Evaluate a snapshot into the verdicts file `out`, which appears whole or not at all.

    Each document is judged for the declared systems that it belongs to, at their levels; without
    declared systems at each of `levels`. `applies_at` tells whether a check has an item at a level;
    it is left out where it has none. `name` is what reports call the snapshot, its path if empty;
    `version_control` is where templates come from.
    """
    declared = declared or Declared()
    systems = declared.config.systems
    if systems:
        levels = tuple(sorted({system.level for system in systems}))
    plan = _Plan(bundle, levels, applies_at)
    header = _header(snapshot, bundle, engine, levels, systems, now=now, name=name)
    header.version_control = version_control
    pending: deque[_Pending] = deque()
    lines = 0
    with _writer(out) as write:
        write(header)

        def tasks() -> Iterator[Task]:
            nonlocal lines
            for target in targets(snapshot, declared, levels, now=now):
                if isinstance(target, Outside):
                    write(OutsideResource(resource=_reference(target.located)))
                    lines += 1
                    continue
                checks = plan.checks(target.located.document.type, target.level)
                pending.append(_Pending(target, checks))
                yield _task(target, checks, now=now)

        for answers in engine.run(tasks()):
            write(_judged(pending.popleft(), answers, snapshot.manifest.regions))
            lines += 1
        if pending:
            raise RuntimeError(f"the engine left {len(pending)} documents unanswered")
        write(VerdictsFooter(resources=lines, sha256=write.digest()))


def _header(
    snapshot: Snapshot,
    bundle: Bundle,
    engine: Engine,
    levels: tuple[int, ...],
    systems: list[System],
    *,
    now: str,
    name: str,
) -> VerdictsHeader:
    manifest = snapshot.manifest
    return VerdictsHeader(
        tool_version=__version__,
        now=now,
        levels=list(levels),
        systems=[DeclaredSystem(name=s.name, level=s.level, owner=s.owner) for s in systems],
        engine=engine.name,
        snapshot=name or snapshot.path.as_posix(),
        origin=manifest.origin,
        providers=manifest.providers,
        accounts=manifest.accounts,
        regions=manifest.regions,
        checks=bundle.checks,
        failed_calls=manifest.failed_calls,
        unmapped=manifest.unmapped,
        account_snapshot=manifest.account_snapshot,
    )


def _judged(
    asked: _Pending, answers: Sequence[Answer | Failure], regions: list[str]
) -> ResourceVerdicts:
    """The verdicts on a document. What its cloud does not offer is not asked of it."""
    target = asked.target
    document = target.located.document
    cloud = cloud_of(document, regions)
    if target.unknown:
        document = msgspec.structs.replace(document, unknown=document.unknown | target.unknown)
    return ResourceVerdicts(
        resource=_reference(target.located),
        system=target.system,
        level=target.level,
        uncertain=target.uncertain,
        verdicts=[
            Verdict(check=check.id, status="not_applicable", not_offered=cloud)
            if not_offered(check, cloud)
            else decide(check, document, answer)
            for check, answer in zip(asked.checks, answers, strict=True)
        ],
    )


class _Plan:
    """Which checks run on a resource type at a level."""

    def __init__(
        self,
        bundle: Bundle,
        levels: tuple[int, ...],
        applies_at: Callable[[CheckMetadata, int], bool],
    ) -> None:
        self._at_level = {
            level: [check for check in bundle.checks if applies_at(check, level)]
            for level in levels
        }
        self._found: dict[tuple[str, int], tuple[CheckMetadata, ...]] = {}

    def checks(self, type_: str, level: int) -> tuple[CheckMetadata, ...]:
        key = (type_, level)
        if key not in self._found:
            self._found[key] = tuple(
                check
                for check in self._at_level[level]
                if type_ in check.targets or "*" in check.targets
            )
        return self._found[key]


def _task(target: Target, checks: tuple[CheckMetadata, ...], *, now: str) -> Task:
    document = target.located.document
    whole = _Input(
        id=document.id,
        type=document.type,
        provider=document.provider,
        account=document.account,
        region=document.region,
        country=document.country,
        name=document.name,
        tags=document.tags,
        facts=document.facts,
        unknown=document.unknown,
        native_type=document.native_type,
        native=document.native if any(check.native for check in checks) else msgspec.UNSET,
        level=target.level,
        system=target.system,
        now=now,
        context=target.context,
    )
    return Task(msgspec.json.encode(whole), tuple(check.package for check in checks))


def _reference(located: Located) -> ResourceRef:
    document = located.document
    return ResourceRef(
        id=document.id,
        type=document.type,
        name=document.name,
        provider=document.provider,
        account=document.account,
        region=document.region,
        country=document.country,
        native_type=document.native_type,
        tags=document.tags,
        unlisted=document.unlisted,
        source=document.source,
        file=located.file,
        line=located.line,
    )


@contextmanager
def _writer(path: Path) -> Iterator[_LineWriter]:
    """Write lines into a private file, compressed when its name says so."""
    with writing(path, _WHAT, private=True) as out:
        if not path.name.endswith(".zst"):
            yield _LineWriter(out)
            return
        with zstandard.ZstdCompressor(level=3).stream_writer(
            cast("IO[bytes]", out), closefd=False
        ) as compressed:
            yield _LineWriter(compressed)


class _Bytes(Protocol):
    def write(self, data: bytes, /) -> int: ...


class _LineWriter:
    """Writes one struct a line, and hashes what it writes."""

    def __init__(self, out: _Bytes) -> None:
        self._out = out
        self._encoder = msgspec.json.Encoder()
        self._hash = hashlib.sha256()

    def __call__(self, line: Struct) -> None:
        text = self._encoder.encode(line) + b"\n"
        self._hash.update(text)
        self._out.write(text)

    def digest(self) -> str:
        """The SHA-256 of every line so far."""
        return self._hash.hexdigest()


class VerdictsFile:
    """A verdicts file whose header was read. Iterating streams the resources, and raises UserError
    at the end of a file that is truncated or damaged."""

    def __init__(self, path: Path, header: VerdictsHeader) -> None:
        self.header = header
        self._path = path

    def __iter__(self) -> Iterator[ResourceVerdicts | OutsideResource]:
        decoder = msgspec.json.Decoder(
            VerdictsHeader | ResourceVerdicts | OutsideResource | VerdictsFooter
        )
        resources = 0
        ended = intact = False
        digest = hashlib.sha256()
        with _lines(self._path) as lines:
            digest.update(next(lines))
            for number, text in enumerate(lines, start=2):
                line = _decode(decoder, text, self._path, number)
                if ended or isinstance(line, VerdictsHeader):
                    raise UserError(
                        f"{self._path}, line {number}: unexpected; the file is damaged.", _AGAIN
                    )
                if isinstance(line, VerdictsFooter):
                    ended = line.resources == resources
                    intact = line.sha256 == digest.hexdigest()
                    if not ended:
                        break
                else:
                    resources += 1
                    digest.update(text)
                    yield line
        if not ended:
            raise UserError(
                f"{self._path} is truncated or was edited: it ends after {resources} resources.",
                _AGAIN,
            )
        if not intact:
            raise UserError(
                f"{self._path} was changed after it was written: its SHA-256 is another.", _AGAIN
            )


class _Version(Struct):
    kind: str = ""
    schema_version: int = 0
    tool_version: str = "?"


def read_verdicts(path: Path) -> VerdictsFile:
    """Open a verdicts file. Raises UserError when it is none, or of a newer schema."""
    hint = "Make one with: mlps evaluate SNAPSHOT -o VERDICTS"
    try:
        with _lines(path) as lines:
            first = next(lines, b"")
    except OSError as error:
        raise UserError(f"The verdicts {path} cannot be read: {error.strerror}.", hint) from error
    try:
        version = msgspec.json.decode(first, type=_Version)
    except msgspec.MsgspecError as error:
        raise UserError(f"{path} is not a verdicts file.", hint) from error
    if version.kind != "mlps.verdicts":
        raise UserError(f"{path} is not a verdicts file.", hint)
    if version.schema_version > VERDICTS_SCHEMA_VERSION:
        raise UserError(
            f"{path} has verdicts schema {version.schema_version}, written by mlps"
            f" {version.tool_version}; this version reads up to {VERDICTS_SCHEMA_VERSION}.",
            "Upgrade mlps: pipx upgrade mlps-scanner",
        )
    return VerdictsFile(path, _decode(msgspec.json.Decoder(VerdictsHeader), first, path, 1))


def _decode(decoder: msgspec.json.Decoder[Any], text: bytes, path: Path, number: int) -> Any:
    try:
        return decoder.decode(text)
    except msgspec.MsgspecError as error:
        raise UserError(f"{path}, line {number}: damaged: {error}.", _AGAIN) from error


@contextmanager
def _lines(path: Path) -> Iterator[Iterator[bytes]]:
    with path.open("rb") as raw:
        if not path.name.endswith(".zst"):
            yield iter(raw)
            return
        try:
            with zstandard.ZstdDecompressor().stream_reader(raw) as stream:
                yield iter(io.BufferedReader(stream))
        except zstandard.ZstdError as error:
            raise UserError(f"{path} is damaged: {error}.", _AGAIN) from error
