"""`mlps config`: write and validate mlps.yaml."""

from __future__ import annotations

from pathlib import Path

import click

from collectors.document import UserError


@click.group("config", short_help="Write and validate mlps.yaml.")
def command() -> None:
    """Declare systems with their levels, platforms, attestations and waivers in mlps.yaml."""


@command.command("init")
@click.argument("snapshot", type=click.Path(path_type=Path), metavar="[SNAPSHOT]", required=False)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="Write to a new file instead of standard output, such as mlps.yaml.",
)
def init(snapshot: Path | None, output: Path | None) -> None:
    """Write a commented starter; with a SNAPSHOT, filled with the systems that its tags name."""
    from collectors.snapshot import open_snapshot  # noqa: PLC0415
    from scanner.output import writing  # noqa: PLC0415
    from scanner.starter import Seen, look, starter  # noqa: PLC0415

    if output is not None and output.is_file():
        raise UserError(f"{output} exists; it was left as it is.", "Choose another name with -o.")
    seen = look(one.document for one in open_snapshot(snapshot)) if snapshot else Seen()
    text = starter(seen)
    if output is None:
        click.echo(text, nl=False)
        return
    with writing(output, "configuration", private=False) as out:
        out.write(text.encode())
    click.echo(
        f"Configuration: {output}\nSet the levels, then: mlps config check {output}", err=True
    )


@command.command("check")
@click.argument("file", type=click.Path(path_type=Path), default=Path("mlps.yaml"))
@click.option(
    "--snapshot",
    type=click.Path(path_type=Path),
    metavar="SNAPSHOT",
    help="Tell as well how many of its resources each system selects, and which none does.",
)
def check(file: Path, snapshot: Path | None) -> None:
    """Validate FILE (mlps.yaml if none is named): every mistake with its line."""
    from scanner.declared import load_declared  # noqa: PLC0415

    declared = load_declared(file)
    config = declared.config
    click.echo(
        f"{file} is valid: {len(config.systems)} systems, {len(config.platforms)} platforms,"
        f" {len(config.attestations)} attestations, {len(config.waivers)} waivers."
    )
    if snapshot is None:
        return
    from collectors.snapshot import open_snapshot  # noqa: PLC0415
    from scanner.targets import census  # noqa: PLC0415

    found = census(open_snapshot(snapshot), config)
    for system in config.systems:
        number = found.selected[system.name]
        click.echo(f"{number:>7}  {system.name} (level {system.level})")
    click.echo(f"{len(found.outside):>7}  in no system")
    for name in found.outside[:20]:
        click.echo(f"         {name}")
    if len(found.outside) > 20:
        click.echo(f"         … and {len(found.outside) - 20} more")
