"""The clouds that can be collected: a module here is all that `mlps scan`, `mlps collect` and
`mlps permissions` need of one. Its `CLOUD` is read when its command is run."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

import click
from msgspec import Struct

from collectors.document import UserError
from collectors.snapshot import Manifest
from scanner import __version__
from scanner.commands._collected import say_collected
from scanner.commands._progress import progress
from scanner.schedule.log import RunLog

Option = Callable[[Any], Any]
"""A click option, not applied to a function yet."""
Step = Callable[[int, int, str], None]
"""Shows progress: steps done, steps in all, what was finished."""
PolicyFormat = Literal["json", "terraform"]


class Cloud(Struct, frozen=True, kw_only=True):
    """A cloud as the commands know it. `collect` gets what `options` say, and raises UserError;
    `permissions` gets what `permission_options` say, and gives the text of the policy."""

    name: str
    title: str
    options: tuple[Option, ...]
    collect: Callable[[Path, dict[str, Any], str, Step | None], Manifest]
    """Gets the snapshot's path, the options (with `resume`), the version, and the progress."""
    permission_options: tuple[Option, ...]
    permissions: Callable[[PolicyFormat, dict[str, Any]], str]


def cloud(name: str) -> Cloud:
    """A cloud by its name."""
    found: Cloud = importlib.import_module(f"{__name__}.{name}").CLOUD
    return found


def collected(
    one: Cloud, path: Path, options: dict[str, Any], log: RunLog | None = None
) -> Manifest:
    """Collect into the snapshot `path`, with progress, and say what came of it. Raises UserError,
    also where the cloud's SDK is not installed."""
    log = log or RunLog(None)
    try:
        with progress("Collecting") as step:
            manifest = one.collect(path, options, __version__, _both(step, log.step))
    except KeyboardInterrupt:
        if path.with_name(path.name + ".part").exists():
            click.echo("Interrupted. Go on later with the same options and --resume.", err=True)
        raise
    say_collected(manifest, options.get("lang", "en"))
    log.collected(manifest)
    return manifest


def _both(shown: Step | None, logged: Step) -> Step:
    def advance(done: int, total: int, name: str) -> None:
        if shown:
            shown(done, total, name)
        logged(done, total, name)

    return advance


class CloudGroup(click.Group):
    """A group with a command for each cloud, made by `make` when it is used."""

    def __init__(self, *args: Any, make: Callable[[Cloud], click.Command], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._make = make

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's own signature
        """The names of the modules."""
        return sorted(module.name for module in pkgutil.iter_modules(__path__))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a cloud."""
        return self._make(cloud(cmd_name)) if cmd_name in self.list_commands(ctx) else None


def with_options(function: Any, options: tuple[Option, ...]) -> Any:
    """Add options to the function of a command, in their order."""
    for option in reversed(options):
        function = option(function)
    return function


CONCURRENCY: Option = click.option(
    "--concurrency",
    type=click.IntRange(1, 64),
    default=16,
    show_default=True,
    help="Requests under way at once.",
)
ENDPOINT: Option = click.option(
    "--endpoint-url", help="Another endpoint for every service, for tests."
)
RESUME: Option = click.option(
    "--resume",
    is_flag=True,
    help="Go on with a collection into the same snapshot that was interrupted: what it had finished"
    " is not asked again.",
)
ACCOUNTS_FILE: Option = click.option(
    "--accounts",
    "accounts_file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The accounts in this file, one on each line; # begins a comment.",
)


def accounts_of(options: dict[str, Any]) -> tuple[str, ...]:
    """The accounts that --account and --accounts name, once each. Raises UserError for a file that
    cannot be read or names none."""
    named: list[str] = list(options["accounts"])
    file: Path | None = options["accounts_file"]
    if file is not None:
        try:
            lines = file.read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            why = error.strerror if isinstance(error, OSError) else "it is not text in UTF-8"
            raise UserError(
                f"Cannot read {file}: {why}.", "Write one account on each line."
            ) from error
        found = [account for line in lines if (account := line.partition("#")[0].strip())]
        if not found:
            raise UserError(f"{file} names no account.", "Write one account on each line.")
        named += found
    for account in named:
        if not account.isdecimal():
            raise UserError(
                f"{account!r} is not the number of an account.",
                "Write the digits alone, such as 123456789012.",
            )
    return tuple(dict.fromkeys(named))


EXTERNAL_ID: Option = click.option("--external-id", help="External id for the role.")
