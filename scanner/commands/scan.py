"""`mlps scan`: collect, evaluate and report in one go."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from collectors.document import UserError
from scanner.commands._clouds import RESUME, Cloud, CloudGroup, collected, with_options
from scanner.commands._options import evaluation, evaluation_options, reporting, reporting_options
from scanner.commands._schedule_options import SCHEDULE_OPTIONS, scheduled
from scanner.schedule.log import RunLog
from scanner.schedule.time_limit import within

_SNAPSHOT = click.option(
    "--snapshot",
    type=click.Path(path_type=Path),
    metavar="SNAPSHOT",
    help="Keep the snapshot there, as evidence and for later evaluation.",
)


def _make(cloud: Cloud) -> click.Command:
    def scan(snapshot: Path | None, **options: Any) -> int:
        return _scan(cloud, snapshot, options)

    scan.__doc__ = f"Scan {cloud.title} and report its MLPS compliance."
    every = (*cloud.options, RESUME, _SNAPSHOT, *SCHEDULE_OPTIONS)
    every += (evaluation_options, reporting_options)
    return click.command(cloud.name)(with_options(scan, every))


def _scan(cloud: Cloud, snapshot: Path | None, options: dict[str, Any]) -> int:
    with scheduled(cloud.name, snapshot, options) as run:
        code = _scan_in(cloud, run.snapshot, run.options, run.log)
        run.log.finished(code)
        return code


def _scan_in(cloud: Cloud, snapshot: Path | None, options: dict[str, Any], log: RunLog) -> int:
    from scanner.pipeline import (  # noqa: PLC0415
        NOT_KEPT,
        open_evaluator,
        report_verdicts,
        scratch,
    )

    if options["resume"] and snapshot is None:
        raise UserError(
            "--resume goes on with a snapshot, and none was named.",
            "Name the same one as before with --snapshot.",
        )
    from scanner.notify.run import telling  # noqa: PLC0415

    settings, reports = evaluation(options), reporting(options)
    with (
        telling(reports, log) as tell,
        within(options["time_limit"]),
        scratch() as folder,
        open_evaluator(settings) as evaluator,
    ):
        path = snapshot or folder / "snapshot"
        collected(cloud, path, options, log)
        verdicts = folder / "verdicts.ndjson"
        evaluator.evaluate(path, settings.levels, verdicts, name="" if snapshot else NOT_KEPT)
        return report_verdicts(verdicts, reports, tell=tell)


@click.group("scan", cls=CloudGroup, make=_make)
def command() -> None:
    """Collect, evaluate and report in one go."""
