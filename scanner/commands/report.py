"""`mlps report`: render verdicts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from scanner.commands._options import reporting, reporting_options


@click.command("report", short_help="Render verdicts without scanning again.")
@click.argument("verdicts", type=click.Path(path_type=Path))
@reporting_options
def command(verdicts: Path, **options: Any) -> int:
    """Assess verdicts and render the result, without scanning again."""
    from scanner.pipeline import report_verdicts  # noqa: PLC0415

    return report_verdicts(verdicts, reporting(options))
