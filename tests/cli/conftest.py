"""Running `mlps` as a user does, in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.cli.forked import Parent, can_fork, forking

Mlps = Callable[..., "subprocess.CompletedProcess[str]"]
_SECONDS = 120


@pytest.fixture(scope="session")
def parent() -> Iterator[Parent]:
    """What `mlps` is forked from."""
    with forking() as running:
        yield running


@pytest.fixture
def mlps(tmp_path: Path, parent: Parent) -> Mlps:
    """`mlps(*arguments, **environment)`, in an empty folder."""
    folder = tmp_path / "work"
    folder.mkdir()

    def run(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
        words = [str(argument) for argument in arguments]
        if can_fork(environment):
            return parent.run(words, os.environ | environment, folder, _SECONDS)
        return subprocess.run(
            [sys.executable, "-m", "scanner", *words],
            cwd=folder,
            env=os.environ | environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=_SECONDS,
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
