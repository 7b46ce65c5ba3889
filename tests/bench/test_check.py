"""The benchmark of templates compares like with like: directory and plan are one project."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from bench.check import _inputs, measured
from collectors.iac.check import collect
from collectors.snapshot import open_snapshot


def _facts(path: Path, snapshot: Path) -> dict[str, Any]:
    collect([path], snapshot, tool_version="test")
    documents = (each.document for each in open_snapshot(snapshot))
    return {each.id.partition("#")[2]: each.facts for each in documents}


def test_its_directory_and_its_plan_are_the_same_project(tmp_path: Path) -> None:
    (_, directory), (_, plan) = _inputs(tmp_path, 20)
    written = _facts(directory, tmp_path / "written")
    assert len(written) == 16
    assert _facts(plan, tmp_path / "planned").keys() == written.keys()
    checked = {each: facts["encryption"]["enabled"] for each, facts in written.items()
               if each.startswith("aws_db")}  # fmt: skip
    assert checked == {f"aws_db_instance.d{n}": n % 3 != 0 for n in range(4)}


def test_what_fails_is_not_measured() -> None:
    assert measured([sys.executable, "-c", "raise SystemExit(1)"]).memory > 1024 * 1024
    with pytest.raises(RuntimeError, match="ended with 2: no template"):
        measured([sys.executable, "-c", "print('no template'); raise SystemExit(2)"])
