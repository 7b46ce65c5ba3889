"""`mlps items`: the requirement items of the catalogue."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import cast

import click

from collectors.document import UserError
from scanner.report import Language

_ANSWERED_BY = {
    "provider": ("provider", "云服务商"),
    "customer": ("customer", "云服务客户"),
    "shared": ("shared", "共同承担"),
}
_ASSESSED = {
    "automated": ("automated", "自动检查"),
    "partial": ("partial", "部分自动"),
    "inherited": ("inherited", "平台继承"),
    "attested": ("attested", "人工佐证"),
}
_HEADINGS = {
    "en": ("Clause", "Key", "Control point", "Requirement, in our words", "Answers", "Assessed"),
    "zh": ("条款", "标识", "控制点", "要求（自述）", "责任方", "评估方式"),
}


@click.command("items")
@click.option(
    "--level",
    type=click.IntRange(1, 4),
    default=3,
    show_default=True,
    help="Protection level, 1 to 4.",
)
@click.option(
    "--lang", type=click.Choice(["en", "zh"]), default="en", envvar="MLPS_LANG", show_default=True
)
@click.option(
    "-f",
    "--format",
    "format_",
    type=click.Choice(["table", "json", "markdown"]),
    default="table",
    show_default=True,
)
def command(level: int, lang: str, format_: str) -> None:
    """List the requirement items of a level, in our own words."""
    from scanner.catalog import load_catalogue  # noqa: PLC0415
    from scanner.policies import bundled  # noqa: PLC0415

    items = load_catalogue(bundled()).at_level(level)
    if not items:
        raise UserError(f"The catalogue has no item at level {level}.")
    if format_ == "json":
        import msgspec  # noqa: PLC0415

        click.echo(msgspec.json.format(msgspec.json.encode(items), indent=2).decode())
        return
    language = cast("Language", lang)
    index = 1 if language == "zh" else 0
    rows = [
        (
            item.clauses[level],
            item.key,
            item.control_point.in_language(language),
            item.summary.in_language(language),
            _ANSWERED_BY[item.answered_by][index],
            _ASSESSED[item.assessed][index],
        )
        for item in items
    ]
    if format_ == "markdown":
        _print_markdown(_HEADINGS[language], rows)
    else:
        print_table(_HEADINGS[language], rows)


def _print_markdown(headings: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> None:
    for row in (headings, ("---",) * len(headings), *rows):
        click.echo("| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |")


def print_table(headings: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> None:
    """Print a table as wide as the terminal, or unwrapped where there is none."""
    from rich.console import Console  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    width = None if sys.stdout.isatty() else 200
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for heading in headings:
        table.add_column(heading, header_style="bold", overflow="fold")
    table.columns[0].no_wrap = True
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    Console(width=width, highlight=False).print(table)
