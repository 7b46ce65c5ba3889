"""OCSF Compliance Findings (class 2003), one JSON object on a line, for data lakes and SIEMs.

Three kinds, told apart by `metadata.event_code`: a `finding` is a failure or a verdict that could
not be reached; an `item` is the result of a requirement for a system; a `gap` is what was not
looked at. What is unknown has the compliance status Warning, which OCSF means for checks without a
result for want of information. A failure that is waived stays one; its event is suppressed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import datetime

import msgspec

from scanner.assessment import Assessment, ItemResult, LevelResult
from scanner.catalog import Catalogue, Item
from scanner.checks import Severity
from scanner.judge import ItemStatus
from scanner.report import Format, Language, Options
from scanner.report._gaps import KINDS, Gap, gaps
from scanner.report._ocsf_model import (
    VERSION,
    Account,
    Analytic,
    Check,
    Cloud,
    Compliance,
    Event,
    FindingInfo,
    Metadata,
    Product,
    Remediation,
    Resource,
)
from scanner.report._rows import Row, rows
from scanner.report._text import visible
from scanner.report._words import STATUS, Outcome

STANDARD = "GB/T 22239-2019"

_SEVERITY: dict[Severity, tuple[int, str]] = {
    "low": (2, "Low"),
    "medium": (3, "Medium"),
    "high": (4, "High"),
    "critical": (5, "Critical"),
}
_INFORMATIONAL, _UNKNOWN = (1, "Informational"), (0, "Unknown")
_PASS, _WARNING, _FAIL = (1, "Pass"), (2, "Warning"), (3, "Fail")
_NEW, _SUPPRESSED = (1, "New"), (3, "Suppressed")
_OUTCOME: dict[Outcome, tuple[int, str]] = {
    "fail": _FAIL,
    "waived": _FAIL,
    "unknown": _WARNING,
    "error": _WARNING,
}
_ITEM: dict[ItemStatus, tuple[int, str]] = {
    "met": _PASS,
    "partly_met": _FAIL,
    "not_met": _FAIL,
    "not_assessed": _WARNING,
    "not_applicable": (99, "Not applicable"),
}
_CLOUDS = {"aws": "AWS", "azure": "Azure", "aliyun": "Alibaba Cloud"}


def render(assessment: Assessment, catalogue: Catalogue, options: Options) -> str:
    """The events: findings, items, gaps."""
    language = options.language
    events = _Events(assessment, language)
    lines = [events.finding(row, catalogue) for row in rows(assessment, catalogue, language)]
    for level in assessment.levels:
        lines += [events.item(item, level, catalogue.items[item.key]) for item in level.items]
    lines += events.gaps()
    return "".join(f"{msgspec.json.encode(event).decode()}\n" for event in lines)


class _Events:
    """Makes the events of one assessment in one language."""

    def __init__(self, assessment: Assessment, language: Language) -> None:
        self._assessment = assessment
        self._language = language
        self._time = int(datetime.fromisoformat(assessment.now).timestamp() * 1000)

    def finding(self, row: Row, catalogue: Catalogue) -> Event:
        """A failure, or a verdict that could not be reached."""
        check, resource = row.check, row.result.resource
        outcome = _OUTCOME[row.outcome]
        severity = _SEVERITY[row.result.severity]
        points = [
            catalogue.items[key].control_point.in_language(self._language)
            for key in check.items
            if key in catalogue.items
        ]
        remedy = check.remediation
        return self._event(
            "finding",
            severity=severity,
            status=_SUPPRESSED if row.outcome == "waived" else _NEW,
            message=f"{row.resource}: {row.message}",
            finding=FindingInfo(
                uid=row.id,
                title=row.title,
                desc=row.message,
                analytic=Analytic(type_id=1, type="Rule", uid=check.id, name=row.title),
            ),
            compliance=Compliance(
                standards=[STANDARD],
                control=", ".join(dict.fromkeys(points)) or check.id,
                requirements=row.clauses,
                checks=[
                    Check(
                        uid=check.id,
                        name=row.title,
                        severity=severity[1],
                        severity_id=severity[0],
                        status=outcome[1],
                        status_id=outcome[0],
                    )
                ],
                status=outcome[1],
                status_id=outcome[0],
                status_details=[row.outcome, row.message, *filter(None, [row.waiver])],
            ),
            resources=[
                Resource(
                    uid=visible(resource.id),
                    name=row.resource,
                    type=resource.native_type or resource.type,
                    region=visible(resource.region),
                    data={"file": row.file, "line": row.line, "type": resource.type},
                )
            ],
            cloud=Cloud(
                provider=_CLOUDS.get(resource.provider, resource.provider),
                account=Account(uid=visible(resource.account)) if resource.account else None,
                region=visible(resource.region),
            ),
            remediation=Remediation(
                desc=remedy.zh if self._language == "zh" else remedy.en,
                references=check.references,
            ),
            level=row.level,
        )

    def item(self, result: ItemResult, level: LevelResult, item: Item) -> Event:
        """The result of a requirement item."""
        status = _ITEM[result.status]
        said = STATUS[result.status].in_language(self._language)
        point = item.control_point.in_language(self._language)
        severity = {
            "met": _INFORMATIONAL,
            "not_applicable": _INFORMATIONAL,
            "not_assessed": _UNKNOWN,
        }.get(
            result.status, _SEVERITY["high" if result.high_risk or result.major_risk else "medium"]
        )
        return self._event(
            "item",
            severity=severity,
            status=_NEW,
            message=f"{result.clause} {point}: {said}",
            finding=FindingInfo(
                uid=_digest("item", level.system, str(level.level), result.key),
                title=f"{result.clause} {point}",
                desc=item.summary.in_language(self._language),
            ),
            compliance=Compliance(
                standards=[STANDARD],
                control=point,
                requirements=[result.clause],
                status=status[1],
                status_id=status[0],
                status_details=[
                    result.status,
                    visible(result.reason.in_language(self._language)),
                ],
            ),
            level=level,
        )

    def gaps(self) -> Iterator[Event]:
        """What was not looked at."""
        for gap in gaps(self._assessment, self._language):
            yield self._gap(gap)

    def _gap(self, gap: Gap) -> Event:
        kind = KINDS[gap.kind].in_language(self._language)
        return self._event(
            "gap",
            severity=_UNKNOWN if gap.is_weighty else _INFORMATIONAL,
            status=_NEW,
            message=f"{gap.subject}: {gap.reason}",
            finding=FindingInfo(
                uid=_digest("gap", gap.kind, gap.subject, gap.account, gap.region),
                title=f"{kind}: {gap.subject}",
                desc=gap.reason,
            ),
            compliance=Compliance(
                standards=[STANDARD],
                control=kind,
                status=_WARNING[1],
                status_id=_WARNING[0],
                status_details=[gap.kind, gap.reason],
            ),
        )

    def _event(
        self,
        code: str,
        *,
        severity: tuple[int, str],
        status: tuple[int, str],
        message: str,
        finding: FindingInfo,
        compliance: Compliance,
        resources: list[Resource] | None = None,
        cloud: Cloud | None = None,
        remediation: Remediation | None = None,
        level: LevelResult | None = None,
    ) -> Event:
        return Event(
            activity_id=1,
            activity_name="Create",
            category_uid=2,
            category_name="Findings",
            class_uid=2003,
            class_name="Compliance Finding",
            type_uid=200301,
            type_name="Compliance Finding: Create",
            time=self._time,
            severity_id=severity[0],
            severity=severity[1],
            status_id=status[0],
            status=status[1],
            message=message,
            metadata=Metadata(
                product=Product(
                    name="mlps",
                    vendor_name="mlps",
                    version=self._assessment.tool_version,
                    lang="zh" if self._language == "zh" else "en",
                ),
                version=VERSION,
                profiles=["cloud"] if cloud else [],
                event_code=code,
            ),
            finding_info=finding,
            compliance=compliance,
            resources=resources or [],
            cloud=cloud,
            remediation=remediation,
            unmapped={"incomplete": self._assessment.incomplete}
            | ({"system": level.system, "level": level.level} if level else {}),
        )


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


FORMAT = Format(name="ocsf", description="OCSF Compliance Findings, for SIEMs", render=render)
