"""Naming a run of a history, and which runs it may be compared with."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Row, select

from collectors.document import UserError
from scanner.history.tables import RUNS

Run = Row[tuple[Any, ...]]
"""A row of `RUNS`."""


def resolve(connection: Connection, word: str) -> Run:
    """A run by its id, "latest", or "previous": the one before the latest of its series. Raises
    UserError where there is none."""
    newest = select(RUNS).order_by(RUNS.c.now.desc(), RUNS.c.id.desc())
    latest = connection.execute(newest.limit(1)).first()
    found: Run | None = None
    if word == "latest":
        found = latest
    elif word == "previous" and latest is not None:
        found = next(series(connection, latest, including=False), None)
    elif word.isdecimal() and len(word) < 10:
        found = connection.execute(select(RUNS).where(RUNS.c.id == int(word))).first()
    if found is None:
        ids = [str(row.id) for row in connection.execute(newest.limit(10))]
        raise UserError(
            f"The history has no run {word!r}.",
            f"Name latest, previous or an id; the newest are: {', '.join(ids) or 'none'}.",
        )
    return found


def series(connection: Connection, upto: Run, *, including: bool = True) -> Iterator[Run]:
    """The runs like this one up to it, the newest first."""
    newest = select(RUNS).where(RUNS.c.now <= upto.now, RUNS.c.home == upto.home)
    for run in connection.execute(newest.order_by(RUNS.c.now.desc(), RUNS.c.id.desc())):
        later = (run.now, run.id) > (upto.now, upto.id)
        if not later and _is_like(run, upto) and (including or run.id != upto.id):
            yield run


def _is_like(one: Run, other: Run) -> bool:
    """Whether two runs are about the same: mostly the same accounts, as an organization that has a
    new one, or the same templates."""
    if one.origin != other.origin:
        return False
    if one.origin == "template":
        return True
    mine, theirs = set(json.loads(one.accounts)), set(json.loads(other.accounts))
    return 2 * len(mine & theirs) >= len(mine | theirs)
