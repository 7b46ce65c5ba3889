"""The measurement of report sizes still runs. Its numbers are not asserted."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_every_format_has_a_size() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bench.report_size", "--findings", "300", "--browser", ""],
        cwd=ROOT,
        env={"PATH": os.defpath},
        capture_output=True,
        text=True,
        check=True,
    )
    size = r" +[\d.]+ s  [\d.]+ MiB, [\d.]+ MiB compressed\n"
    assert re.fullmatch(
        rf"300 findings, \d+ resources\nhtml{size}json{size}sarif{size}", done.stdout
    )
