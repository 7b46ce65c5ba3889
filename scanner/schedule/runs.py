"""A folder for each run: DIR/2026-06-15T183000Z, and DIR/latest, which leads to the newest whole
one.

A run that is under way, or was killed or interrupted, has a mark in its folder: it is never taken
for a whole one, and never removed while its process is alive.
"""

from __future__ import annotations

import os
import re
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

import click

from collectors.document import UserError
from scanner.schedule.lock import HAS_LOCKS, take

SNAPSHOT = "snapshot.zst"
LATEST = "latest"
_MARK = ".running"
_NAME = re.compile(r"\d{4}-\d\d-\d\dT\d{6}Z")


@contextmanager
def run_folder(runs: Path, keep: int) -> Iterator[Path]:
    """A new folder (0700) for a run in `runs`. Left without an error it becomes `latest`, unless a
    newer one is, and of the whole ones the newest `keep` stay; left by an error what is in it
    stays, for --resume, and an empty one goes. Raises UserError where it cannot be made; older ones
    that cannot be removed are said, and change nothing of the run."""
    folder, mark = _made(runs)
    try:
        yield folder
    except BaseException:
        mark.close()
        if {each.name for each in folder.iterdir()} == {_MARK}:
            shutil.rmtree(folder, ignore_errors=True)
        raise
    (folder / _MARK).unlink()
    mark.close()
    try:
        whole = [one for one in _folders(runs) if not (one / _MARK).exists()]
        _lead(runs, whole[0].name)
        for old in whole[keep:]:
            shutil.rmtree(old)
        for left in _folders(runs):
            if left.name < folder.name and _is_left(left):
                shutil.rmtree(left)
    except OSError as error:
        click.echo(f"Older runs in {runs} cannot be removed: {error.strerror}.", err=True)


def _made(runs: Path) -> tuple[Path, IO[bytes]]:
    """A folder of its own name, with its mark, locked."""
    while True:
        folder = runs / datetime.now(UTC).strftime("%Y-%m-%dT%H%M%SZ")
        try:
            runs.mkdir(parents=True, exist_ok=True)
            folder.mkdir(mode=0o700)
            mark = (folder / _MARK).open("wb")
        except FileExistsError:
            # Another run began in this second.
            time.sleep(0.2)
            continue
        except OSError as error:
            raise UserError(
                f"The folder {folder} cannot be made: {error.strerror}.",
                "Name another with --runs.",
            ) from error
        if HAS_LOCKS:
            with suppress(OSError):
                take(mark)
        return folder, mark


def _is_left(folder: Path) -> bool:
    """Whether a run ended in a folder without having finished. In doubt it is still under way."""
    try:
        with (folder / _MARK).open("rb") as mark:
            return HAS_LOCKS and take(mark)
    except OSError:
        return False


def _lead(runs: Path, name: str) -> None:
    """Let `latest` lead to a run, at once: a reader finds the one or the other."""
    beside = runs / f".{LATEST}.{os.getpid()}"
    beside.unlink(missing_ok=True)
    beside.symlink_to(name, target_is_directory=True)
    beside.replace(runs / LATEST)


def _folders(runs: Path) -> list[Path]:
    """The folders of runs, the newest first; what else is there is not ours."""
    found = [
        each
        for each in runs.iterdir()
        if _NAME.fullmatch(each.name) and each.is_dir() and not each.is_symlink()
    ]
    return sorted(found, reverse=True)
