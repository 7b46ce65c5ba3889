"""Files that mlps writes for others to read: whole or not at all, and never in a device's place."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from collectors.document import UserError

_DEVICES = (Path("/dev"), Path("/proc"))


class Output:
    """Takes the bytes of a file; a full disk is said as a sentence that names the file."""

    def __init__(self, file: IO[bytes], path: Path, what: str) -> None:
        self._file = file
        self._path = path
        self._what = what

    def write(self, data: bytes) -> int:
        """Write all of `data`. Raises UserError when the disk takes no more."""
        with _sentence(self._path, self._what):
            return self._file.write(data)


@contextmanager
def writing(path: Path, what: str, *, private: bool) -> Iterator[Output]:
    """A file that takes its place at `path` once it is complete.

    It is written beside its place and renamed. A symbolic link keeps pointing to it. What is not a
    file (/dev/null, /dev/stdout, a pipe) is written to as it stands: renaming something over
    /dev/null would take it from every other program. `private` makes the file 0600; otherwise the
    umask decides. Raises UserError, which calls the file "The `what` PATH".
    """
    if is_device(path):
        with _sentence(path, what):
            file = path.open("wb")
        try:
            yield Output(file, path, what)
        finally:
            with _sentence(path, what):
                file.close()
        return
    place = path.resolve()
    with _sentence(path, what):
        # mkstemp makes the file 0600.
        descriptor, name = tempfile.mkstemp(prefix=f".{place.name}.", dir=place.parent)
    temporary = Path(name)
    try:
        file = os.fdopen(descriptor, "wb")
        try:
            yield Output(file, path, what)
        finally:
            with _sentence(path, what):
                file.close()
        with _sentence(path, what):
            if not private:
                temporary.chmod(0o666 & ~_umask())
            temporary.replace(place)
    finally:
        temporary.unlink(missing_ok=True)


@contextmanager
def _sentence(path: Path, what: str) -> Iterator[None]:
    """Turn what the file system refuses into a sentence."""
    try:
        yield
    except OSError as error:
        raise UserError(
            f"The {what} {path} cannot be written: {error.strerror}.", "Choose another place."
        ) from error


def refuse_unwritable(path: Path, what: str) -> None:
    """Raises UserError for a place that cannot take a file, before any work is done for it."""
    if is_device(path):
        writable = os.access(path, os.W_OK)
    else:
        folder = path.resolve().parent
        writable = not path.is_dir() and folder.is_dir() and os.access(folder, os.W_OK)
    if not writable:
        raise UserError(
            f"The {what} {path} cannot be written there.",
            "Name a file in a folder that exists and is writable.",
        )


def numbered(path: Path, number: int) -> Path:
    """The path of a part of a file that is written in several: the first has the path itself, the
    second of "a.sarif" is "a-2.sarif"."""
    return path if number == 1 else path.with_name(f"{path.stem}-{number}{path.suffix}")


def is_device(path: Path) -> bool:
    """Whether it is not a file but something that takes bytes, such as a pipe or /dev/null."""
    if any(folder in path.absolute().parents for folder in _DEVICES):
        return path.exists() and not path.is_dir()
    return path.exists() and not path.is_file() and not path.is_dir()


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
