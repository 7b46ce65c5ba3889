"""The log of a run for machines: JSON lines, one event each, times in UTC.

    {"time": "2026-06-15T18:30:00Z", "level": "info", "event": "step", "done": 1, "total": 80, …}

Events are `started`, `step`, `failed_call`, `collected`, `not_notified`, `error` and `finished`,
the last of every run, with the exit code and the seconds. No secret is in any: messages are those
of standard error.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from io import RawIOBase
from pathlib import Path
from typing import Any, Literal

import click
import msgspec

from collectors.document import UserError
from collectors.snapshot import Manifest
from scanner import __version__, exits

Level = Literal["info", "warning", "error"]


class RunLog:
    """Writes events, and nothing where there is no file."""

    def __init__(self, out: RawIOBase | None) -> None:
        self._out = out
        self._started = time.monotonic()

    def write(self, event: str, level: Level = "info", **about: Any) -> None:
        """Append an event."""
        if self._out is None:
            return
        now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        line = {"time": now, "level": level, "event": event, **about}
        try:
            self._out.write(msgspec.json.encode(line) + b"\n")
        except OSError as error:
            # A full disk ends the log, and not the scan.
            self._out = None
            click.echo(f"The log cannot be written any more: {error.strerror}.", err=True)

    def step(self, done: int, total: int, name: str) -> None:
        """A step of collecting is finished."""
        self.write("step", done=done, total=total, step=name)

    def collected(self, manifest: Manifest) -> None:
        """Everything is collected; each call that failed is told."""
        for call in manifest.failed_calls:
            self.write("failed_call", "warning", **msgspec.to_builtins(call))
        self.write(
            "collected",
            accounts=manifest.accounts,
            regions=manifest.regions,
            resources=sum(manifest.counts.values()),
            failed_calls=len(manifest.failed_calls),
        )

    def finished(self, exit_code: int) -> None:
        """The run has ended."""
        seconds = round(time.monotonic() - self._started, 1)
        level: Level = "info" if exit_code == 0 else "warning"
        self.write("finished", level, exit_code=exit_code, seconds=seconds)


@contextmanager
def logging_to(path: Path | None, **about: Any) -> Iterator[RunLog]:
    """The log of a run, appended to a file; nothing is written for None. Whatever ends the run, its
    last event is `finished`. Raises UserError where the file cannot be opened."""
    if path is None:
        yield RunLog(None)
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise UserError(
            f"The log {path} cannot be written: {error.strerror}.", "Name another with --log-file."
        ) from error
    # Unbuffered: whoever reads along sees each event, and none is lost with the process.
    with os.fdopen(descriptor, "ab", buffering=0) as out:
        log = RunLog(out)
        log.write("started", version=__version__, process=os.getpid(), **about)
        try:
            yield log
        except UserError as error:
            log.write("error", "error", message=error.message, hint=error.hint)
            log.finished(exits.of(error))
            raise
        except KeyboardInterrupt:
            log.write("error", "error", message="Interrupted.")
            log.finished(exits.INTERRUPTED)
            raise
        except Exception as error:
            log.write("error", "error", message=f"Internal error: {type(error).__name__}")
            log.finished(exits.INTERNAL)
            raise
