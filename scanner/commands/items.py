"""`mlps items`: the requirement items of the catalogue, and everything about one."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import click

from scanner.commands._language import lang_option

if TYPE_CHECKING:
    from scanner.catalog import Catalogue, Item

WIDTH = 100
"""Columns of the table where there is no terminal to fill."""

_format = click.option(
    "-f",
    "--format",
    "format_",
    type=click.Choice(["table", "json", "markdown"]),
    default="table",
    show_default=True,
    help="JSON has both languages, and everything that `show` tells.",
)


@click.group("items", invoke_without_command=True, short_help="List the requirement items.")
@click.option(
    "--level",
    "levels",
    type=click.IntRange(1, 4),
    multiple=True,
    default=(3,),
    help="Protection level, 1 to 4. Repeatable. [default: 3]",
)
@lang_option
@_format
@click.pass_context
def command(ctx: click.Context, levels: tuple[int, ...], lang: str, format_: str) -> None:
    """List the requirement items of one or several levels, in our own words.

    \b
    mlps items --level 2 --level 3           side by side
    mlps items show boundary.access-control  everything about one item
    mlps items show "8.2.3.1 a"              the same, by its clause

    Keys stay the same from level to level; clause numbers do not. Keys with g: are general items,
    the others belong to the cloud-computing extension.
    """
    if ctx.invoked_subcommand:
        return
    from scanner.commands._item_texts import footnotes, markdown  # noqa: PLC0415
    from scanner.items import at_levels  # noqa: PLC0415

    catalogue = _catalogue()
    wanted = sorted(set(levels))
    items = at_levels(catalogue, wanted)
    if format_ == "json":
        _print_json(items, wanted, catalogue)
        return
    if format_ == "markdown":
        _print(markdown(items, wanted, lang))
    else:
        _print_table(items, wanted, catalogue, lang)
    _print(["", *footnotes(catalogue, items, wanted, lang)])


@command.command("show", short_help="Show everything about one item.")
@click.argument("wanted", metavar="KEY")
@lang_option
@_format
def show(wanted: str, lang: str, format_: str) -> None:
    """Show one item: at every level, who answers for it, what shows it, what to provide.

    KEY is the key of an item, or a clause number such as 8.2.3.1.a.
    """
    from scanner.commands._item_texts import as_markdown, as_text  # noqa: PLC0415
    from scanner.items import find, listed  # noqa: PLC0415

    catalogue = _catalogue()
    items = find(catalogue, wanted)
    if format_ == "json":
        _print_json(items, [], catalogue)
        return
    lines_of = as_markdown if format_ == "markdown" else as_text
    for number, item in enumerate(listed(items, catalogue, _checks())):
        domain = catalogue.domains[item.domain].in_language(lang)
        _print([*([""] if number else []), *lines_of(item, domain, lang)])


def _catalogue() -> Catalogue:
    from scanner.catalog import load_catalogue  # noqa: PLC0415
    from scanner.policies import bundled  # noqa: PLC0415

    return load_catalogue(bundled())


def _checks() -> list[Any]:
    from scanner.policies import bundled, load  # noqa: PLC0415

    return load(bundled()).checks


def _print(lines: Iterable[str]) -> None:
    click.echo("\n".join(lines))


def _print_json(items: Sequence[Item], levels: Sequence[int], catalogue: Catalogue) -> None:
    import msgspec  # noqa: PLC0415

    from scanner.items import ItemList, left_out_at, listed  # noqa: PLC0415

    found = ItemList(
        items=listed(items, catalogue, _checks()), left_out=left_out_at(catalogue, levels)
    )
    click.echo(msgspec.json.format(msgspec.json.encode(found), indent=2).decode())


def _print_table(
    items: Sequence[Item], levels: Sequence[int], catalogue: Catalogue, lang: str
) -> None:
    """An item has its name above its summary, so that both fit; each domain has its title."""
    from rich.console import Console  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    from scanner.commands._item_texts import table_headings, table_row  # noqa: PLC0415

    headings = table_headings(lang)
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), expand=True)
    for title in headings:
        wraps = title == headings[1]
        table.add_column(title, header_style="bold", no_wrap=not wraps, ratio=1 if wraps else None)
    for name, domain in catalogue.domains.items():
        here = [item for item in items if item.domain == name]
        if here:
            table.add_row("")
            table.add_row("", Text(domain.in_language(lang), "bold"))
        for item in here:
            table.add_row(*(Text(cell) for cell in table_row(item, levels, lang)))
    console = Console(width=None if sys.stdout.isatty() else WIDTH, highlight=False)
    with console.capture() as captured:
        console.print(table)
    # The table fills its last column with blanks, which a file or a pager need not have.
    _print(line.rstrip() for line in captured.get().splitlines())


def print_table(headings: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> None:
    """Print a table as wide as the terminal, or unwrapped where there is none."""
    from rich.console import Console  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    width = None if sys.stdout.isatty() else 200
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for title in headings:
        table.add_column(title, header_style="bold", overflow="fold")
    table.columns[0].no_wrap = True
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    Console(width=width, highlight=False).print(table)
