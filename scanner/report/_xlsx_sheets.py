"""The sheets of the workbook about findings, what is unknown, and checks."""

from __future__ import annotations

from typing import Any

from scanner.assessment import Assessment
from scanner.catalog import Catalogue, Text
from scanner.checks import Severity
from scanner.judge import ItemStatus
from scanner.report import Language
from scanner.report._advice import advice
from scanner.report._gaps import KINDS, gaps
from scanner.report._rows import Row, rows
from scanner.report._sheet import Column, Sheets, Table
from scanner.report._words import OUTCOME, SEVERITY, Outcome, level_name

_RED, _YELLOW, _GREEN, _BLUE, _GREY = "#F8CBAD", "#FFE699", "#C6E0B4", "#BDD7EE", "#E7E6E6"
STATUS_COLOURS: dict[ItemStatus, str] = {
    "met": _GREEN,
    "partly_met": _YELLOW,
    "not_met": _RED,
    "not_applicable": _GREY,
    "not_assessed": _BLUE,
}
_OUTCOME: dict[Outcome, str] = {
    "fail": _RED,
    "waived": _YELLOW,
    "unknown": _BLUE,
    "error": _BLUE,
}
_SEVERITY: dict[Severity, str] = {"critical": _RED, "high": _RED, "medium": _YELLOW, "low": _GREY}


def columns(language: Language, *named: tuple[str, str, int]) -> list[Column]:
    """Columns by heading in English and Chinese and by width; narrow ones are centred."""
    return [
        Column(zh if language == "zh" else en, width, centred=width <= 12)
        for en, zh, width in named
    ]


def findings(
    sheets: Sheets, assessment: Assessment, catalogue: Catalogue, language: Language
) -> None:
    """Failures, those that are waived among them."""
    table = Table(
        sheets,
        Text("Findings", "不符合项").in_language(language),
        columns(
            language,
            ("Verdict", "判定", 10),
            ("Severity", "严重程度", 10),
            *_WHERE,
            ("What is wrong", "问题描述", 44),
            ("Waiver", "豁免", 30),
            ("Fingerprint", "指纹", 20),
        ),
    )
    for row in rows(assessment, catalogue, language):
        if row.result.status == "fail":
            table.add(
                [
                    OUTCOME[row.outcome].in_language(language),
                    SEVERITY[row.result.severity].in_language(language),
                    *_where(row, language),
                    row.message,
                    row.waiver,
                    row.id,
                ],
                {0: _OUTCOME[row.outcome], 1: _SEVERITY[row.result.severity]},
            )
    table.close()


_WHERE = (
    ("System", "定级对象", 16),
    ("Level", "等级", 8),
    ("Check", "检查项编号", 24),
    ("Title", "检查项", 28),
    ("Clauses", "条款", 14),
    ("Resource", "资源", 24),
    ("Resource id", "资源标识", 40),
    ("Type", "资源类型", 18),
    ("Account", "账户", 16),
    ("Region", "地域", 14),
    ("Place", "位置", 30),
)


def _where(row: Row, language: Language) -> list[str | int]:
    resource = row.result.resource
    return [
        row.level.system if row.level.is_declared else "",
        level_name(row.level.level).in_language(language),
        row.check.id,
        row.title,
        "\n".join(row.clauses),
        row.resource,
        resource.id,
        resource.native_type or resource.type,
        resource.account,
        resource.region,
        f"{row.file}:{row.line}",
    ]


def unknown(
    sheets: Sheets, assessment: Assessment, catalogue: Catalogue, language: Language
) -> None:
    """What could not be decided, and what was not looked at."""
    table = Table(
        sheets,
        Text("Unknown", "未知与未检查").in_language(language),
        columns(language, ("Kind", "类别", 12), *_WHERE, ("Why", "原因", 60)),
    )
    for row in rows(assessment, catalogue, language):
        if row.result.status != "fail":
            kind = OUTCOME[row.outcome].in_language(language)
            table.add([kind, *_where(row, language), row.message], {0: _OUTCOME[row.outcome]})
    for gap in gaps(assessment, language):
        kind = KINDS[gap.kind].in_language(language)
        where: dict[int, str] = {6: gap.subject, 9: gap.account, 10: gap.region, 11: gap.file}
        cells = [where.get(number, "") for number in range(1, len(_WHERE) + 1)]
        table.add([kind, *cells, gap.reason], {0: _BLUE if gap.is_weighty else _GREY})
    table.close()


def checks(
    sheets: Sheets, assessment: Assessment, catalogue: Catalogue, language: Language
) -> None:
    """Each check once, with what to do about it: findings refer to it by its id."""
    table = Table(
        sheets,
        Text("Checks", "检查项与整改建议").in_language(language),
        columns(
            language,
            ("Check", "检查项编号", 26),
            ("Title", "检查项", 32),
            ("Severity", "严重程度", 10),
            ("Why it matters", "说明", 50),
            ("What to do", "整改建议", 70),
            ("Clauses (by level)", "条款（按等级）", 30),
            ("References", "参考资料", 40),
        ),
    )
    levels = sorted({level.level for level in assessment.levels})
    for check in assessment.checks:
        clauses = [
            f"{level}: {catalogue.items[key].clauses[level]}"
            for level in levels
            for key in check.items
            if key in catalogue.items and level in catalogue.items[key].clauses
        ]
        cells: list[Any] = [
            check.id,
            check.title_zh if language == "zh" else check.title,
            SEVERITY[check.severity].in_language(language),
            check.description_zh if language == "zh" else check.description,
            advice(check, language),
            "\n".join(clauses),
            "\n".join(check.references),
        ]
        table.add(cells, {2: _SEVERITY[check.severity]})
    table.close()
