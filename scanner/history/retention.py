"""Forgetting old runs."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, exists, select

from scanner.history.store import moment
from scanner.history.tables import FINDINGS, ITEMS, REPORTS, RUNS, SCOPES, SIGHTINGS


def forget(connection: Connection, now: str, days: int) -> None:
    """Remove runs older than so many days before `now`, and findings that no run which is left
    says anything of. What a run that is left still sees stays, with its first date."""
    before = moment((datetime.fromisoformat(now) - timedelta(days=days)).isoformat())
    old = select(RUNS.c.id).where(RUNS.c.now < before).scalar_subquery()
    for table in (SIGHTINGS, ITEMS, SCOPES, REPORTS):
        connection.execute(delete(table).where(table.c.run.in_(old)))
    connection.execute(delete(RUNS).where(RUNS.c.now < before))
    told = exists().where(SIGHTINGS.c.finding == FINDINGS.c.id)
    connection.execute(delete(FINDINGS).where(FINDINGS.c.judged < before, ~told))
