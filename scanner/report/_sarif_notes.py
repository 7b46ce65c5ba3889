"""The notifications of a SARIF run: what the results do not show."""

from __future__ import annotations

import re
from typing import Literal

from scanner.assessment import Assessment, LevelResult
from scanner.catalog import Text
from scanner.report import Language
from scanner.report._gaps import KINDS, GapKind, gaps
from scanner.report._sarif_model import Descriptor, DescriptorReference, Message, Notification
from scanner.report._text import counted, failure, visible

_Kind = GapKind | Literal["unknown-verdict", "part"]

_DESCRIBED: dict[_Kind, Text] = {
    "failed-call": Text(
        "A call failed: what it would have shown is unknown and counts as no pass.",
        "读取失败：相关配置未知，不计为通过。",
    ),
    "unknown-verdict": Text(
        "Verdicts are unknown: the configuration could not be read, so nothing is passed.",
        "判定未知：未能读取相关配置，不计为通过。",
    ),
    "unread-type": Text(
        "Resources of a type that this version does not read were not looked at.",
        "本版本不支持的资源类型，未纳入检查。",
    ),
    "outside": Text(
        "Resources in no declared system were not judged.",
        "不属于任何已声明定级对象的资源，未作判定。",
    ),
    "uncertain": Text(
        "The system of a resource could not be decided.", "无法确定资源所属的定级对象。"
    ),
    "empty-system": Text(
        "Nothing was found that belongs to a declared system.", "已声明的定级对象下未发现资源。"
    ),
    "nothing-judged": Text(
        "Not one verdict was reached: an empty list of results shows nothing.",
        "未得出任何判定：结果为空不能说明符合要求。",
    ),
    "account": Text(
        "What templates do not decide is as a snapshot of their account has it.",
        "模板未决定的内容取自其账户的快照。",
    ),
    "unchanged": Text(
        "Only what changed is listed: the rest has results that are left out.",
        "仅列出变更所涉及的结果，其余结果未列出。",
    ),
    "known": Text(
        "Findings are compared with a baseline: those that it has do not count.",
        "结果已与基线比较：基线中已有的问题不计入退出码。",
    ),
    "part": Text(
        "A system's results stand in several runs, because a dashboard keeps a number of each.",
        "看板对每个运行保留的结果数有限，定级对象的结果分列于多个运行中。",
    ),
}
_INDEX = {name: index for index, name in enumerate(_DESCRIBED)}


def descriptors(language: Language) -> list[Descriptor]:
    """The kinds of notifications that there are."""
    found = []
    for name, text in _DESCRIBED.items():
        message = Message(text=text.in_language(language))
        found.append(
            Descriptor(
                id=name,
                name=name.title().replace("-", "") + "Notification",
                short_description=message,
                full_description=message,
                help=message,
            )
        )
    return found


def notifications(
    assessment: Assessment, level: LevelResult, language: Language
) -> list[Notification]:
    """What a system's results do not show: failed calls, unknown verdicts, what was not read."""
    failed = [
        _note(
            "failed-call",
            "warning",
            f"{call.service}:{call.operation} {call.region} {call.resource}"
            f" {failure(call, language)}",
        )
        for call in assessment.failed_calls
    ]
    unknown = [
        _note(
            "unknown-verdict",
            "warning",
            Text(
                f"{counted(reason.verdicts, 'verdict')} unknown: {reason.reason}",
                f"{reason.verdicts} 项判定未知：{reason.reason_zh}",
            ).in_language(language),
        )
        for reason in level.unknown_reasons
    ]
    unread = [
        _note(
            "unread-type",
            "note",
            Text(
                f"{kind}: this version does not read the type; {number} not looked at.",
                f"{kind} 类型的资源有 {number} 个，本版本尚不支持，未纳入检查。",
            ).in_language(language),
        )
        for kind, number in assessment.unmapped.items()
    ]
    return failed + unknown + unread + _rest(assessment, language)


def _rest(assessment: Assessment, language: Language) -> list[Notification]:
    found = [
        _note("nothing-judged", "error", gap.reason)
        if gap.kind == "nothing-judged"
        else _note(
            gap.kind,
            "note" if gap.kind in {"account", "unchanged", "known"} else "warning",
            f"{KINDS[gap.kind].in_language(language)}: {gap.subject}: {gap.reason}",
        )
        for gap in gaps(assessment, language)
        if gap.kind not in {"failed-call", "unread-type", "outside"}
    ]
    if number := len(assessment.outside):
        text = Text(
            f"{counted(number, 'resource')} in no declared system, not judged.",
            f"{number} 个资源不属于任何已声明的定级对象，未作判定。",
        )
        found.append(_note("outside", "note", text.in_language(language)))
    return found


def part(number: int, parts: int, results: int, language: Language) -> Notification:
    """That a run holds a part of a system's results."""
    text = Text(
        f"Part {number} of {parts}: the {results} results of this system stand in {parts} runs,"
        " the most severe in the first.",
        f"第 {number} 部分，共 {parts} 部分：该定级对象的 {results} 条结果分列于 {parts} 个运行中，"
        "最严重的在第一部分。",
    )
    return _note("part", "note", text.in_language(language))


def _note(kind: _Kind, level: Literal["note", "warning", "error"], text: str) -> Notification:
    return Notification(
        level=level,
        message=Message(text=plain(text)),
        descriptor=DescriptorReference(id=kind, index=_INDEX[kind]),
    )


def plain(text: str) -> str:
    """Text in which a viewer finds no link: SARIF reads `[text](target)` as one in every message,
    and a name in the cloud may look like that."""
    text = visible(text)
    return re.sub(r"[\\\[\]]", r"\\\g<0>", text) if "](" in text else text
