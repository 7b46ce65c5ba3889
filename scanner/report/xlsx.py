"""XLSX for assessors: the record of a self-check as it is kept for 等保, a sheet for each system.

The sheet of a system has a row for each requirement item: clause, requirement, what was found, the
result, evidence, what to do, who answers for it, and a column to fill in. Beside them: a cover with
what the result is and is not, findings, what is unknown, and each check with what to do about it.
"""

from __future__ import annotations

import io
from datetime import datetime

from scanner.assessment import Assessment, ItemResult, LevelResult
from scanner.catalog import Catalogue, Text
from scanner.report import Format, Language, Options
from scanner.report._advice import advice_for, said_of
from scanner.report._sheet import Sheets, Table
from scanner.report._text import visible
from scanner.report._words import NOTICE, PARTY, STATUS, TITLE, level_name
from scanner.report._xlsx_cover import cover
from scanner.report._xlsx_sheets import STATUS_COLOURS, checks, columns, findings, unknown


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
    findings(sheets, assessment, catalogue, language)
    unknown(sheets, assessment, catalogue, language)
    checks(sheets, assessment, catalogue, language)
    workbook.close()
    return out.getvalue()


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
        columns(
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
            {6: STATUS_COLOURS[item.status]},
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


FORMAT = Format(
    name="xlsx", description="a workbook for assessors (Excel)", render=render, binary=True
)
