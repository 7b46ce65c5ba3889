"""A folder for each run: DIR/2026-06-15T183000Z, and DIR/latest, which leads to the newest whole
one."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from collectors.document import UserError

SNAPSHOT = "snapshot.zst"
LATEST = "latest"
_NAME = re.compile(r"\d{4}-\d\d-\d\dT\d{6}Z")


@contextmanager
def run_folder(runs: Path, keep: int) -> Iterator[Path]:
    """A new folder (0700) for a run in `runs`. Left without an error it becomes `latest`, and of
    the older ones all but `keep - 1` are removed; left by an error what is in it stays, for
    --resume, and an empty one goes. Raises UserError where it cannot be made."""
    folder = runs / datetime.now(UTC).strftime("%Y-%m-%dT%H%M%SZ")
    try:
        runs.mkdir(parents=True, exist_ok=True)
        folder.mkdir(mode=0o700)
    except OSError as error:
        raise UserError(
            f"The folder {folder} cannot be made: {error.strerror}.", "Name another with --runs."
        ) from error
    try:
        yield folder
    except BaseException:
        with suppress(OSError):
            folder.rmdir()
        raise
    try:
        _lead(runs, folder.name)
        for old in _older(runs, folder.name)[keep - 1 :]:
            shutil.rmtree(old)
    except OSError as error:
        raise UserError(
            f"Older runs in {runs} cannot be removed: {error.strerror}.",
            "The reports of this run are there; make the folder writable.",
        ) from error


def _lead(runs: Path, name: str) -> None:
    """Let `latest` lead to a run, at once: a reader finds the one or the other."""
    beside = runs / f".{LATEST}.{os.getpid()}"
    beside.unlink(missing_ok=True)
    beside.symlink_to(name, target_is_directory=True)
    beside.replace(runs / LATEST)


def _older(runs: Path, name: str) -> list[Path]:
    """The folders of runs before, the newest first; what else is there is not ours."""
    found = [
        each
        for each in runs.iterdir()
        if _NAME.fullmatch(each.name) and each.is_dir() and not each.is_symlink()
    ]
    return sorted((each for each in found if each.name < name), reverse=True)
