"""SARIF as Microsoft's validator reads it, with its rules for GitHub, which are off by default.

Its exit code tells little, and it says nothing of a file that it cannot load: files are valid by
the schema before they are given to it, and what it found is read from the file that it writes.
"""

from __future__ import annotations

import json
import subprocess
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from collectors.snapshot import AccountSnapshot
from scanner.assessment import Assessment, BaselineUse, ChangedSince
from scanner.policies import bundled, load
from scanner.report import Language, Options, load_format, sarif, text_of
from scanner.verdict import VersionControl
from tests.scanner.made import assessed, catalogue, check, ref
from tests.scanner.report import hostile, sarif_log
from tests.scanner.report.sarif_log import failing, template, validator

CONFIG = Path(__file__).parents[3] / "tools" / "sarif-multitool" / "github.xml"


def validated(tool: str, folder: Path, *files: Path) -> Counter[tuple[str, str]]:
    """What it finds in files: rules with levels, counted."""
    out = folder / "found.sarif"
    command = [tool, "validate", *map(str, files), "--rule-kind", "Sarif;Ghas"]
    command += ["--config", str(CONFIG), "--level", "Error;Warning"]
    command += ["--output", str(out), "--log", "ForceOverwrite"]
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=120)
    (run,) = json.loads(out.read_text(encoding="utf-8-sig"))["runs"]
    (invocation,) = run["invocations"]
    assert invocation["executionSuccessful"]
    told = [
        note["descriptor"]["id"]
        for kind in ("toolExecutionNotifications", "toolConfigurationNotifications")
        for note in invocation.get(kind, [])
    ]
    assert told == ["WRN999.RuleExplicitlyDisabled"], done.stdout
    assert f"{len(files)} files scanned" in done.stdout
    return Counter(
        (found["ruleId"], found.get("level", "warning")) for found in run.get("results", [])
    )


def written(folder: Path, name: str, assessment: Assessment, language: Language) -> Path:
    """A log in a file, valid by the schema."""
    text = text_of(load_format("sarif").render(assessment, catalogue(), Options(language=language)))
    assert validator().is_valid(json.loads(text))
    path = folder / f"{name}-{language}.sarif"
    path.write_text(text)
    return path


def examples() -> dict[str, Assessment]:
    """One of everything, names that try something, every bundled check with a repository's
    templates."""
    origin = VersionControl(
        repository="ssh://git.example.com/o/r.git", revision="a" * 40, branch="main", prefix="i/"
    )
    names = ("{0}", "{x", "a {{b}}", "[1](2)", "'")
    lines = [failing(template(uri="网络/my main.tf"), "rules/0"), failing(ref(), "rules/1")]
    lines += [failing(template(str(number)), "rules/0") for number in range(20)]
    lines += [failing(template(name, start=20), "rules/0") for name in names]
    return {
        "systems": hostile.everything(),
        "hostile": hostile.hostile(),
        "compared": compared_with_everything(assessed(lines, [check()], origin="template")),
        "bundled": assessed(
            lines,
            [*load(bundled()).checks, check("mfa")],
            origin="template",
            version_control=origin,
        ),
    }


def compared_with_everything(found: Assessment) -> Assessment:
    """A run beside a baseline, a commit and a snapshot of the account."""
    found.results[0].findings[0].known = True
    found.baseline = BaselineUse(file="old.json", known=1, new=2, gone=3, undecided=4)
    found.changed_since = ChangedSince(
        revision="main", commit="a" * 40, files=1, failures=2, undecided=3
    )
    found.account_snapshot = AccountSnapshot(
        path="account", taken="2026-06-01T00:00:00Z", accounts=["1"], unmatched=["aliyun"]
    )
    return found


def test_it_reports_no_error_and_no_warning(
    sarif_multitool: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sarif, "MAX_RESULTS", 20)
    languages: tuple[Language, ...] = ("en", "zh")
    files = [
        written(tmp_path, name, assessment, languages[number % 2])
        for number, (name, assessment) in enumerate(examples().items())
    ]
    assert validated(sarif_multitool, tmp_path, *files) == {}


def test_it_would_tell(sarif_multitool: str, tmp_path: Path) -> None:
    """A log that the schema takes and code scanning does not."""
    path = written(tmp_path, "bad", sarif_log.everything(), "en")
    log: dict[str, Any] = json.loads(path.read_text())
    first, second = log["runs"][0]["results"][:2]
    first["locations"][0]["physicalLocation"]["artifactLocation"] = {"uri": "https://example.com/x"}
    second["locations"][0]["physicalLocation"].pop("region")
    log["runs"] *= 3
    path.write_text(json.dumps(log))
    found = validated(sarif_multitool, tmp_path, path)
    assert {rule for rule, level in found if level == "error"} >= {"GH1003", "GH1004", "GH1005"}
