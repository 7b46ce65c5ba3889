"""A run that tells its webhooks how it ended, whichever way it ends."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import click

from collectors.document import UserError
from scanner import __version__, exits
from scanner.assessment import Assessment
from scanner.commands._options import Reporting
from scanner.pipeline import Tell
from scanner.report import Language
from scanner.schedule.log import RunLog
from scanner.trend import Changes


@contextmanager
def telling(settings: Reporting, log: RunLog) -> Iterator[Tell | None]:
    """What is to be told an assessment; leaving it by an error before tells that the run did not
    finish. None where mlps.yaml has no webhook. Raises UserError, before anything is scanned, for
    a webhook that cannot work."""
    webhooks = settings.config.notify
    if not webhooks:
        yield None
        return
    from scanner.notify.send import Address, addresses, send  # noqa: PLC0415
    from scanner.notify.summary import Summary, not_finished, summarize  # noqa: PLC0415

    if settings.history is None and any(webhook.when == "change" for webhook in webhooks):
        raise UserError(
            "A webhook of mlps.yaml is told of changes alone, and no run before is known.",
            "Add --history FILE, or give the webhook another `when`.",
        )
    targets: list[Address] = addresses(webhooks)
    told = False

    def pass_on(summary: Summary) -> None:
        for problem in send(summary, targets):
            _say(problem, settings.language)
            log.write("not_notified", "warning", message=problem)

    def tell(assessment: Assessment, code: int, changes: Changes | None) -> None:
        nonlocal told
        told = True
        pass_on(summarize(assessment, code, changes))

    try:
        yield tell
    except UserError as error:
        if not told:
            pass_on(not_finished(error.message, exits.of(error), __version__))
        raise
    except Exception as error:
        if not told:
            what = f"Internal error: {type(error).__name__}"
            pass_on(not_finished(what, exits.INTERNAL, __version__))
        raise


def _say(problem: str, language: Language) -> None:
    said = f"未能发送通知：{problem}" if language == "zh" else f"Not notified: {problem}"
    click.echo(said, err=True)
