"""`make demo`: the main job on real input, on a machine without a cloud account.

Starts a moto server on loopback, fills it through boto3 with the example company, scans it over
HTTP with `mlps scan aws`, checks the example Terraform project with `mlps check`, and says where
the SARIF and JSON reports are.
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
    _say("The example Terraform project, before deployment.")
    checked = _mlps("check", "examples/terraform", *LEVELS, *_reports("terraform"))
    _say("Reports:")
    for path in sorted(OUT.glob("*.*")):
        print(f"  {path}")
    print(f"  {OUT / 'snapshot'}  (read it again with: .venv/bin/mlps evaluate)")
    print(f"Each system at its own level: .venv/bin/mlps scan aws --config {COMPANY}")
    # The example is bad on purpose: exit code 1 of mlps is the expected result.
    return 0 if (scanned, checked) == (1, 1) else 1


def _reports(name: str) -> tuple[str, ...]:
    sarif, json = OUT / f"{name}.sarif", OUT / f"{name}.json"
    return ("--save", f"sarif={sarif}", "--save", f"json={json}")


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
