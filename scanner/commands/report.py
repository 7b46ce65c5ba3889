"""`mlps report`: render verdicts, or a run of the history."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from collectors.document import UserError
from scanner.commands._options import reporting, reporting_options


@click.command("report", short_help="Render verdicts without scanning again.")
@click.argument("verdicts", type=click.Path(path_type=Path), required=False)
@click.option(
    "--run",
    metavar="RUN",
    help="Render a run of --history as it was: its id, latest, or previous.",
)
@reporting_options
def command(verdicts: Path | None, **options: Any) -> int:
    """Assess VERDICTS and render the result, or render a stored run, without scanning again."""
    from scanner.pipeline import report_stored, report_verdicts  # noqa: PLC0415

    run: str | None = options["run"]
    if (verdicts is None) == (run is None):
        raise UserError(
            "Name what to report: either a verdicts file, or a run of a history.",
            "mlps report VERDICTS, or mlps report --run latest --history FILE",
        )
    if verdicts is not None:
        return report_verdicts(verdicts, reporting(options))
    for name in ("config", "history_keep"):
        if click.get_current_context().get_parameter_source(name) is ParameterSource.COMMANDLINE:
            raise UserError(
                f"--{name.replace('_', '-')} changes nothing in a run that is stored.",
                "Leave it out, or report the run's verdicts.",
            )
    return report_stored(str(run), reporting(options))
