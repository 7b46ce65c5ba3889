"""Storing a run: one transaction, after which the history is whole, or as it was before."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, Table, bindparam, func, insert, select, update

from scanner.assessment import Assessment
from scanner.history import archive
from scanner.history.observe import Judged, Known, State, findings
from scanner.history.tables import FINDINGS, ITEMS, RUNS, SCOPES, SIGHTINGS
from scanner.verdict import OutsideResource, ResourceVerdicts, VerdictsHeader

Lines = Iterable[ResourceVerdicts | OutsideResource]
_CHUNK = 1000
"""Rows that one call writes."""
_States = dict[int, str]
"""By the id of a finding, what the run says of it."""


class Stored(msgspec.Struct, kw_only=True, frozen=True):
    """What storing a run changed, in findings. `run` is its id; `is_new` is false where the same
    run was stored before, of which the numbers are the same again."""

    run: int
    is_new: bool
    new: int
    fixed: int
    reopened: int
    unseen: int


def store(
    connection: Connection,
    assessment: Assessment,
    header: VerdictsHeader,
    lines: Lines,
    *,
    home: str = "",
) -> Stored:
    """Store a run in a transaction of `database.writing`. `lines` are the run's verdicts, to be
    read once more; `home` is where templates are of. The same run stored again changes nothing."""
    digest = _digest(assessment, home)
    known = connection.execute(select(RUNS.c.id).where(RUNS.c.digest == digest)).scalar()
    if known is not None:
        return _stored(connection, known, is_new=False)
    run = _next(connection, RUNS)
    _store_run(connection, run, digest, assessment, home)
    now = moment(assessment.now)
    rows = {row.fingerprint: row for row in _rows_about(connection, header, home)}
    found = findings(assessment, home)
    states = _see(connection, rows, found, run, now)
    states |= _miss(connection, rows, {one.fingerprint for one in found}, header, lines, now, home)
    _insert(
        connection,
        SIGHTINGS,
        [{"run": run, "finding": key, "state": state} for key, state in states.items()],
    )
    return _stored(connection, run, is_new=True)


def moment(time: str) -> str:
    """A time as the history keeps it: RFC 3339 in UTC, whole seconds."""
    return datetime.fromisoformat(time).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _digest(assessment: Assessment, home: str) -> str:
    """Equal for the same verdicts with the same waivers and attestations."""
    whole = msgspec.json.encode([home, assessment], order="deterministic")
    return hashlib.sha256(whole).hexdigest()


def _next(connection: Connection, table: Table) -> int:
    """The next id. The caller holds the lock, so that nobody else takes it."""
    return int(connection.execute(select(func.coalesce(func.max(table.c.id), 0))).scalar_one()) + 1


def _store_run(
    connection: Connection, run: int, digest: str, assessment: Assessment, home: str
) -> None:
    checks = sorted(check.id for check in assessment.checks)
    connection.execute(
        insert(RUNS).values(
            id=run,
            digest=digest,
            now=moment(assessment.now),
            tool_version=assessment.tool_version,
            origin=assessment.origin,
            home=home,
            providers=json.dumps(sorted(assessment.providers)),
            accounts=json.dumps(sorted(assessment.accounts)),
            regions=json.dumps(sorted(assessment.regions)),
            checks=hashlib.sha256("\n".join(checks).encode()).hexdigest(),
            incomplete=int(assessment.incomplete),
        )
    )
    archive.keep(connection, run, assessment)
    scopes: list[dict[str, Any]] = []
    items: list[dict[str, Any]] = []
    for level in assessment.levels:
        scope = {"run": run, "system": level.system, "level": level.level}
        rate = level.conformity
        unknown = level.counts.unknown + level.counts.error
        scopes.append(scope | {"lowest": rate.lowest, "highest": rate.highest, "unknown": unknown})
        items += [scope | {"item": item.key, "status": item.status} for item in level.items]
    _insert(connection, SCOPES, scopes)
    _insert(connection, ITEMS, items)


def _rows_about(
    connection: Connection, header: VerdictsHeader, home: str
) -> Iterator[Row[tuple[Any, ...]]]:
    """What the history has of the run's accounts, or of its templates."""
    about = FINDINGS.c.origin == "template"
    if header.origin == "live":
        about = FINDINGS.c.account.in_(header.accounts)
    yield from connection.execute(select(FINDINGS).where(FINDINGS.c.home == home, about))


def _see(
    connection: Connection,
    rows: dict[str, Row[tuple[Any, ...]]],
    found: dict[Known, State],
    run: int,
    now: str,
) -> _States:
    """Write the findings that the run has, and give the state of each."""
    states: _States = {}
    new, known, early = [], [], []
    seen: dict[State, list[int]] = {"failed": [], "waived": []}
    free = _next(connection, FINDINGS)
    for one, state in found.items():
        row = rows.get(one.fingerprint)
        if row is None:
            first = {"first_seen": now, "first_run": run, "last_seen": now, "judged": now}
            new.append(msgspec.structs.asdict(one) | first | {"id": free, "status": state})
            states[free] = state
            free += 1
            continue
        # A failure whose waiver no longer holds is open again, like one that came back.
        again = state == "failed" and row.status in {"fixed", "waived"} and row.judged <= now
        states[row.id] = "reopened" if again else state
        if now < row.first_seen:
            early.append(row.id)
        if row.judged > now:
            # A run that is stored late says nothing of what a later one has judged.
            continue
        seen[state].append(row.id)
        if _as_known(row) != one:
            known.append({"key": row.id} | msgspec.structs.asdict(one))
    _insert(connection, FINDINGS, new)
    _describe(connection, known)
    _set(connection, early, first_seen=now, first_run=run)
    for state, ids in seen.items():
        _set(connection, ids, last_seen=now, judged=now, status=state)
    return states


def _miss(
    connection: Connection,
    rows: dict[str, Row[tuple[Any, ...]]],
    found: set[str],
    header: VerdictsHeader,
    lines: Lines,
    now: str,
    home: str,
) -> _States:
    """Write what became of the open findings that the run does not have."""
    missing = {
        row.id: _as_known(row)
        for key, row in rows.items()
        if key not in found and row.status != "fixed" and row.judged <= now
    }
    judged = Judged(header, lines, missing.values(), home)
    states: _States = {}
    for key, one in missing.items():
        if judged.is_fixed(one):
            states[key] = "fixed"
        elif judged.covers(one):
            states[key] = "unseen"
    fixed = [key for key, state in states.items() if state == "fixed"]
    _set(connection, fixed, status="fixed", judged=now)
    return states


def _as_known(row: Row[tuple[Any, ...]]) -> Known:
    return Known(**{name: getattr(row, name) for name in Known.__struct_fields__})


def _set(connection: Connection, ids: Sequence[int], **values: Any) -> None:
    """Set the same values of many findings."""
    for start in range(0, len(ids), _CHUNK):
        some = FINDINGS.c.id.in_(ids[start : start + _CHUNK])
        connection.execute(update(FINDINGS).where(some).values(**values))


def _describe(connection: Connection, rows: Sequence[dict[str, Any]]) -> None:
    """Update what is known of findings, each by its id as `key`: names and messages change."""
    for start in range(0, len(rows), _CHUNK):
        connection.execute(
            update(FINDINGS).where(FINDINGS.c.id == bindparam("key")), rows[start : start + _CHUNK]
        )


def _insert(connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    for start in range(0, len(rows), _CHUNK):
        connection.execute(insert(table), rows[start : start + _CHUNK])


def _stored(connection: Connection, run: int, *, is_new: bool) -> Stored:
    states = select(SIGHTINGS.c.state, func.count()).where(SIGHTINGS.c.run == run)
    grouped = connection.execute(states.group_by(SIGHTINGS.c.state)).all()
    counted = {row[0]: row[1] for row in grouped}
    first = (
        select(func.count())
        .select_from(SIGHTINGS.join(FINDINGS, SIGHTINGS.c.finding == FINDINGS.c.id))
        .where(SIGHTINGS.c.run == run, SIGHTINGS.c.state == "failed", FINDINGS.c.first_run == run)
    )
    return Stored(
        run=run,
        is_new=is_new,
        new=int(connection.execute(first).scalar_one()),
        fixed=counted.get("fixed", 0),
        reopened=counted.get("reopened", 0),
        unseen=counted.get("unseen", 0),
    )
