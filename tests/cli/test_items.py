"""`mlps items`: the catalogue as a user reads it."""

from __future__ import annotations

import json
import re
import unicodedata
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from scanner.catalog import LEVELS, load_catalogue
from scanner.policies import bundled, load
from tests.cli.conftest import Mlps

EXTENSION = {1: 11, 2: 29, 3: 46, 4: 49}


def columns(line: str) -> int:
    """How wide a line stands in a terminal."""
    return sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in line)


def listed(mlps: Mlps, *arguments: str) -> dict[str, Any]:
    done = mlps("items", *arguments, "-f", "json")
    assert (done.returncode, done.stderr) == (0, "")
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_table_fits_a_hundred_columns(language: str, mlps: Mlps) -> None:
    for levels in (("3",), ("1", "2", "3", "4")):
        options = [word for level in levels for word in ("--level", level)]
        done = mlps("items", *options, "--lang", language)
        assert done.returncode == 0
        assert [line for line in done.stdout.splitlines() if columns(line) > 100] == []
        assert [line for line in done.stdout.splitlines() if line != line.rstrip()] == []


def test_the_table_has_every_item_of_the_level_under_its_domain(mlps: Mlps) -> None:
    lines = mlps("items", "--level", "2").stdout.splitlines()
    catalogue = load_catalogue(bundled())
    rows = [tuple(line.split(maxsplit=2)[:2]) for line in lines if line.startswith("7.")]
    # Rows stand by domain, and within it in the standard's order.
    expected = [
        (item.clauses[2], item.key)
        for domain in catalogue.domains
        for item in catalogue.at_level(2)
        if item.domain == domain
    ]
    assert rows == expected
    titles = [
        line.strip() for line in lines if line.strip() in {"Area boundary", "Communication network"}
    ]
    assert titles == ["Communication network", "Area boundary"]
    assert "7.2.1.1     physical.location · Infrastructure location" in "\n".join(lines)
    assert any(line.startswith("Level 2: 29 extension items,") for line in lines)


def test_levels_stand_side_by_side(mlps: Mlps) -> None:
    text = mlps("items", "--level", "3", "--level", "1", "--level", "3").stdout
    assert re.search(r"^1: 6\.2\.3\.1\* +boundary\.access-control ", text, re.MULTILINE)
    assert re.search(r"^3: 8\.2\.3\.1\.a +Access control stands", text, re.MULTILINE)
    assert text.count("boundary.access-control") == 1
    assert "* The number is from memory and was seen in no source." in text


def test_markdown_has_a_column_for_each_level(mlps: Mlps) -> None:
    one = mlps("items", "-f", "markdown", "--lang", "zh").stdout.splitlines()
    assert one[0] == ("| 条款 | 标识 | 控制点 | 要求（自述） | IaaS | PaaS | SaaS | 评估方式 |")
    assert "| 8.2.1.1 | physical.location | 基础设施位置 |" in one[2]
    two = mlps("items", "-f", "markdown", "--level", "1", "--level", "2").stdout.splitlines()
    assert two[0].startswith("| Level 1 | Level 2 | Key |")
    assert "| 6.2.1.1\\* | 7.2.1.1 | physical.location |" in two[2]
    rows = [line for line in two if line.startswith("|")]
    assert {line.count(" | ") for line in rows} == {8}


def test_json_has_all_of_a_level_and_what_is_left_out(mlps: Mlps) -> None:
    for level in LEVELS:
        found = listed(mlps, "--level", str(level))
        extension = [item for item in found["items"] if item["part"] == "extension"]
        assert len(extension) == EXTENSION[level]
        assert all(level in [at["level"] for at in item["levels"]] for item in found["items"])
        assert all(str(level) in out["clauses"] for out in found["left_out"])
    assert found["kind"] == "mlps.items"
    assert "not the text of GB/T 22239-2019" in found["notice"]


def test_json_is_what_its_schema_says(mlps: Mlps) -> None:
    schema = json.loads((bundled() / "schemas" / "items.schema.json").read_text(encoding="utf-8"))
    right = Draft202012Validator(schema)
    for found in (listed(mlps, "--level", "4"), listed(mlps, "show", "data.residency")):
        assert [error.message for error in right.iter_errors(found)] == []
        found["items"][0]["assessed"] = "guessed"
        assert [error.validator for error in right.iter_errors(found)] == ["enum"]


def test_json_of_one_item_has_its_risks_and_checks(mlps: Mlps) -> None:
    [item] = listed(mlps, "show", "boundary.access-control")["items"]
    assert [(at["clause"], at["numbering"], at["high_risk"]) for at in item["levels"]] == [
        ("6.2.3.1", "memory", []),
        ("7.2.3.1.a", "derived", ["7.3.1.1"]),
        ("8.2.3.1.a", "derived", ["7.3.1.1"]),
        ("9.2.3.1.a", "derived", ["7.3.1.1"]),
    ]
    assert item["responsibility"] == {"iaas": "customer", "paas": "shared", "saas": "provider"}
    [risk] = item["high_risk"]
    assert (risk["case"], risk["first_level"], risk["stated_level"]) == ("7.3.1.1", 2, None)
    feeding = [check for check in load(bundled()).checks if item["key"] in check.items]
    assert [check["id"] for check in item["checks"]] == [check.id for check in feeding]
    assert item["checks"][0]["severity"] == feeding[0].severity
    designed = load_catalogue(bundled()).designed
    all_of_it = {name for name, keys in designed.items() if item["key"] in keys}
    assert all_of_it == {check.id for check in feeding} | set(item["missing_checks"])


def test_show_tells_everything(mlps: Mlps) -> None:
    done = mlps("items", "show", "g:compute.mfa")
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert lines[0].startswith("g:compute.mfa  Two or more kinds of authentication")
    assert {
        "  level 3  8.1.4.1.d  stated: seen in a source",
        "  level 4  9.1.4.1.d  derived: follows from the order of control points",
        "Domain: Computing environment",
        "Control point: Authentication",
        "Answers for it: IaaS customer, PaaS customer, SaaS shared",
        "Assessed: partial (configuration shows a part of it)",
        "No resource found: not assessed",
        "  6.4.1.3  from level 3: Sign-in takes one factor only.",
        "  A-19  from level 3: Sign-in takes one factor only.",
    } <= set(lines)
    assert "Evidence to provide: How administrators of operating systems," in done.stdout
    assert re.search(r"^  identity-root-mfa  +critical  \S", done.stdout, re.MULTILINE)


def test_show_in_chinese_and_in_markdown(mlps: Mlps) -> None:
    chinese = mlps("items", "show", "g:backup.disaster-recovery", "--lang", "zh").stdout
    assert "需提供的佐证：异地灾备方案、切换时间指标及最近一次演练报告。\n" in chinese
    assert "  6.4.6.3  四级起：没有可接管业务的异地灾备。\n" in chinese
    assert "    适用条件：业务连续性要求高。\n    无可降低风险的情形。\n" in chinese
    markdown = mlps("items", "show", "network.dedicated-pool", "-f", "markdown").stdout
    assert markdown.startswith("## network.dedicated-pool\n\nLevel-4 systems have")
    assert "\n### High risk (trial guideline)\n\n- 7.2.1.3  from level 4: " in markdown
    assert "\n  - The source gives no level for it.\n  - Nothing lowers it.\n" in markdown


def test_show_names_what_is_not_written(mlps: Mlps) -> None:
    catalogue = load_catalogue(bundled())
    written = {check.id for check in load(bundled()).checks}
    missing = [name for name in catalogue.designed if name not in written]
    for name in missing[:2]:
        text = mlps("items", "show", catalogue.designed[name][0]).stdout
        assert f"  {name}\n" in text.partition("Designed, not written yet:")[2]
    inherited = mlps("items", "show", "data.migration-integrity").stdout
    assert inherited.endswith("\nChecks: none\n")


def test_an_item_is_found_by_its_clause(mlps: Mlps) -> None:
    for clause in ("8.2.3.1.a", "8.2.3.1 a"):
        assert mlps("items", "show", clause).stdout.startswith("boundary.access-control  ")
    both = mlps("items", "show", "8.1.4.1.a").stdout
    assert both.startswith("g:compute.identification  ")
    assert "\n\ng:compute.password  " in both


@pytest.mark.parametrize(
    ("wanted", "message", "hint"),
    [
        (
            "boundary.acess-control",
            "There is no item 'boundary.acess-control'.",
            "boundary.access-",
        ),
        ("network.zones", "There is no item 'network.zones'.", "Did you mean: g:network.zones"),
        ("malware", "There is no item 'malware'.", "compute.detect-malware, g:boundary.malware"),
        ("zzz", "There is no item 'zzz'.", "List them with: mlps items"),
        ("8.1.3.1 d", "The catalogue leaves out 8.1.3.1.d. A public cloud has none;", ""),
    ],
)
def test_an_unknown_item(wanted: str, message: str, hint: str, mlps: Mlps) -> None:
    done = mlps("items", "show", wanted)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"mlps: {message}")
    assert hint in done.stderr


def test_help_and_wrong_use(mlps: Mlps) -> None:
    helped = mlps("items", "--help").stdout
    assert "[default: 3]" in helped
    assert "Show everything about one item." in helped
    wrong = mlps("items", "--level", "5")
    assert (wrong.returncode, wrong.stdout) == (2, "")
    assert mlps("items", "show").returncode == 2
