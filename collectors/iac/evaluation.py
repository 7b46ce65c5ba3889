"""tfparse in a process of its own: it is Go code, and what it does not expect ends its process.

    python -m collectors.iac.evaluation ROOT [TFVARS…]

prints the evaluated blocks as JSON, or exits 3 with the parser's error on standard error.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

_NOT_VALID = 3
_LONGEST = 300
"""Seconds for one project; a large one needs a few."""


class NotValidError(Exception):
    """A file is not valid HCL; the message is the parser's."""


class CrashedError(Exception):
    """The parser ended without an answer."""


def evaluate(root: Path, variables: Sequence[str] = ()) -> dict[str, list[dict[str, Any]]]:
    """The blocks of the project at `root` by their kind, as tfparse evaluates them.

    `variables` are .tfvars files relative to the root. Raises NotValidError or CrashedError.
    """
    # -P: a folder named like a module of ours, where the user stands, must not be imported.
    command = [sys.executable, "-P", "-m", __name__, str(root), *variables]
    try:
        done = subprocess.run(command, capture_output=True, timeout=_LONGEST, check=False)  # noqa: S603
    except subprocess.TimeoutExpired as error:
        raise CrashedError(f"no answer after {_LONGEST} seconds") from error
    if done.returncode == _NOT_VALID:
        raise NotValidError(done.stderr.decode(errors="replace").strip())
    if done.returncode != 0:
        lines = done.stderr.decode(errors="replace").strip().splitlines()
        raise CrashedError(lines[0] if lines else f"exit code {done.returncode}")
    answer: dict[str, list[dict[str, Any]]] = json.loads(done.stdout)
    return answer


def _main() -> int:
    # Only this process pays for loading the parser, and only it ends with it.
    import tfparse  # noqa: PLC0415

    root, *variables = sys.argv[1:]
    try:
        found = tfparse.load_from_path(root, stop_on_hcl_error=True, vars_paths=variables)
    except tfparse.ParseError as error:
        sys.stderr.write(str(error))
        return _NOT_VALID
    json.dump(found, sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(_main())
