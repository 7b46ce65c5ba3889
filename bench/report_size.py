"""How large reports of many findings are, and how soon a browser shows the HTML one.

    python -m bench.report_size [--findings 50000] [--browser /usr/bin/chromium]

Prints a line for each format: seconds to render, size, size when compressed with gzip; then, where
there is a Chromium, how long the page takes to load, and to search, filter and sort all findings.
"""

from __future__ import annotations

import argparse
import gzip
import shutil
import tempfile
import time
from pathlib import Path

from bench.findings import many_findings
from scanner.assessment import Assessment
from scanner.catalog import Catalogue
from scanner.report import Options, load_format

FORMATS = (
    *("html", "json", "sarif", "csv", "xlsx", "ocsf", "junit", "gitlab", "docx", "markdown"),
    "prometheus",
)
STEPS = {
    "search": "document.getElementById('search').value = 'web cn-north-1 port';"
    "document.getElementById('search').dispatchEvent(new Event('input'))",
    "search again": "document.getElementById('search').value = 'web cn-north-1';"
    "document.getElementById('search').dispatchEvent(new Event('input'))",
    "filter by severity": "document.getElementById('filter-severity-high').click()",
    "sort by resource": "document.getElementById('sort-resource').click()",
    "sort by severity": "document.getElementById('sort-severity').click()",
}
"""What a reader does, in turn, in the findings."""

_SEARCH_DELAY = 0.15
"""Seconds that the page waits for the next key: not counted."""


def render(name: str, assessment: Assessment, catalogue: Catalogue) -> bytes:
    """A report, with a line of its numbers on standard output."""
    start = time.perf_counter()
    report = load_format(name).render(assessment, catalogue, Options())
    seconds = time.perf_counter() - start
    data = report if isinstance(report, bytes) else report.encode()
    packed = len(gzip.compress(data, 6))
    print(f"{name:10} {seconds:6.1f} s  {_mib(len(data))}, {_mib(packed)} compressed", flush=True)
    return data


def _mib(size: int) -> str:
    return f"{size / 2**20:.1f} MiB"


def browse(page: Path, browser: str | None) -> None:
    """Load the page and do what a reader does, with the seconds of each on standard output."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only where it is asked for

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser)
        tab = chromium.new_page()
        start = time.perf_counter()
        tab.goto(page.as_uri() + "#findings")
        tab.wait_for_selector("tr.finding")
        print(f"load {time.perf_counter() - start:.2f} s (Chromium {chromium.version})")
        for name, script in STEPS.items():
            start = time.perf_counter()
            tab.evaluate(_until_drawn(script))
            waited = _SEARCH_DELAY if name.startswith("search") else 0
            print(f"{name} {1000 * (time.perf_counter() - start - waited):.0f} ms")
        chromium.close()


def _until_drawn(script: str) -> str:
    """Run a script, and wait until the table has been drawn anew and painted."""
    return f"""() => new Promise((done) => {{
      const table = document.getElementById("findings-table");
      const seen = new MutationObserver(() => {{
        seen.disconnect();
        requestAnimationFrame(() => requestAnimationFrame(done));
      }});
      seen.observe(table, {{ childList: true }});
      {script};
    }})"""


def main() -> None:
    """Make the findings, render every format, open the page."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--findings", type=int, default=50_000)
    parser.add_argument("--browser", default=shutil.which("chromium"))
    chosen = parser.parse_args()
    assessment, catalogue = many_findings(chosen.findings)
    print(f"{chosen.findings} findings, {assessment.resources} resources")
    reports = {name: render(name, assessment, catalogue) for name in FORMATS}
    if chosen.browser:
        with tempfile.TemporaryDirectory() as folder:
            page = Path(folder) / "report.html"
            page.write_bytes(reports["html"])
            browse(page, chosen.browser)


if __name__ == "__main__":
    main()
