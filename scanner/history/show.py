"""Differences and trends as tables of text, in English and Chinese."""

from __future__ import annotations

from collections.abc import Sequence

from scanner.catalog import Text
from scanner.history.model import (
    CHANGES,
    Aspect,
    Change,
    Changed,
    ChangedItem,
    Difference,
    Point,
)
from scanner.report import Language
from scanner.report._text import visible
from scanner.report._words import SEVERITY, STATUS, level_name
from scanner.verdict import DEFAULT_SYSTEM

TITLES: dict[Change, Text] = {
    "new": Text("New", "新增"),
    "reopened": Text("Reopened", "再次出现"),
    "fixed": Text("Fixed", "已整改"),
    "unchanged": Text("Unchanged", "未变化"),
    "waived": Text("Waived", "已豁免"),
    "unseen": Text("Not seen", "未判定"),
}
"""What became of findings."""
UNSEEN = Text(
    "open before, and not judged by the later run: that is not fixed",
    "此前存在，后一次扫描未能判定，不代表已整改",
)
ITEMS = Text("Items with another result", "结果有变化的要求项")
_DIFFERS: dict[Aspect, Text] = {
    "accounts": Text("accounts or templates", "账户或模板来源"),
    "regions": Text("regions", "地域"),
    "systems": Text("systems or levels", "定级对象或等级"),
    "checks": Text("checks", "检查项"),
    "tool_version": Text("versions of mlps", "mlps 版本"),
}
FINDING_HEAD = (
    Text("severity", "严重程度"), Text("check", "检查项"), Text("system", "定级对象"),
    Text("level", "等级"), Text("resource", "资源"), Text("finding", "问题"),
    Text("first seen", "首次发现"), Text("last seen", "最近发现"),
)  # fmt: skip
ITEM_HEAD = (
    Text("system", "定级对象"), Text("level", "等级"), Text("item", "要求项"),
    Text("before", "此前"), Text("now", "现在"),
)  # fmt: skip
TREND_HEAD = (
    Text("run", "运行"), Text("scanned", "扫描时间"), Text("system", "定级对象"),
    Text("level", "等级"), Text("rate %", "符合率 %"), Text("fail", "不符合"),
    Text("waived", "已豁免"), Text("unknown", "未知"), Text("new", "新增"),
    Text("reopened", "再次出现"), Text("fixed", "已整改"), Text("not seen", "未判定"),
)  # fmt: skip


def summary(found: Difference, language: Language) -> list[str]:
    """Which runs, how many of each, and what to beware of."""
    older, newer = (found.older, found.older_now), (found.newer, found.newer_now)
    if language == "zh":
        runs = " → ".join(f"第 {run} 次运行（{now}）" for run, now in (older, newer))
        counts = "，".join(f"{TITLES[one].zh} {len(found.of(one))}" for one in CHANGES)
    else:
        runs = " → ".join(f"run {run} ({now})" for run, now in (older, newer))
        counts = ", ".join(f"{TITLES[one].en.lower()} {len(found.of(one))}" for one in CHANGES)
    return [runs, counts, *_cautions(found, language)]


def _cautions(found: Difference, language: Language) -> list[str]:
    zh = language == "zh"
    lines = []
    if found.differs:
        names = [_DIFFERS[one].in_language(language) for one in found.differs]
        lines.append(
            f"两次运行的{'、'.join(names)}不同：仅一方检查的内容，不代表配置有变化。"
            if zh
            else f"The runs differ in {', '.join(names)}: what only one of them looked at is no"
            " change of the configuration."
        )
    if found.incomplete:
        lines.append(
            "后一次扫描不完整：未能判定的问题不视为已整改。"
            if zh
            else "The later scan is incomplete: what it could not judge does not count as fixed."
        )
    return lines


def finding_rows(found: Sequence[Changed], language: Language) -> list[tuple[str, ...]]:
    """A row for each finding under `FINDING_HEAD`."""
    return [
        (
            SEVERITY[one.severity].in_language(language),
            visible(one.check),
            *_scope(one.system, one.level, language),
            visible(one.name or one.resource),
            visible(one.message.in_language(language)),
            one.first_seen[:10],
            one.last_seen[:10],
        )
        for one in found
    ]


def item_rows(found: Sequence[ChangedItem], language: Language) -> list[tuple[str, ...]]:
    """A row for each item under `ITEM_HEAD`."""
    words = {name: text.in_language(language) for name, text in STATUS.items()} | {"": "–"}
    return [
        (
            *_scope(one.system, one.level, language),
            one.item,
            words.get(one.before, one.before),
            words.get(one.after, one.after),
        )
        for one in found
    ]


def trend_rows(points: Sequence[Point], language: Language) -> list[tuple[str, ...]]:
    """A row for each run of a system under `TREND_HEAD`; an incomplete run has a star."""
    return [
        (
            f"{one.run}{'*' if one.incomplete else ''}",
            one.now,
            *_scope(one.system, one.level, language),
            f"{one.lowest:g}" if one.lowest == one.highest else f"{one.lowest:g}–{one.highest:g}",
            *map(str, _numbers(one)),
        )
        for one in points
    ]


def _numbers(one: Point) -> tuple[int, ...]:
    return one.failed, one.waived, one.unknown, one.new, one.reopened, one.fixed, one.unseen


def trend_note(points: Sequence[Point], language: Language) -> list[str]:
    """What the star means, where there is one."""
    if not any(one.incomplete for one in points):
        return []
    return [
        "* 扫描不完整：未能读取的内容判定为未知"
        if language == "zh"
        else "* the scan is incomplete: what could not be read is unknown"
    ]


def _scope(system: str, level: int, language: Language) -> tuple[str, str]:
    name = "–" if system == DEFAULT_SYSTEM else visible(system)
    return name, level_name(level).zh if language == "zh" else str(level)
