"""The snapshot: a folder of NDJSON resource documents and a manifest that vouches for them.

    SNAPSHOT/manifest.json                    what was read, when, by whom, what failed, digests
    SNAPSHOT/<account>/resources.ndjson[.zst] one document a line

Data files are compressed with zstd when the snapshot's name ends in `.zst`. A snapshot is written
beside its final place and renamed into it, so that a reader never sees half of one; files are 0600.
"""

from __future__ import annotations

import hashlib
import io
import os
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import IO, Literal, Self

import msgspec
import zstandard
from msgspec import UNSET, Struct, UnsetType

from collectors.document import Document, UserError
from collectors.scratch import Scratch

SCHEMA_VERSION = 1
MANIFEST = "manifest.json"
KIND: Literal["mlps.snapshot"] = "mlps.snapshot"


class FailedCall(Struct, kw_only=True, frozen=True):
    """A call that failed, or a template that could not be read: what is missing because of it."""

    provider: str
    account: str
    region: str
    service: str
    operation: str
    resource: str = ""
    permission: str = ""
    code: str
    message: str


class SnapshotFile(Struct, kw_only=True):
    """One data file of the snapshot: path relative to the folder, digest, documents, bytes, and for
    an account's own file when the first and the last of it was collected, in RFC 3339."""

    path: str
    sha256: str
    documents: int
    bytes: int
    started: str | UnsetType = UNSET
    finished: str | UnsetType = UNSET


class AccountSnapshot(Struct, kw_only=True, frozen=True):
    """The snapshot of an account that answers what templates do not decide: its path, when it was
    taken (RFC 3339, UTC), the accounts in it that templates go to, and what templates go to that it
    does not hold (a cloud, or a cloud and an account)."""

    path: str
    taken: str
    accounts: list[str]
    unmatched: list[str] = []


class Manifest(Struct, kw_only=True):
    """What the snapshot holds. Times are RFC 3339 in UTC."""

    kind: Literal["mlps.snapshot"] = KIND
    schema_version: int = SCHEMA_VERSION
    tool_version: str
    started: str
    finished: str
    providers: list[str]
    accounts: list[str]
    regions: list[str]
    origin: Literal["live", "template"] = "live"
    counts: dict[str, int]
    files: list[SnapshotFile]
    failed_calls: list[FailedCall]
    unmapped: dict[str, int] = {}
    """Resources of templates by their type, where nothing here reads the type: not judged."""
    account_snapshot: AccountSnapshot | None = None
    """Of templates: the snapshot that answers for their account."""
    sha256: str = ""
    """Of the manifest itself, as JSON without spaces and with this field empty."""


class SnapshotError(UserError):
    """The snapshot cannot be read or written as it is."""


class Located(Struct, frozen=True):
    """A document with the place that it was read from."""

    document: Document
    file: str
    line: int


class SnapshotWriter:
    """Writes a snapshot; nothing stands at `path` until `finish` has been called.

    Use as a context manager: leaving it without `finish` removes what was written so far.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._compress = path.name.endswith(".zst")
        with _writing(path):
            _refuse_foreign_folder(path)
            path.parent.mkdir(parents=True, exist_ok=True)
            self._scratch = Scratch(path)
        self._folder = self._scratch.folder
        self._lock = threading.Lock()
        self._files: dict[str, _DataFile] = {}
        self.counts: dict[str, int] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for file in self._files.values():
            # A full disk may refuse the last bytes again; they are removed in any case.
            with suppress(OSError):
                file.close()
        self._scratch.remove()

    def write(self, document: Document) -> None:
        """Append a document to its account's file. Threads may write at the same time."""
        folder = _safe_name(document.account)
        line = msgspec.json.encode(document)
        with self._lock, _writing(self._path):
            if folder not in self._files:
                name = f"{folder}/resources.ndjson" + (".zst" if self._compress else "")
                self._files[folder] = _DataFile(self._folder, name)
            self._files[folder].write(line)
            # A stand-in for what could not be listed is no resource.
            if not document.unlisted:
                self.counts[document.type] = self.counts.get(document.type, 0) + 1

    def done(self, account: str, started: str, finished: str) -> None:
        """Close an account's file, to which nothing more is written: hundreds of accounts must not
        mean hundreds of open files. The manifest tells when it was collected, in RFC 3339."""
        with self._lock:
            file = self._files.get(_safe_name(account))
        if file:
            with _writing(self._path):
                file.close()
            file.started, file.finished = started, finished

    def finish(self, manifest: Manifest) -> Manifest:
        """Write the manifest with the data files' digests, and move the snapshot into place."""
        with _writing(self._path):
            manifest.files = [self._files[folder].finish() for folder in sorted(self._files)]
            manifest.counts = dict(sorted(self.counts.items()))
            manifest.sha256 = digest_of(manifest)
            target = self._folder / MANIFEST
            private = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(private, "wb") as out:
                out.write(msgspec.json.format(msgspec.json.encode(manifest), indent=2) + b"\n")
            # Something else may have appeared there since.
            _refuse_foreign_folder(self._path)
            self._scratch.move()
        return manifest


@contextmanager
def _writing(path: Path) -> Iterator[None]:
    """Turn what the file system refuses into a sentence."""
    try:
        yield
    except OSError as error:
        raise SnapshotError(
            f"Cannot write the snapshot {path}: {error.strerror}.",
            "Choose another place with -o, or make the folder writable.",
        ) from error


class _DataFile:
    """An NDJSON file that is hashed while it is written."""

    def __init__(self, root: Path, name: str) -> None:
        self.name = name
        self.documents = 0
        self.started: str | UnsetType = UNSET
        self.finished: str | UnsetType = UNSET
        self._path = root / name
        self._path.parent.mkdir(mode=0o700, exist_ok=True)
        descriptor = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        self._out: IO[bytes] = os.fdopen(descriptor, "wb")
        if name.endswith(".zst"):
            self._out = zstandard.ZstdCompressor(level=3).stream_writer(self._out)

    def write(self, line: bytes) -> None:
        self._out.write(line + b"\n")
        self.documents += 1

    def close(self) -> None:
        if not self._out.closed:
            self._out.close()

    def finish(self) -> SnapshotFile:
        self.close()
        digest, size = _digest(self._path)
        return SnapshotFile(
            path=self.name,
            sha256=digest,
            documents=self.documents,
            bytes=size,
            started=self.started,
            finished=self.finished,
        )


class Snapshot:
    """A snapshot that was opened and verified. Documents stream; nothing is held in memory."""

    def __init__(self, path: Path, manifest: Manifest) -> None:
        self.path = path
        self.manifest = manifest

    def __iter__(self) -> Iterator[Located]:
        """Every document with its file and 1-based line, in the files' order."""
        decoder = msgspec.json.Decoder(Document)
        for file in self.manifest.files:
            with _open_lines(self.path / file.path) as lines:
                for number, line in enumerate(lines, start=1):
                    yield Located(_decode(decoder, line, file.path, number), file.path, number)


def open_snapshot(path: Path) -> Snapshot:
    """Open a snapshot after verifying its manifest and digests.

    Raises SnapshotError when it is missing, truncated, edited, or from a newer schema.
    """
    manifest = _read_manifest(path)
    for file in manifest.files:
        _verify(path, file)
    _refuse_unlisted_files(path, manifest)
    return Snapshot(path, manifest)


class _ManifestVersion(Struct):
    kind: str = ""
    schema_version: int = 0
    tool_version: str = "?"


def _read_manifest(path: Path) -> Manifest:
    try:
        raw = (path / MANIFEST).read_bytes()
    except (FileNotFoundError, NotADirectoryError) as error:
        what = "has no manifest.json" if path.exists() else "does not exist"
        raise SnapshotError(
            f"{path} is not a snapshot: it {what}.",
            "Make one with: mlps collect aws -o SNAPSHOT",
        ) from error
    except OSError as error:
        raise SnapshotError(
            f"Cannot read the snapshot {path}: {error.strerror}.",
            "Run as the user that wrote it: its files are private (0600).",
        ) from error
    again = "Collect it again with: mlps collect"
    try:
        version = msgspec.json.decode(raw, type=_ManifestVersion)
    except msgspec.MsgspecError as error:
        raise SnapshotError(f"The manifest of {path} is damaged: {error}.", again) from error
    if version.kind != KIND:
        raise SnapshotError(f"{path}/{MANIFEST} is not the manifest of an mlps snapshot.", again)
    if version.schema_version < 1:
        raise SnapshotError(f"{path}/{MANIFEST} names no schema version.", again)
    if version.schema_version > SCHEMA_VERSION:
        raise SnapshotError(
            f"{path} has snapshot schema {version.schema_version}, written by mlps "
            f"{version.tool_version}; this version reads up to schema {SCHEMA_VERSION}.",
            "Upgrade mlps: pipx upgrade mlps-scanner",
        )
    try:
        manifest = msgspec.json.decode(raw, type=Manifest)
    except msgspec.MsgspecError as error:
        raise SnapshotError(f"The manifest of {path} is damaged: {error}.", again) from error
    if manifest.sha256 != digest_of(manifest):
        raise SnapshotError(
            f"{path}/{MANIFEST} was changed after it was written: its SHA-256 is another.", again
        )
    return manifest


def digest_of(manifest: Manifest) -> str:
    """What `Manifest.sha256` must be: it finds edits, and is no signature."""
    plain = msgspec.structs.replace(manifest, sha256="")
    return hashlib.sha256(msgspec.json.encode(plain)).hexdigest()


def _verify(path: Path, file: SnapshotFile) -> None:
    target = path / file.path
    if path.resolve() not in target.resolve().parents:
        raise SnapshotError(
            f"{path}/{MANIFEST} names a file outside the snapshot: {file.path}.",
            "It was not written by mlps: do not use it.",
        )
    again = "Copy it again from its source, or collect it anew."
    try:
        digest, size = _digest(target)
    except FileNotFoundError as error:
        raise SnapshotError(f"{target} is missing from the snapshot.", again) from error
    except OSError as error:
        raise SnapshotError(f"{target} cannot be read: {error.strerror}.", again) from error
    if size < file.bytes:
        raise SnapshotError(
            f"{target} is truncated: {size} bytes of {file.bytes} are there.", again
        )
    if digest != file.sha256:
        raise SnapshotError(
            f"{target} was changed after it was written: its SHA-256 is not the manifest's.", again
        )


def _refuse_unlisted_files(path: Path, manifest: Manifest) -> None:
    """Documents that somebody put there later would be passed over without a word."""
    listed = {file.path for file in manifest.files}
    for found in sorted(path.glob("*/resources.ndjson*")):
        name = found.relative_to(path).as_posix()
        if name not in listed:
            raise SnapshotError(
                f"{path} holds {name}, which its manifest does not name.",
                "Evaluate each snapshot by itself; a folder copied into another is not read.",
            )


def _decode(
    decoder: msgspec.json.Decoder[Document], line: bytes, file: str, number: int
) -> Document:
    try:
        return decoder.decode(line)
    except msgspec.MsgspecError as error:
        raise SnapshotError(f"{file}, line {number}: not a resource document: {error}.") from error


@contextmanager
def _open_lines(path: Path) -> Iterator[IO[bytes]]:
    with path.open("rb") as raw:
        if not path.name.endswith(".zst"):
            yield raw
            return
        with zstandard.ZstdDecompressor().stream_reader(raw) as stream:
            yield io.BufferedReader(stream)


def _digest(path: Path) -> tuple[str, int]:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        return digest, file.tell()


def _safe_name(account: str) -> str:
    """A folder name for an account id, which may hold anything that a cloud or template says."""
    return re.sub(r"[^A-Za-z0-9_-]", "_", account)[:100] or "unknown-account"


def _refuse_foreign_folder(path: Path) -> None:
    """Replacing a snapshot is wanted; replacing anything else that stands there never is."""
    if path.exists() and not _is_snapshot(path) and not _is_empty_folder(path):
        raise SnapshotError(
            f"{path} exists and is not a snapshot; it was left as it is.",
            "Choose another name with -o.",
        )


def _is_snapshot(path: Path) -> bool:
    """Whether the manifest there is a snapshot's own: many a project has a manifest.json."""
    try:
        raw = (path / MANIFEST).read_bytes()
        return msgspec.json.decode(raw, type=_ManifestVersion).kind == KIND
    except (OSError, msgspec.MsgspecError):
        return False


def _is_empty_folder(path: Path) -> bool:
    return path.is_dir() and not any(path.iterdir())
