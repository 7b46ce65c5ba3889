"""Running `mlps` as a user does, in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Mlps = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def mlps(tmp_path: Path) -> Mlps:
    """`mlps(*arguments, **environment)`, in an empty folder."""
    folder = tmp_path / "work"
    folder.mkdir()

    def run(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "scanner", *map(str, arguments)]
        return subprocess.run(
            command,
            cwd=folder,
            env=os.environ | environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )

    return run
