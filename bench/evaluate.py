"""`make bench`: how fast the engines are, and how much memory a scan takes.

Prints documents x checks a second of the embedded engine, the same work on a local OPA server
where there is one (MLPS_OPA or on PATH), their ratio, and the peak memory of evaluating 10,000 and
100,000 documents. Exits with 1 when memory grows with the snapshot.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import msgspec

from bench.measure import Measured
from bench.opa_server import running_opa

_GROWTH = 1.5
"""Ten times the documents may take this much of the memory; streaming takes about 1.0."""
_MIB = 1 << 20


def main() -> int:
    """Measure, print, and return the exit code."""
    options = _options()
    with tempfile.TemporaryDirectory(prefix="mlps-bench-") as folder:
        few, many = Path(folder) / "few", Path(folder) / "many"
        _measure(f"Generating {options.few:,} documents", "snapshot", few, options.few)
        _measure(f"Generating {options.many:,} documents", "snapshot", many, options.many)
        embedded = _measure("Embedded engine", "engine", few)
        _print_rate("Embedded engine", embedded)
        _measure_opa(few, embedded)
        print()
        first = _measure(f"Evaluating {options.few:,} documents", "evaluate", few)
        second = _measure(f"Evaluating {options.many:,} documents", "evaluate", many)
    return _print_memory(first, second)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.evaluate", description=__doc__)
    parser.add_argument("--few", type=int, default=10_000, help="documents of the first run")
    parser.add_argument("--many", type=int, default=100_000, help="documents of the second run")
    return parser.parse_args()


def _measure(step: str, what: str, *arguments: object) -> Measured:
    print(f"{step} ...", file=sys.stderr, flush=True)
    command = [sys.executable, "-m", "bench.measure", what, *map(str, arguments)]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    return msgspec.json.decode(done.stdout, type=Measured)


def _print_rate(name: str, measured: Measured) -> None:
    print(
        f"{name:<24}{measured.rate:>12,.0f} documents x checks a second"
        f"  ({measured.documents:,} documents, {measured.checks:,} checks on them in"
        f" {measured.seconds:.2f} s, ready after {measured.start_seconds:.2f} s)",
        flush=True,
    )


def _measure_opa(path: Path, embedded: Measured) -> None:
    opa = os.environ.get("MLPS_OPA") or shutil.which("opa")
    if not opa:
        print("OPA server              not measured: there is no opa on PATH or in MLPS_OPA")
        return
    words = subprocess.run([opa, "version"], capture_output=True, text=True, check=True)
    version = words.stdout.splitlines()[0].removeprefix("Version: ")
    with running_opa(opa) as url:
        server = _measure(f"OPA {version} server", "engine", path, url)
    _print_rate(f"OPA {version} server", server)
    print(f"{'Embedded : server':<24}{embedded.rate / server.rate:>12.1f} : 1", flush=True)


def _print_memory(first: Measured, second: Measured) -> int:
    for run in (first, second):
        print(
            f"{'Evaluate to a file':<24}{run.documents:>12,} documents, {run.checks:,} verdicts in"
            f" {run.seconds:.1f} s ({run.documents / run.seconds:,.0f} documents a second),"
            f" peak memory {run.memory / _MIB:.1f} MiB"
        )
    growth = second.memory / first.memory
    times = second.documents / first.documents
    print(f"{'Memory':<24}{growth:>12.2f} times as much for {times:.0f} times the documents")
    print(
        f"\nPython {platform.python_version()}, {os.cpu_count()} processors, {platform.machine()}"
    )
    return int(growth > _GROWTH)


if __name__ == "__main__":
    sys.exit(main())
