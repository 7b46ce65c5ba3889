"""`make demo`: the main job on real input, on a machine without a cloud account.

Starts a moto server on loopback, fills it through boto3 with the example company, scans it over
HTTP with `mlps scan aws`, reports each of its systems at its own level as one HTML page, checks the
example Terraform project with `mlps check`, and says where the reports are.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from examples.company import fill
from examples.moto_server import running_moto

OUT = Path("out")
COMPANY = "examples/company/mlps.yaml"
LEVELS = ("--level", "2", "--level", "3")
SYSTEMS = "systems.html"


def main() -> int:
    """Run both jobs; 0 when both reports were made, whatever they say of the example."""
    OUT.mkdir(exist_ok=True)
    with running_moto() as endpoint:
        summary = fill(endpoint)
        _say(f"An example AWS account with {summary.total} resources is at {endpoint}.")
        scanned = _mlps(
            *("scan", "aws", "--endpoint-url", endpoint, "--region", "cn-north-1"),
            *("--region", "cn-northwest-1", "--snapshot", str(OUT / "snapshot"), *LEVELS),
            *_reports("aws"),
        )
    _say("The account's systems and their levels, as examples/company/mlps.yaml declares them.")
    _mlps("config", "check", COMPANY, "--snapshot", str(OUT / "snapshot"))
    _by_system()
    _say("The example Terraform project, before deployment.")
    checked = _mlps("check", "examples/terraform", *LEVELS, *_reports("terraform"))
    _say("Reports:")
    for path in sorted(OUT.glob("*.*")):
        print(f"  {path}")
    print(f"  {OUT / 'snapshot'}  (read it again with: .venv/bin/mlps evaluate)")
    print(f"Open in a browser: {OUT / SYSTEMS}")
    print(f"Each system at its own level: .venv/bin/mlps scan aws --config {COMPANY}")
    # The example is bad on purpose: exit code 1 of mlps is the expected result.
    return 0 if (scanned, checked) == (1, 1) else 1


def _by_system() -> None:
    """The same snapshot judged for each declared system, as a page with both languages."""
    verdicts, page = str(OUT / "systems.ndjson"), str(OUT / SYSTEMS)
    _mlps("evaluate", str(OUT / "snapshot"), "--config", COMPANY, "-o", verdicts)
    _mlps("report", verdicts, "--config", COMPANY, "--format", "html", "-o", page)


def _reports(name: str) -> tuple[str, ...]:
    return tuple(
        option
        for format_ in ("html", "json", "sarif")
        for option in ("--save", f"{format_}={OUT / f'{name}.{format_}'}")
    )


def _mlps(*arguments: str) -> int:
    _say("$ mlps " + " ".join(arguments))
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith("AWS_")
    } | {"AWS_ACCESS_KEY_ID": "example", "AWS_SECRET_ACCESS_KEY": "example"}
    command = [sys.executable, "-m", "scanner", *arguments]
    return subprocess.run(command, env=environment, check=False).returncode


def _say(text: str) -> None:
    print(f"\n== {text}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
