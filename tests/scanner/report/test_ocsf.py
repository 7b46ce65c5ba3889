"""OCSF: valid by the schema of version 1.8.0, and nothing unknown is a pass."""

from __future__ import annotations

import functools
import json
from collections import Counter
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from scanner.assessment import Assessment
from scanner.report import Language, text_of
from tests.scanner.made import assessed
from tests.scanner.report.hostile import complete, everything, hostile, rendered

SCHEMA = Path(__file__).parents[2] / "golden" / "ocsf" / "compliance_finding.schema.json"


@functools.cache
def validator() -> Any:
    return jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text()))


def read(assessment: Assessment, language: Language = "en") -> list[dict[str, Any]]:
    text = text_of(rendered("ocsf", assessment, language))
    assert text.endswith("\n")
    events = [json.loads(one) for one in text.split("\n")[:-1]]
    for event in events:
        errors = [f"{error.json_path}: {error.message}" for error in validator().iter_errors(event)]
        assert errors == []
        assert event["metadata"]["version"] == "1.8.0"
    uids = [event["finding_info"]["uid"] for event in events]
    assert len(uids) == len(set(uids))
    return events


def kinds(events: list[dict[str, Any]], code: str) -> Counter[str]:
    return Counter(
        event["compliance"]["status"] for event in events if event["metadata"]["event_code"] == code
    )


def test_the_schema_would_tell() -> None:
    event = read(everything())[0]
    assert not validator().is_valid(event | {"class_uid": 2004})
    assert not validator().is_valid(event | {"severity_id": 42})
    assert not validator().is_valid(event | {"finding_info": {"title": "no uid"}})
    assert not validator().is_valid(event | {"invented": 1})
    assert not validator().is_valid({key: event[key] for key in event if key != "compliance"})


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_is_unknown_is_a_warning_and_waived_is_suppressed(language: Language) -> None:
    events = read(everything(), language)
    assert kinds(events, "finding") == {"Fail": 3, "Warning": 2}
    assert kinds(events, "gap") == {"Warning": 3}
    suppressed = [event for event in events if event["status"] == "Suppressed"]
    assert [event["resources"][0]["name"] for event in suppressed] == ["bastion"]
    assert "wang.fang" in suppressed[0]["compliance"]["status_details"][-1]
    assert {event["unmapped"]["incomplete"] for event in events} == {True}


def test_items_have_their_result() -> None:
    found = everything()
    items = [one for one in read(found) if one["metadata"]["event_code"] == "item"]
    details = Counter(one["compliance"]["status_details"][0] for one in items)
    assert details == sum((Counter(level.totals) for level in found.levels), Counter())
    for one in items:
        passed = one["compliance"]["status"] == "Pass"
        assert passed == (one["compliance"]["status_details"][0] == "met")


def test_a_finding_says_where_and_what() -> None:
    event = next(one for one in read(everything()) if one["message"].startswith("t: "))
    assert event["resources"][0]["data"] == {
        "file": "网络/main.tf",
        "line": 4,
        "type": "network.firewall",
    }
    assert event["cloud"] == {
        "provider": "AWS",
        "account": {"uid": "111122223333"},
        "region": "cn-north-1",
    }
    assert event["time"] == 1781512200000
    assert event["compliance"]["requirements"] == ["8.2.3.1.a"]
    assert event["remediation"] == {"desc": "Close the port."}


def test_nothing_judged_is_said() -> None:
    assert kinds(read(assessed([])), "gap") == {"Warning": 1}
    assert kinds(read(complete()), "gap") == {}


def test_names_are_text() -> None:
    assert kinds(read(hostile()), "finding")["Fail"] == 12
