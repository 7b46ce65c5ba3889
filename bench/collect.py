"""`make bench`: how long collecting waits, and how much memory it takes.

Collects buckets and instances from a local server that answers each request after 50 ms, and prints
the time as a ratio to the ideal: requests x latency / concurrency.
"""

from __future__ import annotations

import argparse
import os
import platform
import resource
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import boto3
import msgspec
from msgspec import Struct

from collectors.aws.account import Account
from collectors.aws.reader import Reader
from collectors.aws.services import ec2_instances, s3
from collectors.aws.session import client_config
from collectors.steps import run, steps_of

REGION = "cn-north-1"


class Collected(Struct):
    """What a run took: seconds, peak memory in bytes before and after."""

    seconds: float
    idle_memory: int
    memory: int
    documents: int


def main() -> int:
    """Measure, print, and return the exit code."""
    options = _options()
    if options.url:
        sys.stdout.buffer.write(msgspec.json.encode(_collect(options.url, options.concurrency)))
        return 0
    counts = (options.buckets, options.instances, options.milliseconds, 1)
    with server(*counts) as url:
        command = [sys.executable, "-m", "bench.collect", "--url", url]
        command += ["--concurrency", str(options.concurrency)]
        print("Collecting ...", file=sys.stderr, flush=True)
        done = subprocess.run(command, stdout=subprocess.PIPE, check=True)
        found = msgspec.json.decode(done.stdout, type=Collected)
        asked = int(urllib.request.urlopen(f"{url}/-/asked").read())
    ideal = asked * options.milliseconds / 1000 / options.concurrency
    mib = 1 << 20
    print(
        f"Collect {options.buckets:,} buckets and {options.instances:,} instances:"
        f" {found.documents:,} documents of {asked:,} requests at {options.milliseconds} ms,"
        f" {options.concurrency} at once"
    )
    print(f"{'Time':<24}{found.seconds:>10.1f} s, ideal {ideal:.1f} s")
    print(f"{'Time : ideal':<24}{found.seconds / ideal:>10.2f} : 1")
    print(
        f"{'Peak memory':<24}{found.memory / mib:>10.1f} MiB,"
        f" {found.idle_memory / mib:.1f} MiB before the first call"
    )
    print(
        f"\nPython {platform.python_version()}, {os.cpu_count()} processors, {platform.machine()}"
    )
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.collect", description=__doc__)
    parser.add_argument("--buckets", type=int, default=2_000)
    parser.add_argument("--instances", type=int, default=2_000)
    parser.add_argument("--milliseconds", type=int, default=50, help="latency of each answer")
    parser.add_argument("--concurrency", type=int, default=16)
    parser.add_argument("--url", help=argparse.SUPPRESS)
    return parser.parse_args()


@contextmanager
def server(*counts: int) -> Iterator[str]:
    """The URL of a server for BUCKETS, INSTANCES, MILLISECONDS and ACCOUNTS: see aws_server."""
    command = [sys.executable, "-m", "bench.aws_server", *map(str, counts)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        try:
            yield process.stdout.readline().strip()
        finally:
            process.kill()


def _collect(url: str, concurrency: int) -> Collected:
    session = boto3.Session("bench", "bench", region_name=REGION)
    reader = Reader(
        session,
        account="123456789012",
        config=client_config(concurrency),
        endpoint_url=url,
        concurrency=concurrency,
    )
    idle = memory()
    started = time.perf_counter()
    with ThreadPoolExecutor(concurrency) as workers:
        account = Account(
            id="123456789012",
            partition="aws-cn",
            home_region=REGION,
            regions=(REGION,),
            reader=reader,
            workers=workers,
        )
        steps = steps_of([s3.SERVICE, ec2_instances.SERVICE], (REGION,))
        documents = sum(len(found) for found in run(account, steps, None))
    return Collected(time.perf_counter() - started, idle, memory(), documents)


def memory() -> int:
    """Peak memory of this process, in bytes."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


if __name__ == "__main__":
    sys.exit(main())
