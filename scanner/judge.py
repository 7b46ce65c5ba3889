"""The status of a requirement item: from verdicts, from evidence, from what was not looked at.

Nothing is met from nothing: an item whose checks found no resource, or could not look, or are not
all written, is not assessed unless a person or the platform's certificate answers it, and says what
is missing.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from scanner.catalog import Item, Text
from scanner.evidence import Evidence

ItemStatus = Literal["met", "partly_met", "not_met", "not_applicable", "not_assessed"]
ITEM_STATUSES: tuple[ItemStatus, ...] = (
    "met",
    "partly_met",
    "not_met",
    "not_applicable",
    "not_assessed",
)


class Counts(Struct, kw_only=True):
    """Verdicts by outcome. `waived` are failures that a valid waiver accepts; `failed` are not."""

    passed: int = 0
    failed: int = 0
    waived: int = 0
    unknown: int = 0
    error: int = 0
    not_applicable: int = 0

    def add(self, outcome: str, number: int = 1) -> None:
        """Count an outcome by its field's name."""
        setattr(self, outcome, getattr(self, outcome) + number)

    def include(self, other: Counts) -> None:
        """Add another count to this one."""
        for outcome in self.__struct_fields__:
            self.add(outcome, getattr(other, outcome))


def judge(
    item: Item,
    counts: Counts,
    *,
    written: int,
    missing: int,
    unseen: Text | None = None,
    evidence: Evidence | None = None,
) -> tuple[ItemStatus, Text]:
    """The status of an item from the verdicts that feed it, and the reason in both languages.

    `written` and `missing` count its checks; `unseen` says what else it would take; `evidence` is
    what is valid beside configuration. A waived failure accepts the risk; it does not make the
    requirement met. A failure is reported however much is unknown or attested beside it; neither a
    pass nor a person's word outweighs what could not be looked at, and what was not looked at is
    answered by evidence only where configuration shows nothing of the item anyway.
    """
    wrong = counts.failed + counts.waived
    unsure = counts.unknown + counts.error
    if wrong:
        status: ItemStatus = "partly_met" if counts.passed else "not_met"
        return status, Text(
            f"{wrong} of {wrong + counts.passed + unsure} verdicts fail.",
            f"{wrong + counts.passed + unsure} 项判定中有 {wrong} 项不符合。",
        )
    if evidence and evidence.attestation and evidence.attestation.result == "not_met":
        return "partly_met" if counts.passed else "not_met", evidence.text
    if unsure:
        return "not_assessed", Text(
            f"{unsure} verdicts are unknown: the configuration could not be read.",
            f"{unsure} 项判定未知：未能读取相关配置。",
        )
    if unseen and item.assessed not in {"inherited", "attested"}:
        return "not_assessed", unseen
    if evidence:
        return _judge_evidence(counts, evidence)
    return _judge_what_was_seen(item, counts, written, missing)


def _judge_evidence(counts: Counts, evidence: Evidence) -> tuple[ItemStatus, Text]:
    """What a person or a certificate states, where no verdict speaks against it."""
    excluded = evidence.attestation and evidence.attestation.result == "not_applicable"
    if not excluded:
        return "met", _beside(counts, evidence.text)
    if counts.passed:
        return "not_assessed", Text(
            f"It is attested as not applicable, but {counts.passed} verdicts are about it.",
            f"佐证材料声明该项不适用，但有 {counts.passed} 项判定与其相关，需核实。",
        )
    return "not_applicable", evidence.text


def _beside(counts: Counts, text: Text) -> Text:
    if not counts.passed:
        return text
    return Text(
        f"{counts.passed} verdicts pass. {text.en}", f"{counts.passed} 项判定均符合。{text.zh}"
    )


def _judge_what_was_seen(
    item: Item, counts: Counts, written: int, missing: int
) -> tuple[ItemStatus, Text]:
    if item.assessed in {"inherited", "attested"}:
        return "not_assessed", _needs(item, _NEEDS_EVIDENCE[item.assessed])
    if not written:
        return "not_assessed", Text("No check for it is written yet.", "尚无对应的检查项。")
    if not counts.passed:
        return _judge_absence(item, missing)
    if missing:
        return "not_assessed", Text(
            f"What was looked at holds; {missing} designed checks are not written yet.",
            f"已检查的部分符合；另有 {missing} 个检查项尚未实现。",
        )
    if item.assessed == "partial":
        return "not_assessed", _needs(item, _NEEDS_EVIDENCE["partial"])
    return "met", Text(f"{counts.passed} verdicts pass.", f"{counts.passed} 项判定均符合。")


_NEEDS_EVIDENCE = {
    "inherited": Text("The provider's certificate answers it.", "由云服务商的测评结论或证书佐证。"),
    "attested": Text("A person must state it, with evidence.", "需人工确认并提供佐证材料。"),
    "partial": Text(
        "The configuration holds; the rest of the item needs evidence.",
        "配置部分符合；其余内容需提供佐证材料。",
    ),
}


def _needs(item: Item, why: Text) -> Text:
    """What to provide, where the catalogue says it."""
    if item.evidence is None:
        return why
    return Text(f"{why.en} To provide: {item.evidence.en}", f"{why.zh}需提供：{item.evidence.zh}")


def _judge_absence(item: Item, missing: int) -> tuple[ItemStatus, Text]:
    if item.absence == "not_applicable" and not missing:
        return "not_applicable", Text("There is no such resource.", "不存在此类资源。")
    return "not_assessed", Text(
        "No resource was found that its checks apply to.", "未发现检查项适用的资源。"
    )
