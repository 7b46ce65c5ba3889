"""Counts while verdicts stream by: what an assessment keeps of them."""

from __future__ import annotations

from collections import Counter
from datetime import date
from fnmatch import fnmatchcase

from collectors.document import Place
from collectors.regions import GLOBAL
from scanner.assessment import ReportedFinding, Result
from scanner.catalog import Level, Text
from scanner.checks import CheckMetadata, Severity
from scanner.config import Waiver
from scanner.evidence import Host
from scanner.judge import Counts
from scanner.message import YES_NO_ZH, fill, in_words
from scanner.verdict import (
    Finding,
    OutsideResource,
    ResourceRef,
    ResourceVerdicts,
    Verdict,
    VerdictsHeader,
)

_WHOSE = "whether the resource belongs to the system is not known"


class Tally:
    """Everything that is counted or kept; keys are a system's name and its level."""

    def __init__(self, header: VerdictsHeader, waivers: list[Waiver]) -> None:
        self.origin = header.origin
        account = header.account_snapshot
        self.has_account = account is not None and not account.unmatched
        self._is_account_beside = account is not None
        self.today = date.fromisoformat(header.now[:10])
        self.checks = {check.id: check for check in header.checks}
        self.by_check: dict[tuple[str, Level, str], Counts] = {}
        self.failed_by_severity: dict[tuple[str, Level], Counter[Severity]] = {}
        self.resources_of: Counter[tuple[str, Level]] = Counter()
        self.hosts: dict[str, set[Host]] = {}
        self.types: dict[str, set[str]] = {}
        self.results: list[Result] = []
        self.reasons: dict[tuple[str, Level], Counter[str]] = {}
        self.not_offered: Counter[tuple[str, str]] = Counter()
        self.resources = 0
        self.outside: list[ResourceRef] = []
        self.uncertain = 0
        self.used_waivers: list[Waiver] = []
        self._waivers = waivers
        self._last = ""

    def add(self, line: ResourceVerdicts | OutsideResource) -> None:
        """Count one line of a verdicts file."""
        # A stand-in for resources that could not be listed is no resource, nor is a system; what
        # is judged for several systems or levels follows itself and is one.
        resource = line.resource
        is_new = resource.id != self._last
        is_resource = not resource.unlisted and resource.type != "system"
        self._last = resource.id
        self.resources += is_new and is_resource
        if isinstance(line, OutsideResource):
            self.outside.append(resource)
            return
        scope = (line.system, line.level)
        self.uncertain += is_new and is_resource and line.uncertain
        self.resources_of[scope] += is_resource
        self.types.setdefault(line.system, set()).add(resource.type)
        if resource.type != "system" and resource.region not in {"", GLOBAL}:
            host = Host(resource.provider, resource.region, resource.country)
            self.hosts.setdefault(line.system, set()).add(host)
        for verdict in line.verdicts:
            self._count(verdict, line, scope)

    def _count(self, verdict: Verdict, line: ResourceVerdicts, scope: tuple[str, Level]) -> None:
        check = self.checks[verdict.check]
        waiver = self._waiver(verdict, line.resource)
        outcome = _outcome(verdict, waiver)
        if line.uncertain and outcome in {"passed", "not_applicable"}:
            # It may be another system's: no evidence for this one.
            outcome = "unknown"
            self.reasons.setdefault(scope, Counter())[_WHOSE] += 1
        self.by_check.setdefault((*scope, verdict.check), Counts()).add(outcome)
        if outcome == "failed":
            self.failed_by_severity.setdefault(scope, Counter())[check.severity] += 1
        if verdict.status in {"fail", "unknown", "error"}:
            result = _result(verdict, line, check, waiver)
            result.of_account = self._is_account_beside and _is_account(line.resource)
            self.results.append(result)
        if verdict.status in {"unknown", "error"}:
            self.reasons.setdefault(scope, Counter())[_cause(verdict)] += 1
        if verdict.not_offered:
            self.not_offered[verdict.check, verdict.not_offered] += 1

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
        return valid[0] if valid else self._inline_waiver(verdict, resource)

    def _inline_waiver(self, verdict: Verdict, resource: ResourceRef) -> Waiver | None:
        """A waiver that stands beside the resource in its template."""
        source = resource.source
        for one in source.waivers if source else ():
            expires = date.fromisoformat(one.until)
            if source and expires >= self.today and fnmatchcase(verdict.check, one.check):
                return Waiver(
                    check=one.check,
                    resource=resource.id,
                    reason=one.reason,
                    approver=f"{source.uri}:{one.line}",
                    expires=expires,
                )
        return None


def _is_account(resource: ResourceRef) -> bool:
    """Whether it is a document of an account that no template writes."""
    return resource.source is None and resource.type.startswith("account.")


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
            _located(line.resource, _reported(check, finding)) for finding in verdict.findings
        ],
        reasons=verdict.reasons,
        waiver=waiver,
    )


def _reported(check: CheckMetadata, finding: Finding) -> ReportedFinding:
    words = in_words(finding.args, check.words_zh)
    return ReportedFinding(
        at=finding.at,
        args=finding.args,
        message=Text(
            en=fill(check.message, finding.args),
            zh=fill(check.message_zh, words, yes_no=YES_NO_ZH),
        ),
    )


def _located(resource: ResourceRef, finding: ReportedFinding) -> ReportedFinding:
    place = _place(resource, finding.at)
    if place is None:
        return finding
    finding.line, finding.file, finding.argument = place.line, place.uri, place.argument
    return finding


def _place(resource: ResourceRef, at: str) -> Place | None:
    """The argument that decides a fact. One that is told for a path holds for all below it, unless
    some of them have their own: then what has none is decided by nothing that is written."""
    if resource.source is None:
        return None
    places = resource.source.lines
    if at in places:
        return places[at]
    while "/" in at:
        at = at.rpartition("/")[0]
        if at in places:
            return None if any(path.startswith(f"{at}/") for path in places) else places[at]
    return None
