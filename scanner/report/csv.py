"""CSV: a row for each finding, each verdict that is unknown, and each thing not looked at.

RFC 4180 with CRLF, in UTF-8 with a byte order mark: without it Excel shows Chinese as garbage, and
programs that read CSV as "utf-8-sig" never see it. A text that a spreadsheet would take for a
formula has an apostrophe before it. What to do about a check is not repeated in each row:
`mlps checks show ID`.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from scanner.assessment import Assessment
from scanner.catalog import Catalogue
from scanner.report import Format, Language, Options
from scanner.report._gaps import KINDS, gaps
from scanner.report._rows import Row, rows
from scanner.report._text import visible

COLUMNS = (
    *("status", "severity", "system", "level", "check", "title", "clauses"),
    *("resource", "resource_id", "type", "provider", "account", "region", "file", "line"),
    *("message", "waiver", "scanned", "fingerprint", "first_seen"),
)
"""The same in every language: programs read them."""

NOT_ASSESSED = "not_assessed"
"""The status of a row about what was not looked at."""

FORMULA = frozenset("=+-@\t\r＝＋－＠")
"""What a spreadsheet may take for the beginning of a formula, in full width too."""


def render(assessment: Assessment, catalogue: Catalogue, options: Options) -> str:
    """The file, with its byte order mark as the first character."""
    out = io.StringIO(newline="")
    out.write("\ufeff")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for row in rows(assessment, catalogue, options.language):
        writer.writerow([guarded(cell) for cell in _cells(row, assessment)])
    for cells in _gap_rows(assessment, options.language):
        writer.writerow([guarded(cells.get(name, "")) for name in COLUMNS])
    return out.getvalue()


def guarded(cell: str) -> str:
    """A cell that no spreadsheet evaluates."""
    return f"'{cell}" if cell[:1] in FORMULA and cell else cell


def _cells(row: Row, assessment: Assessment) -> tuple[str, ...]:
    resource = row.result.resource
    return (
        row.outcome,
        row.result.severity,
        row.result.system,
        str(row.result.level),
        row.check.id,
        row.title,
        " ".join(row.clauses),
        row.resource,
        visible(resource.id),
        resource.type,
        resource.provider,
        visible(resource.account),
        visible(resource.region),
        row.file,
        str(row.line),
        row.message,
        row.waiver,
        assessment.now,
        row.id,
        row.first_seen,
    )


def _gap_rows(assessment: Assessment, language: Language) -> Iterator[dict[str, str]]:
    for gap in gaps(assessment, language):
        yield {
            "status": NOT_ASSESSED,
            "title": KINDS[gap.kind].in_language(language),
            "resource": gap.subject,
            "account": gap.account,
            "region": gap.region,
            "file": gap.file,
            "message": gap.reason,
            "scanned": assessment.now,
        }


FORMAT = Format(name="csv", description="findings as a table, for spreadsheets", render=render)
