"""Exit codes of `mlps`: public interface."""

from __future__ import annotations

from collectors.document import UserError

FAILED = 1
"""A failure at or above --fail-on."""

USAGE = 2
"""Wrong usage or configuration: nothing was judged, or, where a template is not valid, not all."""

INCOMPLETE = 3
"""Calls failed or verdicts are unknown, and --strict was given; or calls failed and not one verdict
was reached, which is no success whether or not it was given."""

INTERNAL = 4
"""A defect of mlps."""

LOCKED = 5
"""Another scan holds the lock: nothing was done."""

TIME_LIMIT = 6
"""The time limit ended the run before there was a report."""


INTERRUPTED = 130
"""Ctrl-C, as shells have it."""


class EndedError(UserError):
    """A run that ends with an exit code of its own."""

    def __init__(self, message: str, hint: str, exit_code: int) -> None:
        super().__init__(message, hint)
        self.exit_code = exit_code


def of(error: UserError) -> int:
    """The exit code of an error that ends a run."""
    return error.exit_code if isinstance(error, EndedError) else USAGE
