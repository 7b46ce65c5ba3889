"""A scan that ends in time: whatever hangs, the process is gone a little after its limit."""

from __future__ import annotations

import os
import re
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import click

from collectors.document import UserError
from scanner import exits

GRACE_SECONDS = 90
"""For requests that are under way to end; then the process does, whatever they do."""

_UNITS = {"": 1, "s": 1, "m": 60, "h": 3600}
_WRITTEN = re.compile(r"(\d{1,6})([smh]?)")


class _Alarm(KeyboardInterrupt):
    """The limit is reached. Nothing between here and `within` may take it for an error."""


class Duration(click.ParamType):  # type: ignore[type-arg]  # generic in the types alone
    """Seconds, written as 90, 90s, 45m or 2h."""

    name = "TIME"

    def convert(
        self, value: str | int, param: click.Parameter | None, ctx: click.Context | None
    ) -> int:
        """The seconds."""
        if isinstance(value, int):
            return value
        found = _WRITTEN.fullmatch(value)
        if not found or not int(found[1]):
            self.fail(f"{value!r} is not a time such as 90s, 45m or 2h.", param, ctx)
        return int(found[1]) * _UNITS[found[2]]


@contextmanager
def within(seconds: int | None) -> Iterator[None]:
    """End what is inside by an EndedError after so many seconds; None is no limit."""
    if seconds is None:
        yield
        return
    if not hasattr(signal, "setitimer"):
        raise UserError("--time-limit needs a system with timers, which this one has not.")
    last = threading.Timer(seconds + GRACE_SECONDS, _leave)
    last.daemon = True

    def ring(_number: int, _frame: FrameType | None) -> None:
        raise _Alarm

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    last.start()
    try:
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
    except _Alarm as error:
        raise exits.EndedError(
            f"The scan reached its time limit of {seconds} seconds, and there is no report.",
            "Allow more with --time-limit, or go on with --snapshot and --resume: what was"
            " finished is not asked again.",
            exits.TIME_LIMIT,
        ) from error
    finally:
        signal.signal(signal.SIGALRM, before)
        last.cancel()


def _leave() -> None:
    print("mlps: The time limit is over and something still hangs: ended.", file=sys.stderr)  # noqa: T201
    sys.stderr.flush()
    os._exit(exits.TIME_LIMIT)
