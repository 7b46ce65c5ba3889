"""JUnit XML: valid by Jenkins's schema, and nothing in it can be taken for a pass that is none."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from scanner.assessment import Assessment
from scanner.report import Language, text_of
from tests.scanner.made import assessed, line, ref, verdict
from tests.scanner.report.hostile import NAMES, SYSTEMS, complete, everything, hostile, rendered

XSD = Path(__file__).parents[2] / "golden" / "junit" / "junit-10.xsd"


@functools.cache
def schema() -> Any:
    return etree.XMLSchema(etree.parse(str(XSD)))


def read(assessment: Assessment, language: Language = "en") -> Any:
    root = etree.fromstring(text_of(rendered("junit", assessment, language)).encode())
    schema().assertValid(root)
    for suite in root.iter("testsuite"):
        for attribute, tag in (
            ("tests", "testcase"),
            ("failures", "testcase/failure"),
            ("errors", "testcase/error"),
            ("skipped", "testcase/skipped"),
        ):
            assert int(suite.get(attribute)) == len(suite.findall(tag)), attribute
    for attribute in ("tests", "failures", "errors"):
        suites = sum(int(suite.get(attribute)) for suite in root.iter("testsuite"))
        assert int(root.get(attribute)) == suites
    return root


def kinds(root: Any) -> dict[str, str]:
    """What became of each case, by its name up to the id."""
    return {
        case.get("name").split(" (")[0]: next(
            (child.tag for child in case if child.tag != "system-out"), "passed"
        )
        for case in root.iter("testcase")
    }


def test_the_schema_would_tell() -> None:
    assert not schema().validate(etree.fromstring("<testsuites><testcase/></testsuites>"))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_is_no_pass_is_none(language: Language) -> None:
    root = read(everything(), language)
    found = kinds(root)
    assert {name: found[name] for name in ("web", "bastion", "t", "u", "e")} == {
        "web": "failure",
        "bastion": "skipped",
        "t": "failure",
        "u": "error",
        "e": "error",
    }
    assert found["s3:GetBucketPolicy private 111122223333 cn-north-1"] == "error"
    assert found["aws_sqs_queue"] == "skipped"
    assert found["audit-trail"] == "skipped"  # in the second system, where nothing was looked at
    suite = root.findall("testsuite")[1]
    assert kinds_of_check(suite, "audit-trail") == ["passed"]
    assert kinds_of_check(suite, "never") == ["skipped"]
    (waived,) = [case for case in root.iter("skipped") if case.get("type") == "waived"]
    assert "wang.fang" in waived.get("message")


def kinds_of_check(suite: Any, name: str) -> list[str]:
    return [
        next((child.tag for child in case if child.tag != "system-out"), "passed")
        for case in suite.findall("testcase")
        if case.get("name") == name
    ]


def test_a_clean_scan_passes_and_says_so() -> None:
    root = read(complete())
    assert (root.get("failures"), root.get("errors")) == ("0", "0")
    assert kinds(root)["Everything that was to be read was read."] == "passed"


def test_a_scan_that_judged_nothing_is_an_error() -> None:
    assert read(assessed([])).get("errors") == "1"


def test_unknown_verdicts_leave_no_case_that_says_all_was_read() -> None:
    found = kinds(read(assessed([line(ref(), verdict("unknown"))])))
    assert list(found.values()) == ["error", "error"]
    found = kinds(read(assessed([line(ref(), verdict("unknown")), line(ref(), verdict("pass"))])))
    assert "passed" not in found.values()


def test_a_pass_on_a_resource_of_no_certain_system_is_no_pass() -> None:
    lines = [line(ref("p"), verdict("pass"), system="oa", level=2, uncertain=True)]
    root = read(assessed(lines, systems=SYSTEMS))
    assert "passed" not in kinds(root).values()


def test_names_are_text() -> None:
    root = read(hostile())
    names = [case.get("name") for case in root.iter("testcase")]
    for name in NAMES:
        if name.isprintable() and "\ufffe" not in name:
            assert any(found.startswith(f"{name} (") for found in names), name
    assert {element.tag for element in root.iter()} == {
        *("testsuites", "testsuite", "properties", "property", "testcase"),
        *("failure", "error", "skipped"),
    }
