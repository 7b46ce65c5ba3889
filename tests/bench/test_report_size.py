"""The measurement of report sizes still runs. Its numbers are not asserted."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from scanner.report import format_names

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
    formats = "".join(rf"{name}{size}" for name in format_names() if name != "console")
    told = "".join(sorted(done.stdout.splitlines(keepends=True)[1:]))
    assert re.fullmatch(formats, told), done.stdout
