"""Waivers that stand beside a resource in its template."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Mlps

CHECK = "boundary-admin-ports"
GROUP = """\
resource "aws_security_group" "web" {
  vpc_id = "vpc-1"
  ingress {
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }
}
"""
REASON = 'reason="jump host, ticket 4711" until=2999-01-31'


def _waiver(mlps: Mlps, folder: Path) -> Any:
    done = mlps("check", folder, "-f", "json")
    results = json.loads(done.stdout)["assessment"]["results"]
    (found,) = [
        one
        for one in results
        if one["check"] == CHECK and one["status"] == "fail" and one["resource"]["name"] == "web"
    ]
    return found["waiver"]


@pytest.mark.parametrize(
    "text",
    [
        GROUP.replace("  vpc_id", f"  # mlps:waive {CHECK} {REASON}\n  vpc_id"),
        GROUP.replace("= 22\n    to", f"= 22 # mlps:waive boundary-* {REASON}\n    to"),
        f"// mlps:waive {CHECK} {REASON}\n{GROUP}",
    ],
)
def test_a_waiver_holds(mlps: Mlps, tmp_path: Path, text: str) -> None:
    (tmp_path / "main.tf").write_text(text)
    waiver = _waiver(mlps, tmp_path)
    assert (waiver["reason"], waiver["expires"]) == ("jump host, ticket 4711", "2999-01-31")
    line = next(i for i, each in enumerate(text.splitlines(), 1) if "mlps:waive" in each)
    assert waiver["approver"].endswith(f"main.tf:{line}")


@pytest.mark.parametrize(
    "words",
    [
        f"{CHECK} until=2999-01-31",
        f'{CHECK} reason=" " until=2999-01-31',
        f'{CHECK} reason="x"',
        f'{CHECK} reason="x" until=2020-01-31',
        f'{CHECK} reason="x" until=2999-13-31',
        f"boundary-any-port {REASON}",
    ],
)
def test_a_waiver_that_is_none(mlps: Mlps, tmp_path: Path, words: str) -> None:
    (tmp_path / "main.tf").write_text(f"# mlps:waive {words}\n{GROUP}")
    assert _waiver(mlps, tmp_path) is None


def test_a_waiver_is_of_its_own_resource(mlps: Mlps, tmp_path: Path) -> None:
    other = GROUP.replace('"web"', '"other"')
    (tmp_path / "main.tf").write_text(f"{other.rstrip()} # mlps:waive {CHECK} {REASON}\n{GROUP}")
    assert _waiver(mlps, tmp_path) is None


def test_a_waiver_in_yaml(mlps: Mlps, tmp_path: Path) -> None:
    (tmp_path / "stack.yaml").write_text(
        "Resources:\n"
        f"  # mlps:waive {CHECK} {REASON}\n"
        "  web:\n"
        "    Type: AWS::EC2::SecurityGroup\n"
        "    Properties:\n"
        "      GroupDescription: web\n"
        "      GroupName: web\n"
        "      SecurityGroupIngress:\n"
        "        - {IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 0.0.0.0/0}\n"
    )
    assert _waiver(mlps, tmp_path)["reason"] == "jump host, ticket 4711"
