"""Draws the README's pictures of the HTML report: its first screen, in both languages, as PNG.

    make demo
    .venv/bin/python -m tools.report_picture out/systems.html docs/images

Needs a Chromium (MLPS_CHROMIUM, or `chromium` on the PATH) and a Chinese font (Debian's packages
`chromium` and `fonts-noto-cjk`). Refuses pictures that are too large for a README.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import Final

from playwright.sync_api import sync_playwright

SIZE: Final = (1180, 1240)
MOST: Final = 300_000
"""Bytes of a picture."""
NAMES: Final = {"en": "report.png", "zh": "report.zh.png"}


def draw(page: Path, folder: Path) -> None:
    """Both pictures of a report."""
    browser_path = os.environ.get("MLPS_CHROMIUM") or shutil.which("chromium")
    width, height = SIZE
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path)
        tab = browser.new_page(viewport={"width": width, "height": height})
        tab.goto(page.resolve().as_uri())
        for language, name in NAMES.items():
            tab.locator(f"#lang-{language}").click()
            # The pictures show the report, not where the keyboard is.
            tab.evaluate("document.activeElement.blur()")
            picture = tab.screenshot(path=folder / name)
            if len(picture) > MOST:
                sys.exit(f"{name} has {len(picture)} bytes, more than {MOST}.")
        browser.close()


if __name__ == "__main__":
    draw(Path(sys.argv[1]), Path(sys.argv[2]))
