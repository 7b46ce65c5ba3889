"""Launch templates, launch configurations and the groups that use them."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

import pytest

from collectors.document import Document, Unknown
from collectors.iac.blocks import Block, Reference
from tests.collectors.iac.conftest import Write, documents
from tests.collectors.iac.mappers.hand import block, the

DOUBT = Unknown("var.x has no value here")
MINE = Reference("aws_launch_template.t", "id")
SCRIPT = base64.b64encode(b"export DB_PASSWORD=Example-Only-2019!").decode()
PARTS = base64.b64encode(
    b'Content-Type: multipart/mixed; boundary="b"\nMIME-Version: 1.0\n\n--b\n'
    b"Content-Transfer-Encoding: base64\n\n" + SCRIPT.encode() + b"\n--b--\n"
).decode()
ENCRYPTED = block("aws_ebs_encryption_by_default.e", {"enabled": True})
PLAIN = block("aws_ebs_encryption_by_default.e", {"enabled": False})
PRIVATE = block("aws_subnet.n", {"map_public_ip_on_launch": False})
SIX = block("aws_subnet.n", {"assign_ipv6_address_on_creation": True})
PUBLIC = block("aws_subnet.n", {"map_public_ip_on_launch": True})


def template(*others: Block, **values: Any) -> Document:
    return the(block("aws_launch_template.t", {"name": "t", **values}), *others)


def group(**values: Any) -> Block:
    own = {
        "vpc_zone_identifier": [Reference("aws_subnet.n", "id")],
        "launch_template": [{"id": MINE}],
    }
    return block("aws_autoscaling_group.g", {**own, **values})


def mixed(**override: Any) -> dict[str, Any]:
    inner = {
        "launch_template_specification": [{"launch_template_id": "lt-other"}],
        "override": [override],
    }
    return {"launch_template": None, "mixed_instances_policy": [{"launch_template": [inner]}]}


OWN = {"launch_template_specification": [{"launch_template_id": MINE}]}


@pytest.mark.parametrize(
    ("values", "fact", "expected"),
    [
        ({"metadata_options": [{"http_tokens": "required"}]}, "metadata_token_required", True),
        ({"metadata_options": [{"http_tokens": "optional"}]}, "metadata_token_required", False),
        ({}, "metadata_token_required", None),
        ({"user_data": SCRIPT}, "user_data_secrets", True),
        ({"user_data": PARTS}, "user_data_secrets", True),
        ({"user_data": DOUBT}, "user_data_secrets", None),
        ({}, "user_data_secrets", False),
        ({}, "disks_encrypted", None),
        ({"block_device_mappings": [{"ebs": [{"encrypted": False}]}]}, "disks_encrypted", False),
        ({"block_device_mappings": [{"ebs": [{"encrypted": "true"}]}]}, "disks_encrypted", None),
        ({"block_device_mappings": DOUBT}, "disks_encrypted", None),
    ],
)
def test_what_a_template_says(values: dict[str, Any], fact: str, expected: bool | None) -> None:
    assert template(**values).facts.get(fact) == expected


def test_the_accounts_default_encrypts_what_says_nothing() -> None:
    assert template(ENCRYPTED).facts["disks_encrypted"] is True
    assert "disks_encrypted" in template(PLAIN).unknown, "the image may be encrypted"
    new = {"block_device_mappings": [{"ebs": [{"volume_size": 80}]}]}
    assert template(PLAIN, **new).facts["disks_encrypted"] is False


def interface(**own: Any) -> dict[str, Any]:
    return {"network_interfaces": [own]}


@pytest.mark.parametrize(
    ("values", "others", "expected"),
    [
        (interface(associate_public_ip_address="true"), (), True),
        (interface(associate_public_ip_address="false"), (group(), PUBLIC), False),
        # That refuses addresses of IPv4 alone.
        (interface(associate_public_ip_address="false"), (group(), SIX), None),
        (interface(associate_public_ip_address=DOUBT), (group(), PRIVATE), None),
        (interface(subnet_id=Reference("aws_subnet.n", "id")), (PUBLIC,), True),
        (interface(network_interface_id="eni-1"), (group(), PRIVATE), None),
        (interface(ipv6_address_count=1), (group(), PRIVATE), None),
        ({"network_interfaces": DOUBT}, (group(), PRIVATE), None),
        ({}, (), None),
        ({}, (group(), PUBLIC), True),
        ({}, (group(), PRIVATE), False),
        ({}, (group(),), None),
        ({}, (group(vpc_zone_identifier=DOUBT),), None),
        ({}, (group(), group(launch_template=DOUBT), PRIVATE), None),
        ({}, (group(**mixed(**OWN)), PUBLIC), True),
        ({}, (group(**mixed(instance_type="m7i.large")), PUBLIC), None),
    ],
)
def test_public_addresses(
    values: dict[str, Any], others: tuple[Block, ...], expected: bool | None
) -> None:
    named = [
        block(f"{one.address}{number}", one.values) if one.type == "aws_autoscaling_group" else one
        for number, one in enumerate(others)
    ]
    assert template(*named, **values).facts.get("public_address") == expected


def test_a_launch_configuration() -> None:
    values = {"associate_public_ip_address": True, "root_block_device": [{"encrypted": True}]}
    facts = the(block("aws_launch_configuration.c", values)).facts
    assert (facts["public_address"], facts["disks_encrypted"]) == (True, True)


def test_terraform(project: Write) -> None:
    folder = project(
        """
resource "aws_launch_template" "t" {
  name      = "web"
  user_data = base64encode("export DB_PASSWORD=Example-Only-2019!")
  metadata_options {
    http_tokens = "optional"
  }
  network_interfaces {
    associate_public_ip_address = true
  }
}
"""
    )
    found = documents(folder)[1]["aws_launch_template.t"]
    assert found.type == "compute.launch_template"
    assert found.facts["metadata_token_required"] is False
    assert found.facts["public_address"] is True
    assert found.facts["user_data_secrets"] is True


STACK = """AWSTemplateFormatVersion: '2010-09-09'
Resources:
  T:
    Type: AWS::EC2::LaunchTemplate
    Properties:
      LaunchTemplateData:
        UserData: !Base64 "export DB_PASSWORD=Example-Only-2019!"
        MetadataOptions: {HttpTokens: required}
        BlockDeviceMappings:
          - {DeviceName: /dev/sdf, Ebs: {Encrypted: false}}
  G:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties:
      MinSize: '0'
      MaxSize: '2'
      VPCZoneIdentifier: [!Ref N]
      MixedInstancesPolicy:
        LaunchTemplate:
          LaunchTemplateSpecification: {LaunchTemplateId: !Ref T, Version: '1'}
  N:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: vpc-1, MapPublicIpOnLaunch: true}
  C:
    Type: AWS::AutoScaling::LaunchConfiguration
    Properties: {ImageId: ami-1, InstanceType: t3.micro, AssociatePublicIpAddress: false}
"""


def test_cloudformation(folder: Path) -> None:
    (folder / "stack.yaml").write_text(STACK, encoding="utf-8")
    found = documents(folder)[1]
    assert {
        name: found["T"].facts[name]
        for name in (
            "metadata_token_required",
            "disks_encrypted",
            "public_address",
            "user_data_secrets",
        )
    } == {
        "metadata_token_required": True,
        "disks_encrypted": False,
        "public_address": True,
        "user_data_secrets": True,
    }
    assert found["C"].facts["public_address"] is False
    assert found["C"].type == "compute.launch_template"
