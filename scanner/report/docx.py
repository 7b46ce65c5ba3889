"""DOCX: the self-check as a report with a chapter for each domain, for each system.

For reading and signing, not for processing: of the failures of an item it names the first, counts
the rest, and says where the whole is.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from datetime import datetime

from scanner.assessment import Assessment, ItemResult, LevelResult
from scanner.catalog import Catalogue, Text
from scanner.conformity import OUTCOMES
from scanner.judge import ITEM_STATUSES
from scanner.report import Format, Language, Options
from scanner.report._advice import advice_for, said_of
from scanner.report._docx_page import Page
from scanner.report._gaps import KINDS, gaps
from scanner.report._rows import Row, rows
from scanner.report._words import (
    COMPLETE,
    INCOMPLETE,
    NOTICE,
    ORIGIN,
    OUTCOME,
    PARTY,
    SEVERITY,
    STATUS,
    TITLE,
    level_name,
)

SHOWN = 10
"""Failures that are named for an item."""

SHOWN_GAPS = 200
"""Rows of the chapter on what is unknown."""

_EPOCH = (1980, 1, 1, 0, 0, 0)


def render(assessment: Assessment, catalogue: Catalogue, options: Options) -> bytes:
    """The document. The same assessment gives the same bytes."""
    language = options.language
    page = Page(language, NOTICE.in_language(language))
    listed = list(rows(assessment, catalogue, language))
    _summary(page, assessment, language)
    for level in assessment.levels:
        _system(page, level, listed, assessment, catalogue, language)
    _unknown(page, listed, assessment, language)
    page.describe(
        title=TITLE.in_language(language),
        author=f"mlps {assessment.tool_version}",
        when=datetime.fromisoformat(assessment.now).replace(tzinfo=None),
    )
    return _without_times(page.saved())


def _summary(page: Page, assessment: Assessment, language: Language) -> None:
    page.title(TITLE.in_language(language))
    page.paragraph(NOTICE.in_language(language), bold=True)
    sure = INCOMPLETE if assessment.incomplete else COMPLETE
    page.paragraph(sure.in_language(language), bold=assessment.incomplete)
    if assessment.judged_nothing:
        nothing = Text("Not one verdict was reached.", "未得出任何判定。")
        page.paragraph(nothing.in_language(language), bold=True)
    page.heading(Text("Summary", "概述").in_language(language), 1)
    named = (
        (Text("Time of the scan (UTC)", "扫描时间（UTC）"), assessment.now),
        (Text("What was scanned", "扫描对象"), ORIGIN[assessment.origin].in_language(language)),
        (Text("Clouds", "云平台"), ", ".join(assessment.providers)),
        (Text("Accounts", "账户"), ", ".join(assessment.accounts)),
        (Text("Regions", "地域"), ", ".join(assessment.regions)),
        (Text("Resources", "资源数"), str(assessment.resources)),
        (Text("Tool", "工具"), f"mlps {assessment.tool_version}"),
    )
    page.table([], [[name.in_language(language), value] for name, value in named], [4.5, 12.5])
    columns = [
        Text("System", "定级对象").in_language(language),
        Text("Level", "等级").in_language(language),
        *(STATUS[status].in_language(language) for status in ITEM_STATUSES),
        Text("Conforming items", "自查符合率").in_language(language),
        Text("Self-check", "自查结果").in_language(language),
    ]
    page.table(columns, [_numbers(level, language) for level in assessment.levels])


def _name(level: LevelResult, language: Language) -> str:
    everything = Text("everything scanned", "全部扫描对象").in_language(language)
    return level.system if level.is_declared else everything


def _numbers(level: LevelResult, language: Language) -> list[str]:
    found = level.conformity
    return [
        _name(level, language),
        level_name(level.level).in_language(language),
        *(str(level.totals[status]) for status in ITEM_STATUSES),
        f"{found.lowest:g}–{found.highest:g} %",
        OUTCOMES[found.outcome].in_language(language),
    ]


def _system(
    page: Page,
    level: LevelResult,
    listed: list[Row],
    assessment: Assessment,
    catalogue: Catalogue,
    language: Language,
) -> None:
    name = level_name(level.level).in_language(language)
    page.heading(f"{_name(level, language)} ({name})", 1, new_page=True)
    if level.owner:
        owner = Text("Responsible: {owner}", "责任部门：{owner}").in_language(language)
        page.paragraph(owner.format(owner=level.owner))
    failures: dict[str, list[Row]] = {}
    for row in listed:
        if row.level is level and row.result.status == "fail":
            for key in row.check.items:
                failures.setdefault(key, []).append(row)
    for domain, title in catalogue.domains.items():
        items = [item for item in level.items if item.domain == domain]
        if not items:
            continue
        page.heading(title.in_language(language), 2)
        page.table(
            [
                Text("Clause", "条款").in_language(language),
                Text("Control point", "控制点").in_language(language),
                Text("Requirement", "要求项").in_language(language),
                Text("Record of the check", "测评结果记录").in_language(language),
                Text("Result", "符合情况").in_language(language),
                Text("Responsible", "责任方").in_language(language),
            ],
            [_item(item, assessment, catalogue, language) for item in items],
            [2.0, 2.4, 4.6, 5.0, 1.6, 1.6],
        )
        for item in items:
            if item.key in failures and item.status in {"not_met", "partly_met"}:
                _wrong(page, item, failures[item.key], assessment, catalogue, language)


def _item(
    item: ItemResult, assessment: Assessment, catalogue: Catalogue, language: Language
) -> list[str]:
    said = catalogue.items[item.key]
    return [
        item.clause,
        said.control_point.in_language(language),
        said.summary.in_language(language),
        said_of(item, assessment, language),
        STATUS[item.status].in_language(language),
        PARTY[said.responsibility.iaas].in_language(language),
    ]


def _wrong(
    page: Page,
    item: ItemResult,
    found: list[Row],
    assessment: Assessment,
    catalogue: Catalogue,
    language: Language,
) -> None:
    """What is wrong with an item, and what to do."""
    point = catalogue.items[item.key].control_point.in_language(language)
    page.heading(f"{item.clause} {point}", 3)
    if item.major_risk or item.high_risk:
        risk = Text("Risk for assessors: {ids}", "测评风险：{ids}").in_language(language)
        page.paragraph(risk.format(ids=", ".join([*item.major_risk, *item.high_risk])), bold=True)
    lines = []
    for row in found[:SHOWN]:
        severity = SEVERITY[row.result.severity].in_language(language)
        text = f"[{severity}] {row.resource}: {row.message}"
        if row.waiver:
            text += f" [{OUTCOME['waived'].in_language(language)}: {row.waiver}]"
        lines.append(text)
    page.bullets([*lines, *_more(len(found) - SHOWN, language)])
    todo = Text("What to do: ", "整改建议：").in_language(language)
    page.paragraph(todo + advice_for(item, assessment, language))


def _more(number: int, language: Language) -> Iterable[str]:
    if number > 0:
        text = Text(
            "… and {n} more: the whole is in the formats xlsx, html, json and csv.",
            "…… 另有 {n} 项：完整清单见 xlsx、html、json、csv 格式的报告。",
        )
        yield text.in_language(language).format(n=number)


def _unknown(page: Page, listed: list[Row], assessment: Assessment, language: Language) -> None:
    page.heading(Text("Unknown and not looked at", "未知与未检查").in_language(language), 1)
    cells = [
        [OUTCOME[row.outcome].in_language(language), f"{row.resource}: {row.title}", row.message]
        for row in listed
        if row.result.status != "fail"
    ]
    cells += [
        [KINDS[gap.kind].in_language(language), gap.subject, gap.reason]
        for gap in gaps(assessment, language)
    ]
    if not cells:
        page.paragraph(COMPLETE.in_language(language))
        return
    columns = [
        Text("Kind", "类别").in_language(language),
        Text("What", "对象").in_language(language),
        Text("Why", "原因").in_language(language),
    ]
    page.table(columns, cells[:SHOWN_GAPS], [2.6, 6.4, 8.2])
    for text in _more(len(cells) - SHOWN_GAPS, language):
        page.paragraph(text)


def _without_times(data: bytes) -> bytes:
    """The same archive whose members are all of one time."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as given,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for name in given.namelist():
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            made.writestr(info, given.read(name))
    return out.getvalue()


FORMAT = Format(
    name="docx", description="a report with chapters (Word)", render=render, binary=True
)
