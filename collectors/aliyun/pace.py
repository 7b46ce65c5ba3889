"""How fast each call may be made: slower after each throttling answer, faster again with time."""

from __future__ import annotations

import random
import threading
import time

from msgspec import Struct


class Patience(Struct, frozen=True, kw_only=True):
    """How often a call is tried, and the seconds between: `first`, doubled up to `longest`."""

    attempts: int = 8
    first: float = 0.5
    longest: float = 20.0

    def pause(self, failures: int) -> float:
        """Seconds to wait after so many failures, spread so that callers do not come together."""
        bound = min(self.first * 2.0 ** (failures - 1), self.longest)
        return bound * random.uniform(0.5, 1)  # noqa: S311 - spreads retries, guards nothing


class Pace:
    """The interval between two requests of one call in one region, learnt from its answers."""

    def __init__(self, patience: Patience) -> None:
        self._first = patience.first / 4
        self._longest = patience.longest / 4
        self._lock = threading.Lock()
        self._interval: dict[tuple[str, str], float] = {}
        self._free_from: dict[tuple[str, str], float] = {}

    def wait(self, key: tuple[str, str]) -> None:
        """Wait for this request's turn."""
        with self._lock:
            interval = self._interval.get(key, 0.0)
            if not interval:
                return
            now = time.monotonic()
            turn = max(now, self._free_from.get(key, now))
            self._free_from[key] = turn + interval
        time.sleep(turn - now)

    def throttled(self, key: tuple[str, str]) -> None:
        """The API asked for less: twice the interval."""
        with self._lock:
            doubled = self._interval.get(key, 0.0) * 2
            self._interval[key] = min(max(doubled, self._first), self._longest)

    def answered(self, key: tuple[str, str]) -> None:
        """An answer came: a tenth faster, and unbounded again below a hundredth of the first."""
        with self._lock:
            interval = self._interval.get(key, 0.0) * 0.9
            self._interval[key] = interval if interval > self._first / 100 else 0.0
