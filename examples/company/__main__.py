"""`python -m examples.company --endpoint-url URL`: fill an account and say what was made."""

from __future__ import annotations

import argparse
import time

from examples.company import Summary, fill


def main() -> None:
    """Fill the account behind the given endpoint."""
    parser = argparse.ArgumentParser(
        prog="python -m examples.company",
        description="Fill an empty AWS account (a moto server) with the example company.",
    )
    parser.add_argument("--endpoint-url", required=True, help="for example http://127.0.0.1:5000")
    arguments = parser.parse_args()
    started = time.monotonic()
    summary = fill(arguments.endpoint_url)
    print(_table(summary))
    print(f"{summary.total} resources in {time.monotonic() - started:.1f} s")


def _table(summary: Summary) -> str:
    lines = []
    for service, count in summary.services.items():
        kinds = ", ".join(f"{number} {kind}" for kind, number in summary.kinds[service].items())
        lines.append(f"{service:<12}{count:>5}   {kinds}")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
