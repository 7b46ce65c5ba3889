"""The assessment: verdicts and the catalogue joined into a result for each item, at each level.

Nothing is met from nothing: an item whose checks found no resource, or could not look, or are not
all written, is not assessed, and says what is missing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any, Literal

from msgspec import Struct

from collectors.snapshot import FailedCall
from scanner.catalog import Catalogue, Item, Level, Text
from scanner.checks import SEVERITIES, CheckMetadata, Severity
from scanner.config import Waiver
from scanner.verdict import ResourceRef, ResourceVerdicts, Verdict, VerdictsHeader

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


class ReportedFinding(Struct, kw_only=True):
    """One thing that is wrong, with its message in both languages; `line` where a template's line
    of the argument is known."""

    at: str
    args: dict[str, Any]
    message: Text
    line: int | None = None


class Result(Struct, kw_only=True):
    """A verdict that a reader must see: a failure, or one that could not be reached."""

    check: str
    severity: Severity
    status: Literal["fail", "unknown", "error"]
    level: Level
    system: str
    resource: ResourceRef
    findings: list[ReportedFinding] = []
    reasons: list[str] = []
    waiver: Waiver | None = None


class ItemResult(Struct, kw_only=True):
    """The result of one item at one level, with the evidence behind it. `missing_checks` are
    designed and not written yet."""

    key: str
    clause: str
    domain: str
    status: ItemStatus
    reason: Text
    checks: list[str]
    missing_checks: list[str]
    counts: Counts


class DomainResult(Struct, kw_only=True):
    """How many items of a domain have each status."""

    domain: str
    items: dict[ItemStatus, int]


class LevelResult(Struct, kw_only=True):
    """Everything about one level. `failed_by_severity` counts failures that are not waived."""

    level: Level
    system: str
    items: list[ItemResult]
    domains: list[DomainResult]
    totals: dict[ItemStatus, int]
    counts: Counts
    failed_by_severity: dict[Severity, int]


class UnknownReason(Struct, kw_only=True):
    """Why verdicts are unknown or errors, and how many."""

    reason: str
    verdicts: int


class Assessment(Struct, kw_only=True):
    """What a report renders. `incomplete` is true when a call failed or any verdict is unknown or
    an error: then nothing here may be read as "all is well"."""

    tool_version: str
    now: str
    origin: Literal["live", "template"]
    snapshot: str
    engine: str
    providers: list[str]
    accounts: list[str]
    regions: list[str]
    resources: int
    incomplete: bool
    levels: list[LevelResult]
    checks: list[CheckMetadata]
    results: list[Result]
    unknown_reasons: list[UnknownReason]
    failed_calls: list[FailedCall]
    unmapped: dict[str, int]
    """Resources of templates whose types nothing reads, by type: they were not looked at."""
    expired_waivers: list[Waiver]
    unused_waivers: list[Waiver]

    @property
    def judged_nothing(self) -> bool:
        """Whether not one verdict was reached: no pass, no failure."""
        return not any(
            level.counts.passed or level.counts.failed or level.counts.waived
            for level in self.levels
        )

    def exceeds(self, threshold: Severity) -> bool:
        """Whether a failure that is not waived is at least as severe as the threshold."""
        counted = SEVERITIES[SEVERITIES.index(threshold) :]
        return any(level.failed_by_severity[name] for level in self.levels for name in counted)


def assess(
    header: VerdictsHeader,
    verdicts: Iterable[ResourceVerdicts],
    catalogue: Catalogue,
    waivers: list[Waiver],
) -> Assessment:
    """Join verdicts with the catalogue. Reads `verdicts` once; keeps what a reader must see."""
    tally = _Tally(header, waivers)
    for line in verdicts:
        tally.add(line)
    levels = [
        _level_result(level, tally, catalogue, header.checks) for level in sorted(header.levels)
    ]
    unsure = any(level.counts.unknown or level.counts.error for level in levels)
    return Assessment(
        tool_version=header.tool_version,
        now=header.now,
        origin=header.origin,
        snapshot=header.snapshot,
        engine=header.engine,
        providers=header.providers,
        accounts=header.accounts,
        regions=header.regions,
        resources=tally.resources,
        incomplete=bool(header.failed_calls) or unsure,
        levels=levels,
        checks=header.checks,
        results=sorted(tally.results, key=_result_order),
        unknown_reasons=[
            UnknownReason(reason=reason, verdicts=number)
            for reason, number in sorted(tally.reasons.items(), key=lambda pair: (-pair[1], pair))
        ],
        failed_calls=header.failed_calls,
        unmapped=header.unmapped,
        expired_waivers=[waiver for waiver in waivers if waiver.expires < tally.today],
        unused_waivers=[
            waiver
            for waiver in waivers
            if waiver not in tally.used_waivers and waiver.expires >= tally.today
        ],
    )


class _Tally:
    """Counts while verdicts stream by."""

    def __init__(self, header: VerdictsHeader, waivers: list[Waiver]) -> None:
        self._first_level = min(header.levels)
        self.origin = header.origin
        self.today = date.fromisoformat(header.now[:10])
        self.checks = {check.id: check for check in header.checks}
        self.by_check: dict[tuple[Level, str], Counts] = {}
        self.systems: dict[Level, str] = {}
        self.failed_by_severity: dict[Level, Counter[Severity]] = {}
        self.results: list[Result] = []
        self.reasons: Counter[str] = Counter()
        self.resources = 0
        self.types: set[str] = set()
        self.used_waivers: list[Waiver] = []
        self._waivers = waivers

    def add(self, line: ResourceVerdicts) -> None:
        # A stand-in for resources that could not be listed is no resource.
        self.resources += line.level == self._first_level and not line.resource.unlisted
        self.types.add(line.resource.type)
        self.systems.setdefault(line.level, line.system)
        for verdict in line.verdicts:
            waiver = self._waiver(verdict, line.resource)
            outcome = _outcome(verdict, waiver)
            self.by_check.setdefault((line.level, verdict.check), Counts()).add(outcome)
            if outcome == "failed":
                by_severity = self.failed_by_severity.setdefault(line.level, Counter())
                by_severity[self.checks[verdict.check].severity] += 1
            if verdict.status in {"fail", "unknown", "error"}:
                self.results.append(_result(verdict, line, self.checks[verdict.check], waiver))
            if verdict.status in {"unknown", "error"}:
                self.reasons[_cause(verdict)] += 1

    def _waiver(self, verdict: Verdict, resource: ResourceRef) -> Waiver | None:
        if verdict.status != "fail":
            return None
        valid = [
            waiver
            for waiver in self._waivers
            if waiver.expires >= self.today
            and waiver.covers(verdict.check, resource.id, resource.name)
        ]
        self.used_waivers += [waiver for waiver in valid if waiver not in self.used_waivers]
        return valid[0] if valid else None


def _outcome(verdict: Verdict, waiver: Waiver | None) -> str:
    if verdict.status == "fail":
        return "waived" if waiver else "failed"
    return "passed" if verdict.status == "pass" else verdict.status


def _cause(verdict: Verdict) -> str:
    """The first cause, without the fact's path, so that equal causes count together. An engine's
    words have no path before them."""
    reason = next(iter(verdict.reasons), "no reason was given")
    if verdict.status == "unknown" and ": " in reason:
        return reason.split(": ", 1)[1]
    return reason


def _result(
    verdict: Verdict, line: ResourceVerdicts, check: CheckMetadata, waiver: Waiver | None
) -> Result:
    assert verdict.status in {"fail", "unknown", "error"}
    return Result(
        check=verdict.check,
        severity=check.severity,
        status=verdict.status,
        level=line.level,
        system=line.system,
        resource=line.resource,
        findings=[
            ReportedFinding(
                at=finding.at,
                args=finding.args,
                message=Text(
                    en=fill(check.message, finding.args), zh=fill(check.message_zh, finding.args)
                ),
                line=_line(line.resource, finding.at),
            )
            for finding in verdict.findings
        ],
        reasons=verdict.reasons,
        waiver=waiver,
    )


def fill(template: str, args: dict[str, object]) -> str:
    """Put arguments into a message's `{name}` places, once: a value that looks like a place stays
    as it is. A place without an argument stays visible."""

    def value(place: re.Match[str]) -> str:
        found = args.get(place[1], place[0])
        return str(found).lower() if isinstance(found, bool) else str(found)

    return re.sub(r"\{(\w+)\}", value, template)


def _line(resource: ResourceRef, at: str) -> int | None:
    """The line of the argument that decides the fact, by the longest path that is known."""
    if resource.source is None:
        return None
    steps = at.split("/")
    for length in range(len(steps), 0, -1):
        line = resource.source.lines.get("/".join(steps[:length]))
        if line:
            return line
    return None


def _result_order(result: Result) -> tuple[int, int, int, str, str]:
    return (
        result.level,
        ("fail", "error", "unknown").index(result.status),
        -SEVERITIES.index(result.severity),
        result.check,
        result.resource.id,
    )


def _level_result(
    level: Level, tally: _Tally, catalogue: Catalogue, checks: list[CheckMetadata]
) -> LevelResult:
    items = [
        _item_result(item, level, tally, catalogue, checks) for item in catalogue.at_level(level)
    ]
    counts = Counts()
    for (at, _), of_check in tally.by_check.items():
        if at == level:
            counts.include(of_check)
    by_severity = tally.failed_by_severity.get(level, Counter())
    return LevelResult(
        level=level,
        system=tally.systems.get(level, ""),
        items=items,
        domains=[
            DomainResult(domain=name, items=_by_status(i for i in items if i.domain == name))
            for name in catalogue.domains
        ],
        totals=_by_status(items),
        counts=counts,
        failed_by_severity={name: by_severity[name] for name in SEVERITIES},
    )


def _by_status(items: Iterable[ItemResult]) -> dict[ItemStatus, int]:
    counted = Counter(item.status for item in items)
    return {status: counted[status] for status in ITEM_STATUSES}


def _item_result(
    item: Item, level: Level, tally: _Tally, catalogue: Catalogue, checks: list[CheckMetadata]
) -> ItemResult:
    feeding = [check.id for check in checks if item.key in check.items]
    missing = [
        name
        for name, keys in catalogue.designed.items()
        if item.key in keys and name not in tally.checks
    ]
    counts = Counts()
    for name in feeding:
        counts.include(tally.by_check.get((level, name), Counts()))
    targets = {target for check in checks if item.key in check.items for target in check.targets}
    status, reason = judge(
        item,
        counts,
        written=len(feeding),
        missing=len(missing),
        unseen=_unseen(item, counts, targets, tally),
    )
    return ItemResult(
        key=item.key,
        clause=item.clauses[level],
        domain=item.domain,
        status=status,
        reason=reason,
        checks=feeding,
        missing_checks=missing,
        counts=counts,
    )


def _unseen(item: Item, counts: Counts, targets: set[str], tally: _Tally) -> Text | None:
    """What templates alone cannot show: the settings of an account, which every scan of an account
    writes and of which a template sets one or the other, and that it has no resource of a kind."""
    settings = {target for target in targets if target.startswith("account.")}
    if settings and (tally.origin == "template" or not settings <= tally.types):
        return Text(
            "Settings of the account, which it needs as well, were not looked at.",
            "该项还涉及账户级配置，本次未检查。",
        )
    if tally.origin == "template" and item.absence == "not_applicable" and not counts.passed:
        return Text(
            "The templates hold no such resource; the account may.",
            "模板中没有此类资源，账户中可能存在。",
        )
    return None


def judge(
    item: Item, counts: Counts, *, written: int, missing: int, unseen: Text | None = None
) -> tuple[ItemStatus, Text]:
    """The status of an item from the verdicts that feed it, and the reason in both languages.

    `written` and `missing` count its checks; `unseen` says what else it would take.
    A waived failure accepts the risk; it does not make the requirement met. A failure is reported
    however much is unknown beside it; a pass never outweighs what could not be looked at.
    """
    wrong = counts.failed + counts.waived
    unsure = counts.unknown + counts.error
    if wrong:
        status: ItemStatus = "partly_met" if counts.passed else "not_met"
        return status, Text(
            f"{wrong} of {wrong + counts.passed + unsure} verdicts fail.",
            f"{wrong + counts.passed + unsure} 项判定中有 {wrong} 项不符合。",
        )
    if unsure:
        return "not_assessed", Text(
            f"{unsure} verdicts are unknown: the configuration could not be read.",
            f"{unsure} 项判定未知：未能读取相关配置。",
        )
    if unseen:
        return "not_assessed", unseen
    return _judge_what_was_seen(item, counts, written, missing)


def _judge_what_was_seen(
    item: Item, counts: Counts, written: int, missing: int
) -> tuple[ItemStatus, Text]:
    if item.assessed in {"inherited", "attested"}:
        return "not_assessed", _NEEDS_EVIDENCE[item.assessed]
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
        return "not_assessed", Text(
            "The configuration holds; the rest of the item needs evidence.",
            "配置部分符合；其余内容需提供佐证材料。",
        )
    return "met", Text(f"{counts.passed} verdicts pass.", f"{counts.passed} 项判定均符合。")


_NEEDS_EVIDENCE = {
    "inherited": Text("The provider's certificate answers it.", "由云服务商的测评结论或证书佐证。"),
    "attested": Text("A person must state it, with evidence.", "需人工确认并提供佐证材料。"),
}


def _judge_absence(item: Item, missing: int) -> tuple[ItemStatus, Text]:
    if item.absence == "not_applicable" and not missing:
        return "not_applicable", Text("There is no such resource.", "不存在此类资源。")
    return "not_assessed", Text(
        "No resource was found that its checks apply to.", "未发现检查项适用的资源。"
    )
