"""What lint finds."""

from __future__ import annotations

from msgspec import Struct


class Problem(Struct, frozen=True, order=True):
    """A breach of the contract of checks: where it is, the name of the rule, and what to do."""

    file: str
    line: int
    rule: str
    message: str
