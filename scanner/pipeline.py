"""The stages put together: snapshot → verdicts → assessment → reports → exit code."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from collectors.document import UserError
from collectors.snapshot import open_snapshot
from scanner import exits, policies
from scanner.assess import assess
from scanner.assessment import Assessment
from scanner.catalog import Catalogue, load_catalogue, refuse_unknown_items
from scanner.commands._options import Evaluation, Reporting
from scanner.declared import Declared
from scanner.engine import Engine
from scanner.evaluate import evaluate, read_verdicts
from scanner.history.record import record, stored
from scanner.output import is_device, numbered, writing
from scanner.report import Options, Rendered, load_format
from scanner.trend import Changes, TrendPoint
from scanner.verdict import VersionControl

NOT_KEPT = "snapshot"
"""What reports call a snapshot that is removed after the run: the same in every run."""

FILE_WIDTH = 120
"""Columns of a report that does not go to a terminal."""


class Evaluator:
    """Loaded policies and a running engine. Made before anything is collected, so that a wrong
    policy or an engine that does not answer is reported at once."""

    def __init__(
        self, bundle: policies.Bundle, catalogue: Catalogue, engine: Engine, declared: Declared
    ) -> None:
        self._bundle = bundle
        self._catalogue = catalogue
        self._engine = engine
        self._declared = declared

    def evaluate(
        self,
        snapshot: Path,
        levels: tuple[int, ...],
        verdicts: Path,
        *,
        name: str = "",
        version_control: VersionControl | None = None,
    ) -> None:
        """Evaluate every document of a snapshot into the file `verdicts`.

        The checks' clock is the snapshot's time: the same snapshot gives the same verdicts. `name`
        is what reports call the snapshot, its path if empty; `version_control` is where templates
        come from.
        """
        opened = open_snapshot(snapshot)
        evaluate(
            opened,
            self._bundle,
            self._engine,
            levels=levels,
            now=opened.manifest.finished,
            out=verdicts,
            applies_at=self._catalogue.applies_at,
            declared=self._declared,
            name=name,
            version_control=version_control,
        )


@contextmanager
def open_evaluator(settings: Evaluation) -> Iterator[Evaluator]:
    """Load the policies and start the engine; close it at the end."""
    bundle = policies.load(policies.bundled(), *settings.policies)
    catalogue = load_catalogue(policies.bundled())
    refuse_unknown_items(bundle.checks, catalogue)
    if bundle.own:
        _refuse_breaches(bundle)
    engine = _engine(settings, bundle)
    try:
        yield Evaluator(bundle, catalogue, engine, settings.declared)
    finally:
        engine.close()


def _refuse_breaches(bundle: policies.Bundle) -> None:
    """Users' checks keep the contract, or nothing is scanned with them."""
    from scanner.lint import breaches  # noqa: PLC0415 - only for users' own checks

    problems = breaches(bundle)
    if problems:
        first = problems[0]
        more = f", and {len(problems) - 1} more" if len(problems) > 1 else ""
        raise UserError(
            f"{first.file}:{first.line}: {first.message} [{first.rule}]{more}",
            "Checks keep the contract, or nothing is judged. See all with: mlps policies lint DIR",
        )


def _engine(settings: Evaluation, bundle: policies.Bundle) -> Engine:
    if settings.engine == "server":
        from scanner.engine.server import ServerEngine  # noqa: PLC0415

        return ServerEngine(
            bundle, url=settings.opa_url, token=settings.opa_token, ca=settings.opa_ca
        )
    from scanner.engine.embedded import EmbeddedEngine  # noqa: PLC0415

    return EmbeddedEngine(bundle)


Tell = Callable[[Assessment, int, Changes | None], None]
"""Told what a run came to: the assessment, the exit code, and what the history says of it."""


def report_verdicts(
    verdicts: Path,
    settings: Reporting,
    focus: Callable[[Assessment], Assessment] | None = None,
    tell: Tell | None = None,
) -> int:
    """Assess a verdicts file, write the reports of what `focus` makes of it, tell, and give the
    exit code."""
    catalogue = load_catalogue(policies.bundled())
    file = read_verdicts(verdicts)
    assessment = assess(file.header, file, catalogue, settings.config)
    recorded = record(file, assessment, settings)
    assessment = focus(recorded.assessment) if focus else recorded.assessment
    _report(assessment, catalogue, settings, recorded.trend)
    if recorded.error:
        # The reports are there all the same: what was judged is not lost with the history.
        raise recorded.error
    code = exit_code(assessment, settings)
    if tell:
        tell(assessment, code, recorded.changes)
    return code


def report_stored(run: str, settings: Reporting) -> int:
    """Write the reports of a run of the history as they were when it was stored, and give its exit
    code."""
    assessment, trend = stored(run, settings)
    _report(assessment, load_catalogue(policies.bundled()), settings, trend)
    return exit_code(assessment, settings)


def _report(
    assessment: Assessment,
    catalogue: Catalogue,
    settings: Reporting,
    trend: tuple[TrendPoint, ...],
) -> None:
    for name, path in settings.save:
        _save(name, path, assessment, catalogue, settings, trend)
    if settings.output:
        _save(settings.format, settings.output, assessment, catalogue, settings, trend)
    else:
        terminal = sys.stdout.isatty()
        options = Options(
            language=settings.language,
            width=os.get_terminal_size().columns if terminal else FILE_WIDTH,
            colour=terminal and "NO_COLOR" not in os.environ,
            trend=trend,
        )
        _print(load_format(settings.format).render(assessment, catalogue, options))


def _save(
    name: str,
    path: Path,
    assessment: Assessment,
    catalogue: Catalogue,
    settings: Reporting,
    trend: tuple[TrendPoint, ...],
) -> None:
    """Write a report to its file, or to several where its readers take none of that size."""
    made = load_format(name)
    options = Options(language=settings.language, width=FILE_WIDTH, trend=trend)
    if made.split and not is_device(path):
        parts = made.split(assessment, catalogue, options)
    else:
        parts = [made.render(assessment, catalogue, options)]
    for number, part in enumerate(parts, 1):
        place = numbered(path, number)
        with writing(place, "report", private=False) as out:
            out.write(part if isinstance(part, bytes) else part.encode())
        _say_written(name, place, settings)
    if made.split and (stale := numbered(path, len(parts) + 1)).is_file():
        _say_stale(stale, settings)


def _say_written(name: str, path: Path, settings: Reporting) -> None:
    line = f"{name} 报告：{path}" if settings.language == "zh" else f"{name} report: {path}"
    click.echo(line, err=True)


def _say_stale(path: Path, settings: Reporting) -> None:
    """A part that this report does not have would be read as if it were one of it."""
    click.echo(
        f"{path} 不属于本次报告（可能是此前扫描留下的），请勿一并上传。"
        if settings.language == "zh"
        else f"{path} is not of this report, maybe of an earlier scan: do not upload it with it.",
        err=True,
    )


def _print(text: Rendered) -> None:
    """Print a report. A reader that goes away (`mlps scan … | head`) changes no exit code."""
    try:
        click.echo(text, nl=False)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        raise UserError(
            f"Standard output cannot be written: {error.strerror}.", "Name a file with -o."
        ) from error


def exit_code(assessment: Assessment, settings: Reporting) -> int:
    """Incompleteness, when it matters, comes first: its failures may not be all there are."""
    if assessment.saw_nothing or (settings.strict and assessment.incomplete):
        return exits.INCOMPLETE
    if settings.fail_on and assessment.exceeds(settings.fail_on):
        return exits.FAILED
    return 0


@contextmanager
def scratch() -> Iterator[Path]:
    """A folder for what lies between the stages, private and removed at the end."""
    with tempfile.TemporaryDirectory(prefix="mlps-") as folder:
        yield Path(folder)
