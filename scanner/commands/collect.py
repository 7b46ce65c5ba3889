"""`mlps collect`: read configuration into a snapshot."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from scanner.commands._clouds import RESUME, Cloud, CloudGroup, collected, with_options

_OUTPUT = click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    required=True,
    metavar="SNAPSHOT",
    help="The snapshot, a folder; compressed when its name ends in .zst.",
)


def _make(cloud: Cloud) -> click.Command:
    def collect(output: Path, **options: Any) -> None:
        collected(cloud, output, options)
        click.echo(f"Snapshot: {output}", err=True)

    collect.__doc__ = f"""Collect {cloud.title}, by read-only calls.

    A call that is refused or fails makes its facts unknown, is listed in the snapshot's manifest,
    and the rest goes on.
    """
    return click.command(cloud.name)(with_options(collect, (*cloud.options, RESUME, _OUTPUT)))


@click.group(
    "collect", cls=CloudGroup, make=_make, short_help="Read a cloud account into a snapshot."
)
def command() -> None:
    """Read a cloud account's configuration into a snapshot, for later evaluation."""
