"""The dates of findings, for reports."""

from __future__ import annotations

import msgspec
from sqlalchemy import Connection, select

from scanner.assessment import Assessment, ReportedFinding
from scanner.history.observe import identified
from scanner.history.runs import Run
from scanner.history.tables import FINDINGS, SIGHTINGS


def dated(connection: Connection, run: Run, assessment: Assessment) -> Assessment:
    """The assessment of a stored run with the time at which each finding was first seen."""
    query = (
        select(FINDINGS.c.fingerprint, FINDINGS.c.first_seen)
        .select_from(SIGHTINGS.join(FINDINGS, SIGHTINGS.c.finding == FINDINGS.c.id))
        .where(SIGHTINGS.c.run == run.id)
    )
    first = {row.fingerprint: row.first_seen for row in connection.execute(query)}
    findings: dict[int, list[ReportedFinding]] = {}
    for key, result, finding in identified(assessment):
        one = msgspec.structs.replace(finding, first_seen=first.get(key, ""))
        findings.setdefault(id(result), []).append(one)
    results = [
        msgspec.structs.replace(one, findings=findings.get(id(one), one.findings))
        for one in assessment.results
    ]
    return msgspec.structs.replace(assessment, results=results)
