"""`mlps` in a process of its own that need not import anything: it is forked from one that has.

Importing takes as long as most of what tests run. The forked process has the arguments, the
environment, the folder and the streams that it would have, and runs `python -m scanner` to its end.
What Python or the C library read when they start (PYTHON…, LC_…, LANG, TZ) it has from its parent.

This file is the parent as well, run as a script: it reads a run a line, and answers with its code.
"""

from __future__ import annotations

import gc
import importlib
import os
import pkgutil
import runpy
import select
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import msgspec
from msgspec import Struct

ROOT = Path(__file__).parent.parent.parent
_READ_AT_THE_START = ("PYTHON", "LC_", "LANG", "TZ")


class Run(Struct):
    """One run of `mlps`: its arguments, its environment, its folder, the files of its streams."""

    arguments: list[str]
    environment: dict[str, str]
    folder: str
    out: str
    err: str


class Parent:
    """The process that forks."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process

    def end(self) -> None:
        """End it, with what it still runs."""
        os.killpg(self._process.pid, signal.SIGKILL)

    def run(
        self, arguments: list[str], environment: Mapping[str, str], folder: Path, seconds: float
    ) -> subprocess.CompletedProcess[str]:
        """Run `mlps`, for at most so many seconds."""
        with tempfile.TemporaryDirectory() as streams:
            out, err = Path(streams, "out"), Path(streams, "err")
            run = Run(arguments, dict(environment), str(folder), str(out), str(err))
            given, answers = _streams(self._process)
            given.write(msgspec.json.encode(run) + b"\n")
            given.flush()
            if not select.select([answers], [], [], seconds)[0]:
                self.end()  # what it would still answer is of no later run
                raise subprocess.TimeoutExpired(arguments, seconds)
            code = int(answers.readline())
            return subprocess.CompletedProcess(
                ["mlps", *arguments],
                code,
                out.read_text(encoding="utf-8"),
                err.read_text(encoding="utf-8"),
            )


@contextmanager
def forking() -> Iterator[Parent]:
    """A parent, ended at the end."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.cli.forked"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        start_new_session=True,
    ) as process:
        parent = Parent(process)
        try:
            yield parent
        finally:
            parent.end()


def can_fork(changes: Mapping[str, str]) -> bool:
    """Whether a run with these changes of the environment can be forked."""
    return not any(name.startswith(_READ_AT_THE_START) for name in changes)


def _streams(process: subprocess.Popen[bytes]) -> tuple[IO[bytes], IO[bytes]]:
    assert process.stdin is not None
    assert process.stdout is not None
    return process.stdin, process.stdout


def _serve() -> None:
    """Fork for each line, and say how each run ended, as `subprocess` tells it."""
    _import_everything()
    gc.freeze()  # what was imported is not searched for garbage by each child
    for line in sys.stdin.buffer:
        run = msgspec.json.decode(line, type=Run)
        child = os.fork()
        if child == 0:
            _become(run)
            return
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        sys.stdout.write(f"{code}\n")
        sys.stdout.flush()


def _import_everything() -> None:
    """What commands import when they run. Azure's and Alibaba Cloud's have tests of their own."""
    for name in ("scanner", "collectors.iac", "collectors.aws"):
        package = importlib.import_module(name)
        for module in pkgutil.walk_packages(package.__path__, f"{name}."):
            if not module.name.endswith("__main__"):
                importlib.import_module(module.name)


def _become(run: Run) -> None:
    """Be the process that `python -m scanner` starts."""
    writes = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    for path, flags, stream in (
        (os.devnull, os.O_RDONLY, 0),
        (run.out, writes, 1),
        (run.err, writes, 2),
    ):
        os.dup2(os.open(path, flags), stream)
    os.chdir(run.folder)
    os.environ.clear()
    os.environ.update(run.environment)
    sys.argv = ["mlps", *run.arguments]
    runpy.run_module("scanner", run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    _serve()
