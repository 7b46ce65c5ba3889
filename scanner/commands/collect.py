"""`mlps collect`: read configuration into a snapshot."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from scanner.commands._aws import aws_options, collect_aws


@click.group("collect", short_help="Read a cloud account into a snapshot.")
def command() -> None:
    """Read a cloud account's configuration into a snapshot, for later evaluation."""


@command.command("aws")
@aws_options
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    required=True,
    metavar="SNAPSHOT",
    help="The snapshot, a folder; compressed when its name ends in .zst.",
)
def aws(output: Path, **options: Any) -> None:
    """Collect an AWS account: partitions aws and aws-cn, read-only calls.

    A call that is refused or fails makes its facts unknown, is listed in the snapshot's manifest,
    and the rest goes on.
    """
    collect_aws(output, options)
    click.echo(f"Snapshot: {output}", err=True)
