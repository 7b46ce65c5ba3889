"""Tables on standard output, for people and as Markdown."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Literal

import click

from scanner.catalog import Text
from scanner.report import Language
from scanner.report._markdown import heading_rows, plain, table_row

WIDTH = 140
"""Columns of a table where there is no terminal to fill."""

Style = Literal["table", "markdown"]


def print_table(
    head: Sequence[Text],
    body: Sequence[Sequence[str]],
    *,
    language: Language,
    style: Style,
    title: str = "",
) -> None:
    """A table under its title. Cells are texts, never markup."""
    if style == "markdown":
        rows = heading_rows(head, language) + [table_row(map(plain, line)) for line in body]
        click.echo("\n".join([*(["", f"### {title}", ""] if title else []), *rows]))
        return
    from rich import box  # noqa: PLC0415
    from rich.console import Console  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text as Cell  # noqa: PLC0415

    names = [name.in_language(language) for name in head]
    table = Table(*names, box=box.SIMPLE_HEAD, pad_edge=False)
    for line in body:
        table.add_row(*map(Cell, line))
    if title:
        click.echo(f"\n{title}")
    width = None if sys.stdout.isatty() else WIDTH
    Console(width=width, highlight=False).print(table)
