"""A baseline: what it makes known, and what it must not."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from collectors.document import UserError
from scanner.assessment import Assessment
from scanner.baseline import compared, load_baseline
from scanner.config import Waiver
from scanner.pipeline import exit_code
from scanner.report import Options, load_format
from scanner.verdict import ResourceVerdicts
from tests.scanner.made import assessed, catalogue, line, ref, verdict
from tests.scanner.test_exit_code import settings

OPEN = line(ref(), verdict("fail"))


def _baseline(path: Path, assessment: Assessment, format_: str = "json") -> Path:
    text = load_format(format_).render(assessment, catalogue(), Options(language="en", width=80))
    path.write_text(str(text))
    return path


def _against(path: Path, *lines: ResourceVerdicts, before: list[ResourceVerdicts]) -> Assessment:
    baseline = load_baseline(_baseline(path / "old.json", assessed(before)))
    return compared(assessed(list(lines)), baseline)


@pytest.mark.parametrize("format_", ["json", "sarif"])
def test_what_is_known_does_not_fail_the_run(tmp_path: Path, format_: str) -> None:
    baseline = load_baseline(_baseline(tmp_path / "old", assessed([OPEN]), format_))
    found = compared(assessed([OPEN, line(ref("other"), verdict("fail"))]), baseline)
    assert [(one.resource.name, one.counts) for one in found.results] == [
        ("other", True),
        ("web", False),
    ]
    assert found.baseline
    use = found.baseline
    assert (use.known, use.new, use.gone, use.undecided) == (1, 1, 0, 0)
    assert exit_code(found, settings()) == 1
    assert exit_code(compared(assessed([OPEN]), baseline), settings()) == 0


def test_items_are_as_they_would_be_without_it(tmp_path: Path) -> None:
    found = _against(tmp_path, OPEN, before=[OPEN])
    assert found.levels == assessed([OPEN]).levels


@pytest.mark.parametrize("format_", ["json", "sarif"])
def test_what_became_unknown_is_not_mended(tmp_path: Path, format_: str) -> None:
    baseline = load_baseline(_baseline(tmp_path / "old", assessed([OPEN]), format_))
    found = compared(assessed([line(ref(), verdict("unknown"))]), baseline)
    assert found.baseline
    assert (found.baseline.gone, found.baseline.undecided) == (0, 1)
    assert exit_code(found, settings(strict=True)) == 3


def test_what_was_unknown_and_fails_is_new(tmp_path: Path) -> None:
    found = _against(tmp_path, OPEN, before=[line(ref(), verdict("unknown"))])
    assert found.baseline
    assert found.baseline.new == 1
    assert exit_code(found, settings()) == 1


@pytest.mark.parametrize("format_", ["json", "sarif"])
def test_a_failure_whose_waiver_has_expired_is_new(tmp_path: Path, format_: str) -> None:
    waiver = Waiver(
        check="*", resource="*", reason="r", approver="a", expires=date.fromisoformat("2999-01-01")
    )
    waived = assessed([OPEN], waivers=[waiver])
    assert waived.results[0].waiver
    baseline = load_baseline(_baseline(tmp_path / "old", waived, format_))
    assert exit_code(compared(assessed([OPEN]), baseline), settings()) == 1


def test_reports_say_what_is_known(tmp_path: Path) -> None:
    found = _against(tmp_path, OPEN, line(ref("other"), verdict("fail")), before=[OPEN])
    options = Options(language="en", width=120)

    def made(name: str) -> str:
        return str(load_format(name).render(found, catalogue(), options))

    states = {
        one["properties"]["resource"].rpartition("/")[2]: one["baselineState"]
        for one in json.loads(made("sarif"))["runs"][0]["results"]
    }
    assert states == {"web": "unchanged", "other": "new"}
    assert made("console").count("known: in the baseline") == 1
    assert 'failures="1"' in made("junit")
    assert "known: in the baseline" in made("markdown").split("### Waived, not counted")[1]
    severities = [
        one["severity"]
        for one in json.loads(made("gitlab"))
        if one["check_name"] == "boundary-admin-ports"
    ]
    assert sorted(severities) == ["critical", "info"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "is not JSON"),
        ("{}", "is no JSON or SARIF report"),
        ('{"kind": "mlps.assessment", "schema_version": 99}', "is no JSON or SARIF report"),
        ('{"kind": "mlps.assessment", "schema_version": 1}', "cannot be read"),
        ('{"runs": [{"results": [{"ruleId": "x"}]}]}', "another tool"),
    ],
)
def test_what_is_no_baseline_is_refused(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / "old").write_text(text)
    with pytest.raises(UserError, match=words) as refused:
        load_baseline(tmp_path / "old")
    assert "--save json=" in refused.value.hint


def test_a_baseline_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="No such file"):
        load_baseline(tmp_path / "none")
