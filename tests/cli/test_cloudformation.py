"""`mlps check` on CloudFormation: what a user of it sees."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Mlps

TEMPLATE = """\
AWSTemplateFormatVersion: '2010-09-09'
Parameters:
  From: {Type: String}
Resources:
  Web:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: web
      SecurityGroupIngress:
        - {IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: !Ref From}
"""


def _verdict(mlps: Mlps, *arguments: str | Path) -> tuple[int, str]:
    done = mlps("check", *arguments, "-f", "sarif")
    results = json.loads(done.stdout)["runs"][0]["results"]
    found = [one for one in results if one["ruleId"] == "boundary-admin-ports"]
    lines = [one["locations"][0]["physicalLocation"]["region"]["startLine"] for one in found]
    return done.returncode, f"{len(found)} at {lines}"


def test_parameters_decide(mlps: Mlps, tmp_path: Path) -> None:
    template = tmp_path / "web.yaml"
    template.write_text(TEMPLATE)
    values = tmp_path / "values.json"
    assert _verdict(mlps, template)[1] == "0 at []"
    values.write_text('[{"ParameterKey": "From", "ParameterValue": "0.0.0.0/0"}]')
    assert _verdict(mlps, template, "--parameters", values) == (1, "1 at [10]")
    values.write_text("Parameters: {From: 10.0.0.0/8}")
    assert _verdict(mlps, template, "--parameters", values)[1] == "0 at []"


def test_a_parameter_that_no_template_has_is_said(mlps: Mlps, tmp_path: Path) -> None:
    (tmp_path / "web.yaml").write_text(TEMPLATE)
    (tmp_path / "values.json").write_text('{"Parameters": {"Form": "10.0.0.0/8"}}')
    command = ("check", tmp_path / "web.yaml", "--parameters", tmp_path / "values.json")
    assert "no template that was read has the parameter or variable Form" in mlps(*command).stderr
    assert "已读取的模板中没有以下参数或变量：Form" in mlps(*command, "--lang", "zh").stderr


def test_a_file_of_parameters_that_is_none(mlps: Mlps, tmp_path: Path) -> None:
    (tmp_path / "web.yaml").write_text(TEMPLATE)
    (tmp_path / "values.json").write_text('["From"]')
    done = mlps("check", tmp_path / "web.yaml", "--parameters", tmp_path / "values.json")
    assert done.returncode == 2
    assert "values.json:1: it is no list of ParameterKey and ParameterValue" in done.stderr
