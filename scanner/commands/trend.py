"""`mlps trend`: the runs of a history, one after the other."""

from __future__ import annotations

import click

from collectors.document import UserError
from scanner.commands._history_options import history_argument
from scanner.commands._language import lang_option
from scanner.commands.diff import format_option
from scanner.report import Language


@click.command("trend", short_help="Show how results went from run to run.")
@history_argument
@click.option("--run", "upto", default="latest", help="The last run to show: an id, or previous.")
@click.option(
    "--last",
    type=click.IntRange(1, 1000),
    default=30,
    show_default=True,
    metavar="N",
    help="How many runs.",
)
@click.option("--system", default="", help="This system alone.")
@click.option("--level", type=click.IntRange(1, 4), help="This level alone.")
@format_option
@lang_option
def command(
    history: str,
    upto: str,
    last: int,
    system: str,
    level: int | None,
    format_: str,
    lang: Language,
) -> None:
    """Show the rate of conforming items and the findings of each run over the same accounts, the
    oldest first."""
    import msgspec  # noqa: PLC0415

    from scanner.history.database import reading  # noqa: PLC0415
    from scanner.history.model import Trend  # noqa: PLC0415

    with reading(history) as connection:
        from scanner.history.runs import resolve  # noqa: PLC0415
        from scanner.history.trends import trend  # noqa: PLC0415

        run = resolve(connection, upto)
        points = trend(connection, run, last=last, system=system, level=level)
    if not points and (system or level):
        raise UserError(
            "No run that is shown has that system at that level.",
            "mlps trend without --system and --level lists what there is.",
        )
    if format_ == "json":
        click.echo(
            msgspec.json.format(msgspec.json.encode(Trend(points=points)), indent=2).decode()
        )
        return
    from scanner.commands._tables import Style, print_table  # noqa: PLC0415
    from scanner.history import show  # noqa: PLC0415

    style: Style = "markdown" if format_ == "markdown" else "table"
    print_table(show.TREND_HEAD, show.trend_rows(points, lang), language=lang, style=style)
    for line in show.trend_note(points, lang):
        click.echo(line)
