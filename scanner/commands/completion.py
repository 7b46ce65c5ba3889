"""`mlps completion`: what a shell needs to complete commands and options."""

from __future__ import annotations

import click

_HOW = """\
Print the completion of a shell, which then knows commands, options and their values.

\b
bash   mlps completion bash > ~/.local/share/bash-completion/completions/mlps
zsh    mlps completion zsh > ~/.zfunc/_mlps         (with ~/.zfunc in fpath)
fish   mlps completion fish > ~/.config/fish/completions/mlps.fish
"""


@click.command("completion", help=_HOW, short_help="Print the completion of a shell.")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def command(ctx: click.Context, shell: str) -> None:
    """Print it."""
    from click.shell_completion import get_completion_class  # noqa: PLC0415

    found = get_completion_class(shell)
    assert found is not None
    click.echo(found(ctx.find_root().command, {}, "mlps", "_MLPS_COMPLETE").source())
