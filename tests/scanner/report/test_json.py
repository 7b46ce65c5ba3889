"""The JSON report: everything, for programs, in both languages at once."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import msgspec
import pytest

from collectors.document import Place, Source, UserError
from scanner.assessment import Assessment
from scanner.config import Waiver
from scanner.report import Language, Options, format_names, load_format, text_of
from scanner.report.json import JsonReport
from scanner.verdict import DeclaredSystem
from tests.scanner.made import DENIED, NOW, assessed, catalogue, check, line, ref, verdict

SYSTEM = DeclaredSystem(name="核心", level=3)


def example() -> Assessment:
    """An assessment with something in every list."""
    places = {"rules": Place(line=4, argument="ingress")}
    source = Source(uri="网络/main.tf", start_line=3, end_line=9, address="x.y", lines=places)
    waivers = [
        Waiver(check=name, resource="*", reason="理由", approver="王芳", expires=expires)
        for name, expires in (
            ("boundary-admin-ports", date(2027, 1, 1)),
            ("old", date(2020, 1, 1)),
            ("idle", date(2027, 1, 1)),
        )
    ]
    lines = [
        line(ref("web"), verdict("fail"), system="核心"),
        line(ref("t", source=source), verdict("fail"), system="核心"),
        line(ref("u"), verdict("unknown"), system="核心"),
        line(ref("e"), verdict("error"), system="核心"),
        line(ref("p"), verdict("pass"), system="核心"),
    ]
    return assessed(lines, [check()], waivers, failed_calls=[DENIED], systems=[SYSTEM])


def rendered(assessment: Assessment, language: Language = "en") -> str:
    return text_of(load_format("json").render(assessment, catalogue(), Options(language=language)))


def test_the_file_says_what_it_is() -> None:
    report = json.loads(rendered(example()))
    assert list(report) == ["schema_version", "kind", "notice", "assessment"]
    assert (report["schema_version"], report["kind"]) == (1, "mlps.assessment")
    assert "not the result of an official MLPS assessment" in report["notice"]


def test_its_fields_are_the_documented_ones() -> None:
    """A name that goes away or changes breaks other people's programs."""
    found = json.loads(rendered(example()))["assessment"]
    assert set(found) == {
        *("tool_version", "now", "origin", "snapshot", "engine", "providers", "accounts"),
        *("regions", "resources", "incomplete", "levels", "checks", "results"),
        *("unknown_reasons", "failed_calls", "unmapped", "expired_waivers", "unused_waivers"),
        *("outside", "uncertain", "not_offered", "expired_attestations", "unused_attestations"),
        *("expired_platforms", "empty_systems", "version_control"),
        *("baseline", "changed_since", "account_snapshot"),
    }
    (level,) = found["levels"]
    assert set(level) == {
        *("level", "system", "items", "domains", "totals", "counts", "failed_by_severity"),
        *("owner", "resources", "conformity", "unknown_reasons"),
    }
    assert set(level["conformity"]) == {"counted", "lowest", "highest", "outcome"}
    assert set(level["items"][0]) == {
        *("key", "clause", "domain", "status", "reason", "checks", "missing_checks", "counts"),
        *("evidence", "high_risk", "major_risk"),
    }
    assert set(level["counts"]) == {
        *("passed", "failed", "waived", "unknown", "error", "not_applicable"),
    }
    assert set(found["results"][0]) == {
        *("check", "severity", "status", "level", "system", "resource", "findings", "reasons"),
        "waiver",
        "of_account",
    }
    assert set(found["results"][0]["findings"][0]) == {
        *("at", "args", "message", "line", "file", "argument", "known", "first_seen"),
    }
    assert set(found["unknown_reasons"][0]) == {"reason", "reason_zh", "verdicts"}


def test_its_values_are_those_of_the_assessment() -> None:
    found = json.loads(rendered(example()))["assessment"]
    assert (found["now"], found["origin"], found["incomplete"]) == (NOW, "live", True)
    level = found["levels"][0]
    assert level["counts"] == {
        "passed": 1,
        "failed": 0,
        "waived": 2,
        "unknown": 1,
        "error": 1,
        "not_applicable": 0,
    }
    items = {item["key"]: item for item in level["items"]}
    assert items["boundary.access-control"]["status"] == "partly_met"
    assert items["boundary.access-control"]["clause"] == "8.2.3.1.a"
    assert [result["status"] for result in found["results"]] == [
        *("fail", "fail", "error", "unknown"),
    ]
    by_name = {result["resource"]["name"]: result for result in found["results"]}
    assert by_name["t"]["findings"][0]["line"] == 4
    assert by_name["web"]["findings"][0]["line"] is None
    assert by_name["web"]["waiver"]["expires"] == "2027-01-01"
    assert by_name["u"]["reasons"] == ["rules: AccessDenied: ec2:DescribeSecurityGroups"]
    assert [waiver["check"] for waiver in found["expired_waivers"]] == ["old"]
    assert [waiver["check"] for waiver in found["unused_waivers"]] == ["idle"]
    assert found["failed_calls"][0]["operation"] == "GetBucketPolicy"


def test_it_reads_back_as_the_same_assessment() -> None:
    before = example()
    report = msgspec.json.decode(rendered(before), type=JsonReport)
    assert report.assessment == before


def test_both_languages_stand_side_by_side() -> None:
    assert rendered(example(), "en") == rendered(example(), "zh")

    def texts(value: Any) -> Iterator[dict[str, str]]:
        if isinstance(value, dict):
            if set(value) == {"en", "zh"}:
                yield value
            for item in value.values():
                yield from texts(item)
        elif isinstance(value, list):
            for item in value:
                yield from texts(item)

    found = list(texts(json.loads(rendered(example()))))
    assert len(found) > 90
    for text in found:
        assert text["en"].strip()
        assert re.search("[一-鿿]", text["zh"])


def test_it_is_for_people_who_look_into_it_too() -> None:
    text = rendered(example())
    assert text.startswith('{\n  "schema_version": 1,\n')
    assert text.endswith("}\n")
    assert "王芳" in text


def test_a_large_one_is_not_indented(monkeypatch: pytest.MonkeyPatch) -> None:
    small = rendered(example())
    monkeypatch.setattr("scanner.report.json.INDENTED", 1)
    large = rendered(example())
    assert large.count("\n") == 1
    assert json.loads(large) == json.loads(small)


def test_it_is_plain_json_whatever_a_name_holds() -> None:
    name = 'a"b\\\n\x1b[31m\u2028</script>\x00'
    text = rendered(assessed([line(ref(name), verdict("fail"))]))
    assert json.loads(text)["assessment"]["results"][0]["resource"]["name"] == name
    assert "\x1b" not in text
    assert "\x00" not in text


def test_nothing_scanned_is_a_report_too() -> None:
    found = json.loads(rendered(assessed([], [])))["assessment"]
    assert (found["resources"], found["results"]) == (0, [])
    assert {item["status"] for item in found["levels"][0]["items"]} == {"not_assessed"}


# --- formats ---------------------------------------------------------------------------------


def test_every_format_renders_the_same_assessment() -> None:
    assert {"console", "json", "sarif"} <= set(format_names())
    for name in format_names():
        made = load_format(name)
        assert made.name == name
        assert made.description
        for language in ("en", "zh"):
            report = made.render(example(), catalogue(), Options(language=language))
            assert isinstance(report, bytes) == made.binary
            assert made.binary or text_of(report).endswith("\n")


@pytest.mark.parametrize("name", ["pdf", "", "_text", "__init__", "../console"])
def test_a_format_that_does_not_exist_is_named(name: str) -> None:
    with pytest.raises(UserError, match="There is no report format") as caught:
        load_format(name)
    assert "console" in caught.value.hint
