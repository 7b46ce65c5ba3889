"""What a run says of findings: of those that it has, and of those that it does not have.

A finding is fixed only where the run judged it: its check was decided for its resource, or its
resource is gone from a list that was read. What is unknown now was not judged, and stays open.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Literal

from msgspec import Struct

from collectors.regions import GLOBAL
from collectors.snapshot import FailedCall
from scanner.assessment import Assessment, ReportedFinding, Result
from scanner.fingerprint import fingerprint
from scanner.verdict import DEFAULT_SYSTEM, OutsideResource, ResourceVerdicts, VerdictsHeader

State = Literal["failed", "waived"]
_Subject = tuple[str, str, int, str, str]

_EVERYWHERE = frozenset({"", GLOBAL})
"""Regions of what has none."""
_KEYS = re.compile(r'\["(?:\\.|[^"\\])*"\]|\[\d+\]')
_CALLS = re.compile(r"(?:module\.[^.]+\.)*")
_LISTED_WHOLE = frozenset({"azure"})
"""Clouds of which an account is listed as a whole: the regions of such a run are those in use."""


class Known(Struct, kw_only=True, frozen=True):
    """A finding as the history keeps it, without what changes."""

    home: str
    fingerprint: str
    system: str
    level: int
    check_id: str
    severity: str
    provider: str
    account: str
    region: str
    type: str
    resource: str
    name: str
    place: str
    origin: str
    message_en: str
    message_zh: str

    @property
    def subject(self) -> _Subject:
        """The verdict that it is of."""
        return self.check_id, self.system, self.level, self.account, self.resource


def findings(assessment: Assessment, home: str) -> dict[Known, State]:
    """The findings of a run, with whether they are waived."""
    return {
        _known(result, finding, key, home, assessment.origin): (
            "waived" if result.waiver else "failed"
        )
        for key, result, finding in identified(assessment)
    }


def identified(assessment: Assessment) -> Iterator[tuple[str, Result, ReportedFinding]]:
    """Every finding with its fingerprint, and the result that it is of."""
    checks = {check.id: check for check in assessment.checks}
    seen: Counter[str] = Counter()
    for result in assessment.results:
        if result.status == "fail":
            for finding in result.findings:
                yield fingerprint(checks[result.check], result, finding, seen), result, finding


def _known(result: Result, finding: ReportedFinding, key: str, home: str, origin: str) -> Known:
    resource = result.resource
    return Known(
        home=home,
        fingerprint=key,
        system=result.system,
        level=result.level,
        check_id=result.check,
        severity=result.severity,
        provider=resource.provider,
        account=resource.account,
        region=resource.region,
        type=resource.type,
        resource=_storable(resource.id),
        name=_storable(resource.name),
        place=_storable(resource.source.uri if resource.source else ""),
        origin=origin,
        message_en=_storable(finding.message.en),
        message_zh=_storable(finding.message.zh),
    )


def _storable(text: str) -> str:
    """PostgreSQL's texts have no NUL."""
    return text.replace("\0", "\ufffd")


class Judged:
    """What a run decided of findings that it does not have. Made from one reading of its verdicts,
    of which it keeps what is about `missing`."""

    def __init__(
        self,
        header: VerdictsHeader,
        lines: Iterable[ResourceVerdicts | OutsideResource],
        missing: Iterable[Known],
        home: str,
    ) -> None:
        self._header = header
        self._home = home
        self._checks = {check.id for check in header.checks}
        self._scopes = {(one.name, one.level) for one in header.systems} or {
            (DEFAULT_SYSTEM, level) for level in header.levels
        }
        self._subjects = {one.subject for one in missing}
        self._resources = {(one.account, one.resource) for one in missing}
        self._decided: dict[_Subject, bool] = {}
        self._systems: dict[tuple[str, str], set[tuple[str, int]]] = {}
        self._unlisted: set[tuple[str, str]] = set()
        self._places: set[tuple[str, str]] = set()
        self._answering: set[str] = set()
        for line in lines:
            self._read(line)

    def _read(self, line: ResourceVerdicts | OutsideResource) -> None:
        resource = line.resource
        if resource.unlisted:
            self._unlisted.add((resource.account, resource.type))
            return
        self._answering.add(resource.account)
        if resource.source:
            uri = _storable(resource.source.uri)
            self._places.add((uri, _calls(uri, resource.id)))
        identity = (resource.account, _storable(resource.id))
        if identity not in self._resources:
            return
        systems = self._systems.setdefault(identity, set())
        if isinstance(line, OutsideResource):
            return
        systems.add((line.system, line.level))
        for verdict in line.verdicts:
            subject = (verdict.check, line.system, line.level, *identity)
            if subject in self._subjects:
                decided = verdict.status in {"pass", "not_applicable"} or (
                    verdict.status == "fail" and not verdict.partial
                )
                # Two documents of one id must agree.
                agreed = self._decided.get(subject, True)
                self._decided[subject] = agreed and decided and not line.uncertain

    def covers(self, one: Known) -> bool:
        """Whether a finding lies within the run's scope: its check, its system at its level, and
        its account and region or its template."""
        if one.home != self._home or one.origin != self._header.origin:
            return False
        if one.check_id not in self._checks or (one.system, one.level) not in self._scopes:
            return False
        systems = self._systems.get((one.account, one.resource))
        if systems is not None:
            # It may be in another system now, or in none.
            return (one.system, one.level) in systems
        if one.origin == "template":
            return (one.place, _calls(one.place, one.resource)) in self._places
        return one.account in self._header.accounts and (
            one.region in _EVERYWHERE
            or one.region in self._header.regions
            or one.provider in _LISTED_WHOLE
        )

    def is_fixed(self, one: Known) -> bool:
        """Whether a finding that the run does not have was looked for."""
        if not self.covers(one):
            return False
        if one.subject in self._decided:
            return self._decided[one.subject]
        # Where it is there and its check does not look at it, nobody said that it is right.
        is_there = (one.account, one.resource) in self._systems
        return not is_there and self._is_gone(one)

    def _is_gone(self, one: Known) -> bool:
        """Whether the list that it would be in was read. Where one was not, a stand-in for all
        resources of its type takes its place; failed calls are looked at besides."""
        if one.origin == "template":
            return not self._header.failed_calls
        if one.account not in self._answering or (one.account, one.type) in self._unlisted:
            return False
        return not any(_may_hide(call, one) for call in self._header.failed_calls)


def _calls(place: str, resource: str) -> str:
    """The module calls ("module.net.module.dns.") by which a resource of Terraform's source is
    there. Its file alone says nothing of them: a module may be read by itself, or for another
    root. Plans and other templates hold all of theirs."""
    if not place.endswith((".tf", ".tofu", ".tf.json")):
        return ""
    found = _CALLS.match(_KEYS.sub("", resource.partition("#")[2]))
    return found.group() if found else ""


def _may_hide(call: FailedCall, one: Known) -> bool:
    """Whether a failed call could be why a resource is not there: one about it or its parent, one
    of its service that is about no resource, such as a list, or a whole step that failed ("*")."""
    if call.account not in {one.account, ""}:
        return False
    if not ({call.region, one.region} & _EVERYWHERE or call.region == one.region):
        return False
    if call.code == "AccountRefused" or call.operation == "*":
        return True
    return (call.resource or call.service).lower() in one.resource.lower()
