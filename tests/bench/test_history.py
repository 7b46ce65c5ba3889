"""The benchmark of the history still runs. Its numbers are not asserted."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bench.history import measure


def test_runs_are_stored_and_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    measure(300, str(tmp_path / "history.db"))
    stored = r"(?:store 06-\d\d +[\d.]+ s\n +[\d.]+ MiB\n){3}"
    assert re.fullmatch(stored + r"diff +[\d.]+ s\ntrend +[\d.]+ s\n", capsys.readouterr().out)
