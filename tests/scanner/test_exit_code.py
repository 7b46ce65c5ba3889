"""The exit code of an assessment: public interface of cron jobs and pipelines."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.snapshot import FailedCall
from scanner.checks import Severity
from scanner.commands._options import Reporting
from scanner.config import Config
from scanner.pipeline import exit_code
from scanner.verdict import Status
from tests.scanner.made import DENIED, assessed, check, line, ref, verdict

NO_CALLS: list[FailedCall] = []


def settings(**changes: Any) -> Reporting:
    values: dict[str, Any] = {
        "format": "console",
        "output": None,
        "save": (),
        "language": "en",
        "config": Config(),
        "fail_on": "high",
        "strict": False,
    }
    return Reporting(**(values | changes))


@pytest.mark.parametrize(
    ("severity", "fail_on", "expected"),
    [
        ("critical", "high", 1),
        ("high", "high", 1),
        ("medium", "high", 0),
        ("medium", "low", 1),
        ("critical", None, 0),
    ],
)
def test_fail_on(severity: Severity, fail_on: Severity | None, expected: int) -> None:
    found = assessed([line(ref(), verdict("fail"))], [check(severity=severity)])
    assert exit_code(found, settings(fail_on=fail_on)) == expected


@pytest.mark.parametrize("status", ["unknown", "error"])
@pytest.mark.parametrize("beside", ["pass", "fail"])
def test_strict_comes_before_failures(status: Status, beside: Status) -> None:
    found = assessed([line(ref(), verdict(status)), line(ref("b"), verdict(beside))])
    assert exit_code(found, settings()) == (1 if beside == "fail" else 0)
    assert exit_code(found, settings(strict=True)) == 3


def test_a_failed_call_alone_is_incomplete() -> None:
    found = assessed([line(ref(), verdict("pass"))], failed_calls=[DENIED])
    assert exit_code(found, settings()) == 0
    assert exit_code(found, settings(strict=True)) == 3


@pytest.mark.parametrize(
    ("status", "calls", "expected"),
    [
        ("unknown", [DENIED], 3),
        ("error", [DENIED], 3),
        ("not_applicable", [DENIED], 3),
        ("pass", [DENIED], 0),
        ("error", NO_CALLS, 3),
        ("unknown", NO_CALLS, 0),
        ("not_applicable", NO_CALLS, 0),
    ],
)
def test_what_broke_and_showed_nothing_is_no_success(
    status: Status, calls: list[FailedCall], expected: int
) -> None:
    found = assessed([line(ref(), verdict(status))], failed_calls=calls)
    assert exit_code(found, settings()) == expected


def test_reads_that_failed_and_left_no_resource_are_no_success() -> None:
    assert exit_code(assessed([], failed_calls=[DENIED]), settings(fail_on=None)) == 3


def test_nothing_to_judge_is_no_failure() -> None:
    assert exit_code(assessed([]), settings(strict=True)) == 0
