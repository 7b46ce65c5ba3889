"""`mlps evaluate`: run the checks over a snapshot."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from scanner.commands._options import config_option, evaluation, evaluation_options
from scanner.output import refuse_unwritable


@click.command("evaluate")
@click.argument("snapshot", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    required=True,
    metavar="VERDICTS",
    help="The verdicts, an NDJSON file; compressed when its name ends in .zst; - for standard"
    " output.",
)
@evaluation_options
@config_option
def command(snapshot: Path, output: Path, **options: Any) -> None:
    """Run the checks over a snapshot and write the verdicts."""
    from scanner.pipeline import open_evaluator  # noqa: PLC0415

    if output == Path("-"):
        output = Path("/dev/stdout")
    settings = evaluation(options)
    refuse_unwritable(output, "verdicts file")
    with open_evaluator(settings) as evaluator:
        evaluator.evaluate(snapshot, settings.levels, output)
    click.echo(f"Verdicts: {output}", err=True)
