"""The trend over the runs of a history."""

from __future__ import annotations

from itertools import islice

from sqlalchemy import Connection, Row, func, select

from scanner.history.model import Point
from scanner.history.runs import Run, series
from scanner.history.tables import FINDINGS, SCOPES, SIGHTINGS
from scanner.report._text import visible
from scanner.trend import TrendPoint
from scanner.verdict import DEFAULT_SYSTEM

DRAWN = 60
"""Runs that a report draws."""
_Scope = tuple[int, str, int]


def trend(
    connection: Connection, upto: Run, *, last: int, system: str = "", level: int | None = None
) -> list[Point]:
    """The last runs like this one up to it, oldest first; every system at its level, or one."""
    runs = list(islice(series(connection, upto), last))[::-1]
    ids = [run.id for run in runs]
    counts = _counts(connection, ids)
    scopes: dict[int, list[Row[tuple[object, ...]]]] = {}
    ordered = select(SCOPES).where(SCOPES.c.run.in_(ids)).order_by(SCOPES.c.system, SCOPES.c.level)
    for row in connection.execute(ordered):
        if (not system or row.system == system) and level in {None, row.level}:
            scopes.setdefault(row.run, []).append(row)
    return [
        _point(run, scope, counts.get((run.id, scope.system, scope.level), {}))
        for run in runs
        for scope in scopes.get(run.id, [])
    ]


def drawn(connection: Connection, upto: Run) -> tuple[TrendPoint, ...]:
    """The trend that a report draws, this run the last."""
    return tuple(
        TrendPoint(
            system="" if one.system == DEFAULT_SYSTEM else visible(one.system),
            level=one.level,
            now=one.now,
            lowest=one.lowest,
            highest=one.highest,
            failed=one.failed,
            new=one.new,
            reopened=one.reopened,
            fixed=one.fixed,
            unseen=one.unseen,
        )
        for one in trend(connection, upto, last=DRAWN)
    )


def _point(run: Run, scope: Row[tuple[object, ...]], number: dict[str, int]) -> Point:
    reopened = number.get("reopened", 0)
    return Point(
        run=run.id,
        now=run.now,
        system=scope.system,
        level=scope.level,
        incomplete=bool(run.incomplete),
        lowest=scope.lowest,
        highest=scope.highest,
        failed=number.get("failed", 0) + reopened,
        waived=number.get("waived", 0),
        unknown=scope.unknown,
        new=number.get("new", 0),
        fixed=number.get("fixed", 0),
        reopened=reopened,
        unseen=number.get("unseen", 0),
    )


def _counts(connection: Connection, runs: list[int]) -> dict[_Scope, dict[str, int]]:
    """Findings by state in each run and scope, and as "new" those that no run saw before it."""
    scope = (SIGHTINGS.c.run, FINDINGS.c.system, FINDINGS.c.level)
    joined = SIGHTINGS.join(FINDINGS, SIGHTINGS.c.finding == FINDINGS.c.id)
    number = func.count().label("number")
    states = (
        select(*scope, SIGHTINGS.c.state, number)
        .select_from(joined)
        .where(SIGHTINGS.c.run.in_(runs))
        .group_by(*scope, SIGHTINGS.c.state)
    )
    found: dict[_Scope, dict[str, int]] = {}
    for row in connection.execute(states):
        found.setdefault((row.run, row.system, row.level), {})[row.state] = row.number
    first = (
        select(*scope, number)
        .select_from(joined)
        .where(
            SIGHTINGS.c.run.in_(runs),
            SIGHTINGS.c.state == "failed",
            FINDINGS.c.first_run == SIGHTINGS.c.run,
        )
        .group_by(*scope)
    )
    for row in connection.execute(first):
        found.setdefault((row.run, row.system, row.level), {})["new"] = row.number
    return found
