"""The first sheet of the workbook: what was scanned, what the result is and what it is not."""

from __future__ import annotations

from collections.abc import Sequence

from scanner.assessment import Assessment, LevelResult
from scanner.catalog import Text
from scanner.conformity import OUTCOMES
from scanner.judge import ITEM_STATUSES
from scanner.report import Language
from scanner.report._sheet import Sheets, text_of_cell
from scanner.report._words import COMPLETE, INCOMPLETE, NOTICE, ORIGIN, STATUS, TITLE, level_name


def cover(sheets: Sheets, assessment: Assessment, language: Language) -> None:
    """Write it."""
    sheet = sheets.add(Text("Cover", "封面").in_language(language))
    book = sheets.workbook
    big = book.add_format({"bold": True, "font_size": 18})
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    plain = book.add_format({"text_wrap": True, "valign": "top"})
    alarm = book.add_format({"bold": True, "text_wrap": True, "bg_color": "#FFE699"})
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 22)
    sheet.set_column(2, 9, 13)
    lines: list[tuple[Sequence[str], object, object]] = [
        ([TITLE.in_language(language)], big, big),
        ([NOTICE.in_language(language)], bold, bold),
        ([""], plain, plain),
        *(([name, value], bold, plain) for name, value in _facts(assessment, language)),
        ([""], plain, plain),
    ]
    sure = INCOMPLETE if assessment.incomplete else COMPLETE
    style = alarm if assessment.incomplete else bold
    lines += [([sure.in_language(language)], style, style)]
    if assessment.judged_nothing:
        nothing = Text("Not one verdict was reached.", "未得出任何判定。")
        lines += [([nothing.in_language(language)], alarm, alarm)]
    lines += [([""], plain, plain), (_headings(language), bold, bold)]
    lines += [(_system(level, language), plain, plain) for level in assessment.levels]
    lines += [([""], plain, plain)]
    lines += [([text.in_language(language)], plain, plain) for text in _READING]
    for number, (cells, first, rest) in enumerate(lines):
        for column, cell in enumerate(cells):
            sheet.write_string(number, column, text_of_cell(cell), rest if column else first)


def _facts(assessment: Assessment, language: Language) -> list[tuple[str, str]]:
    named = (
        (Text("Time of the scan (UTC)", "扫描时间（UTC）"), assessment.now),
        (Text("What was scanned", "扫描对象"), ORIGIN[assessment.origin].in_language(language)),
        (Text("Clouds", "云平台"), ", ".join(assessment.providers)),
        (Text("Accounts", "账户"), _listed(assessment.accounts, language)),
        (Text("Regions", "地域"), _listed(assessment.regions, language)),
        (Text("Resources", "资源数"), str(assessment.resources)),
        (Text("Checks", "检查项数"), str(len(assessment.checks))),
        (Text("Snapshot", "快照"), assessment.snapshot),
        (Text("Tool", "工具"), f"mlps {assessment.tool_version} ({assessment.engine})"),
    )
    return [(name.in_language(language), value) for name, value in named]


_SHOWN = 200


def _listed(names: list[str], language: Language) -> str:
    more = len(names) - _SHOWN
    rest = Text(f" … and {more} more", f" …… 另有 {more} 个").in_language(language)
    return ", ".join(names[:_SHOWN]) + (rest if more > 0 else "")


def _headings(language: Language) -> list[str]:
    names = (
        Text("System", "定级对象"),
        Text("Level", "等级"),
        *(STATUS[status] for status in ITEM_STATUSES),
        Text("Conforming items", "自查符合率"),
        Text("Self-check", "自查结果"),
        Text("Unknown verdicts", "未知判定数"),
    )
    return [name.in_language(language) for name in names]


def _system(level: LevelResult, language: Language) -> list[str]:
    found = level.conformity
    everything = Text("everything scanned", "全部扫描对象").in_language(language)
    return [
        level.system if level.is_declared else everything,
        level_name(level.level).in_language(language),
        *(str(level.totals[status]) for status in ITEM_STATUSES),
        f"{found.lowest:g}–{found.highest:g} %",
        OUTCOMES[found.outcome].in_language(language),
        str(level.counts.unknown + level.counts.error),
    ]


_READING = (
    Text(
        "An item is met only when every check for it passes and evidence covers the rest;"
        " what is not assessed is not met.",
        "要求项仅在全部检查项通过且佐证材料覆盖其余内容时判为“符合”；“未评估”不等于“符合”。",
    ),
    Text(
        "A waiver accepts a risk; it does not make an item met.",
        "豁免表示接受风险，不改变要求项的符合情况。",
    ),
    Text(
        "Requirements are in our own words; the text of GB/T 22239-2019 prevails.",
        "要求项为本工具的概述，以 GB/T 22239-2019 原文为准。",
    ),
)
