"""`make bench`: how long `mlps check` takes beside Checkov, and how much memory.

    python -m bench.check [--resources 500 5000] [--checkov PATH]

Both read the same Terraform directory, then the same resources as a plan in JSON, one after the
other in one run; so the ratio holds on any machine. Checkov is installed into a virtual environment
of its own unless its program is named. The last line is `mlps check` on one small file: its start.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
import venv
from pathlib import Path
from typing import Any

from msgspec import Struct

CHECKOV = "checkov==3.3.30"
_MIB = 1024 * 1024
_UNIT = 1024 if sys.platform != "darwin" else 1
"""Of ru_maxrss: kilobytes, on macOS bytes."""

HCL = """
resource "aws_s3_bucket" "b{n}" {{
  bucket = "bucket-{n}"
}}
resource "aws_s3_bucket_public_access_block" "b{n}" {{
  bucket                  = aws_s3_bucket.b{n}.id
  block_public_acls       = true
  block_public_policy     = {blocked}
  ignore_public_acls      = true
  restrict_public_buckets = true
}}
resource "aws_kms_key" "k{n}" {{
  description         = "k{n}"
  enable_key_rotation = true
}}
resource "aws_security_group" "s{n}" {{
  name = "s{n}"
  ingress {{
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }}
}}
resource "aws_db_instance" "d{n}" {{
  identifier              = "d{n}"
  engine                  = "postgres"
  instance_class          = "db.t3.small"
  storage_encrypted       = {blocked}
  kms_key_id              = aws_kms_key.k{n}.arn
  backup_retention_period = 7
}}
"""
EACH = 5
"""Resources of one piece."""


class Run(Struct):
    """Seconds by the clock, and the greatest resident size in bytes, of a process with those that
    it starts."""

    seconds: float
    memory: int


def main() -> int:
    """Measure and print. Returns the exit code."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    options.add_argument("--resources", type=int, nargs="+", default=[500, 5000])
    options.add_argument("--checkov", type=Path, help="the program, if it is installed already")
    given = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="mlps-bench-") as name:
        folder = Path(name)
        checkov = given.checkov or _installed(folder / "checkov")
        print(f"{'input':<26}{'mlps':>20}{'Checkov':>20}{'ratio':>16}")
        for count in given.resources:
            for kind, path in _inputs(folder, count):
                _compare(f"{count} resources, {kind}", path, checkov)
        small = _terraform(folder / "small", EACH)
        run = measured(_mlps(small))
        print(f"start, on {EACH} resources: {run.seconds:.2f} s, {run.memory / _MIB:.0f} MiB")
    return 0


def _compare(name: str, path: Path, checkov: Path) -> None:
    ours, theirs = measured(_mlps(path)), measured(_checkov(path, checkov))
    ratio = f"{ours.seconds / theirs.seconds:.2f}, {ours.memory / theirs.memory:.2f}"
    print(f"{name:<26}{_shown(ours):>20}{_shown(theirs):>20}{ratio:>16}", flush=True)


def _shown(run: Run) -> str:
    return f"{run.seconds:.1f} s, {run.memory / _MIB:.0f} MiB"


def _mlps(path: Path) -> list[str]:
    return [sys.executable, "-m", "scanner", "check", str(path), "--format", "json", "-o", _NOWHERE]


def _checkov(path: Path, program: Path) -> list[str]:
    framework = "terraform_plan" if path.suffix == ".json" else "terraform"
    where = ["-f", str(path)] if path.suffix == ".json" else ["-d", str(path)]
    return [str(program), *where, "--framework", framework, "--compact", "--quiet", "-o", "json"]


_NOWHERE = os.devnull


def measured(command: list[str]) -> Run:
    """Run a command whose findings end it with 1. Raises RuntimeError when it fails."""
    start = time.perf_counter()
    with tempfile.TemporaryFile() as out:
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in {0, 1}:
            out.seek(0)
            said = out.read()[-2000:].decode(errors="replace")
            raise RuntimeError(f"{command[0]} ended with {process.returncode}: {said}")
    return Run(time.perf_counter() - start, usage.ru_maxrss * _UNIT)


def _installed(folder: Path) -> Path:
    venv.create(folder, with_pip=True)
    python = folder / "bin" / "python"
    command = [str(python), "-m", "pip", "install", "--quiet", CHECKOV]
    subprocess.run(command, check=True)
    return folder / "bin" / "checkov"


def _inputs(folder: Path, count: int) -> list[tuple[str, Path]]:
    directory = _terraform(folder / f"tf{count}", count)
    file = folder / f"plan{count}.json"
    file.write_text(json.dumps(_plan(count)), encoding="utf-8")
    return [("Terraform", directory), ("plan", file)]


def _terraform(folder: Path, count: int) -> Path:
    folder.mkdir()
    pieces = (HCL.format(n=n, blocked=_blocked(n)) for n in range(count // EACH))
    (folder / "main.tf").write_text("".join(pieces), encoding="utf-8")
    return folder


def _blocked(number: int) -> str:
    """Every third fails, so that reports have findings."""
    return "false" if number % 3 == 0 else "true"


def _plan(count: int) -> dict[str, Any]:
    """What `terraform show -json` prints of a plan of the same resources."""
    planned: list[dict[str, Any]] = []
    written: list[dict[str, Any]] = []
    changes: list[dict[str, Any]] = []
    for number in range(count // EACH):
        for kind, name, values, refers in _planned(number):
            one = {"address": f"{kind}.{name}", "mode": "managed", "type": kind, "name": name}
            expressions: dict[str, Any] = {key: {"constant_value": values[key]} for key in values}
            for key, to in refers.items():
                expressions[key] = {"references": [to, to.rpartition(".")[0]]}
            planned.append(one | {"values": values, "provider_name": "aws", "schema_version": 0})
            written.append(one | {"expressions": expressions, "provider_config_key": "aws"})
            open_ = dict.fromkeys(refers, True)
            change = {"actions": ["create"], "before": None, "after": values}
            changes.append(one | {"change": change | {"after_unknown": open_}})
    return {
        "format_version": "1.2",
        "terraform_version": "1.9.0",
        "planned_values": {"root_module": {"resources": planned}},
        "resource_changes": changes,
        "configuration": {"root_module": {"resources": written}},
    }


def _planned(number: int) -> list[tuple[str, str, dict[str, Any], dict[str, str]]]:
    blocked = _blocked(number) == "true"
    flags = ("block_public_acls", "ignore_public_acls", "restrict_public_buckets")
    rule = {"from_port": 443, "to_port": 443, "protocol": "tcp", "cidr_blocks": ["0.0.0.0/0"]}
    database = {
        "identifier": f"d{number}", "engine": "postgres", "instance_class": "db.t3.small",
        "storage_encrypted": blocked, "backup_retention_period": 7,
    }  # fmt: skip
    bucket, key = f"aws_s3_bucket.b{number}.id", f"aws_kms_key.k{number}.arn"
    block = dict.fromkeys(flags, True) | {"block_public_policy": blocked}
    return [
        ("aws_s3_bucket", f"b{number}", {"bucket": f"bucket-{number}"}, {}),
        ("aws_s3_bucket_public_access_block", f"b{number}", block, {"bucket": bucket}),
        ("aws_kms_key", f"k{number}", {"enable_key_rotation": True}, {}),
        ("aws_security_group", f"s{number}", {"name": f"s{number}", "ingress": [rule]}, {}),
        ("aws_db_instance", f"d{number}", database, {"kms_key_id": key}),
    ]


if __name__ == "__main__":
    sys.exit(main())
