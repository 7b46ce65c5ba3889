"""The `mlps` command: finds the module of the command that was asked for and runs it.

Exit codes: 0 nothing failed at or above --fail-on; 1 something did; 2 wrong usage or configuration;
3 the scan is incomplete and --strict was given; 4 an internal error; 5 another scan holds the lock;
6 the time limit ended the run.
"""

from __future__ import annotations

import importlib
import io
import os
import sys
import traceback
from pathlib import Path

import click

from collectors.document import UserError
from scanner import __version__, exits

_COMMANDS = Path(__file__).parent / "commands"


class LazyGroup(click.Group):
    """A group whose commands are the modules of `scanner/commands`, imported when they are used."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's own signature
        """The names of the modules."""
        return sorted(p.stem for p in _COMMANDS.glob("*.py") if not p.stem.startswith("_"))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The `command` of a module."""
        if cmd_name not in self.list_commands(ctx):
            return None
        found: click.Command = importlib.import_module(f"scanner.commands.{cmd_name}").command
        return found


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="mlps", message="%(prog)s %(version)s")
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
@click.pass_context
def cli(ctx: click.Context, *, debug: bool) -> None:
    """Check cloud configuration against China's MLPS 2.0 (等级保护 2.0, GB/T 22239-2019).

    \b
    mlps scan aws --region cn-north-1      a live account, level 3
    mlps check infra/                      Terraform before deployment
    mlps items --level 3                   the requirement items of a level

    Exit codes: 0 nothing failed at or above --fail-on · 1 something failed · 2 wrong usage or
    configuration · 3 incomplete, with --strict or when nothing could be read · 4 internal
    error · 5 another scan holds --lock · 6 --time-limit reached.
    """
    ctx.obj = debug


def main() -> None:
    """The entry point: turns every error into one sentence, the next step and an exit code."""
    debug = "--debug" in sys.argv[1:]
    _make_output_safe()
    try:
        code = cli.main(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        code = exits.USAGE
    except click.Abort:
        click.echo("Interrupted.", err=True)
        code = exits.INTERRUPTED
    except UserError as error:
        _show(error.message, error.hint, debug=debug)
        code = exits.of(error)
    except SystemExit:
        # The reader of a list went away, as `mlps items | head` does: click ends with 1, which
        # here means a failure. Reports see to it themselves: their exit code counts.
        code = 0
    except Exception as error:  # noqa: BLE001 - the last resort: never a traceback by surprise
        what = f"{type(error).__name__}: {error}"
        _show(f"Internal error: {what}", "Please report it with --debug's output.", debug=debug)
        code = exits.INTERNAL
    sys.exit(code if isinstance(code, int) else 0)


def _make_output_safe() -> None:
    """A character that the terminal's encoding lacks is written out, and a standard output that is
    closed takes what nobody can read, so that neither ends as a defect."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 - until the end
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _show(message: str, hint: str, *, debug: bool) -> None:
    if debug:
        traceback.print_exc()
    click.echo(f"mlps: {message}", err=True)
    if hint:
        click.echo(f"      {hint}", err=True)
