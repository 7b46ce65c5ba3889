"""Draws the README's pictures: the console report of a JSON report, as SVG.

python tools/picture.py out/aws.json docs/images
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Final

import msgspec
from rich.console import Console
from rich.text import Text

from scanner.catalog import load_catalogue
from scanner.policies import bundled
from scanner.report import Language, Options
from scanner.report.console import render
from scanner.report.json import JsonReport

WIDTH: Final = 118
LINES: Final = 38


def draw(report: JsonReport, language: Language, target: Path) -> None:
    """One picture: the first lines of the console report in a language."""
    options = Options(language=language, width=WIDTH, colour=True)
    text = render(report.assessment, load_catalogue(bundled()), options)
    console = Console(record=True, width=WIDTH, file=Path("/dev/null").open("w"))  # noqa: SIM115
    console.print(Text.from_ansi("\n".join(text.splitlines()[:LINES])))
    svg = console.export_svg(title="mlps scan aws")
    # rich links a web font; a README's picture must not fetch anything.
    target.write_text(re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL))


def main() -> None:
    """Draw both languages."""
    source, folder = Path(sys.argv[1]), Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    report = msgspec.json.decode(source.read_bytes(), type=JsonReport)
    report.assessment.levels = report.assessment.levels[-1:]
    draw(report, "en", folder / "scan.svg")
    draw(report, "zh", folder / "scan.zh.svg")


if __name__ == "__main__":
    main()
