"""Options that several commands share, and the settings that they make."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

import click
from msgspec import Struct

from collectors.document import UserError
from scanner.checks import SEVERITIES, Severity
from scanner.commands._history_options import History, history, history_options
from scanner.config import Config
from scanner.declared import Declared, load_declared
from scanner.output import refuse_unwritable
from scanner.report import Language, format_names, load_format

_OPA = "http://127.0.0.1:8181"
_LEVEL = 3
"""The level while nobody says one: that of most systems which are assessed every year."""

F = TypeVar("F", bound=Callable[..., Any])


class Evaluation(Struct, frozen=True, kw_only=True):
    """How to evaluate: levels (while no system is declared), systems, policies, engine."""

    levels: tuple[int, ...]
    declared: Declared = Declared()
    policies: tuple[Path, ...]
    engine: str
    opa_url: str
    opa_token: str | None
    opa_ca: Path | None


class Reporting(Struct, frozen=True, kw_only=True):
    """How to report, and when the exit code says that it failed."""

    format: str
    output: Path | None
    save: tuple[tuple[str, Path], ...]
    language: Language
    config: Config
    fail_on: Severity | None
    strict: bool
    history: History | None = None


def _apply(function: F, options: list[Callable[[F], F]]) -> F:
    for option in reversed(options):
        function = option(function)
    return function


def _declared(ctx: click.Context, parameter: click.Parameter, path: Path | None) -> Declared:  # noqa: ARG001 - click's own signature
    """Read mlps.yaml: the one that is named, else the one in this folder, if there is one."""
    if path is None and Path("mlps.yaml").is_file():
        path = Path("mlps.yaml")
    return load_declared(path)


def config_option(function: F) -> F:
    """Add --config; the command takes what the file declares, a `Declared`, as `config`."""
    option: Callable[[F], F] = click.option(
        "--config",
        type=click.Path(path_type=Path),
        callback=_declared,
        help="mlps.yaml: systems, platforms, attestations, waivers. [default: mlps.yaml here, if"
        " there is one]",
    )
    return option(function)


def evaluation_options(function: F) -> F:
    """Add the options of `Evaluation`, --config apart; the command takes them as `**options`."""
    return _apply(
        function,
        [
            click.option(
                "--level",
                "levels",
                type=click.IntRange(1, 4),
                multiple=True,
                help="Protection level, 1 to 4. Repeat it to assess several levels in one run."
                " Systems that mlps.yaml declares have levels of their own. [default: 3]",
            ),
            click.option(
                "--policies",
                type=click.Path(path_type=Path),
                multiple=True,
                metavar="DIR",
                help="A folder with checks of your own, besides the bundled ones. Repeatable.",
            ),
            click.option(
                "--engine",
                type=click.Choice(["embedded", "server"]),
                default="embedded",
                show_default=True,
                help="Run the checks in this process, or on an OPA server.",
            ),
            click.option(
                "--opa-url",
                help=f"The OPA server, for --engine server. [default: {_OPA}]",
            ),
            click.option(
                "--opa-token-file",
                type=click.Path(path_type=Path),
                help="File with the OPA server's bearer token; MLPS_OPA_TOKEN does as well.",
            ),
            click.option(
                "--opa-ca",
                type=click.Path(path_type=Path),
                help="CA certificates (PEM) to verify the OPA server with.",
            ),
        ],
    )


def reporting_options(function: F) -> F:
    """Add the options of `Reporting`; the command takes them as `**options`."""
    return _apply(
        function,
        [
            click.option(
                "-f",
                "--format",
                "format_",
                type=click.Choice(format_names()),
                default="console",
                show_default=True,
                help="Format of the report.",
            ),
            click.option(
                "-o",
                "--output",
                type=click.Path(path_type=Path),
                help="Write the report to a file instead of standard output (-).",
            ),
            click.option(
                "--save",
                multiple=True,
                metavar="FORMAT=FILE",
                help="Write the report in another format as well. Repeatable.",
            ),
            click.option(
                "--lang",
                type=click.Choice(["en", "zh"]),
                default="en",
                envvar="MLPS_LANG",
                show_default=True,
                show_envvar=True,
                help="Language of the report.",
            ),
            config_option,
            click.option(
                "--fail-on",
                type=click.Choice([*SEVERITIES, "never"]),
                default="high",
                show_default=True,
                help="Exit 1 when a failure is at least this severe.",
            ),
            click.option(
                "--strict",
                is_flag=True,
                help="Exit 3 when the scan is incomplete: calls failed or verdicts are unknown.",
            ),
            history_options,
        ],
    )


def evaluation(options: dict[str, Any]) -> Evaluation:
    """The settings from a command's options, --config among them."""
    declared: Declared = options["config"]
    _refuse_idle_options(options)
    if options["levels"] and declared.config.systems:
        raise UserError(
            f"{declared.path} declares systems, which have levels of their own.",
            "Leave --level out, or name another file with --config.",
        )
    return Evaluation(
        levels=tuple(sorted(set(options["levels"]))) or (_LEVEL,),
        declared=declared,
        policies=options["policies"],
        engine=options["engine"],
        opa_url=options["opa_url"] or _OPA,
        opa_token=_token(options["opa_token_file"]),
        opa_ca=_readable(options["opa_ca"], "--opa-ca"),
    )


def _refuse_idle_options(options: dict[str, Any]) -> None:
    """An option of the server that changes nothing would let one believe that it was asked."""
    for name in ("opa_url", "opa_token_file", "opa_ca"):
        if options["engine"] != "server" and options[name] is not None:
            raise UserError(
                f"--{name.replace('_', '-')} is for an OPA server, and the checks run in this"
                " process.",
                "Add --engine server, or leave it out.",
            )


def reporting(options: dict[str, Any]) -> Reporting:
    """The settings from a command's options; wrong ones are refused before anything is scanned."""
    declared: Declared = options["config"]
    fail_on = options["fail_on"]
    save = tuple(_saved(text) for text in options["save"])
    output = None if options["output"] == Path("-") else options["output"]
    for path in (output, *(path for _, path in save)):
        if path is not None:
            refuse_unwritable(path, "report")
    if output is None:
        _refuse_binary(options["format_"])
    return Reporting(
        format=options["format_"],
        output=output,
        save=save,
        language=cast("Language", options["lang"]),
        config=declared.config,
        fail_on=None if fail_on == "never" else fail_on,
        strict=options["strict"],
        history=history(options),
    )


def _refuse_binary(name: str) -> None:
    """A terminal shows what is not text as garbage, and may obey it."""
    if sys.stdout.isatty() and load_format(name).binary:
        raise UserError(
            f"A report in the format {name} is not text, and this is a terminal.",
            f"Name a file for it: -o mlps.{name}",
        )


def _saved(text: str) -> tuple[str, Path]:
    name, separator, path = text.partition("=")
    if not separator or not path or name not in format_names():
        raise UserError(
            f"--save {text!r} is not FORMAT=FILE.",
            f"For example --save sarif=mlps.sarif; formats are: {', '.join(format_names())}.",
        )
    return name, Path(path)


def _token(path: Path | None) -> str | None:
    if path is None:
        return os.environ.get("MLPS_OPA_TOKEN")
    try:
        return path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(f"The token file {path} cannot be read: {error}.") from error


def _readable(path: Path | None, option: str) -> Path | None:
    if path is not None and not path.is_file():
        raise UserError(f"{option} {path} is not a file.")
    return path
