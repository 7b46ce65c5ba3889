"""How long storing a run takes, and how large a history becomes.

    python -m bench.history [--findings 50000] [--history FILE|URL]

Stores three runs with the same findings, one a day, then compares the last two and draws the trend.
Prints the seconds of each and, of a file, its size.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.findings import many_verdicts
from scanner import policies
from scanner.assess import assess
from scanner.catalog import load_catalogue
from scanner.config import Config
from scanner.history.compare import difference
from scanner.history.database import reading, writing
from scanner.history.runs import resolve
from scanner.history.store import store
from scanner.history.trends import trend

DAYS = ("2026-06-15", "2026-06-16", "2026-06-17")


@contextmanager
def timed(name: str) -> Iterator[None]:
    """Print how many seconds something took."""
    start = time.perf_counter()
    yield
    print(f"{name:12} {time.perf_counter() - start:5.1f} s", flush=True)


def measure(findings: int, url: str) -> None:
    """Store the runs, and read them."""
    catalogue = load_catalogue(policies.bundled())
    for day in DAYS:
        header, made = many_verdicts(findings, f"{day}T02:30:00Z")
        lines = list(made)
        assessment = assess(header, lines, catalogue, Config())
        with timed(f"store {day[5:]}"), writing(url) as connection:
            store(connection, assessment, header, lines)
        if Path(url).is_file():
            print(f"             {Path(url).stat().st_size / 2**20:5.1f} MiB")
    with reading(url) as connection:
        older, newer = (resolve(connection, word) for word in ("previous", "latest"))
        with timed("diff"):
            difference(connection, older, newer)
        with timed("trend"):
            trend(connection, newer, last=30)


def main() -> None:
    """Read the arguments, and measure."""
    parser = argparse.ArgumentParser(description="How fast a history is, and how large.")
    parser.add_argument("--findings", type=int, default=50_000)
    parser.add_argument("--history", help="an empty history; a file of its own if not given")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        measure(given.findings, given.history or str(Path(folder) / "history.db"))


if __name__ == "__main__":
    main()
