"""`mlps check`: judge templates before deployment."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from scanner import __version__
from scanner.commands._collected import say_collected
from scanner.commands._options import evaluation, evaluation_options, reporting, reporting_options
from scanner.commands._progress import progress


@click.command("check", short_help="Judge Terraform before deployment.")
@click.argument("paths", type=click.Path(path_type=Path), nargs=-1, required=True, metavar="PATH…")
@click.option(
    "--snapshot",
    type=click.Path(path_type=Path),
    metavar="SNAPSHOT",
    help="Keep the snapshot of the templates there.",
)
@evaluation_options
@reporting_options
def command(paths: tuple[Path, ...], snapshot: Path | None, **options: Any) -> int:
    """Check Terraform directories and plan files (terraform show -json) before deployment.

    What a template does not decide, such as settings of the whole account, is not assessed.
    """
    from collectors.iac.check import collect  # noqa: PLC0415
    from scanner.pipeline import (  # noqa: PLC0415
        NOT_KEPT,
        open_evaluator,
        report_verdicts,
        scratch,
    )

    settings, reports = evaluation(options), reporting(options)
    with scratch() as folder, open_evaluator(settings) as evaluator:
        path = snapshot or folder / "snapshot"
        with progress("Reading templates") as step:
            manifest = collect(paths, path, tool_version=__version__, progress=step)
        say_collected(manifest)
        verdicts = folder / "verdicts.ndjson"
        evaluator.evaluate(path, settings.levels, verdicts, name="" if snapshot else NOT_KEPT)
        return report_verdicts(verdicts, reports)
