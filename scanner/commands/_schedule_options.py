"""Options of a scan that runs on a schedule, and what they make of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from msgspec import Struct

from collectors.document import UserError
from scanner.schedule.lock import alone
from scanner.schedule.log import RunLog, logging_to
from scanner.schedule.runs import SNAPSHOT, run_folder
from scanner.schedule.time_limit import Duration

_KEEP = 30

SCHEDULE_OPTIONS = (
    click.option(
        "--lock",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="Run alone: exit 5 at once while another scan with the same file runs.",
    ),
    click.option(
        "--time-limit",
        type=Duration(),
        help="Exit 6 after this time, such as 90s, 45m or 2h; --resume goes on.",
    ),
    click.option(
        "--log-file",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="Append what happens to this file, as JSON lines.",
    ),
    click.option(
        "--runs",
        type=click.Path(path_type=Path),
        metavar="DIR",
        help="Make a folder in DIR for this run, with its snapshot, and with the files that -o and"
        " --save name by relative paths; DIR/latest leads to it once it is whole.",
    ),
    click.option(
        "--keep",
        type=click.IntRange(1),
        metavar="N",
        help=f"How many runs stay in DIR. [default: {_KEEP}]",
    ),
)


class Scheduled(Struct, frozen=True):
    """Where a run writes: the options, its snapshot (None: nowhere), and its log."""

    options: dict[str, Any]
    snapshot: Path | None
    log: RunLog


@contextmanager
def scheduled(cloud: str, snapshot: Path | None, options: dict[str, Any]) -> Iterator[Scheduled]:
    """Hold the lock, write the log, and make the run's folder, each where it was asked for. Raises
    UserError for what cannot be, EndedError while another scan runs."""
    if options["keep"] is not None and options["runs"] is None:
        raise UserError("--keep is for --runs, and no folder was named.", "Add --runs DIR.")
    if options["runs"] is not None and (snapshot is not None or options["resume"]):
        raise UserError(
            "--runs keeps each snapshot in the run's own folder.",
            "Leave --runs out to write another, or to go on with one: --snapshot FILE --resume.",
        )
    with logging_to(options["log_file"], cloud=cloud) as log, alone(options["lock"]):
        if options["runs"] is None:
            yield Scheduled(options, snapshot, log)
            return
        with run_folder(options["runs"], options["keep"] or _KEEP) as folder:
            yield Scheduled(_inside(folder, options), folder / SNAPSHOT, log)


def _inside(folder: Path, options: dict[str, Any]) -> dict[str, Any]:
    """The options with the files of reports in the run's folder."""
    output: Path | None = options["output"]
    if output is not None and output != Path("-"):
        output = folder / output
    save = []
    for text in options["save"]:
        name, separator, path = text.partition("=")
        save.append(f"{name}={folder / path}" if separator and path else text)
    return options | {"output": output, "save": tuple(save)}
