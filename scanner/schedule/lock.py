"""One scan at a time: a lock that the kernel drops with the process, so that none is ever stale."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from collectors.document import UserError
from scanner import exits

try:
    import fcntl
except ImportError:  # pragma: no cover - Windows has no flock
    fcntl = None  # type: ignore[assignment]


HAS_LOCKS = fcntl is not None


def take(file: IO[Any]) -> bool:
    """Lock an open file until it is closed; False where another process holds it. Raises OSError
    where its file system has no locks."""
    assert fcntl is not None
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextmanager
def alone(path: Path | None) -> Iterator[None]:
    """Hold the lock file, nothing for None. Raises EndedError where another process holds it, and
    UserError where there can be no lock. The file stays: removing it would let two in."""
    if path is None:
        yield
        return
    if not HAS_LOCKS:
        raise UserError("--lock needs a system with file locks, which this one has not.")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise UserError(
            f"The lock file {path} cannot be written: {error.strerror}.",
            "Name another with --lock.",
        ) from error
    with os.fdopen(descriptor, "r+", encoding="utf-8") as file:
        try:
            mine = take(file)
        except OSError as error:
            raise UserError(
                f"The file system of the lock {path} has no locks: {error.strerror}.",
                "Name a file on a local disk with --lock.",
            ) from error
        if not mine:
            holder = file.read(200).strip() or "unknown"
            raise exits.EndedError(
                f"Another scan holds the lock {path}: {holder}.",
                "Wait until it has finished; --time-limit ends one that hangs.",
                exits.LOCKED,
            )
        file.truncate(0)
        since = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        file.write(f"process {os.getpid()} since {since}\n")
        file.flush()
        yield
