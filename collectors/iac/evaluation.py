"""tfparse in a process of its own: it is Go code, and what it does not expect ends its process.

    python -m collectors.iac.evaluation

answers each line of its standard input, a JSON list of a folder to stand in, a root and its .tfvars
files, with a line: a JSON list of the parser's error or null, and the evaluated blocks. One process
answers for project after project: to start it takes far longer than most of them need.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any

from msgspec import Struct

_LONGEST = 300
"""Seconds for one project; a large one needs a few."""

_LARGE = 4 * 2**20
"""Bytes of an answer after which the process ends: the memory that it took would stay taken."""


class NotValidError(Exception):
    """A file is not valid HCL; the message is the parser's."""


class CrashedError(Exception):
    """The parser ended without an answer."""


def evaluate(root: Path, variables: Sequence[str] = ()) -> dict[str, list[dict[str, Any]]]:
    """The blocks of the project at `root` by their kind, as tfparse evaluates them.

    `variables` are .tfvars files relative to the root. Raises NotValidError or CrashedError.
    """
    error, found = _PARSER.answer([str(Path.cwd()), str(root), *variables])
    if error is not None:
        raise NotValidError(error.strip())
    blocks: dict[str, list[dict[str, Any]]] = found
    return blocks


class _Process(Struct):
    """A running parser: whose child it is, its standard error, whether it was asked before."""

    popen: subprocess.Popen[bytes]
    owner: int
    errors: IO[bytes]
    used: bool = False


class _Parser:
    """The process that answers, started when it is first asked."""

    def __init__(self) -> None:
        self._process: _Process | None = None

    def answer(self, asked: list[str]) -> tuple[str | None, Any]:
        """The parser's error, or the blocks. Raises CrashedError."""
        process = self._running()
        used, process.used = process.used, True
        try:
            line = _line(process, asked)
        except CrashedError:
            self.close()
            if not used:
                raise
            # What came before may have brought it down: the project counts as broken when a new
            # process fails as well.
            return self.answer(asked)
        except BaseException:
            # Interrupted: the answer that is under way must not be taken for the next project's.
            self.close()
            raise
        if len(line) > _LARGE:
            self.close()
        error, found = json.loads(line)
        return error, found

    def _running(self) -> _Process:
        process = self._process
        # A process that was forked has the parser of the one that it is from.
        if process is None or process.owner != os.getpid() or process.popen.poll() is not None:
            self.close()
            self._process = process = _started()
        return process

    def close(self) -> None:
        """End the process."""
        process, self._process = self._process, None
        if process is None or process.owner != os.getpid():
            return
        # What it did not take of a question is still to be written, which fails again.
        with process.errors, contextlib.suppress(BrokenPipeError), process.popen:
            process.popen.kill()


_PARSER = _Parser()
atexit.register(_PARSER.close)


def _started() -> _Process:
    errors = tempfile.TemporaryFile()  # noqa: SIM115 - it is open as long as the process.
    # -P: a folder named like a module of ours, where the user stands, must not be imported.
    popen = subprocess.Popen(  # noqa: S603
        [sys.executable, "-P", "-m", __name__],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=errors,
    )
    return _Process(popen, os.getpid(), errors)


def _line(process: _Process, asked: list[str]) -> bytes:
    """The line that answers. Raises CrashedError."""
    popen = process.popen
    assert popen.stdin
    assert popen.stdout
    said = os.fstat(process.errors.fileno()).st_size
    limit = threading.Timer(_LONGEST, popen.kill)
    limit.start()
    try:
        popen.stdin.write(json.dumps(asked).encode() + b"\n")
        popen.stdin.flush()
        line = popen.stdout.readline()
    except BrokenPipeError:
        line = b""
    finally:
        in_time = limit.is_alive()
        limit.cancel()
    if line.endswith(b"\n"):
        return line
    code = popen.wait()
    if not in_time:
        raise CrashedError(f"no answer after {_LONGEST} seconds")
    process.errors.seek(said)
    lines = process.errors.read().decode(errors="replace").strip().splitlines()
    raise CrashedError(lines[0] if lines else f"exit code {code}")


def _main() -> None:
    # Only this process pays for loading the parser, and only it ends with it.
    import tfparse  # noqa: PLC0415

    # What the parser prints must not stand among the answers.
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    for line in sys.stdin:
        folder, root, *variables = json.loads(line)
        os.chdir(folder)
        error = found = None
        try:
            found = tfparse.load_from_path(root, stop_on_hcl_error=True, vars_paths=variables)
        except tfparse.ParseError as refused:
            error = str(refused)
        json.dump([error, found], answers)
        answers.write("\n")
        answers.flush()


if __name__ == "__main__":
    _main()
