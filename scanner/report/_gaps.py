"""What a scan did not look at, beside verdicts that are unknown: the part of every report that
keeps silence from looking like good news."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Literal

from msgspec import Struct

from scanner.assessment import Assessment
from scanner.catalog import Text
from scanner.report import Language
from scanner.report._text import counted, failure, name_of, visible

GapKind = Literal[
    "failed-call",
    "unread-type",
    "outside",
    "uncertain",
    "empty-system",
    "nothing-judged",
    "account",
    "unchanged",
    "known",
]
KINDS: dict[GapKind, Text] = {
    "failed-call": Text("call failed", "读取失败"),
    "unread-type": Text("type not read", "类型不支持"),
    "outside": Text("in no declared system", "不属于已声明的定级对象"),
    "uncertain": Text("system not certain", "所属定级对象不确定"),
    "empty-system": Text("system without resources", "定级对象下无资源"),
    "nothing-judged": Text("nothing judged", "未得出任何判定"),
    "account": Text("account's snapshot", "账户快照"),
    "unchanged": Text("not changed", "未变更"),
    "known": Text("known before", "此前已知"),
}
WEIGHTY: frozenset[GapKind] = frozenset(
    {"failed-call", "uncertain", "empty-system", "nothing-judged"}
)
"""Those that may hide a failure of what was to be judged: nobody may take them for a pass."""


class Gap(Struct, frozen=True, kw_only=True):
    """One thing that was not looked at: what it is about, and what became of it, safe to show.
    `file` is that of a template which could not be read."""

    kind: GapKind
    subject: str
    reason: str
    account: str = ""
    region: str = ""
    file: str = ""

    @property
    def is_weighty(self) -> bool:
        """Whether it may hide a failure."""
        return self.kind in WEIGHTY


def gaps(assessment: Assessment, language: Language) -> Iterator[Gap]:
    """All of them, the weightiest first."""
    if assessment.judged_nothing:
        text = Text(
            "Not one verdict was reached: this report shows nothing to be in order.",
            "未得出任何判定：本报告不能说明任何项目符合要求。",
        )
        yield Gap(kind="nothing-judged", subject="mlps", reason=text.in_language(language))
    for call in assessment.failed_calls:
        subject = f"{call.service}:{call.operation} {call.resource}".rstrip()
        yield Gap(
            kind="failed-call",
            subject=visible(subject),
            reason=visible(failure(call, language)),
            account=visible(call.account),
            region=visible(call.region),
            file=visible(call.resource) if assessment.origin == "template" else "",
        )
    yield from _systems(assessment, language)
    for type_, number in assessment.unmapped.items():
        text = Text(
            f"This version does not read the type; {counted(number, 'resource')} not looked at.",
            f"本版本尚不支持该类型，{number} 个资源未纳入检查。",
        )
        yield Gap(kind="unread-type", subject=visible(type_), reason=text.in_language(language))
    for kind, subject, reason in against(assessment, language):
        yield Gap(kind=kind, subject=subject, reason=reason)


def against(assessment: Assessment, language: Language) -> Iterator[tuple[GapKind, str, str]]:
    """What the report leaves out or does not count because of an earlier state: the kind, what it
    is compared with, and a sentence."""
    if account := assessment.account_snapshot:
        named = ", ".join(account.accounts)
        days = _days(account.taken, assessment.now)
        text = Text(
            f"Settings of the account ({named}) are as the snapshot {account.path} has them, taken"
            f" {account.taken} ({counted(days, 'day')} before). Failures of the account are shown"
            " and do not count for the exit code.",
            f"账户级配置（{named}）取自快照 {account.path}，采集于 {account.taken}（{days} 天前）。"
            "账户自身的不符合项会列出，但不影响退出码。",
        )
        yield "account", visible(account.path), visible(text.in_language(language))
        if account.unmatched:
            others = ", ".join(account.unmatched)
            text = Text(
                f"The snapshot {account.path} does not answer for templates of: {others}.",
                f"快照 {account.path} 不含下列模板所属的账户：{others}。",
            )
            yield "account", visible(account.path), visible(text.in_language(language))
    if changed := assessment.changed_since:
        text = Text(
            f"Only what changed since {changed.revision} ({changed.commit[:12]}) is listed and"
            f" counts: {counted(changed.files, 'file')}. Elsewhere there are"
            f" {counted(changed.failures, 'failure')} and {changed.undecided} unknown. Items and"
            " counts are of everything.",
            f"仅列出自 {changed.revision}（{changed.commit[:12]}）以来的变更"
            f"（{changed.files} 个文件）所涉及的结果，并据此确定退出码；"
            f"其他部分另有 {changed.failures} 项不符合、{changed.undecided} 项未知。"
            "要求项结果与各项计数仍为全部内容。",
        )
        yield "unchanged", visible(changed.revision), visible(text.in_language(language))
    if use := assessment.baseline:
        text = Text(
            f"Baseline {use.file}: {use.known} of its findings are still there and do not count,"
            f" {use.gone} are gone, {use.undecided} cannot be decided now; {use.new} are new.",
            f"基线 {use.file} 中的问题：{use.known} 项仍存在（不计入退出码），{use.gone} 项已消除，"
            f"{use.undecided} 项本次无法判定；新增 {use.new} 项。",
        )
        yield "known", visible(use.file), visible(text.in_language(language))


def _days(earlier: str, later: str) -> int:
    return (datetime.fromisoformat(later) - datetime.fromisoformat(earlier)).days


def _systems(assessment: Assessment, language: Language) -> Iterator[Gap]:
    for system in assessment.empty_systems:
        text = Text("Nothing was found that belongs to it.", "未发现属于该定级对象的资源。")
        yield Gap(kind="empty-system", subject=visible(system), reason=text.in_language(language))
    if number := assessment.uncertain:
        text = Text(
            f"{counted(number, 'resource')} could not be assigned for certain; judged for each"
            " system in question.",
            f"{number} 个资源无法确定所属定级对象，已按每个可能的定级对象分别判定。",
        )
        yield Gap(kind="uncertain", subject="mlps.yaml", reason=text.in_language(language))
    for resource in assessment.outside:
        text = Text("It belongs to no declared system, and was not judged.", "未作判定。")
        yield Gap(
            kind="outside",
            subject=visible(f"{name_of(resource, language)} ({resource.id})"),
            reason=text.in_language(language),
            account=visible(resource.account),
            region=visible(resource.region),
        )
