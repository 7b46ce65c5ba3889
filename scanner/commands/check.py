"""`mlps check`: judge templates before deployment."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from collectors.document import UserError
from scanner import __version__, exits
from scanner.commands._collected import say_collected
from scanner.commands._focus import focus, focus_options
from scanner.commands._options import evaluation, evaluation_options, reporting, reporting_options
from scanner.commands._progress import progress
from scanner.commands._variables import say_idle, value_options, values
from scanner.report._text import counted

if TYPE_CHECKING:
    from collectors.iac.account_context import AccountContext


@click.command("check", short_help="Judge templates before deployment.")
@click.argument("paths", type=click.Path(path_type=Path), nargs=-1, required=True, metavar="PATH…")
@click.option(
    "--snapshot",
    type=click.Path(path_type=Path),
    metavar="SNAPSHOT",
    help="Keep the snapshot of the templates there.",
)
@value_options
@click.option(
    "--with-snapshot",
    type=click.Path(path_type=Path),
    metavar="SNAPSHOT",
    help="A snapshot of the account that the templates go to: it answers for the account's settings"
    " that they do not decide.",
)
@click.option(
    "--source",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    metavar="DIR",
    help="The folder that plans are of: their resources are shown where it declares them. [default:"
    " the plan's own folder, if it has *.tf files]",
)
@focus_options
@evaluation_options
@reporting_options
def command(
    paths: tuple[Path, ...],
    snapshot: Path | None,
    with_snapshot: Path | None,
    source: Path | None,
    **options: Any,
) -> int:
    """Check templates before deployment: Terraform directories and plan files (terraform show
    -json), CloudFormation and SAM, ARM (Bicep through its compiled JSON) and Alibaba Cloud ROS
    templates. A folder stands for every template in it.

    What a template does not decide, such as settings of the whole account, is not assessed without
    --with-snapshot. A template that is not valid ends with exit code 2, after the report about the
    others.
    """
    from collectors.iac.check import BROKEN, collect  # noqa: PLC0415
    from scanner.pipeline import (  # noqa: PLC0415
        NOT_KEPT,
        open_evaluator,
        report_verdicts,
        scratch,
    )
    from scanner.version_control import version_control  # noqa: PLC0415

    settings, reports = evaluation(options), reporting(options)
    account = _account(with_snapshot)
    with scratch() as folder, open_evaluator(settings) as evaluator:
        given = values(options, folder)
        focused = focus(options, paths, settings, given.files)
        how: dict[str, Any] = {
            "parameters": given.parameters,
            "var_files": given.var_files,
            "regions": given.regions,
            "source": source,
        }
        path = snapshot or folder / "snapshot"
        with progress("Reading templates") as step:
            manifest = collect(
                paths,
                path,
                tool_version=__version__,
                account=account,
                progress=step,
                idle=lambda names: say_idle(names, reports.language),
                **how,
            )
        say_collected(manifest, reports.language)
        focused.look(paths, path, folder, functools.partial(_account, with_snapshot), **how)
        verdicts = folder / "verdicts.ndjson"
        evaluator.evaluate(
            path,
            settings.levels,
            verdicts,
            name="" if snapshot else NOT_KEPT,
            # Places in templates are relative to this folder.
            version_control=version_control(Path.cwd()),
        )
        code = report_verdicts(verdicts, reports, focused.of)
    broken = [call for call in manifest.failed_calls if call.code in BROKEN]
    if broken and code != exits.INCOMPLETE:
        raise UserError(
            f"{counted(len(broken), 'template')} could not be read, and the rest is not the whole:"
            f" {broken[0].message}",
            "Mend it, or leave its folder out of PATH.",
        )
    return code


def _account(snapshot: Path | None) -> AccountContext | None:
    from collectors.iac.account_context import load_account  # noqa: PLC0415

    return load_account(snapshot) if snapshot else None
