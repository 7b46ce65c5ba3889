"""JUnit XML, for pipelines: a suite for each system and level, and one for the scan itself.

A case is a check on a resource. A failure is a `failure`, one that is waived is `skipped`, and a
verdict that could not be reached is an `error`, as is a call that failed: no pipeline takes those
for a pass. A check that finds nothing wrong is one case that passes and says how much it looked at;
one that found nothing to look at is skipped.
"""

from __future__ import annotations

import re
from xml.sax.saxutils import escape, quoteattr

from msgspec import Struct

from scanner.assessment import Assessment, LevelResult
from scanner.catalog import Catalogue, Text
from scanner.judge import Counts
from scanner.report import Format, Language, Options
from scanner.report._gaps import KINDS, Gap, gaps
from scanner.report._rows import Row, rows
from scanner.report._text import counted, visible
from scanner.report._words import COMPLETE, NOTICE, level_name

_NO_XML = re.compile("[\ufffe\uffff\ud800-\udfff]")
"""What XML 1.0 does not have, beside the control characters that `visible` writes out."""


class _Case(Struct, frozen=True):
    """A case: `kind` is empty where it passes."""

    classname: str
    name: str
    kind: str = ""
    type: str = ""
    message: str = ""
    body: str = ""


def render(assessment: Assessment, catalogue: Catalogue, options: Options) -> str:
    """The whole file; suites have counts of their own and the root their sums."""
    language = options.language
    by_level: dict[tuple[str, int], list[Row]] = {}
    for row in rows(assessment, catalogue, language):
        by_level.setdefault((row.level.system, row.level.level), []).append(row)
    suites = [("mlps scan", _scan_cases(assessment, language))]
    for level in assessment.levels:
        found = by_level.get((level.system, level.level), [])
        suites.append((_suite_name(level, language), _level_cases(level, found, language)))
    every = [case for _, cases in suites for case in cases]
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<testsuites name="mlps" {_counts(every, skipped=False)}>',
    ]
    for name, cases in suites:
        stamp = assessment.now.removesuffix("Z")
        lines.append(
            f"<testsuite name={_attribute(name)} {_counts(cases)} timestamp={_attribute(stamp)}>"
        )
        lines.append("<properties>")
        lines += [
            f"<property name={_attribute(key)} value={_attribute(value)}/>"
            for key, value in (
                ("notice", NOTICE.in_language(language)),
                ("incomplete", str(assessment.incomplete).lower()),
                ("tool_version", assessment.tool_version),
            )
        ]
        lines.append("</properties>")
        lines += map(_case, cases)
        lines.append("</testsuite>")
    return "\n".join([*lines, "</testsuites>"]) + "\n"


def _suite_name(level: LevelResult, language: Language) -> str:
    name = level_name(level.level).in_language(language)
    return f"{level.system} {name}" if level.is_declared else name


def _scan_cases(assessment: Assessment, language: Language) -> list[_Case]:
    found = [_gap_case(gap, language) for gap in gaps(assessment, language)]
    if assessment.incomplete or any(case.kind == "error" for case in found):
        return found
    return [_Case("mlps.scan", COMPLETE.in_language(language)), *found]


def _gap_case(gap: Gap, language: Language) -> _Case:
    return _Case(
        f"mlps.scan.{gap.kind}",
        " ".join(part for part in (gap.subject, gap.account, gap.region) if part),
        "error" if gap.is_weighty else "skipped",
        gap.kind,
        f"{KINDS[gap.kind].in_language(language)}: {gap.reason}",
    )


def _level_cases(level: LevelResult, found: list[Row], language: Language) -> list[_Case]:
    where = f"mlps.{level.system}.level-{level.level}"
    cases = [_row_case(row, where, language) for row in found]
    listed = {row.check.id for row in found}
    counts: dict[str, Counts] = {
        one.check: one.counts for item in level.items for one in item.checks
    }
    for check, number in counts.items():
        if check not in listed:
            cases.append(_quiet_case(where, check, number, language))
    return cases


def _quiet_case(where: str, check: str, counts: Counts, language: Language) -> _Case:
    """A check without a failure and without anything unknown."""
    if counts.unknown or counts.error:
        # A pass on a resource that may be another system's.
        number = counts.unknown + counts.error
        text = Text(f"{counted(number, 'verdict')} unknown.", f"{number} 项判定未知。")
        return _Case(f"{where}.{check}", check, "error", "unknown", text.in_language(language))
    if counts.passed:
        text = Text(f"{counted(counts.passed, 'resource')} pass.", f"{counts.passed} 个资源符合。")
        return _Case(f"{where}.{check}", check, body=text.in_language(language))
    text = Text("No resource was found that it applies to.", "未发现适用的资源。")
    return _Case(f"{where}.{check}", check, "skipped", "not_applicable", text.in_language(language))


_KINDS = {"fail": "failure", "waived": "skipped", "unknown": "error", "error": "error"}


def _row_case(row: Row, where: str, language: Language) -> _Case:
    message = row.message
    if row.waiver:
        waived = Text("waived: {why}; {what}", "已豁免：{why}；{what}").in_language(language)
        message = waived.format(why=row.waiver, what=row.message)
    elif row.aside:
        message = f"{row.aside}; {row.message}"
    remedy = row.check.remediation
    body = [
        f"{row.title} [{row.result.severity}]",
        f"{row.file}:{row.line}",
        f"GB/T 22239: {', '.join(row.clauses)}",
        remedy.zh if language == "zh" else remedy.en,
    ]
    if row.result.resource.source:
        # In a template it is not clicked, it is written.
        body += [text for name, text in remedy.clouds(language) if name == "Terraform"]
    return _Case(
        f"{where}.{row.check.id}",
        f"{row.resource} ({visible(row.result.resource.id)}) {row.id[:8]}",
        "skipped" if row.aside else _KINDS[row.outcome],
        row.outcome if row.outcome != "fail" else row.result.severity,
        message,
        "\n".join(body),
    )


def _case(case: _Case) -> str:
    start = f"<testcase classname={_attribute(case.classname)} name={_attribute(case.name)}"
    if not case.kind:
        return f"{start}><system-out>{_text(case.body)}</system-out></testcase>"
    return (
        f"{start}><{case.kind} type={_attribute(case.type)} message={_attribute(case.message)}>"
        f"{_text(case.body)}</{case.kind}></testcase>"
    )


def _counts(cases: list[_Case], *, skipped: bool = True) -> str:
    kinds = [case.kind for case in cases]
    text = (
        f'tests="{len(kinds)}" failures="{kinds.count("failure")}" errors="{kinds.count("error")}"'
    )
    return f'{text} skipped="{kinds.count("skipped")}"' if skipped else text


def _attribute(text: str) -> str:
    return quoteattr(_NO_XML.sub("\ufffd", text))


def _text(text: str) -> str:
    return escape(_NO_XML.sub("\ufffd", text))


FORMAT = Format(name="junit", description="JUnit XML, for test reports of pipelines", render=render)
