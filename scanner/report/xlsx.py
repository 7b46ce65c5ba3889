"""XLSX for assessors: the record of a self-check as it is kept for 等保, a sheet for each system.

The sheet of a system has a row for each requirement item: clause, requirement, what was found, the
result, evidence, what to do, who answers for it, and a column to fill in. Beside them: a cover with
what the result is and is not, findings, what is unknown, and each check with what to do about it.
"""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

from scanner.assessment import Assessment, ItemResult, LevelResult
from scanner.catalog import Catalogue, Text
from scanner.checks import Severity
from scanner.judge import ItemStatus
from scanner.report import Format, Language, Options
from scanner.report._advice import advice, advice_for, said_of
from scanner.report._gaps import KINDS, gaps
from scanner.report._rows import Row, rows
from scanner.report._sheet import Column, Sheets, Table
from scanner.report._text import visible
from scanner.report._words import (
    NOTICE,
    OUTCOME,
    PARTY,
    SEVERITY,
    STATUS,
    TITLE,
    Outcome,
    level_name,
)
from scanner.report._xlsx_cover import cover

_RED, _YELLOW, _GREEN, _BLUE, _GREY = "#F8CBAD", "#FFE699", "#C6E0B4", "#BDD7EE", "#E7E6E6"
_STATUS: dict[ItemStatus, str] = {
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


def render(assessment: Assessment, catalogue: Catalogue, options: Options) -> bytes:
    """The workbook. The same assessment gives the same bytes."""
    import xlsxwriter  # noqa: PLC0415 - for this format alone

    language = options.language
    out = io.BytesIO()
    workbook = xlsxwriter.Workbook(
        out,
        {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    workbook.set_properties(
        {
            "title": TITLE.in_language(language),
            "comments": NOTICE.in_language(language),
            "author": f"mlps {assessment.tool_version}",
            "created": datetime.fromisoformat(assessment.now).replace(tzinfo=None),
        }
    )
    sheets = Sheets(workbook, NOTICE.in_language(language))
    cover(sheets, assessment, language)
    for level in assessment.levels:
        _items(sheets, level, assessment, catalogue, language)
    _findings(sheets, assessment, catalogue, language)
    _unknown(sheets, assessment, catalogue, language)
    _checks(sheets, assessment, catalogue, language)
    workbook.close()
    return out.getvalue()


def _columns(language: Language, *columns: tuple[str, str, int]) -> list[Column]:
    """Columns by heading in English and Chinese and by width; narrow ones are centred."""
    return [
        Column(zh if language == "zh" else en, width, centred=width <= 12)
        for en, zh, width in columns
    ]


def _items(
    sheets: Sheets,
    level: LevelResult,
    assessment: Assessment,
    catalogue: Catalogue,
    language: Language,
) -> None:
    name = level_name(level.level).in_language(language)
    table = Table(
        sheets,
        f"{name} {level.system}" if level.is_declared else name,
        _columns(
            language,
            ("No.", "序号", 6),
            ("Domain", "安全层面", 12),
            ("Control point", "控制点", 14),
            ("Clause", "条款", 12),
            ("Requirement", "要求项", 36),
            ("Record of the check", "测评结果记录", 44),
            ("Result", "符合情况", 11),
            ("Risk for assessors", "测评风险", 16),
            ("Evidence", "佐证材料", 30),
            ("What to do", "整改建议", 40),
            ("Responsible", "责任方", 12),
            ("Remark", "备注", 24),
        ),
    )
    for number, item in enumerate(level.items, 1):
        table.add(
            _item(number, item, level, assessment, catalogue, language),
            {6: _STATUS[item.status]},
        )
    table.close()


def _item(
    number: int,
    item: ItemResult,
    level: LevelResult,
    assessment: Assessment,
    catalogue: Catalogue,
    language: Language,
) -> list[str | int]:
    said = catalogue.items[item.key]
    major = Text("major: {ids}", "重大风险隐患：{ids}").in_language(language)
    high = Text("high: {ids}", "高风险：{ids}").in_language(language)
    risks = [
        text.format(ids=", ".join(ids))
        for text, ids in ((major, item.major_risk), (high, item.high_risk))
        if ids
    ]
    responsible = PARTY[said.responsibility.iaas].in_language(language)
    return [
        number,
        catalogue.domains[item.domain].in_language(language),
        said.control_point.in_language(language),
        item.clause,
        said.summary.in_language(language),
        said_of(item, assessment, language),
        STATUS[item.status].in_language(language),
        "\n".join(risks),
        _evidence(item, said.evidence, language),
        advice_for(item, assessment, language),
        f"{responsible}\n{visible(level.owner)}" if level.owner else responsible,
        "",
    ]


def _evidence(item: ItemResult, wanted: Text | None, language: Language) -> str:
    """What there is, else what to provide."""
    if item.evidence:
        return item.evidence.text.in_language(language)
    if wanted is None:
        return ""
    to_provide = Text("To provide: ", "需提供：").in_language(language)
    return to_provide + wanted.in_language(language)


def _findings(
    sheets: Sheets, assessment: Assessment, catalogue: Catalogue, language: Language
) -> None:
    table = Table(
        sheets,
        Text("Findings", "不符合项").in_language(language),
        _columns(
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


def _unknown(
    sheets: Sheets, assessment: Assessment, catalogue: Catalogue, language: Language
) -> None:
    """What could not be decided, and what was not looked at."""
    table = Table(
        sheets,
        Text("Unknown", "未知与未检查").in_language(language),
        _columns(language, ("Kind", "类别", 12), *_WHERE, ("Why", "原因", 60)),
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


def _checks(
    sheets: Sheets, assessment: Assessment, catalogue: Catalogue, language: Language
) -> None:
    """Each check once, with what to do about it: findings refer to it by its id."""
    table = Table(
        sheets,
        Text("Checks", "检查项与整改建议").in_language(language),
        _columns(
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


FORMAT = Format(
    name="xlsx", description="a workbook for assessors (Excel)", render=render, binary=True
)
