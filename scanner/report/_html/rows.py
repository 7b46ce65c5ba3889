"""Findings and undecided verdicts as columns."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

from msgspec import Struct, field

from scanner.assessment import Assessment, ReportedFinding, Result
from scanner.checks import CheckMetadata
from scanner.config import Waiver
from scanner.fingerprint import fingerprint, fingerprint_undecided
from scanner.message import YES_NO, YES_NO_ZH, fill, in_words
from scanner.report._html.payload import Resources, Rows, Waived
from scanner.report._html.strings import Lists, Strings
from scanner.report._text import name_of, reason_of, visible
from scanner.verdict import ResourceRef

STATUSES = ("fail", "waived", "error", "unknown")
ID_LENGTH = 12

_HOLES = re.compile(r"\{(\w+)\}")


def template(message: str) -> list[str]:
    """A message's texts and the names of its places, by turns: a text first and last."""
    return _HOLES.split(message)


def waived(waiver: Waiver) -> Waived:
    """A waiver as the page shows it."""
    return Waived(
        check=waiver.check,
        resource=visible(waiver.resource),
        reason=visible(waiver.reason),
        approver=visible(waiver.approver),
        expires=waiver.expires.isoformat(),
    )


class Columns(Struct):
    """Rows, and the resources and waivers that they refer to, while they are gathered."""

    snapshot: str
    dated: bool = False
    sided: bool = False
    strings: Strings = field(default_factory=Strings)
    lists: Lists = field(default_factory=Lists)
    waivers: list[Waived] = field(default_factory=list)
    resources: Resources = field(default_factory=Resources)
    rows: Rows = field(default_factory=lambda: Rows(ids=""))
    _ids: list[str] = field(default_factory=list)
    _places: dict[tuple[str, str, str], int] = field(default_factory=dict)
    _waiver_places: dict[Waiver, int] = field(default_factory=dict)
    _seen: Counter[str] = field(default_factory=Counter)

    def gather(self, assessment: Assessment) -> None:
        """Add every result of the assessment."""
        self.sided = bool(assessment.baseline or assessment.account_snapshot)
        self.dated = any(one.first_seen for result in assessment.results for one in result.findings)
        checks = {check.id: (place, check) for place, check in enumerate(assessment.checks)}
        scopes = {(one.system, one.level): i for i, one in enumerate(assessment.levels)}
        for result in assessment.results:
            scope = scopes[result.system, result.level]
            self._result(result, *checks[result.check], scope)
        self.rows.ids = "".join(self._ids)

    def resource(self, one: ResourceRef) -> int:
        """The place of a resource."""
        key = (one.provider, one.account, one.id)
        place = self._places.get(key)
        if place is not None:
            return place
        place = self._places[key] = len(self.resources.id)
        add, columns = self.strings.add, self.resources
        columns.id.append(add(one.id))
        columns.name.append(add(name_of(one, "en")))
        columns.name_zh.append(add(name_of(one, "zh")))
        columns.type.append(add(one.type))
        columns.native.append(add(one.native_type))
        columns.provider.append(add(one.provider))
        columns.account.append(add(one.account))
        columns.region.append(add(one.region))
        columns.address.append(add(one.source.address if one.source else ""))
        columns.where.append(add(self._where(one)))
        return place

    def _where(self, one: ResourceRef) -> str:
        if one.source:
            return f"{one.source.uri}:{one.source.start_line}"
        return f"{self.snapshot}/{one.file}:{one.line}" if one.file else ""

    def _result(self, result: Result, place: int, check: CheckMetadata, scope: int) -> None:
        if result.status == "fail":
            for finding in result.findings:
                self._finding(result, finding, check)
                self._row(result, place, scope, "waived" if result.waiver else "fail")
                if self.dated:
                    self.rows.since.append(self.strings.add(finding.first_seen))
                if self.sided:
                    self.rows.aside.append(_aside(result, finding))
            return
        reasons = self.lists.add([self.strings.add(reason) for reason in result.reasons])
        chinese = self.lists.add([self.strings.add(reason_of(r, "zh")) for r in result.reasons])
        self._ids.append(fingerprint_undecided(result, self._seen)[:ID_LENGTH])
        self._cells("", 0, reasons, chinese, whole=False)
        self._row(result, place, scope, result.status)
        if self.dated:
            self.rows.since.append(self.strings.add(""))
        if self.sided:
            self.rows.aside.append(0)

    def _row(self, result: Result, check: int, scope: int, status: str) -> None:
        rows = self.rows
        rows.check.append(check)
        rows.status.append(STATUSES.index(status))
        rows.scope.append(scope)
        rows.resource.append(self.resource(result.resource))
        rows.waiver.append(-1 if result.waiver is None else self._waiver(result.waiver))

    def _cells(self, at: str, line: int, en: int, zh: int, *, whole: bool) -> None:
        rows = self.rows
        rows.at.append(self.strings.add(at))
        rows.line.append(line)
        rows.en.append(en)
        rows.zh.append(zh)
        rows.whole.append(int(whole))

    def _finding(self, result: Result, finding: ReportedFinding, check: CheckMetadata) -> None:
        self._ids.append(fingerprint(check, result, finding, self._seen)[:ID_LENGTH])
        english = _values(check.message, finding.args, YES_NO)
        words = in_words(finding.args, check.words_zh)
        chinese = _values(check.message_zh, words, YES_NO_ZH)
        whole = (_filled(check.message, english), _filled(check.message_zh, chinese)) != (
            finding.message.en,
            finding.message.zh,
        )
        if whole:
            english, chinese = [finding.message.en], [finding.message.zh]
        add = self.strings.add
        self._cells(
            finding.at,
            # A line of another file would be taken for one of the resource's own.
            0 if finding.file else finding.line or 0,
            self.lists.add([add(value) for value in english]),
            self.lists.add([add(value) for value in chinese]),
            whole=whole,
        )

    def _waiver(self, waiver: Waiver) -> int:
        place = self._waiver_places.get(waiver)
        if place is None:
            place = self._waiver_places[waiver] = len(self.waivers)
            self.waivers.append(waived(waiver))
        return place


def _aside(result: Result, finding: ReportedFinding) -> int:
    return 2 if result.of_account else int(finding.known)


def _values(message: str, args: Mapping[str, object], yes_no: tuple[str, str]) -> list[str]:
    """What stands in each place of a message."""
    return [fill(f"{{{name}}}", args, yes_no=yes_no) for name in template(message)[1::2]]


def _filled(message: str, values: list[str]) -> str:
    texts = template(message)[0::2]
    return texts[0] + "".join(v + t for v, t in zip(values, texts[1:], strict=True))
