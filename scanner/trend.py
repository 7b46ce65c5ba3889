"""What a trend is made of."""

from __future__ import annotations

from msgspec import Struct


class TrendPoint(Struct, kw_only=True):
    """One run of a system at a level: the lowest and highest rate in percent, and how many findings
    failed. Whoever keeps a history gives these; without any, the page shows no trend."""

    system: str
    level: int
    now: str
    lowest: float
    highest: float
    failed: int
