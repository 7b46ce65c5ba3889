"""GitLab Code Quality: what a merge request shows beside the code.

The format is https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format. It knows
no unknown: a verdict that could not be reached, and what was not looked at, is an entry that says
so. A failure that is waived is one of the lowest severity, which says by whom.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Literal

import msgspec
from msgspec import Struct

from scanner.assessment import Assessment
from scanner.catalog import Catalogue
from scanner.checks import Severity
from scanner.report import Format, Language, Options
from scanner.report._gaps import KINDS, Gap, gaps
from scanner.report._rows import Row, from_root, rows
from scanner.report._words import OUTCOME

QualitySeverity = Literal["info", "minor", "major", "critical", "blocker"]

_SEVERITY: dict[Severity, QualitySeverity] = {
    "critical": "blocker",
    "high": "critical",
    "medium": "major",
    "low": "minor",
}


class Lines(Struct):
    """Where it begins, from 1."""

    begin: int


class Location(Struct):
    """A path relative to the repository."""

    path: str
    lines: Lines


class Entry(Struct):
    """One entry of the report."""

    description: str
    check_name: str
    fingerprint: str
    severity: QualitySeverity
    location: Location


def render(assessment: Assessment, catalogue: Catalogue, options: Options) -> str:
    """A JSON array, one entry on a line."""
    entries = [
        _entry(row, assessment, options.language)
        for row in rows(assessment, catalogue, options.language)
    ]
    entries += _gaps(assessment, options.language)
    lines = ",\n".join(msgspec.json.encode(entry).decode() for entry in entries)
    return f"[\n{lines}\n]\n" if lines else "[]\n"


def _entry(row: Row, assessment: Assessment, language: Language) -> Entry:
    text = f"{row.resource}: {row.message}"
    if row.outcome != "fail":
        text = f"[{OUTCOME[row.outcome].in_language(language)}] {text}"
    elif row.aside:
        text = f"[{row.aside}] {text}"
    if row.waiver:
        text = f"{text} — {row.waiver}"
    # What is unknown may be as bad as the check's failure would be.
    severity = "info" if row.outcome == "waived" or row.aside else _SEVERITY[row.result.severity]
    path = from_root(row.file, assessment) if row.result.resource.source else row.file
    return Entry(text, row.check.id, row.id, severity, Location(path, Lines(row.line)))


def _gaps(assessment: Assessment, language: Language) -> Iterator[Entry]:
    seen: set[str] = set()
    for gap in gaps(assessment, language):
        parts = "\0".join((gap.kind, gap.subject, gap.account, gap.region))
        identity = hashlib.sha256(parts.encode(errors="surrogatepass")).hexdigest()
        if identity in seen:
            continue
        seen.add(identity)
        yield Entry(
            f"[{KINDS[gap.kind].in_language(language)}] {gap.subject}: {gap.reason}",
            f"mlps-{gap.kind}",
            identity,
            "major" if gap.is_weighty else "info",
            Location(_file(gap, assessment), Lines(1)),
        )


def _file(gap: Gap, assessment: Assessment) -> str:
    """The template that could not be read, else the snapshot's list of what was."""
    return from_root(gap.file, assessment) if gap.file else f"{assessment.snapshot}/manifest.json"


FORMAT = Format(name="gitlab", description="GitLab Code Quality", render=render)
