"""`mlps check --var-file --var`: variables of Terraform directories."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from scanner.commands._variables import values
from tests.cli.conftest import Mlps

PROJECT = """\
variable "from" {
  type    = list(string)
  default = ["10.0.0.0/8"]
}
resource "aws_security_group" "g" {
  ingress {
    protocol    = "tcp"
    from_port   = 22
    to_port     = 22
    cidr_blocks = var.from
  }
}
"""


@pytest.fixture
def infra(tmp_path: Path) -> Path:
    folder = tmp_path / "work" / "infra"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "main.tf").write_text(PROJECT)
    return folder


def _is_open(mlps_here: Mlps, *more: str) -> bool:
    done = mlps_here("check", "infra", "-f", "json", *more)
    results = json.loads(done.stdout)["assessment"]["results"]
    return any(one["check"] == "boundary-admin-ports" for one in results)


def test_values_decide(mlps_here: Mlps, infra: Path) -> None:
    (infra.parent / "open.tfvars").write_text('from = ["0.0.0.0/0"]\n')
    (infra.parent / "shut.tfvars.json").write_text('{"from": ["192.168.0.0/16"]}')
    assert not _is_open(mlps_here)
    assert _is_open(mlps_here, "--var-file", "open.tfvars")
    assert not _is_open(mlps_here, "--var-file", "open.tfvars", "--var-file", "shut.tfvars.json")
    assert _is_open(mlps_here, "--var-file", "shut.tfvars.json", "--var", 'from=["0.0.0.0/0"]')


def test_a_name_that_no_project_has_is_said(mlps_here: Mlps, infra: Path) -> None:
    (infra.parent / "x.tfvars").write_text("form = []\n")
    done = mlps_here("check", "infra", "--var-file", "x.tfvars", "--var", "typo=1")
    assert "the parameter or variable form, typo: check its name" in done.stderr


@pytest.mark.parametrize(
    ("written", "value"),
    [("8.0", "8.0"), ("1.10", "1.10"), ("1.5", 1.5), ("30", 30), ("true", True), ("NaN", "NaN")],
)
def test_a_version_keeps_its_zeros(tmp_path: Path, written: str, value: object) -> None:
    options = {"parameters": None, "var_files": (), "variables": (f"v={written}",), "regions": ()}
    (file,) = values(options, tmp_path).var_files
    assert json.loads(file.read_text()) == {"v": value}


@pytest.mark.parametrize(
    ("option", "value", "words"),
    [
        ("--var", "from", "is not NAME=VALUE"),
        ("--var", "from={a = 1}", "written as JSON"),
        ("--var-file", "bad.tfvars", "bad.tfvars:2: "),
        ("--var-file", "bad.tfvars.json", "is not valid"),
        ("--var-file", "none.tfvars", "does not exist"),
    ],
)
def test_what_is_wrong_is_refused(
    mlps_here: Mlps, infra: Path, option: str, value: str, words: str
) -> None:
    for name in ("bad.tfvars", "bad.tfvars.json"):
        (infra.parent / name).write_text("from = [\n")
    done = mlps_here("check", "infra", option, value)
    assert done.returncode == 2
    assert words in done.stderr
