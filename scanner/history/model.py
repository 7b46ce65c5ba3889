"""What `mlps diff` and `mlps trend` say: plain data, without the database."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from scanner.catalog import Text
from scanner.checks import Severity

SCHEMA_VERSION = 1

Change = Literal["new", "reopened", "fixed", "unchanged", "waived", "unseen"]
CHANGES: tuple[Change, ...] = ("new", "reopened", "fixed", "unseen", "unchanged", "waived")

Aspect = Literal["accounts", "regions", "systems", "checks", "tool_version"]
"""What two runs may differ in, so that what one of them has and the other has not is no change."""


class Changed(Struct, kw_only=True):
    """A finding and what became of it between two runs. `unseen`: it was open, and the later run
    did not judge it: unknown, or out of its scope. Dates are those of the whole history."""

    change: Change
    fingerprint: str
    system: str
    level: int
    check: str
    severity: Severity
    account: str
    resource: str
    name: str
    message: Text
    first_seen: str
    last_seen: str


class ChangedItem(Struct, kw_only=True):
    """An item whose result is another than before; empty where a run does not have it."""

    system: str
    level: int
    item: str
    before: str
    after: str


class Difference(Struct, kw_only=True):
    """Everything between two runs, the older first. `incomplete` is about the newer."""

    schema_version: int = SCHEMA_VERSION
    kind: str = "mlps.diff"
    older: int
    older_now: str
    newer: int
    newer_now: str
    incomplete: bool
    differs: list[Aspect]
    findings: list[Changed]
    items: list[ChangedItem]

    def of(self, change: Change) -> list[Changed]:
        """The findings of one kind."""
        return [one for one in self.findings if one.change == change]


class Point(Struct, kw_only=True):
    """A run for a system at a level, with the findings that it has, and how they changed against
    all runs before it. `failed` counts `new` and `reopened` ones too, and not those waived."""

    run: int
    now: str
    system: str
    level: int
    incomplete: bool
    lowest: float
    highest: float
    failed: int
    waived: int
    unknown: int
    new: int
    fixed: int
    reopened: int
    unseen: int


class Trend(Struct, kw_only=True):
    """Runs, the oldest first, each with its systems."""

    schema_version: int = SCHEMA_VERSION
    kind: str = "mlps.trend"
    points: list[Point]
