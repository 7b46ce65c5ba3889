"""What an assessment is made of: the whole that a report renders."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Literal

from msgspec import Struct

from collectors.snapshot import AccountSnapshot, FailedCall
from scanner.catalog import Level, Text
from scanner.checks import SEVERITIES, CheckMetadata, Severity
from scanner.config import Attestation, Platform, Waiver
from scanner.conformity import Conformity
from scanner.evidence import Evidence
from scanner.judge import Counts, ItemStatus
from scanner.verdict import DEFAULT_SYSTEM, ResourceRef, VersionControl


class ReportedFinding(Struct, kw_only=True):
    """One thing that is wrong, with its message in both languages; `line` and `argument` where a
    template's argument that decides it is known, `file` where that stands in another file than the
    resource. `known`: the baseline has it, so that it does not fail the run.
    `first_seen` is the time of the first run that had it; empty where no history is kept."""

    at: str
    args: dict[str, Any]
    message: Text
    line: int | None = None
    file: str = ""
    argument: str = ""
    known: bool = False
    first_seen: str = ""


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
    of_account: bool = False
    """It is about the account that templates go to, and no template decides it."""

    @property
    def counts(self) -> bool:
        """Whether it is a failure that decides the exit code: neither waived nor all known, and not
        of the account that templates go to."""
        if self.status != "fail" or self.waiver is not None or self.of_account:
            return False
        return not self.findings or not all(finding.known for finding in self.findings)


class CheckCounts(Struct, kw_only=True):
    """What one check found, over all resources of a system."""

    check: str
    counts: Counts


class ItemResult(Struct, kw_only=True):
    """The result of one item for one system, with the evidence behind it: the verdicts of each
    check, and what was attested or inherited. `missing_checks` are designed and not written yet.
    `high_risk` and `major_risk` are the cases that assessors name, where the item is not met."""

    key: str
    clause: str
    domain: str
    status: ItemStatus
    reason: Text
    checks: list[CheckCounts]
    missing_checks: list[str]
    counts: Counts
    evidence: Evidence | None = None
    high_risk: list[str] = []
    major_risk: list[str] = []


class DomainResult(Struct, kw_only=True):
    """How many items of a domain have each status."""

    domain: str
    items: dict[ItemStatus, int]


class UnknownReason(Struct, kw_only=True):
    """Why verdicts are unknown or errors, and how many. `reason` is the text of the verdicts,
    `reason_zh` says the same in Chinese."""

    reason: str
    reason_zh: str
    verdicts: int

    def in_language(self, language: str) -> str:
        """The reason in "en" or "zh"."""
        return self.reason_zh if language == "zh" else self.reason


class LevelResult(Struct, kw_only=True):
    """Everything about one system at its level; while none is declared, about everything at one
    level. `failed_by_severity` counts failures that are not waived."""

    level: Level
    system: str
    owner: str
    resources: int
    items: list[ItemResult]
    domains: list[DomainResult]
    totals: dict[ItemStatus, int]
    counts: Counts
    failed_by_severity: dict[Severity, int]
    conformity: Conformity
    unknown_reasons: list[UnknownReason]

    @property
    def is_declared(self) -> bool:
        """Whether it is a system that mlps.yaml declares."""
        return self.system != DEFAULT_SYSTEM

    def of(self, results: Iterable[Result]) -> Iterator[Result]:
        """Those of the results that are about this system at this level."""
        return (one for one in results if (one.system, one.level) == (self.system, self.level))


class NotOfferedHere(Struct, kw_only=True):
    """A check that does not apply because the cloud does not offer what it asks for there, with
    the reason and what to do in its place."""

    check: str
    cloud: str
    reason: Text
    resources: int


class BaselineUse(Struct, kw_only=True):
    """How a run compares with an earlier one, in findings: those that both have, those that only
    this one has, those that are gone, and those of which this one cannot tell."""

    file: str
    known: int
    new: int
    gone: int
    undecided: int


class ChangedSince(Struct, kw_only=True):
    """That only what changed since a commit is listed and counts for the exit code: the revision
    as it was named, the commit compared with, the files that changed, and the failures and
    undecided verdicts that are left out for it. Items and counts are of everything."""

    revision: str
    commit: str
    files: int
    failures: int
    undecided: int


class Assessment(Struct, kw_only=True):
    """What a report renders. `incomplete` is true when a call failed, any verdict is unknown or an
    error, or a resource's system could not be decided: then nothing here may be read as "all is
    well"."""

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
    """Over all systems and levels."""
    failed_calls: list[FailedCall]
    unmapped: dict[str, int]
    """Resources of templates whose types nothing reads, by type: they were not looked at."""
    outside: list[ResourceRef]
    """Resources that belong to none of the declared systems: they were not judged."""
    uncertain: int
    """Resources whose system could not be decided: judged for each that they may belong to."""
    empty_systems: list[str]
    """Declared systems that select nothing of what was scanned."""
    not_offered: list[NotOfferedHere]
    expired_waivers: list[Waiver]
    unused_waivers: list[Waiver]
    expired_attestations: list[Attestation]
    unused_attestations: list[Attestation]
    expired_platforms: list[Platform]
    version_control: VersionControl | None = None
    """Where the templates come from, if they come from a repository."""
    account_snapshot: AccountSnapshot | None = None
    """The snapshot that answers for the account of templates."""
    baseline: BaselineUse | None = None
    changed_since: ChangedSince | None = None

    @property
    def judged_nothing(self) -> bool:
        """Whether not one verdict was reached: no pass, no failure."""
        return not any(
            level.counts.passed or level.counts.failed or level.counts.waived
            for level in self.levels
        )

    @property
    def saw_nothing(self) -> bool:
        """Whether not one verdict was reached because reads failed, checks ended in error, or
        systems select nothing. That is no success, whoever asks."""
        broken = self.failed_calls or self.empty_systems
        return self.judged_nothing and bool(
            broken or any(level.counts.error for level in self.levels)
        )

    def exceeds(self, threshold: Severity) -> bool:
        """Whether a failure that counts is at least as severe as the threshold."""
        counted = SEVERITIES[SEVERITIES.index(threshold) :]
        return any(result.counts and result.severity in counted for result in self.results)
