"""The difference of two runs of a history."""

from __future__ import annotations

import json

from msgspec import Struct
from sqlalchemy import Connection, exists, or_, select

from scanner.catalog import Text
from scanner.checks import SEVERITIES
from scanner.history.model import CHANGES, Aspect, Change, Changed, ChangedItem, Difference
from scanner.history.runs import Run
from scanner.history.tables import FINDINGS, ITEMS, RUNS, SCOPES, SIGHTINGS


class _Past(Struct):
    """What runs said of a finding: the two that are compared, and whether it was reopened, and was
    fixed in the end, after the older one and up to the newer."""

    before: str = ""
    after: str = ""
    fixed: bool = False
    reopened: bool = False


def difference(connection: Connection, older: Run, newer: Run) -> Difference:
    """What changed from one run to another; they are put in the order of their times."""
    if (older.now, older.id) > (newer.now, newer.id):
        older, newer = newer, older
    pasts = _pasts(connection, older, newer)
    told = exists().where(
        SIGHTINGS.c.finding == FINDINGS.c.id, SIGHTINGS.c.run.in_({older.id, newer.id})
    )
    findings = []
    for row in connection.execute(select(FINDINGS).where(told)):
        is_new = (row.first_seen, row.first_run) > (older.now, older.id)
        change = _change(pasts[row.id], is_new=is_new)
        if change:
            findings.append(_changed(row, change))
    return Difference(
        older=older.id,
        older_now=older.now,
        newer=newer.id,
        newer_now=newer.now,
        incomplete=bool(newer.incomplete),
        differs=_differs(connection, older, newer),
        findings=sorted(findings, key=_order),
        items=_items(connection, older, newer),
    )


def _change(past: _Past, *, is_new: bool) -> Change | None:
    """What became of a finding that at least one of the two runs speaks of."""
    if past.after == "waived":
        return "waived"
    if past.after in {"failed", "reopened"}:
        if is_new:
            return "new"
        return "reopened" if past.reopened else "unchanged"
    if past.after == "unseen":
        return "unseen"
    if past.after == "fixed" or past.fixed:
        return "fixed"
    # Fixed before the older run, or out of the later run's scope.
    return None if past.before in {"", "fixed"} else "unseen"


def _pasts(connection: Connection, older: Run, newer: Run) -> dict[int, _Past]:
    """By finding, what the two runs said, and what those between them did."""
    between = select(SIGHTINGS, RUNS.c.now).join(RUNS, SIGHTINGS.c.run == RUNS.c.id)
    between = between.where(
        or_(
            SIGHTINGS.c.run.in_({older.id, newer.id}),
            SIGHTINGS.c.state.in_(("fixed", "reopened"))
            & (RUNS.c.now >= older.now)
            & (RUNS.c.now <= newer.now),
        )
    )
    pasts: dict[int, _Past] = {}
    for row in connection.execute(between.order_by(RUNS.c.now, RUNS.c.id)):
        past = pasts.setdefault(row.finding, _Past())
        if row.run == newer.id:
            past.after = row.state
        if row.run == older.id:
            past.before = row.state
        elif (older.now, older.id) < (row.now, row.run) <= (newer.now, newer.id):
            past.fixed = row.state == "fixed" or (past.fixed and row.state != "reopened")
            past.reopened |= row.state == "reopened"
    return pasts


def _changed(row: Run, change: Change) -> Changed:
    return Changed(
        change=change,
        fingerprint=row.fingerprint,
        system=row.system,
        level=row.level,
        check=row.check_id,
        severity=row.severity,
        account=row.account,
        resource=row.resource,
        name=row.name,
        message=Text(row.message_en, row.message_zh),
        first_seen=row.first_seen,
        last_seen=row.last_seen,
    )


def _order(one: Changed) -> tuple[int, str, int, int, str, str, str]:
    return (
        CHANGES.index(one.change),
        one.system,
        one.level,
        -SEVERITIES.index(one.severity),
        one.check,
        one.resource,
        one.fingerprint,
    )


def _items(connection: Connection, older: Run, newer: Run) -> list[ChangedItem]:
    """Items of the systems that both runs have."""
    before, after = (
        {
            (row.system, row.level, row.item): row.status
            for row in connection.execute(select(ITEMS).where(ITEMS.c.run == run.id))
        }
        for run in (older, newer)
    )
    scopes = {key[:2] for key in before} & {key[:2] for key in after}
    return [
        ChangedItem(
            system=key[0],
            level=key[1],
            item=key[2],
            before=before.get(key, ""),
            after=after.get(key, ""),
        )
        for key in sorted(before.keys() | after.keys())
        if key[:2] in scopes and before.get(key) != after.get(key)
    ]


def _differs(connection: Connection, older: Run, newer: Run) -> list[Aspect]:
    found: list[Aspect] = []
    if (older.home, older.accounts) != (newer.home, newer.accounts):
        found.append("accounts")
    # Of a cloud that lists whole accounts, regions are those in use.
    if older.regions != newer.regions and json.loads(newer.providers) != ["azure"]:
        found.append("regions")
    if _scopes(connection, older) != _scopes(connection, newer):
        found.append("systems")
    if older.checks != newer.checks:
        found.append("checks")
    if older.tool_version != newer.tool_version:
        found.append("tool_version")
    return found


def _scopes(connection: Connection, run: Run) -> set[tuple[str, int]]:
    query = select(SCOPES.c.system, SCOPES.c.level).where(SCOPES.c.run == run.id)
    return {(row.system, row.level) for row in connection.execute(query)}
