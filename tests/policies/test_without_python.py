"""The bundle without this project's Python: `opa eval` on one document, as the README shows it,
gives the findings that `mlps` reports."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from collectors.snapshot import open_snapshot
from scanner.evaluate import read_verdicts
from scanner.pipeline import open_evaluator
from scanner.policies import bundled, load
from scanner.verdict import ResourceVerdicts
from tests.scanner.made import settings

pytestmark = pytest.mark.go_tools

LEVEL = 3
FEW = 6
"""Documents, each of another type: OPA compiles the whole bundle for each of them."""


def _findings(opa: str, document: dict[str, Any], folder: Path) -> dict[str, Any]:
    """`deny` of every check on a document, by package."""
    path = folder / "document.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    data = ["-d", str(bundled() / "lib"), "-d", str(bundled() / "checks")]
    done = subprocess.run(
        [opa, "eval", "--format", "raw", *data, "-i", str(path), "data.mlps.checks"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return {
        f"mlps.checks.{domain}.{name}": rules["deny"]
        for domain, checks in json.loads(done.stdout).items()
        for name, rules in checks.items()
        if "deny" in rules
    }


def test_opa_eval_finds_the_same(opa: str, company_snapshot: Path, tmp_path: Path) -> None:
    snapshot = open_snapshot(company_snapshot)
    now = snapshot.manifest.finished
    with open_evaluator(settings()) as evaluator:
        evaluator.evaluate(company_snapshot, (LEVEL,), tmp_path / "verdicts")
    packages = {check.id: check.package for check in load(bundled()).checks}
    failed = [
        line
        for line in read_verdicts(tmp_path / "verdicts")
        if isinstance(line, ResourceVerdicts) and any(v.status == "fail" for v in line.verdicts)
    ]
    one_of_each = {line.resource.type: line for line in failed}
    assert len(one_of_each) >= FEW
    raw = {
        json.loads(text)["id"]: json.loads(text)
        for file in snapshot.manifest.files
        for text in (company_snapshot / file.path).read_text(encoding="utf-8").splitlines()
    }
    for line in list(one_of_each.values())[:FEW]:
        document = raw[line.resource.id] | {"level": LEVEL, "system": "default", "now": now}
        found = _findings(opa, document, tmp_path)
        for verdict in line.verdicts:
            if verdict.status == "fail":
                theirs = {_key(f["at"], f["args"]) for f in found[packages[verdict.check]]}
                ours = {_key(f.at, f.args) for f in verdict.findings}
                assert ours <= theirs, (line.resource.id, verdict.check)


def _key(at: str, args: object) -> str:
    return f"{at} {json.dumps(args, sort_keys=True)}"
