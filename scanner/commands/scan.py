"""`mlps scan`: collect, evaluate and report in one go."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from scanner.commands._aws import aws_options, collect_aws
from scanner.commands._options import evaluation, evaluation_options, reporting, reporting_options


@click.group("scan")
def command() -> None:
    """Collect, evaluate and report in one go."""


@command.command("aws")
@aws_options
@click.option(
    "--snapshot",
    type=click.Path(path_type=Path),
    metavar="SNAPSHOT",
    help="Keep the snapshot there, as evidence and for later evaluation.",
)
@evaluation_options
@reporting_options
def aws(snapshot: Path | None, **options: Any) -> int:
    """Scan an AWS account and report its MLPS compliance."""
    from scanner.pipeline import (  # noqa: PLC0415
        NOT_KEPT,
        open_evaluator,
        report_verdicts,
        scratch,
    )

    settings, reports = evaluation(options), reporting(options)
    with scratch() as folder, open_evaluator(settings) as evaluator:
        path = snapshot or folder / "snapshot"
        collect_aws(path, options)
        verdicts = folder / "verdicts.ndjson"
        evaluator.evaluate(path, settings.levels, verdicts, name="" if snapshot else NOT_KEPT)
        return report_verdicts(verdicts, reports)
