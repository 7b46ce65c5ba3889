"""Services and task definitions of ECS in Terraform and CloudFormation."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from collectors.document import Document, Unknown
from collectors.iac.blocks import Block, Reference
from tests.collectors.iac.conftest import Write, documents
from tests.collectors.iac.mappers.hand import block, the
from tests.collectors.iac.mappers.hand import documents as made_of

DOUBT = Unknown("var.x has no value here")
MINE = Reference("aws_ecs_task_definition.t", "arn")
GROUP = block("aws_cloudwatch_log_group.g", {"name": "/ecs/shop", "retention_in_days": 30})
LOG = {"logDriver": "awslogs", "options": {"awslogs-group": "/ecs/shop"}}


def definition(*containers: Any, **values: Any) -> Block:
    own: Any = json.dumps([{"name": "app", "image": "app", **one} for one in containers])
    given = {
        "family": "shop",
        "container_definitions": own,
        "requires_compatibilities": ["FARGATE"],
    }
    return block("aws_ecs_task_definition.t", {**given, **values})


def service(*others: Block, **values: Any) -> Document:
    own = {"name": "shop", "task_definition": MINE, "launch_type": "FARGATE", **values}
    return the(block("aws_ecs_service.s", own), *others)


def network(**values: Any) -> dict[str, Any]:
    own = {
        "subnets": [Reference("aws_subnet.n")],
        "security_groups": [Reference("aws_security_group.g")],
    }
    return {"network_configuration": [own | values]}


PUBLIC = (
    block("aws_subnet.n", {"vpc_id": Reference("aws_vpc.v")}),
    block("aws_vpc.v", {"cidr_block": "10.0.0.0/16"}),
    block("aws_internet_gateway.i", {"vpc_id": Reference("aws_vpc.v")}),
    block(
        "aws_route_table.t",
        {"route": [{"cidr_block": "0.0.0.0/0", "gateway_id": Reference("aws_internet_gateway.i")}]},
    ),
    block(
        "aws_route_table_association.a",
        {"subnet_id": Reference("aws_subnet.n"), "route_table_id": Reference("aws_route_table.t")},
    ),
    block(
        "aws_security_group.g",
        {
            "ingress": [
                {"protocol": "tcp", "from_port": 80, "to_port": 80, "cidr_blocks": ["0.0.0.0/0"]}
            ]
        },
    ),
)


def test_a_service_in_a_public_subnet() -> None:
    secret = {"environment": [{"name": "DB_PASSWORD", "value": "Example-Only-2019!"}]}
    shop = definition(secret | {"logConfiguration": LOG})
    found = service(shop, GROUP, *PUBLIC, **network(assign_public_ip=True))
    facts = found.facts
    assert (facts["public_address"], facts["network_kind"]) == (True, "vpc")
    assert facts["exposure"]["public"] is True
    assert facts["environment_secrets"] is True
    assert facts["privileged_containers"] == []
    assert (facts["logging"]["enabled"], facts["logging"]["retention_days"]) == (True, 30)
    closed = service(shop, *PUBLIC, **network()).facts
    assert (closed["public_address"], closed["exposure"]["public"]) == (False, False)


def test_what_is_not_in_the_template_is_not_known() -> None:
    found = service(definition({}), **network(assign_public_ip=True))
    assert "exposure/public" in found.unknown
    assert found.facts["public_address"] is True
    for values in ({"network_configuration": DOUBT}, network(assign_public_ip=DOUBT)):
        assert "public_address" in service(definition({}), **values).unknown
    alone = service(**network())
    assert {"environment_secrets", "privileged_containers", "logging/enabled"} <= set(alone.unknown)
    bare = {"network_configuration": [{"assign_public_ip": True}]}
    assert "exposure/public" in service(definition({}), **bare).unknown


def test_a_service_behind_the_addresses_of_its_machines() -> None:
    facts = service(definition({}, requires_compatibilities=["EC2"]), launch_type="EC2").facts
    assert (facts["public_address"], facts["exposure"], facts["firewalls"]) == (None, None, None)
    outside = service(definition({}), launch_type="EXTERNAL")
    assert "network_kind" in outside.unknown


@pytest.mark.parametrize(
    ("container", "more", "secrets", "privileged", "logs"),
    [
        ({}, {}, False, [], False),
        ({"privileged": True}, {}, False, ["app"], False),
        # As Terraform takes it, too.
        ({"Privileged": True}, {}, False, ["app"], False),
        # As CloudFormation takes it.
        ({"Privileged": "true"}, {}, False, ["app"], False),
        (
            {"mountPoints": [{"sourceVolume": "x", "readOnly": "true"}]},
            {"volume": [{"name": "x", "host_path": "/proc"}]},
            False,
            [],
            False,
        ),
        ({"LogConfiguration": {"LogDriver": "splunk"}}, {}, False, [], True),
        ({}, {"pid_mode": "host"}, False, ["app"], False),
        ({}, {"pid_mode": DOUBT}, False, None, False),
        (
            {"mountPoints": [{"sourceVolume": "x"}]},
            {"volume": [{"name": "x", "host_path": "/var/run/docker.sock"}]},
            False,
            ["app"],
            False,
        ),
        ({}, {"volume": [{"name": "x", "host_path": DOUBT}]}, False, None, False),
        ({}, {"container_definitions": DOUBT}, None, None, None),
        ({}, {"container_definitions": "["}, None, None, None),
        (
            {},
            {"container_definitions": [{"environment": [{"name": "A", "value": DOUBT}]}]},
            None,
            [],
            False,
        ),
        (
            {},
            {
                "container_definitions": [
                    {
                        "environment": [
                            {"name": "A", "value": DOUBT},
                            {"name": "API_KEY", "value": "0123456789"},
                        ]
                    }
                ]
            },
            True,
            [],
            False,
        ),
        ({"environment": {"DB_PASSWORD": "0123456789"}}, {}, None, [], False),
        ({"environment": ["DB_PASSWORD=0123456789"]}, {}, None, [], False),
        ({"environment": [{"key": "DB_PASSWORD", "value": "0123456789"}]}, {}, None, [], False),
        ({"environment": [{"name": "A", "value": {"DB_PASSWORD": "x"}}]}, {}, None, [], False),
        ({"environment": [{"name": "A", "value": None}]}, {}, False, [], False),
        (
            {
                "environment": [
                    {"name": "API_KEY", "value": "0123456789"},
                    {"name": "API_KEY", "value": ""},
                ]
            },
            {},
            True,
            [],
            False,
        ),
        ({}, {"container_definitions": [{"privileged": DOUBT}]}, False, None, False),
        ({}, {"container_definitions": [{"logConfiguration": DOUBT}]}, False, [], None),
        ({}, {"container_definitions": [DOUBT]}, None, None, None),
        ({}, {"requires_compatibilities": DOUBT}, False, [], None),
        (
            {},
            {
                "container_definitions": [
                    {
                        "logConfiguration": {
                            "logDriver": "awslogs",
                            "options": {
                                "awslogs-group": Reference("aws_cloudwatch_log_group.g", "name")
                            },
                        }
                    }
                ]
            },
            False,
            [],
            True,
        ),
    ],
)
def test_task_definitions(
    container: Any, more: Any, secrets: Any, privileged: Any, logs: Any
) -> None:
    """Of one that no service in the template runs; None stands for what is not known."""
    found = the(definition(container, **more), GROUP).facts
    assert found.get("environment_secrets") == secrets
    assert found.get("privileged_containers") == privileged
    assert found["logging"].get("enabled") == logs


def test_a_definition_is_told_once() -> None:
    own = block("aws_ecs_service.s", {"name": "s", "task_definition": "shop:3"})
    assert [
        one.type
        for one in made_of(definition({}), block("aws_ecs_service.s", {"task_definition": MINE}))
    ] == ["compute.container_service"]
    by_name = made_of(own, definition({"privileged": True}))
    assert by_name[0].facts["privileged_containers"] == ["app"]


def test_terraform(project: Write) -> None:
    folder = project(
        """
resource "aws_ecs_task_definition" "t" {
  family       = "nightly"
  network_mode = "awsvpc"
  container_definitions = jsonencode([{
    name        = "job"
    image       = "job"
    environment = [{ name = "MODE", value = "fast" }]
    logConfiguration = {
      logDriver = "awslogs"
      options   = { "awslogs-group" = aws_cloudwatch_log_group.g.name }
    }
  }])
}
resource "aws_cloudwatch_log_group" "g" {
  name              = "/ecs/nightly"
  retention_in_days = 400
}
"""
    )
    found = documents(folder)[1]["aws_ecs_task_definition.t"]
    assert found.name == "nightly"
    assert found.facts["environment_secrets"] is False
    assert found.facts["privileged_containers"] == []
    assert found.facts["logging"]["retention_days"] == 400
    assert found.unknown["public_address"] == "whoever starts the tasks decides on their network"


STACK = """AWSTemplateFormatVersion: '2010-09-09'
Resources:
  S:
    Type: AWS::ECS::Service
    Properties:
      TaskDefinition: !Ref T
      LaunchType: FARGATE
      NetworkConfiguration:
        AwsvpcConfiguration: {Subnets: [subnet-1], %s}
  T:
    Type: AWS::ECS::TaskDefinition
    Properties:
      RequiresCompatibilities: [FARGATE]
      ContainerDefinitions:
        - Name: app
          Image: app
          Environment: [{Name: DB_PASSWORD, Value: Example-Only-2019!}]
          LogConfiguration:
            LogDriver: awslogs
            Options: {awslogs-group: !Ref G}
        - Name: agent
          Image: agent
          MountPoints: [{SourceVolume: engine}]
          LogConfiguration: {LogDriver: splunk}
      Volumes: [{Name: engine, Host: {SourcePath: /var/run/docker.sock}}]
  G:
    Type: AWS::Logs::LogGroup
    Properties: {RetentionInDays: 365}
"""


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("AssignPublicIp: ENABLED", True),
        ("AssignPublicIp: DISABLED", False),
        ("SecurityGroups: []", None),
    ],
)
def test_cloudformation(folder: Path, address: str, public: bool | None) -> None:
    (folder / "stack.yaml").write_text(STACK % address, encoding="utf-8")
    found = documents(folder)[1]
    assert "T" not in found, "it is told with its service"
    facts = found["S"].facts
    assert facts.get("public_address") == public
    assert facts["environment_secrets"] is True
    assert facts["privileged_containers"] == ["agent"]
    assert facts["logging"]["enabled"] is True
    assert "logging/retention_days" in found["S"].unknown, "that of the other store is not known"
