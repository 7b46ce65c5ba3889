"""What all processes of a test run share, as it takes longer to make than to use."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


def once(told: Path, make: Callable[[], str]) -> str:
    """What the first process that asks made, while the others waited. It stands in the file."""
    with told.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not told.exists():
            told.write_text(make(), encoding="utf-8")
        return told.read_text(encoding="utf-8")


@contextmanager
def held(pipe: Path) -> Iterator[Path]:
    """A named pipe that is open for writing until all processes that hold it are gone, by whatever
    end: whoever reads it knows by its end that nobody is left."""
    with suppress(FileExistsError):  # of another process
        os.mkfifo(pipe)
    # For reading too: otherwise it would wait here for somebody who reads.
    number = os.open(pipe, os.O_RDWR)
    try:
        yield pipe
    finally:
        os.close(number)
