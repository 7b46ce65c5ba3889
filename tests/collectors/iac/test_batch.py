"""Job definitions of AWS Batch in Terraform and CloudFormation."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from collectors.document import Document, Unknown
from tests.collectors.aws.test_batch import PASSWORD, SAFE
from tests.collectors.iac.conftest import documents
from tests.collectors.iac.mappers.hand import block, the

APPLY = Unknown("var.x is decided at apply")


def job(**values: Any) -> Document:
    texts = {
        name: json.dumps(each) if name.endswith("properties") and isinstance(each, dict) else each
        for name, each in values.items()
    }
    return plain_job(**texts)


def plain_job(**values: Any) -> Document:
    """A job whose containers are no text, as CloudFormation writes them."""
    return the(block("aws_batch_job_definition.j", {"name": "j", "type": "container", **values}))


TASK = {"taskProperties": [{"containers": [SAFE | {"name": "side", "privileged": True}]}]}
NODES = {
    "nodeRangeProperties": [
        {"container": SAFE},
        {"container": SAFE | {"privileged": True}},
    ]
}
ROOT = {
    "volumes": [{"name": "r", "host": {"sourcePath": "/"}}],
    "mountPoints": [{"sourceVolume": "r"}],
}
POD = [
    {
        "pod_properties": [
            {
                "containers": [
                    {"name": "p", "security_context": [{"privileged": True}], "env": PASSWORD}
                ]
            }
        ]
    }
]
OPEN_POD = [
    {
        "pod_properties": [
            {"containers": [{"name": "p", "security_context": [{"privileged": APPLY}]}]}
        ]
    }
]


@pytest.mark.parametrize(
    ("values", "names", "secrets"),
    [
        ({"container_properties": SAFE}, [], False),
        ({"container_properties": SAFE | {"privileged": True}}, ["j"], False),
        ({"container_properties": SAFE | {"environment": PASSWORD}}, [], True),
        ({"container_properties": SAFE | ROOT}, ["j"], False),
        ({"ecs_properties": TASK}, ["side"], False),
        ({"node_properties": NODES}, ["j"], False),
        ({"eks_properties": POD}, ["p"], True),
        ({"container_properties": APPLY}, None, None),
        ({"container_properties": "no JSON"}, None, None),
        ({"eks_properties": [{"pod_properties": APPLY}]}, None, None),
        ({"eks_properties": OPEN_POD}, None, False),
    ],
)
def test_rights_and_secrets_in_templates(
    values: dict[str, Any], names: list[str] | None, secrets: bool | None
) -> None:
    found = job(**values).facts
    assert (found.get("privileged_containers"), found.get("environment_secrets")) == (
        names,
        secrets,
    )


def test_addresses_and_logs_in_templates() -> None:
    fargate = {"platform_capabilities": ["FARGATE"]}
    open_ = {"networkConfiguration": {"assignPublicIp": "ENABLED"}}
    assert job(container_properties=SAFE).facts["public_address"] is None
    closed = job(container_properties=SAFE, **fargate).facts
    assert (closed["public_address"], closed["exposure"]["public"]) == (False, False)
    reached = job(container_properties=SAFE | open_, **fargate)
    assert reached.facts["public_address"] is True
    assert "exposure/public" in reached.unknown
    assert job(container_properties=SAFE).facts["logging"]["destination"] == "/aws/batch/job"
    assert "logging/enabled" in job(eks_properties=POD).unknown


@pytest.mark.parametrize("network", [APPLY, {"assignPublicIp": APPLY}])
def test_an_open_network_is_not_private(network: Any) -> None:
    found = plain_job(
        container_properties=SAFE | {"networkConfiguration": network},
        platform_capabilities=["FARGATE"],
    )
    assert {"public_address", "exposure"} <= set(found.unknown)


def test_an_open_platform_is_not_a_machine_of_ones_own() -> None:
    found = plain_job(container_properties=SAFE, platform_capabilities=[APPLY])
    assert {"public_address", "exposure", "firewalls"} <= set(found.unknown)


@pytest.mark.parametrize(
    "part",
    [
        {"logConfiguration": APPLY},
        {"logConfiguration": {"logDriver": "awslogs", "options": APPLY}},
        {"volumes": APPLY},
        {"volumes": [{"name": "r", "host": APPLY}]},
    ],
)
def test_an_open_part_of_a_container(part: dict[str, Any]) -> None:
    assert "privileged_containers" in plain_job(container_properties=SAFE | part).unknown


def test_cloudformation(folder: Path) -> None:
    (folder / "stack.yaml").write_text(
        """Resources:
  Job:
    Type: AWS::Batch::JobDefinition
    Properties:
      Type: container
      JobDefinitionName: j
      ContainerProperties:
        Image: a
        Privileged: true
        Environment: [{Name: DB_PASSWORD, Value: 'Example-Only-2019!'}]
  Pod:
    Type: AWS::Batch::JobDefinition
    Properties:
      Type: container
      EksProperties:
        PodProperties:
          Containers: [{Name: p, Image: a, SecurityContext: {Privileged: true}}]
""",
        encoding="utf-8",
    )
    found = documents(folder)[1]
    assert found["Job"].facts["privileged_containers"] == ["Job"]
    assert found["Job"].facts["environment_secrets"] is True
    assert found["Pod"].facts["privileged_containers"] == ["p"]
