"""The results of a SARIF run, and their places."""

from __future__ import annotations

from collections import Counter
from typing import Literal
from urllib.parse import quote

from scanner.assessment import Assessment, LevelResult, ReportedFinding, Result
from scanner.catalog import Item
from scanner.checks import CheckMetadata
from scanner.fingerprint import fingerprint
from scanner.report import Language
from scanner.report._rows import from_root, waiver_of
from scanner.report._sarif_model import (
    ArtifactLocation,
    DescriptorReference,
    Location,
    LogicalLocation,
    Message,
    PhysicalLocation,
    Provenance,
    Reference,
    Region,
    SarifResult,
    Suppression,
)
from scanner.report._sarif_notes import plain
from scanner.report._sarif_rules import LEVELS

SOURCE_ROOT = "%SRCROOT%"


def results(
    assessment: Assessment, level: LevelResult, items: list[Item], language: Language
) -> list[SarifResult]:
    """A result for each finding, the most severe first."""
    checks = {check.id: (index, check) for index, check in enumerate(assessment.checks)}
    places = {item.key: index for index, item in enumerate(items)}
    taxa = {check.id: _taxa(check, places) for check in assessment.checks}
    seen: Counter[str] = Counter()
    return [
        _result(assessment, result, finding, *checks[result.check], taxa, language, seen)
        for result in level.of(assessment.results)
        if result.status == "fail"
        for finding in result.findings
    ]


def _taxa(check: CheckMetadata, places: dict[str, int]) -> list[DescriptorReference]:
    """The items that a failure of the check is about."""
    return [
        DescriptorReference(id=key, index=places[key], tool_component=Reference(index=0))
        for key in check.items
        if key in places
    ]


def _result(
    assessment: Assessment,
    result: Result,
    finding: ReportedFinding,
    index: int,
    check: CheckMetadata,
    taxa: dict[str, list[DescriptorReference]],
    language: Language,
    seen: Counter[str],
) -> SarifResult:
    resource = result.resource
    identity = fingerprint(check, result, finding, seen)
    return SarifResult(
        rule_id=check.id,
        rule_index=index,
        level=LEVELS[check.severity],
        message=Message(text=plain(f"{resource.name}: {finding.message.in_language(language)}")),
        locations=[_location(assessment, result, finding)],
        partial_fingerprints={
            "primaryLocationLineHash": f"{identity[:16]}:1",
            "mlps/v1": identity,
        },
        suppressions=_suppressions(result, language),
        baseline_state=_baseline_state(assessment, finding),
        provenance=_provenance(finding),
        taxa=taxa[check.id],
        properties={
            "at": finding.at,
            **({"argument": finding.argument} if finding.argument else {}),
            "region": resource.region,
            "account": resource.account,
            "level": result.level,
            "system": result.system,
            "resource": resource.id,
        },
    )


def _provenance(finding: ReportedFinding) -> Provenance | None:
    """Only where a history is kept."""
    if not finding.first_seen:
        return None
    return Provenance(first_detection_time_utc=finding.first_seen)


def _baseline_state(
    assessment: Assessment, finding: ReportedFinding
) -> Literal["new", "unchanged"] | None:
    """Only where there is a baseline to compare with."""
    if assessment.baseline is None:
        return None
    return "unchanged" if finding.known else "new"


def _location(assessment: Assessment, result: Result, finding: ReportedFinding) -> Location:
    resource = result.resource
    source = resource.source
    if source:
        uri = from_root(finding.file or source.uri, assessment)
        line = finding.line or source.start_line
        end = None if finding.line else source.end_line
        logical = LogicalLocation(
            name=source.address.rsplit(".", 1)[-1],
            fully_qualified_name=source.address,
            kind="resource",
        )
    else:
        uri, line, end = f"{assessment.snapshot}/{resource.file}", resource.line, None
        logical = LogicalLocation(
            name=resource.name, fully_qualified_name=resource.id, kind="resource"
        )
    return Location(
        physical_location=PhysicalLocation(
            artifact_location=_artifact(uri),
            region=Region(start_line=max(line, 1), end_line=end),
        ),
        logical_locations=[logical],
    )


def _artifact(path: str) -> ArtifactLocation:
    """A file relative to the repository's root; an absolute path cannot be, and is kept whole."""
    path = path.replace("\\", "/")
    if path.startswith("/"):
        return ArtifactLocation(uri="file://" + quote(path))
    return ArtifactLocation(uri=quote(path.removeprefix("./")), uri_base_id=SOURCE_ROOT)


def _suppressions(result: Result, language: Language) -> list[Suppression]:
    if result.waiver is None:
        return []
    why = plain(waiver_of(result, language))
    return [Suppression(kind="external", status="accepted", justification=why)]
