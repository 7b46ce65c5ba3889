"""The option of commands that print lists and tables in one language."""

from __future__ import annotations

import click

lang_option = click.option(
    "--lang",
    type=click.Choice(["en", "zh"]),
    default="en",
    envvar="MLPS_LANG",
    show_default=True,
    show_envvar=True,
    help="Language of the output.",
)
