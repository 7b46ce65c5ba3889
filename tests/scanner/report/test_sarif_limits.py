"""SARIF within the limits of code scanning, without a result lost; known again in any order."""

from __future__ import annotations

import gzip
import json
import random
from typing import Any

import pytest

from scanner.assess import assess
from scanner.assessment import Assessment
from scanner.config import Config
from scanner.report import Language, Options, load_format, sarif, text_of
from scanner.verdict import DeclaredSystem, Finding, ResourceVerdicts, VersionControl
from tests.scanner.made import DENIED, assessed, catalogue, check, header, line, ref, verdict
from tests.scanner.report.sarif_log import failing, only_run, rendered, template, validator


def files(assessment: Assessment, language: Language = "en") -> list[dict[str, Any]]:
    split = load_format("sarif").split
    assert split is not None
    made = split(assessment, catalogue(), Options(language=language))
    logs = [json.loads(one) for one in made]
    for text, log in zip(made, logs, strict=True):
        assert validator().is_valid(log)
        assert len(log["runs"]) <= sarif.MAX_RUNS
        assert len(gzip.compress(text_of(text).encode())) <= sarif.MAX_BYTES
        for run in log["runs"]:
            assert len(run["results"]) <= sarif.MAX_RESULTS
    ids = [run["automationDetails"]["id"] for log in logs for run in log["runs"]]
    assert len(ids) == len(set(ids))
    return logs


def names(logs: list[dict[str, Any]]) -> list[str]:
    return [
        result["locations"][0]["logicalLocations"][0]["name"]
        for log in logs
        for run in log["runs"]
        for result in run["results"]
    ]


def many(number: int) -> Assessment:
    return assessed([failing(ref(str(n)), "rules/0") for n in range(number)], failed_calls=[DENIED])


def test_the_limits_are_those_of_code_scanning() -> None:
    assert sarif.MAX_RESULTS <= 5_000
    assert sarif.MAX_RUNS <= 20
    assert sarif.MAX_BYTES < 10_000_000


def test_what_fits_is_one_file_and_one_run() -> None:
    (log,) = files(many(3))
    assert log == rendered(many(3))
    assert len(log["runs"]) == 1


@pytest.mark.parametrize("language", ["en", "zh"])
def test_more_results_than_are_kept_are_several_runs(
    monkeypatch: pytest.MonkeyPatch, language: Language
) -> None:
    monkeypatch.setattr(sarif, "MAX_RESULTS", 40)
    (log,) = files(many(100), language)
    assert [len(run["results"]) for run in log["runs"]] == [40, 40, 20]
    assert [run["automationDetails"]["id"] for run in log["runs"]] == [
        *("mlps/level-3/", "mlps/level-3/part-2/", "mlps/level-3/part-3/"),
    ]
    assert sorted(map(int, names([log]))) == list(range(100))
    prints = {
        result["partialFingerprints"]["mlps/v1"] for run in log["runs"] for result in run["results"]
    }
    assert len(prints) == 100
    said = [
        [note["descriptor"]["id"] for note in run["invocations"][0]["toolExecutionNotifications"]]
        for run in log["runs"]
    ]
    assert said == [["failed-call", "part"], ["part"], ["part"]]
    text = log["runs"][1]["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"]
    assert ("第 2 部分，共 3 部分" if language == "zh" else "Part 2 of 3") in text


def test_more_runs_than_a_file_takes_are_several_files() -> None:
    systems = [DeclaredSystem(name=f"s{number}", level=2) for number in range(45)]
    lines = [failing_in(system.name) for system in systems]
    logs = files(assessed(lines, systems=systems))
    assert [len(log["runs"]) for log in logs] == [20, 20, 5]
    assert len(names(logs)) == 45


def failing_in(system: str) -> ResourceVerdicts:
    return line(ref(system), verdict("fail"), level=2, system=system)


def test_more_bytes_than_a_file_takes_are_several_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sarif, "MAX_BYTES", 60_000)
    source = random.Random(7)
    lines = [
        line(
            ref(str(number)),
            verdict(
                "fail",
                findings=[Finding(at="rules/0", args={"port": source.randbytes(400).hex()})],
            ),
        )
        for number in range(300)
    ]
    logs = files(assessed(lines))
    assert len(logs) > 2
    assert sorted(map(int, names(logs))) == list(range(300))


def test_the_most_severe_come_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sarif, "MAX_RESULTS", 10)
    checks = [check("a", severity="low"), check("b", severity="critical")]
    lines = [line(ref(str(n)), verdict("fail", "a"), verdict("fail", "b")) for n in range(10)]
    (log,) = files(assessed(lines, checks))
    severest = [{result["ruleId"] for result in run["results"]} for run in log["runs"]]
    assert severest == [{"b"}, {"a"}]


# --- the same finding in another run ---------------------------------------------------------


def places(lines: list[ResourceVerdicts]) -> dict[str, str]:
    """Fingerprints by what they are of."""
    found: dict[str, str] = {}
    for result in only_run(assessed(lines, origin="template"))["results"]:
        uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        name = result["locations"][0]["logicalLocations"][0]["fullyQualifiedName"]
        key = f"{uri} {name} {result['message']['text']} {result['properties']['at'][-1]}"
        assert key not in found
        found[key] = result["partialFingerprints"]["primaryLocationLineHash"]
    assert len(set(found.values())) == len(found)
    return found


def templates(shift: int = 0) -> list[ResourceVerdicts]:
    """Resources of two files, some with one id, some with two equal findings."""
    return [
        failing(template(name, uri, 10 * number + shift), "rules/0", "rules/1")
        for uri in ("a/main.tf", "b/main.tf")
        for number, name in enumerate(("web", "db", "web-2", "中文"))
    ]


def test_the_order_of_the_input_changes_nothing() -> None:
    before = places(templates())
    for seed in range(5):
        shuffled = templates()
        random.Random(seed).shuffle(shuffled)
        assert places(shuffled) == before
    one, other = (
        assess(header([check()]), lines, catalogue(), Config())
        for lines in (templates(), list(reversed(templates())))
    )
    render = load_format("sarif").render
    assert render(one, catalogue(), Options()) == render(other, catalogue(), Options())


def test_lines_put_above_change_nothing() -> None:
    assert places(templates(shift=37)) == places(templates())


# --- taxa and provenance ---------------------------------------------------------------------


def test_results_point_to_the_items_that_they_are_about() -> None:
    run = only_run(assessed([failing(ref(), "rules/0")]))
    (result,) = run["results"]
    taxa = run["taxonomies"][0]["taxa"]
    assert result["taxa"]
    for reference in result["taxa"]:
        assert reference["toolComponent"] == {"index": 0}
        assert taxa[reference["index"]]["id"] == reference["id"]
    clauses = [taxa[one["index"]]["properties"]["clause"] for one in result["taxa"]]
    assert clauses == ["8.2.3.1.a"]


def test_a_template_says_which_commit_it_is_of() -> None:
    control = VersionControl(
        repository="https://git.example.com/o/r.git",
        revision="a" * 40,
        branch="main",
        prefix="infra/",
    )
    found = assessed([failing(template(), "rules/0")], origin="template", version_control=control)
    run = only_run(found)
    assert run["versionControlProvenance"] == [
        {
            "repositoryUri": "https://git.example.com/o/r.git",
            "revisionId": "a" * 40,
            "branch": "main",
            "mappedTo": {"uriBaseId": "%SRCROOT%"},
        }
    ]
    place = run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert place == {"uri": "infra/main.tf", "uriBaseId": "%SRCROOT%"}


def test_a_rule_of_one_word_has_no_name_that_is_its_id() -> None:
    (rule,) = only_run(assessed([], [check("mfa")]))["tool"]["driver"]["rules"]
    assert rule["id"] == "mfa"
    assert "name" not in rule
