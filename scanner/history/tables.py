"""The history's tables as SQLAlchemy Core sees them; `migrations.py` makes them.

Times are texts in RFC 3339, UTC, with seconds: they sort as they stand. Lists are JSON.
"""

from __future__ import annotations

from sqlalchemy import Column, Float, Integer, LargeBinary, MetaData, Table, Text

METADATA = MetaData()


def _key(name: str) -> Column[int]:
    return Column(name, Integer, primary_key=True, autoincrement=False)


def _numbers(*names: str) -> list[Column[int]]:
    return [Column(name, Integer, nullable=False) for name in names]


def _texts(*names: str) -> list[Column[str]]:
    return [Column(name, Text, nullable=False) for name in names]


RUNS = Table(
    "runs",
    METADATA,
    _key("id"),
    *_texts("digest", "now", "tool_version", "origin", "home"),
    *_texts("providers", "accounts", "regions", "checks"),
    *_numbers("incomplete"),
)
"""`home` is the repository of templates, or their folder; empty for live accounts. `checks` is a
digest of the ids of the checks."""

REPORTS = Table("reports", METADATA, _key("run"), Column("body", LargeBinary, nullable=False))
"""The assessment of a run (`scanner.history.archive`)."""

SCOPES = Table(
    "scopes",
    METADATA,
    _key("run"),
    Column("system", Text, primary_key=True),
    _key("level"),
    Column("lowest", Float, nullable=False),
    Column("highest", Float, nullable=False),
    *_numbers("unknown"),
)
"""A system at its level in a run: the rate of conforming items, and verdicts not reached."""

ITEMS = Table(
    "items",
    METADATA,
    _key("run"),
    Column("system", Text, primary_key=True),
    _key("level"),
    Column("item", Text, primary_key=True),
    *_texts("status"),
)
"""The result of each item of a scope."""

FINDINGS = Table(
    "findings",
    METADATA,
    _key("id"),
    *_texts("home", "fingerprint", "system"),
    *_numbers("level"),
    *_texts("check_id", "severity", "provider", "account", "region", "type", "resource", "name"),
    *_texts("place", "origin", "message_en", "message_zh", "status", "first_seen"),
    *_numbers("first_run"),
    *_texts("last_seen", "judged"),
)
"""Every finding ever seen, once. `status` is what the newest run that judged it, at `judged`, made
of it: failed, waived or fixed. `place` is the template's file."""

SIGHTINGS = Table("sightings", METADATA, _key("run"), _key("finding"), *_texts("state"))
"""What a run said of a finding: failed, waived, reopened (failed again after it was fixed or
waived), fixed, or unseen, which is open and within the run's scope, and was not judged by it."""
