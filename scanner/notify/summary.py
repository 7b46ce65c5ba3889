"""What is told of a run: numbers, and the checks that fail most. No name of a resource is in it: it
goes to a chat."""

from __future__ import annotations

from collections import Counter
from typing import Literal

from msgspec import Struct

from scanner import exits
from scanner.assessment import Assessment
from scanner.catalog import Text
from scanner.checks import SEVERITIES, Severity
from scanner.report import Language
from scanner.report._text import visible
from scanner.report._words import INCOMPLETE, SEVERITY, TITLE, level_name
from scanner.trend import Changes

MOST_CHECKS = 5
MOST_SYSTEMS = 10

Status = Literal["passed", "failed", "incomplete", "not_finished", "test"]
"""How the run ended, as its exit code tells: `failed` 1, `incomplete` 3, `not_finished` any other
than 0, by which no report was made or not all of it. `test` is none: `mlps notify` sent it."""


class SystemSummary(Struct, frozen=True, kw_only=True):
    """One system at its level: rates in percent, failures that are not waived, unknown verdicts."""

    system: str
    level: int
    lowest: float
    highest: float
    failed: dict[Severity, int]
    unknown: int


class FailingCheck(Struct, frozen=True, kw_only=True):
    """A check and on how many resources it fails, each once whatever the systems."""

    check: str
    title: Text
    severity: Severity
    resources: int


class Summary(Struct, frozen=True, kw_only=True):
    """What is told of a run. `changes` is there with a history; `error` where it did not finish."""

    status: Status
    exit_code: int
    tool_version: str
    now: str = ""
    scope: list[str] = []
    systems: list[SystemSummary] = []
    failed_calls: int = 0
    incomplete: bool = True
    checks: list[FailingCheck] = []
    changes: Changes | None = None
    error: str = ""
    link: str = ""


def summarize(assessment: Assessment, exit_code: int, changes: Changes | None) -> Summary:
    """The summary of a run that has an assessment."""
    return Summary(
        status=_status(exit_code),
        exit_code=exit_code,
        tool_version=assessment.tool_version,
        now=assessment.now,
        scope=[*assessment.providers, *assessment.accounts],
        systems=[
            SystemSummary(
                system=level.system if level.is_declared else "",
                level=level.level,
                lowest=level.conformity.lowest,
                highest=level.conformity.highest,
                failed=level.failed_by_severity,
                unknown=level.counts.unknown + level.counts.error,
            )
            for level in assessment.levels
        ],
        failed_calls=len(assessment.failed_calls),
        incomplete=assessment.incomplete or assessment.judged_nothing,
        checks=_checks(assessment),
        changes=changes,
    )


def not_finished(error: str, exit_code: int, tool_version: str) -> Summary:
    """The summary of a run that ended before there was an assessment."""
    return Summary(
        status="not_finished", exit_code=exit_code, tool_version=tool_version, error=error
    )


def trial(tool_version: str) -> Summary:
    """What is sent to try a webhook."""
    return Summary(status="test", exit_code=0, tool_version=tool_version, incomplete=False)


def _status(exit_code: int) -> Status:
    found: dict[int, Status] = {
        0: "passed",
        exits.FAILED: "failed",
        exits.INCOMPLETE: "incomplete",
    }
    return found.get(exit_code, "not_finished")


def _checks(assessment: Assessment) -> list[FailingCheck]:
    failing: Counter[str] = Counter()
    for check, _ in {(one.check, one.resource.id) for one in assessment.results if one.counts}:
        failing[check] += 1
    known = {check.id: check for check in assessment.checks}
    found = [
        FailingCheck(
            check=check,
            title=Text(known[check].title, known[check].title_zh),
            severity=known[check].severity,
            resources=resources,
        )
        for check, resources in failing.items()
    ]
    found.sort(key=lambda one: (-SEVERITIES.index(one.severity), -one.resources, one.check))
    return found[:MOST_CHECKS]


_ENDED: dict[Status, Text] = {
    "passed": Text("the run passed", "扫描通过"),
    "failed": Text("failures found", "发现不符合项"),
    "incomplete": Text("the scan is incomplete", "扫描不完整"),
    "not_finished": Text("the run did not finish", "扫描未完成"),
    "test": Text("a test message", "测试消息"),
}


def title(summary: Summary, language: Language) -> str:
    """One line: what it is about, and how it ended."""
    colon = "：" if language == "zh" else ": "
    return f"{TITLE.in_language(language)}{colon}{_ENDED[summary.status].in_language(language)}"


def lines(summary: Summary, language: Language) -> list[str]:
    """The rest, the most important first: a kind with little room leaves out the last."""
    zh = language == "zh"
    found = []
    if summary.error:
        found.append(visible(summary.error))
    if summary.scope:
        more = len(summary.scope) - MOST_SYSTEMS
        names = (", " if not zh else "、").join(summary.scope[:MOST_SYSTEMS])
        rest = (f" 等，另有 {more} 个" if zh else f" and {more} more") if more > 0 else ""
        found.append(visible(f"{names}{rest}") + f" · {summary.now}")
    if summary.incomplete and not summary.error:
        found.append(INCOMPLETE.in_language(language))
    if summary.changes:
        found.append(_changes(summary.changes, language))
    found += [_system(one, language) for one in summary.systems[:MOST_SYSTEMS]]
    more = len(summary.systems) - MOST_SYSTEMS
    if more > 0:
        found.append(
            f"另有 {more} 个定级对象，见报告" if zh else f"{more} more systems: see report"
        )
    found += [_check(one, language) for one in summary.checks]
    if summary.link:
        found.append(f"报告：{summary.link}" if zh else f"Report: {summary.link}")
    return found


def _changes(changes: Changes, language: Language) -> str:
    if language == "zh":
        return (
            f"较上次：新增 {changes.new}，再次出现 {changes.reopened}，已整改 {changes.fixed}，"
            f"未判定 {changes.unseen}"
        )
    return (
        f"Since the last run: new {changes.new}, reopened {changes.reopened},"
        f" fixed {changes.fixed}, not seen {changes.unseen}"
    )


def _system(one: SystemSummary, language: Language) -> str:
    zh = language == "zh"
    level = level_name(one.level).in_language(language)
    name = visible(f"{one.system} {level}".strip())
    exact = one.lowest == one.highest
    rate = f"{one.lowest:g}%" if exact else f"{one.lowest:g}%–{one.highest:g}%"
    by_severity = [
        f"{SEVERITY[severity].in_language(language)} {one.failed[severity]}"
        for severity in reversed(SEVERITIES)
        if one.failed.get(severity)
    ]
    if zh:
        failed = "、".join(by_severity) or "无"
        return f"{name}：自查符合率 {rate}；不符合：{failed}；未知 {one.unknown}"
    failed = ", ".join(by_severity) or "none"
    return f"{name}: conforming items {rate}; failures: {failed}; unknown {one.unknown}"


def _check(one: FailingCheck, language: Language) -> str:
    severity = SEVERITY[one.severity].in_language(language)
    said = visible(one.title.in_language(language))
    if language == "zh":
        return f"[{severity}] {said}（{one.resources} 个资源）"
    return f"[{severity}] {said} ({one.resources} resources)"
