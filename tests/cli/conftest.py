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


@pytest.fixture
def mlps_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Mlps:
    """Like `mlps`, in this process: for tests with many runs, of which starting is the most."""
    from scanner.cli import main  # noqa: PLC0415

    folder = tmp_path / "work"
    folder.mkdir(exist_ok=True)

    def run(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
        words = ["mlps", *map(str, arguments)]
        with monkeypatch.context() as patch:
            patch.chdir(folder)
            patch.setattr(sys, "argv", words)
            for name, value in environment.items():
                patch.setenv(name, value)
            capsys.readouterr()
            with pytest.raises(SystemExit) as ended:
                main()
        said = capsys.readouterr()
        assert isinstance(ended.value.code, int)
        return subprocess.CompletedProcess(words, ended.value.code, said.out, said.err)

    return run
