"""Options of `mlps check` that give values: parameters of templates, variables of Terraform."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
from msgspec import Struct

from collectors.document import UserError
from scanner.report._text import visible

_PARAMETERS: Callable[[Any], Any] = click.option(
    "--parameters",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Values of a template's parameters: a file as `aws cloudformation deploy` or"
    " `az deployment group create` takes it.",
)
_VAR_FILE: Callable[[Any], Any] = click.option(
    "--var-file",
    "var_files",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    multiple=True,
    metavar="FILE",
    help="Values of variables of Terraform directories, as for `terraform plan`. Repeatable.",
)
_VAR: Callable[[Any], Any] = click.option(
    "--var",
    "variables",
    multiple=True,
    metavar="NAME=VALUE",
    help="The value of one variable; lists and maps as JSON. Wins over --var-file. Repeatable.",
)


_REGION: Callable[[Any], Any] = click.option(
    "--region",
    "regions",
    multiple=True,
    metavar="REGION",
    help="Where templates go that do not tell: CloudFormation, ROS, what takes the location of its"
    " resource group (ARM), providers without a region (Terraform). Repeatable, one of each cloud.",
)


def value_options(function: Any) -> Any:
    """Add --parameters, --var-file, --var and --region."""
    return _PARAMETERS(_VAR_FILE(_VAR(_REGION(function))))


class Values(Struct, frozen=True, kw_only=True):
    """Values for templates; `files` are those of the user that decide them."""

    parameters: dict[str, Any] | None
    var_files: tuple[Path, ...]
    regions: tuple[str, ...]
    files: tuple[Path, ...]


def values(options: dict[str, Any], scratch: Path) -> Values:
    """The values from a command's options; `scratch` is a folder for those of the command line.
    Raises UserError for a file or a value that is none."""
    parameters: Path | None = options["parameters"]
    files: tuple[Path, ...] = options["var_files"]
    for file in files:
        _refuse_broken(file)
    given = {}
    if options["variables"]:
        given = dict(_variable(text) for text in options["variables"])
        line = scratch / "command-line.tfvars.json"
        line.write_text(json.dumps(given), encoding="utf-8")
    return Values(
        parameters=_parameters(parameters) if parameters else None,
        var_files=tuple(file.resolve() for file in (*files, *([line] if given else []))),
        regions=options["regions"],
        files=(*files, *([parameters] if parameters else [])),
    )


def _refuse_broken(file: Path) -> None:
    """Of JSON files; what is wrong in others the parser says with its line."""
    try:
        text = file.read_text(encoding="utf-8-sig")
        if file.suffix == ".json" and not isinstance(json.loads(text), dict):
            raise UserError(f"{file} is no object of JSON with variables.")
    except OSError as error:
        raise UserError(f"{file} cannot be read: {error.strerror}.") from error
    except ValueError as error:
        raise UserError(f"{file} is not valid: {error}.") from error


def _variable(text: str) -> tuple[str, Any]:
    name, separator, value = text.partition("=")
    if not separator or not name:
        raise UserError(f"--var {text!r} is not NAME=VALUE.", "For example --var region=cn-north-1")
    try:
        found = json.loads(value)
    except ValueError:
        if value.lstrip()[:1] in {"[", "{"}:
            raise UserError(
                f"--var {name}: a list or a map is written as JSON.",
                "For example --var 'ranges=[\"10.0.0.0/8\"]'; or use --var-file.",
            ) from None
        return name, value
    # A version such as 8.0 or 1.10 is another one as a number.
    is_text = isinstance(found, float) and (found.is_integer() or str(found) != value)
    return name, value if is_text else found


def _parameters(file: Path) -> dict[str, Any]:
    from collectors.iac.located import NotATemplateError  # noqa: PLC0415
    from collectors.iac.stacks.files import parameters_of  # noqa: PLC0415

    try:
        return parameters_of(file)
    except NotATemplateError as error:
        place = f"{file}:{error.line}" if error.line else str(file)
        raise UserError(
            f"{place}: {error.reason}.",
            'Give a JSON or YAML file: [{"ParameterKey": "Name", "ParameterValue": "value"}].',
        ) from error


def say_idle(names: list[str], language: str) -> None:
    """A name that is mistyped would leave the parameter at its default without a word."""
    listed = ", ".join(map(visible, names))
    click.echo(
        f"警告：已读取的模板中没有以下参数或变量：{listed}。请检查其名称。"
        if language == "zh"
        else f"Warning: no template that was read has the parameter or variable {listed}: check its"
        " name.",
        err=True,
    )
