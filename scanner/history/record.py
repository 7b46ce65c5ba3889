"""A run's part of the history, for the pipeline: stored, with the trend for its reports."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec import Struct

from collectors.document import UserError
from scanner.assessment import Assessment
from scanner.evaluate import VerdictsFile
from scanner.trend import Changes, TrendPoint

if TYPE_CHECKING:
    from scanner.commands._options import Reporting
    from scanner.history.store import Stored


class Recorded(Struct, kw_only=True):
    """What came of storing a run: the assessment, with the dates of its findings and what changed
    where a history is kept. `error` is to be raised once the reports are written: what was judged
    is not lost with the history."""

    assessment: Assessment
    trend: tuple[TrendPoint, ...] = ()
    changes: Changes | None = None
    error: UserError | None = None


def record(file: VerdictsFile, assessment: Assessment, settings: Reporting) -> Recorded:
    """Store a run where the settings name a history, and say on standard error what changed."""
    if settings.history is None:
        return Recorded(assessment=assessment)
    from scanner.history.database import writing  # noqa: PLC0415
    from scanner.history.dates import dated  # noqa: PLC0415
    from scanner.history.retention import forget  # noqa: PLC0415
    from scanner.history.runs import resolve  # noqa: PLC0415
    from scanner.history.store import store  # noqa: PLC0415
    from scanner.history.trends import drawn  # noqa: PLC0415

    try:
        with writing(settings.history.url) as connection:
            stored = store(connection, assessment, file.header, file, home=_home(assessment))
            row = resolve(connection, str(stored.run))
            trend = drawn(connection, row)
            with_dates = dated(connection, row, assessment)
            if settings.history.keep_days is not None:
                forget(connection, assessment.now, settings.history.keep_days)
    except UserError as error:
        return Recorded(assessment=assessment, error=error)
    click.echo(_said(stored, settings.language), err=True)
    changes = Changes(
        new=stored.new, reopened=stored.reopened, fixed=stored.fixed, unseen=stored.unseen
    )
    return Recorded(assessment=with_dates, trend=trend, changes=changes)


def stored(run: str, settings: Reporting) -> tuple[Assessment, tuple[TrendPoint, ...]]:
    """The assessment of a stored run, with the dates of its findings, and the trend up to it.
    Raises UserError where there is no such run, or no history was named."""
    if settings.history is None:
        raise UserError(
            "A run is one of a history, and none was named.", "Add --history FILE or URL."
        )
    from scanner.history.archive import unpacked  # noqa: PLC0415
    from scanner.history.database import reading  # noqa: PLC0415
    from scanner.history.dates import dated  # noqa: PLC0415
    from scanner.history.runs import resolve  # noqa: PLC0415
    from scanner.history.trends import drawn  # noqa: PLC0415

    with reading(settings.history.url) as connection:
        row = resolve(connection, run)
        return dated(connection, row, unpacked(connection, row)), drawn(connection, row)


def _home(assessment: Assessment) -> str:
    """Where templates are of, so that two projects with the same names are told apart: the
    repository and the folder in it, or the folder that places are relative to."""
    if assessment.origin == "live":
        return ""
    source = assessment.version_control
    return f"{source.repository} {source.prefix}".rstrip() if source else Path.cwd().as_posix()


def _said(stored: Stored, language: str) -> str:
    if language == "zh":
        again = "" if stored.is_new else "（此前已存入）"
        return (
            f"历史记录：第 {stored.run} 次运行{again}，新增 {stored.new}，再次出现"
            f" {stored.reopened}，已整改 {stored.fixed}，未判定 {stored.unseen}"
        )
    again = "" if stored.is_new else " (stored before)"
    return (
        f"History: run {stored.run}{again}, new {stored.new}, reopened {stored.reopened},"
        f" fixed {stored.fixed}, not seen {stored.unseen}"
    )
