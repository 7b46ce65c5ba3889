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
