"""`make bench`: how long collecting an organisation takes, and how much memory.

Collects accounts from a local server that answers each request after 50 ms, one after another and
as many at once as `mlps` does, and prints the time as a ratio of the two. The memory of few and of
many accounts tells whether it grows with them.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import msgspec

from bench.collect import Collected, memory, server
from collectors import accounts
from collectors.aws.collect import collect
from collectors.aws.session import AwsOptions

REGION = "cn-north-1"


def main() -> int:
    """Measure, print, and return the exit code."""
    options = _options()
    if options.url:
        sys.stdout.buffer.write(msgspec.json.encode(_collect(options.url, options.at_once)))
        return 0
    few, many = options.accounts, options.accounts * 4
    one_by_one = _measure(options, few, at_once=1)
    at_once = _measure(options, few, at_once=accounts.AT_ONCE)
    larger = _measure(options, many, at_once=accounts.AT_ONCE)
    mib = 1 << 20
    print(
        f"Collect an organisation of {few} accounts with {options.buckets} buckets and"
        f" {options.instances} instances each: {at_once.documents:,} documents at"
        f" {options.milliseconds} ms a request"
    )
    print(f"{'One by one':<24}{one_by_one.seconds:>10.1f} s")
    print(f"{f'{accounts.AT_ONCE} at once':<24}{at_once.seconds:>10.1f} s")
    print(f"{'At once : one by one':<24}{at_once.seconds / one_by_one.seconds:>10.2f} : 1")
    print(f"{'Memory, one by one':<24}{one_by_one.memory / mib:>10.1f} MiB")
    print(f"{f'Memory, {few} accounts':<24}{at_once.memory / mib:>10.1f} MiB")
    print(f"{f'Memory, {many} accounts':<24}{larger.memory / mib:>10.1f} MiB")
    print(f"{'Many : few':<24}{larger.memory / at_once.memory:>10.2f} : 1")
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.organization", description=__doc__)
    parser.add_argument("--accounts", type=int, default=8)
    parser.add_argument("--buckets", type=int, default=200)
    parser.add_argument("--instances", type=int, default=200)
    parser.add_argument("--milliseconds", type=int, default=50, help="latency of each answer")
    parser.add_argument("--at-once", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--url", help=argparse.SUPPRESS)
    return parser.parse_args()


def _measure(options: argparse.Namespace, count: int, *, at_once: int) -> Collected:
    print(f"Collecting {count} accounts, {at_once} at once ...", file=sys.stderr, flush=True)
    with server(options.buckets, options.instances, options.milliseconds, count) as url:
        command = [sys.executable, "-m", "bench.organization", "--url", url]
        command += ["--at-once", str(at_once)]
        keys = {"AWS_ACCESS_KEY_ID": "bench", "AWS_SECRET_ACCESS_KEY": "bench"}
        done = subprocess.run(command, stdout=subprocess.PIPE, check=True, env=os.environ | keys)
    return msgspec.json.decode(done.stdout, type=Collected)


def _collect(url: str, at_once: int) -> Collected:
    accounts.AT_ONCE = at_once
    options = AwsOptions(endpoint_url=url, regions=(REGION,), organization=True)
    idle = memory()
    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        manifest = collect(Path(folder) / "snapshot", options, tool_version="bench")
    seconds = time.perf_counter() - started
    return Collected(seconds, idle, memory(), sum(file.documents for file in manifest.files))


if __name__ == "__main__":
    sys.exit(main())
