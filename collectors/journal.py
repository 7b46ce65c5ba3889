"""The journal of a collection: what is finished of it, so that an interrupted one can go on.

It stands beside the snapshot, as `SNAPSHOT.part`, while the snapshot is collected, and is removed
when that is whole. Each finished step is a file of its own, written whole or not at all: whatever
kills the process leaves finished steps and nothing that looks like one.
"""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, Self

import msgspec
from msgspec import Struct

from collectors.answers import Answers
from collectors.document import Document, UserError
from collectors.scratch import Scratch, discard, is_locked, lock, sweep, unlock
from collectors.snapshot import MANIFEST, FailedCall, Manifest

SUFFIX = ".part"
_HEADER = "journal.json"
_KIND: Literal["mlps.journal"] = "mlps.journal"


class Header(Struct, kw_only=True):
    """What decides a collection: one that goes on must have the same. `started` is when the first
    run began, in RFC 3339."""

    kind: Literal["mlps.journal"] = _KIND
    tool_version: str
    provider: str
    account: str
    options: dict[str, str]
    started: str


class Finished(Struct):
    """A finished step: what it gave, the calls that had failed until then, and when it was."""

    key: tuple[str, str]
    documents: list[Document]
    failed: list[FailedCall]
    at: str


class Journal:
    """The finished steps of a collection. Thread-safe: each step has a file of its own."""

    def __init__(self, snapshot: Path, header: Header, *, resume: bool) -> None:
        """Open the journal beside `snapshot`, or begin one. Raises UserError where one that goes
        on was begun otherwise, where another process writes it, and where something else stands in
        its place."""
        self.folder = snapshot.with_name(snapshot.name + SUFFIX)
        self.started = header.started
        self.tool_version = header.tool_version
        self._guard = threading.Lock()
        self._lock: int | None = None
        sweep(self.folder)
        found = _header(self.folder)
        if found is None and self.folder.exists():
            raise UserError(
                f"{self.folder} exists and is not a journal of mlps; it was left as it is.",
                "Choose another name with -o.",
            )
        self._refuse_busy()
        # One that is not gone on with is replaced once there is something to keep.
        self._header: Header | None = header
        if found is not None and resume and not _is_whole(snapshot, found):
            _refuse_another(self.folder, found, header)
            self.started = found.started
            self._header = None
            self._lock = lock(self.folder)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        unlock(self._lock)
        self._lock = None

    def read(self, account: str, step: str) -> Finished | None:
        """What a step gave before; None where it is to be done. A damaged file is a step to be done
        again."""
        if self._header:
            return None
        path = self._path(account, step)
        try:
            digest, _, content = path.read_bytes().partition(b"\n")
            if hashlib.sha256(content).hexdigest().encode() != digest:
                return None
            found = msgspec.json.decode(content, type=Finished)
        except (OSError, msgspec.MsgspecError):
            return None
        return found if found.key == (account, step) else None

    def write(self, finished: Finished) -> None:
        """Keep a finished step. Raises UserError where the disk does not take it."""
        with self._guard:
            if self._header:
                self._begin(self._header)
                self._header = None
        content = msgspec.json.encode(finished)
        digest = hashlib.sha256(content).hexdigest().encode()
        _write(self._path(*finished.key), digest + b"\n" + content)

    def close(self) -> None:
        """Remove the journal: the snapshot is whole."""
        if self._lock is not None or not self._header:
            discard(self.folder)

    def _begin(self, header: Header) -> None:
        self._refuse_busy()
        try:
            self.folder.parent.mkdir(parents=True, exist_ok=True)
            scratch = Scratch(self.folder)
            content = msgspec.json.format(msgspec.json.encode(header), indent=2)
            _write(scratch.folder / _HEADER, content)
            scratch.move()
        except OSError as error:
            raise _unwritable(self.folder, error) from error
        self._lock = scratch.lock

    def _refuse_busy(self) -> None:
        if is_locked(self.folder):
            raise UserError(
                f"{self.folder} is in use: another mlps collects into this snapshot.",
                "Wait until it has finished, or choose another name with -o.",
            )

    def _path(self, account: str, step: str) -> Path:
        return self.folder / hashlib.sha256(f"{account}\n{step}".encode()).hexdigest()[:32]


class Keeper:
    """Keeps the steps of one account. `answers` are those of the readers that its steps ask."""

    def __init__(self, journal: Journal, account: str, answers: Sequence[Answers]) -> None:
        self._journal = journal
        self._account = account
        self._answers = answers
        self._guard = threading.Lock()
        self._noted = [len(each.failed_calls) for each in answers]
        self._times = [now()]

    @property
    def started(self) -> str:
        """When the first of what there is was asked, in this run or in one before."""
        return min(self._times)

    @property
    def finished(self) -> str:
        """When the last of it was there."""
        return max(self._times)

    def known(self, step: str) -> list[Document] | None:
        """The documents of a step that was finished before."""
        found = self._journal.read(self._account, step)
        if found is None:
            return None
        with self._guard:
            self._times.append(found.at)
        self._answers[0].take(found.failed)
        return found.documents

    def keep(self, step: str, documents: list[Document]) -> None:
        """Keep a step that is finished, with the calls that have failed since the last one: of
        steps that run at the same time each call is kept with one of them."""
        with self._guard:
            failed: list[FailedCall] = []
            for index, each in enumerate(self._answers):
                calls = each.failed_calls
                new = calls[self._noted[index] :]
                self._noted[index] += len(new)
                failed += new
            at = now()
            self._times.append(at)
            # The lock is held: what the next step is kept without must be on the disk.
            self._journal.write(Finished((self._account, step), documents, failed, at))


def now() -> str:
    """The time in UTC, in RFC 3339."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _is_whole(snapshot: Path, header: Header) -> bool:
    """Whether the snapshot of a journal was finished: its process was killed in the last moment."""
    try:
        made = msgspec.json.decode((snapshot / MANIFEST).read_bytes(), type=Manifest)
    except (OSError, msgspec.MsgspecError):
        return False
    return (made.started, made.tool_version) == (header.started, header.tool_version)


def _header(folder: Path) -> Header | None:
    try:
        return msgspec.json.decode((folder / _HEADER).read_bytes(), type=Header)
    except (OSError, msgspec.MsgspecError):
        return None


def _refuse_another(folder: Path, found: Header, header: Header) -> None:
    for what, one, other in (
        ("version of mlps", found.tool_version, header.tool_version),
        ("cloud", found.provider, header.provider),
        ("account", found.account, header.account),
        *(
            (
                f"--{name.replace('_', '-')}",
                found.options.get(name, ""),
                header.options.get(name, ""),
            )
            for name in sorted(found.options.keys() | header.options.keys())
        ),
    ):
        if one != other:
            raise UserError(
                f"{folder} was begun with another {what}: {one or 'none'}, and now it is"
                f" {other or 'none'}.",
                "Repeat with what it was begun with, or without --resume to begin anew.",
            )


def _write(path: Path, content: bytes) -> None:
    """Write a file whole or not at all, for its owner alone."""
    beside = path.with_name(f"{path.name}.{os.getpid()}.{threading.get_ident()}.new")
    try:
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        beside.replace(path)
    except OSError as error:
        raise _unwritable(path.parent, error) from error


def _unwritable(folder: Path, error: OSError) -> UserError:
    return UserError(
        f"Cannot write the journal {folder}: {error.strerror}.",
        "Choose another place with -o, or make room there.",
    )
