"""`mlps policies`: for authors of checks."""

from __future__ import annotations

from pathlib import Path

import click

from scanner import exits


@click.group("policies")
def command() -> None:
    """For authors of checks: verify that they keep the contract, write pages about them."""


@command.command("lint")
@click.argument("folders", type=click.Path(path_type=Path), nargs=-1, metavar="[DIR]…")
def lint(folders: tuple[Path, ...]) -> int:
    """Verify checks against the contract: the bundled ones, and those in DIR.

    Looks at metadata in both languages, at the facts that a rule reads and those that it lists, at
    findings, at messages' placeholders, at the test beside each check.
    """
    from scanner.lint import lint as find_problems  # noqa: PLC0415
    from scanner.policies import bundled, load  # noqa: PLC0415

    bundle = load(bundled(), *folders)
    problems = find_problems(bundle)
    for problem in problems:
        click.echo(f"{problem.file}:{problem.line}: {problem.message} [{problem.rule}]")
    click.echo(f"{len(bundle.checks)} checks, {len(problems)} problems", err=True)
    return exits.FAILED if problems else 0


@command.command("docs")
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.option(
    "--policies",
    type=click.Path(path_type=Path),
    multiple=True,
    metavar="DIR",
    help="A folder with checks of your own, besides the bundled ones. Repeatable.",
)
def docs(folder: Path, policies: tuple[Path, ...]) -> None:
    """Write pages about every check into DIR, in both languages, from the checks' metadata."""
    from scanner.catalog import load_catalogue, refuse_unknown_items  # noqa: PLC0415
    from scanner.check_docs import export  # noqa: PLC0415
    from scanner.policies import bundled, load  # noqa: PLC0415

    checks = load(bundled(), *policies).checks
    catalogue = load_catalogue(bundled())
    refuse_unknown_items(checks, catalogue)
    export(folder, checks, catalogue)
    click.echo(f"Pages: {folder}", err=True)
