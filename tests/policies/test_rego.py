"""The bundle with the real tools: its own tests, the strict compiler, the formatter, the linter."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from scanner.policies import bundled

pytestmark = pytest.mark.go_tools


def _run(*command: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(part) for part in command],
        cwd=bundled().parent,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_tests_beside_the_checks_pass_in_opa(opa: str) -> None:
    done = _run(opa, "test", "--bundle", "--format", "json", bundled())
    results = json.loads(done.stdout)
    wrong = [f"{r['package']}.{r['name']}" for r in results if "fail" in r or "error" in r]
    assert wrong == []
    assert done.returncode == 0, done.stderr
    tested = {result["package"] for result in results}
    files = bundled().rglob("*_test.rego")
    assert len(tested) == len(list(files)) > 50


def test_the_bundle_compiles_strictly(opa: str) -> None:
    done = _run(opa, "check", "--strict", "--bundle", bundled())
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_the_bundle_is_formatted(opa: str) -> None:
    done = _run(opa, "fmt", "--list", bundled())
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_regal_finds_nothing(regal: str) -> None:
    done = _run(regal, "lint", "--format", "json", bundled())
    report = json.loads(done.stdout)
    found = [f"{v['location']['file']}: {v['title']}" for v in report["violations"] or []]
    assert found == []
    assert done.returncode == 0, done.stderr
    assert report["summary"]["files_scanned"] > 100
