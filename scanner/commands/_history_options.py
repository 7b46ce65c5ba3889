"""Options that keep a history, and that read one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click
from msgspec import Struct

from collectors.document import UserError

HISTORY = "MLPS_HISTORY"
"""The environment variable with the history's address."""


class History(Struct, frozen=True, kw_only=True):
    """Where runs are stored, and for how many days; for ever without a number."""

    url: str
    keep_days: int | None = None


def _option(**settings: Any) -> Callable[[Any], Any]:
    return click.option(
        "--history", envvar=HISTORY, metavar="FILE|URL", show_envvar=True, **settings
    )


_HISTORY = _option(
    help="Store the run there: a file (SQLite), or postgresql://USER@HOST/DATABASE with the"
    " password in PGPASSWORD. Read it with `mlps diff` and `mlps trend`.",
)
_KEEP: Callable[[Any], Any] = click.option(
    "--history-keep",
    type=click.IntRange(1),
    metavar="DAYS",
    help="Remove older runs from the history. Findings that are still seen keep their dates.",
)
history_argument = _option(required=True, help="A history that `mlps scan --history` made.")
"""Adds --history to a command that reads one."""


def history_options(function: Any) -> Any:
    """Add --history and --history-keep."""
    return _HISTORY(_KEEP(function))


def history(options: dict[str, Any]) -> History | None:
    """The settings from a command's options; a history that takes no run is refused at once.
    Where `run` names a stored one, the history is only read."""
    url: str | None = options["history"]
    if not url:
        if options["history_keep"]:
            raise UserError(
                "--history-keep is for a history, and none was named.", "Add --history FILE."
            )
        return None
    if not options.get("run"):
        from scanner.history.database import refuse_unusable  # noqa: PLC0415

        refuse_unusable(url)
    return History(url=url, keep_days=options["history_keep"])
