"""Markdown: the summary for a comment on a pull request, or for the summary of a job.

Bounded: a comment on GitHub takes 65,536 characters. What does not fit is counted, and it is said
where the whole is. Everything that somebody else wrote stands in a code span, in which neither
Markdown nor HTML nor a mention works.
"""

from __future__ import annotations

from collections.abc import Iterable

from scanner.assessment import Assessment, ItemResult, LevelResult
from scanner.catalog import Catalogue, Item, Text
from scanner.checks import SEVERITIES
from scanner.conformity import OUTCOMES
from scanner.judge import ITEM_STATUSES
from scanner.report import Format, Language, Options
from scanner.report._gaps import KINDS, gaps
from scanner.report._markdown import code, heading_rows, plain, table_row
from scanner.report._rows import Row, rows
from scanner.report._words import (
    COMPLETE,
    INCOMPLETE,
    NOTICE,
    OUTCOME,
    SEVERITY,
    STATUS,
    TITLE,
    level_name,
)

LIMIT = 65_000
"""Characters of the whole."""

_SHARES = (0.35, 0.75, 0.9, 1.0)
"""Up to which part of the limit items, failures, unknown verdicts and gaps may fill it."""


def render(assessment: Assessment, catalogue: Catalogue, options: Options) -> str:
    """The summary; the tables take what room there is, the first what they need at most."""
    language = options.language
    head = _head(assessment, language)
    foot = ["", f"_{NOTICE.in_language(language)}_"]
    listed = list(rows(assessment, catalogue, language))
    wrong = [row for row in listed if row.outcome == "fail" and not row.aside]
    rest = [row for row in listed if row.outcome != "fail" or row.aside]
    tables: tuple[tuple[Text, tuple[Text, ...], list[tuple[str, ...]]], ...] = (
        (
            Text("Items that are not met", "不符合的要求项"),
            _ITEMS,
            _items(assessment, catalogue, language),
        ),
        (Text("Failures", "不符合项"), _FAILURES, [_failure(row, language) for row in wrong]),
        (
            Text("Waived, not counted, unknown, in error", "已豁免、不计入、未知与出错"),
            _OTHERS,
            [_other(row, language) for row in rest],
        ),
        (
            Text("Not looked at", "未纳入检查"),
            _GAPS,
            [
                (KINDS[gap.kind].in_language(language), code(gap.subject), code(gap.reason))
                for gap in gaps(assessment, language)
            ],
        ),
    )
    lines = head
    fixed = sum(len(line) + 1 for line in foot)
    for share, (title, columns, cells) in zip(_SHARES, tables, strict=True):
        used = sum(len(line) + 1 for line in lines) + fixed
        lines += _table(title, columns, cells, int(LIMIT * share) - used, language)
    return "\n".join([*lines, *foot]) + "\n"


def _head(assessment: Assessment, language: Language) -> list[str]:
    sure = INCOMPLETE if assessment.incomplete else COMPLETE
    mark = "⚠️" if assessment.incomplete or assessment.judged_nothing else "ℹ️"
    where = [*assessment.providers, *assessment.accounts, *assessment.regions]
    lines = [
        f"## {TITLE.in_language(language)}",
        "",
        f"{mark} {sure.in_language(language)}",
        "",
        " · ".join([*(code(one) for one in where[:12]), code(assessment.now)]),
    ]
    if assessment.judged_nothing:
        nothing = Text("Not one verdict was reached.", "未得出任何判定。")
        lines += ["", f"**{nothing.in_language(language)}**"]
    return [*lines, "", *_systems(assessment, language)]


_SYSTEM = Text("System", "定级对象")
_SEVERITY = Text("Severity", "严重程度")
_CHECK = Text("Check", "检查项")
_RESOURCE = Text("Resource", "资源")
_FAILURES = (_SEVERITY, _CHECK, _RESOURCE, Text("What is wrong", "问题"), Text("Place", "位置"))
_OTHERS = (Text("Verdict", "判定"), _SEVERITY, _CHECK, _RESOURCE, Text("Why", "原因"))
_GAPS = (Text("Kind", "类别"), Text("What", "对象"), Text("Why", "原因"))


def _systems(assessment: Assessment, language: Language) -> list[str]:
    columns = [
        _SYSTEM,
        *(STATUS[status] for status in ITEM_STATUSES),
        Text("Failures", "不符合判定"),
        Text("waived", "已豁免"),
        Text("unknown", "未知"),
        Text("Conforming items", "自查符合率"),
    ]
    # A file with as many systems as this has them in another format.
    shown = assessment.levels[:_SYSTEMS]
    lines = heading_rows(columns, language) + [
        table_row(_system(level, language)) for level in shown
    ]
    return lines + _rest(len(assessment.levels) - len(shown), language)


_SYSTEMS = 40


def _system(level: LevelResult, language: Language) -> list[str]:
    name = level_name(level.level).in_language(language)
    severities = ", ".join(
        f"{number} {SEVERITY[severity].in_language(language)}"
        for severity in reversed(SEVERITIES)
        if (number := level.failed_by_severity[severity])
    )
    found = level.conformity
    outcome = OUTCOMES[found.outcome].in_language(language)
    return [
        f"{code(level.system)} {name}" if level.is_declared else name,
        *(str(level.totals[status]) for status in ITEM_STATUSES),
        f"{level.counts.failed} ({severities})" if severities else str(level.counts.failed),
        str(level.counts.waived),
        str(level.counts.unknown + level.counts.error),
        f"{found.lowest:g}–{found.highest:g} %, {outcome}",
    ]


_ITEMS = (
    _SYSTEM,
    Text("Clause", "条款"),
    Text("Requirement", "要求项"),
    Text("Result", "结果"),
    Text("Risk for assessors", "测评风险"),
)


def _items(
    assessment: Assessment, catalogue: Catalogue, language: Language
) -> list[tuple[str, ...]]:
    return [
        _item(item, level, catalogue.items[item.key], language)
        for level in assessment.levels
        for item in level.items
        if item.status in {"not_met", "partly_met"}
    ]


def _item(item: ItemResult, level: LevelResult, said: Item, language: Language) -> tuple[str, ...]:
    name = level_name(level.level).in_language(language)
    return (
        code(level.system) if level.is_declared else name,
        item.clause,
        plain(said.summary.in_language(language)),
        STATUS[item.status].in_language(language),
        plain(", ".join([*item.major_risk, *item.high_risk])) or "–",
    )


def _failure(row: Row, language: Language) -> tuple[str, ...]:
    return (
        SEVERITY[row.result.severity].in_language(language),
        plain(row.title),
        code(row.resource),
        code(row.message),
        code(f"{row.file}:{row.line}"),
    )


def _other(row: Row, language: Language) -> tuple[str, ...]:
    return (
        row.aside or OUTCOME[row.outcome].in_language(language),
        SEVERITY[row.result.severity].in_language(language),
        plain(row.title),
        code(row.resource),
        code(row.waiver or row.message),
    )


def _table(
    title: Text,
    columns: Iterable[Text],
    cells: list[tuple[str, ...]],
    room: int,
    language: Language,
) -> list[str]:
    """A section with a table, of at most `room` characters with what is said of the rest."""
    if not cells:
        return []
    heading = f"### {title.in_language(language)} ({len(cells)})"
    lines = ["", heading, "", *heading_rows(columns, language)]
    left = room - sum(len(line) + 1 for line in lines) - len(_rest(len(cells), language)[1]) - 2
    shown = 0
    for row in map(table_row, cells):
        left -= len(row) + 1
        if left < 0:
            break
        lines.append(row)
        shown += 1
    return lines + _rest(len(cells) - shown, language)


def _rest(number: int, language: Language) -> list[str]:
    if number <= 0:
        return []
    text = Text(
        f"… and {number} more: the whole is in the formats html, json, csv and sarif.",
        f"…… 另有 {number} 项：完整内容见 html、json、csv、sarif 格式的报告。",
    )
    return ["", text.in_language(language)]


FORMAT = Format(
    name="markdown", description="a summary, for pull requests and job summaries", render=render
)
