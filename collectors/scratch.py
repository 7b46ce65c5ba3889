"""Folders that are written beside their final place, and swept away where a killed process left
them.

The name says that they are ours (`.NAME.xxxxxxxx.mlps`), and a lock that the kernel drops with the
process says that somebody still writes there.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

try:
    import fcntl
except ImportError:  # pragma: no cover - Windows has no flock: nothing is locked or swept there
    fcntl = None  # type: ignore[assignment]

_OURS = ".mlps"
_OLD = ".old"


class Scratch:
    """A folder (0700) beside `place` that will be renamed to it, or removed."""

    def __init__(self, place: Path) -> None:
        sweep(place)
        name = tempfile.mkdtemp(prefix=f".{place.name}.", suffix=_OURS, dir=place.parent)
        self.folder = Path(name)
        self._place = place
        self.lock = lock(self.folder)

    def move(self) -> None:
        """Rename the folder to its place, where what stood there is put aside and then removed. The
        lock stays, with the folder."""
        old = self.folder.with_name(self.folder.name + _OLD)
        replaces = self._place.exists()
        if replaces:
            self._place.rename(old)
        try:
            self.folder.rename(self._place)
        except OSError:
            if replaces:
                old.rename(self._place)
            raise
        shutil.rmtree(old, ignore_errors=True)

    def remove(self) -> None:
        """Remove the folder where it was not moved, and drop the lock."""
        shutil.rmtree(self.folder, ignore_errors=True)
        unlock(self.lock)
        self.lock = None


def discard(place: Path) -> None:
    """Remove a folder so that a process that is killed leaves all of it or nothing at its place."""
    with suppress(OSError):
        name = tempfile.mkdtemp(prefix=f".{place.name}.", suffix=_OURS, dir=place.parent)
        place.rename(name)
        shutil.rmtree(name, ignore_errors=True)


def sweep(place: Path) -> None:
    """Remove what killed processes left beside `place`; what they had put aside comes back."""
    if fcntl is None:
        return
    for old in sorted(_beside(place, _OURS + _OLD)):
        if not place.exists() and not is_locked(old.with_name(old.name.removesuffix(_OLD))):
            with suppress(OSError):
                old.rename(place)
        elif place.exists():
            shutil.rmtree(old, ignore_errors=True)
    for folder in _beside(place, _OURS):
        if not is_locked(folder):
            shutil.rmtree(folder, ignore_errors=True)


def lock(folder: Path) -> int | None:
    """Lock a folder until the process ends or `unlock` is called; None where it is locked by
    another, or where there are no locks."""
    if fcntl is None:
        return None
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError:
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(descriptor)
        return None
    return descriptor


def unlock(descriptor: int | None) -> None:
    """Drop a lock."""
    if descriptor is not None:
        os.close(descriptor)


def is_locked(folder: Path) -> bool:
    """Whether another process, or another part of this one, writes in a folder."""
    if fcntl is None or not folder.exists():
        return False
    mine = lock(folder)
    unlock(mine)
    return mine is None


def _beside(place: Path, ending: str) -> list[Path]:
    prefix = f".{place.name}."
    with suppress(OSError):
        return [
            each
            for each in place.parent.iterdir()
            if each.name.startswith(prefix)
            and each.name.endswith(ending)
            and "." not in each.name[len(prefix) : -len(ending)]
            and each.is_dir()
        ]
    return []
