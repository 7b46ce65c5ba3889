"""What a trend is made of."""

from __future__ import annotations

from msgspec import Struct


class TrendPoint(Struct, kw_only=True):
    """One run of a system at a level: the lowest and highest rate in percent, how many findings
    failed, and how many were new, reopened, fixed, or open and not judged (`unseen`). Whoever keeps
    a history gives these; without any, the page shows no trend."""

    system: str
    level: int
    now: str
    lowest: float
    highest: float
    failed: int
    new: int
    reopened: int
    fixed: int
    unseen: int


class Changes(Struct, kw_only=True, frozen=True):
    """What a run changed in the history, in findings."""

    new: int
    reopened: int
    fixed: int
    unseen: int

    @property
    def any(self) -> bool:
        """Whether something is different from the run before."""
        return bool(self.new or self.reopened or self.fixed or self.unseen)
