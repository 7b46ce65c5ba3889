"""`mlps schemas`: the JSON Schemas of the files that mlps writes."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("schemas", short_help="Export the JSON Schemas of all files.")
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
def command(folder: Path) -> None:
    """Export the JSON Schemas of documents, manifest, verdicts and reports into a folder."""
    from scanner.schemas import export  # noqa: PLC0415

    export(folder)
    click.echo(f"Schemas: {folder}", err=True)
