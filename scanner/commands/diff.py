"""`mlps diff`: what changed between two runs of a history."""

from __future__ import annotations

import click

from scanner.commands._history_options import history_argument
from scanner.commands._language import lang_option
from scanner.report import Language

format_option = click.option(
    "-f",
    "--format",
    "format_",
    type=click.Choice(["table", "markdown", "json"]),
    default="table",
    show_default=True,
    help="Tables for people or for Markdown, or JSON.",
)


@click.command("diff", short_help="Show what changed between two runs of a history.")
@click.argument("older", default="previous", metavar="[RUN]")
@click.argument("newer", default="latest", metavar="[RUN]")
@history_argument
@format_option
@lang_option
@click.option("--all", "every", is_flag=True, help="List what is unchanged and waived as well.")
def command(
    older: str, newer: str, history: str, format_: str, lang: Language, *, every: bool
) -> None:
    """Show what is new, reopened, fixed, not seen, unchanged or waived, and which items changed.

    RUN is an id, latest, or previous: the run before the latest over the same accounts. A finding
    counts as fixed only where a run judged it; what could not be read, or was not looked at, is not
    seen.
    """
    import msgspec  # noqa: PLC0415

    from scanner.history.database import reading  # noqa: PLC0415

    with reading(history) as connection:
        from scanner.history.compare import difference  # noqa: PLC0415
        from scanner.history.runs import resolve  # noqa: PLC0415

        found = difference(connection, resolve(connection, older), resolve(connection, newer))
    if format_ == "json":
        click.echo(msgspec.json.format(msgspec.json.encode(found), indent=2).decode())
        return
    from scanner.commands._tables import Style, print_table  # noqa: PLC0415
    from scanner.history import show  # noqa: PLC0415
    from scanner.history.model import CHANGES  # noqa: PLC0415

    style: Style = "markdown" if format_ == "markdown" else "table"
    click.echo("\n\n".join(show.summary(found, lang)))
    for change in CHANGES:
        rows = show.finding_rows(found.of(change), lang)
        if rows and (every or change not in {"unchanged", "waived"}):
            title = show.TITLES[change].in_language(lang)
            if change == "unseen":
                title += f" ({show.UNSEEN.en})" if lang == "en" else f"（{show.UNSEEN.zh}）"
            print_table(show.FINDING_HEAD, rows, language=lang, style=style, title=title)
    if found.items:
        rows = show.item_rows(found.items, lang)
        title = show.ITEMS.in_language(lang)
        print_table(show.ITEM_HEAD, rows, language=lang, style=style, title=title)
