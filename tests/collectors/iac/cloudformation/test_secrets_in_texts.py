"""Secrets in texts of which some pieces are known only at deployment."""

from __future__ import annotations

import pytest

from tests.collectors.iac.conftest import Read

HEAD = "Parameters: {Who: {Type: String}}\n"


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ("export DB_PASSWORD=hunter2hunter2 REGION=${AWS::Region}", True),
        ("export DB_PASSWORD=${Who}", None),
        ("echo ${AWS::Region}", None),
        ("echo ${!HOME}", False),
    ],
)
def test_user_data(stack: Read, script: str, expected: bool | None) -> None:
    template = f"""
  I:
    Type: AWS::EC2::Instance
    Properties: {{ImageId: ami-1, UserData: !Base64 {{'Fn::Sub': '{script}'}}}}
"""
    assert stack(template, HEAD)["I"].facts.get("user_data_secrets") is expected
    joined = template.replace(
        f"'Fn::Sub': '{script}'", f"'Fn::Join': ['', ['#!/bin/sh\\n', !Sub '{script}']]"
    )
    assert stack(joined, HEAD)["I"].facts.get("user_data_secrets") is expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("postgres://app:hunter2hunter2@${Db.Endpoint.Address}/app", True),
        ("postgres://app:${Who}@${Db.Endpoint.Address}/app", None),
    ],
)
def test_environments(stack: Read, value: str, expected: bool | None) -> None:
    found = stack(
        f"""
  Db: {{Type: AWS::RDS::DBInstance, Properties: {{Engine: postgres}}}}
  F:
    Type: AWS::Lambda::Function
    Properties: {{Environment: {{Variables: {{DATABASE: !Sub '{value}'}}}}}}
  T:
    Type: AWS::ECS::TaskDefinition
    Properties:
      ContainerDefinitions:
        - {{Name: a, Image: b, Environment: [{{Name: DATABASE, Value: !Sub '{value}'}}]}}
""",
        HEAD,
    )
    assert [found[name].facts.get("environment_secrets") for name in ("F", "T")] == [expected] * 2
    assert "hunter2" not in f"{found}"
