"""GitLab Code Quality: the documented fields, unique fingerprints, nothing unknown left out."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import jsonschema
import pytest

from scanner.assessment import Assessment
from scanner.report import Language, text_of
from scanner.verdict import VersionControl
from tests.scanner.made import assessed
from tests.scanner.report.hostile import complete, everything, hostile, rendered
from tests.scanner.report.sarif_log import failing, template

SCHEMA = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "minLength": 1},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "pattern": r"^(?!\./).+"},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "properties": {"begin": {"type": "integer", "minimum": 1}},
                    },
                },
            },
        },
    },
}
"""What https://docs.gitlab.com/ci/testing/code_quality/ asks for; GitLab publishes no schema."""


def read(assessment: Assessment, language: Language = "en") -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = json.loads(text_of(rendered("gitlab", assessment, language)))
    jsonschema.validate(entries, SCHEMA)
    prints = Counter(entry["fingerprint"] for entry in entries)
    assert set(prints.values()) <= {1}
    return entries


@pytest.mark.parametrize("language", ["en", "zh"])
def test_everything_is_an_entry(language: Language) -> None:
    entries = read(everything(), language)
    assert len(entries) == 8
    words = ("[unknown]", "[error]", "[waived]", "[call failed]")
    if language == "zh":
        words = ("[未知]", "[出错]", "[已豁免]", "[读取失败]")
    for word in words:
        assert [entry for entry in entries if entry["description"].startswith(word)], word
    failed = next(one for one in entries if one["description"].startswith("t: "))
    assert failed["location"] == {"path": "网络/main.tf", "lines": {"begin": 4}}
    assert failed["severity"] == "critical"
    waived = next(one for one in entries if one["description"].startswith(words[2]))
    assert waived["severity"] == "info"


def test_nothing_is_an_empty_array() -> None:
    assert read(complete()) == []


def test_names_are_text() -> None:
    assert len(read(hostile())) > 24


def test_paths_begin_at_the_root_of_the_repository() -> None:
    control = VersionControl(repository="https://h/r", revision="a" * 40, prefix="infra/")
    found = assessed([failing(template(), "rules/0")], version_control=control, origin="template")
    assert [entry["location"]["path"] for entry in read(found)] == ["infra/main.tf"]
