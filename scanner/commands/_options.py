"""Options that several commands share, and the settings that they make."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

import click
from msgspec import Struct

from collectors.document import UserError
from scanner.checks import SEVERITIES, Severity
from scanner.config import Config, load_config
from scanner.output import refuse_unwritable
from scanner.report import Language, format_names

F = TypeVar("F", bound=Callable[..., Any])


class Evaluation(Struct, frozen=True, kw_only=True):
    """How to evaluate: levels, policies, engine."""

    levels: tuple[int, ...]
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


def _apply(function: F, options: list[Callable[[F], F]]) -> F:
    for option in reversed(options):
        function = option(function)
    return function


def evaluation_options(function: F) -> F:
    """Add the options of `Evaluation`; the command takes them as `**options`."""
    return _apply(
        function,
        [
            click.option(
                "--level",
                "levels",
                type=click.IntRange(1, 4),
                multiple=True,
                default=(3,),
                help="Protection level, 1 to 4. Repeat it to assess several levels in one run."
                " [default: 3]",
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
                default="http://127.0.0.1:8181",
                show_default=True,
                help="The OPA server, for --engine server.",
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
                help="Write the report to a file instead of standard output.",
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
            click.option(
                "--config",
                type=click.Path(path_type=Path),
                help="mlps.yaml, with waivers. [default: mlps.yaml here, if there is one]",
            ),
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
        ],
    )


def evaluation(options: dict[str, Any]) -> Evaluation:
    """The settings from a command's options."""
    return Evaluation(
        levels=tuple(sorted(set(options["levels"]))),
        policies=options["policies"],
        engine=options["engine"],
        opa_url=options["opa_url"],
        opa_token=_token(options["opa_token_file"]),
        opa_ca=_readable(options["opa_ca"], "--opa-ca"),
    )


def reporting(options: dict[str, Any]) -> Reporting:
    """The settings from a command's options; wrong ones are refused before anything is scanned."""
    config = options["config"]
    if config is None and Path("mlps.yaml").is_file():
        config = Path("mlps.yaml")
    fail_on = options["fail_on"]
    save = tuple(_saved(text) for text in options["save"])
    for path in (options["output"], *(path for _, path in save)):
        if path is not None:
            refuse_unwritable(path, "report")
    return Reporting(
        format=options["format_"],
        output=options["output"],
        save=save,
        language=cast("Language", options["lang"]),
        config=load_config(config),
        fail_on=None if fail_on == "never" else fail_on,
        strict=options["strict"],
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
