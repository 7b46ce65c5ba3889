"""What instances take from the launch templates that they are made from."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from collectors.document import Document, Unknown
from collectors.iac.blocks import Block, Reference
from tests.collectors.iac.conftest import Write, documents
from tests.collectors.iac.mappers.hand import block, the

AWS_TEMPLATE = "aws_launch_template.t"
NEWEST = {"launch_template": [{"id": Reference(AWS_TEMPLATE), "version": "$Latest"}]}
PUBLIC = block("aws_subnet.n", {"vpc_id": "vpc-1", "map_public_ip_on_launch": True})
PRIVATE = block("aws_subnet.n", {"vpc_id": "vpc-1", "map_public_ip_on_launch": False})
CLOSED = block("aws_security_group.g", {"ingress": []})
LINK = block(
    "aws_network_interface_attachment.a",
    {
        "instance_id": Reference("aws_instance.i"),
        "network_interface_id": Reference("aws_network_interface.c"),
    },
)
CARD = block("aws_network_interface.c", {"security_groups": [Reference("aws_security_group.g")]})
OFF = block("aws_ebs_encryption_by_default.d", {"enabled": False})
IN_PUBLIC = {"subnet_id": Reference("aws_subnet.n"), "vpc_security_group_ids": ["sg-1"]}


def tokens(**written: str) -> dict[str, Any]:
    return {"metadata_options": [written]}


def volume(**written: Any) -> dict[str, Any]:
    return {"block_device_mappings": [{"device_name": "/dev/sdf", "ebs": [written]}]}


METADATA, DISKS = "metadata_token_required", "disks_encrypted"
REQUIRED, OPTIONAL = tokens(http_tokens="required"), tokens(http_tokens="optional")
SECRET = {"user_data": "export DB_PASSWORD=Example-Only-2019!"}
ROOT = {"root_block_device": [{"encrypted": True}]}
GROUP = {"vpc_security_group_ids": ["sg-1"]}
NOT_PUBLIC = {"associate_public_ip_address": False}


def machine(own: dict[str, Any], template: dict[str, Any], *others: Block) -> Document:
    made = block("aws_instance.i", {**NEWEST, **own})
    return the(made, block(AWS_TEMPLATE, template), *others)


@pytest.mark.parametrize(
    ("own", "template", "fact", "expected"),
    [
        ({}, REQUIRED, METADATA, True),
        ({}, OPTIONAL, METADATA, False),
        (OPTIONAL, REQUIRED, METADATA, False),
        (tokens(http_endpoint="enabled"), REQUIRED, METADATA, None),
        (OPTIONAL, tokens(http_endpoint="disabled"), METADATA, None),
        ({}, SECRET, "user_data_secrets", True),
        ({"user_data": "true"}, SECRET, "user_data_secrets", False),
        ({}, {}, "user_data_secrets", False),
        ({}, {"image_id": "ami-1"}, "image_id", "ami-1"),
        ({"ami": "ami-2"}, {"image_id": "ami-1"}, "image_id", "ami-2"),
        ({}, {"key_name": "k"}, "key_pair", True),
        ({}, {}, "key_pair", False),
        ({}, {"iam_instance_profile": [{"name": "p"}]}, "role", "p"),
        # Terraform sends a false of its own for what is not written.
        ({}, {"monitoring": [{"enabled": True}]}, "monitoring", None),
        ({}, {"monitoring": [{"enabled": False}]}, "monitoring", False),
        ({"monitoring": True}, {}, "monitoring", True),
        ({}, {"disable_api_termination": True}, "deletion_protection", None),
        ({}, {"placement": [{"tenancy": "dedicated"}]}, "tenancy", "dedicated-instance"),
        ({}, GROUP, "firewalls", ["sg-1"]),
        ({"vpc_security_group_ids": ["sg-2"]}, GROUP, "firewalls", ["sg-2"]),
        ({}, {"network_interfaces": [{"security_groups": ["sg-1"]}]}, "firewalls", ["sg-1"]),
        ({}, {}, "firewalls", None),
        ({}, volume(encrypted=False, volume_size=8), DISKS, False),
        ({}, volume(encrypted=True), DISKS, None),
        (ROOT, {}, DISKS, True),
        (ROOT, volume(encrypted=True), DISKS, True),
        (ROOT, volume(encrypted=False), DISKS, None),
    ],
)  # fmt: skip
def test_what_the_launch_template_of_ec2_gives(
    own: dict[str, Any], template: dict[str, Any], fact: str, expected: Any
) -> None:
    """The instance's own word goes before; what both write in part is not known."""
    assert machine(own, template, OFF).facts.get(fact) == expected


@pytest.mark.parametrize(
    ("own", "template", "others", "expected"),
    [
        ({}, {"network_interfaces": [{"associate_public_ip_address": True}]}, [], 1),
        ({}, {"network_interfaces": [{"subnet_id": Reference("aws_subnet.n")}]}, [PUBLIC], 1),
        ({}, {"network_interfaces": [{"subnet_id": Reference("aws_subnet.n")}]}, [PRIVATE], 0),
        # Which of two interfaces is the first one, where one of them exists, is not read.
        ({}, {"network_interfaces": [{"network_interface_id": "eni-1"}, {}]}, [], None),
        (IN_PUBLIC, {}, [PUBLIC], 1),
        (IN_PUBLIC, {"network_interfaces": [NOT_PUBLIC]}, [PUBLIC], None),
        ({**IN_PUBLIC, "associate_public_ip_address": False}, {}, [PUBLIC], 0),
        # An interface that is attached later takes nothing from the first one.
        (IN_PUBLIC, {}, [PUBLIC, LINK, CARD], 1),
    ],
)  # fmt: skip
def test_public_addresses(
    own: dict[str, Any], template: dict[str, Any], others: list[Block], expected: int | None
) -> None:
    found = machine(own, template, *others).facts.get("public_ips")
    assert (None if found is None else len(found)) == expected


@pytest.mark.parametrize(
    ("chosen", "written", "is_known"),
    [
        ({"id": Reference(AWS_TEMPLATE), "version": "$Latest"}, {}, True),
        ({"name": "web", "version": Reference(AWS_TEMPLATE, "latest_version")}, {}, True),
        ({"id": Reference(AWS_TEMPLATE)}, {"update_default_version": True}, True),
        ({"id": Reference(AWS_TEMPLATE)}, {}, False),
        ({"id": Reference(AWS_TEMPLATE), "version": "$Default"}, {}, False),
        ({"id": Reference(AWS_TEMPLATE), "version": "1"}, {}, False),
        ({"id": Reference(AWS_TEMPLATE), "version": Unknown("var.v")}, {}, False),
        ({"id": "lt-1", "version": "$Latest"}, {}, False),
        # A plan tells the versions of a template that exists.
        ({"id": "lt-1", "version": "3"}, {"id": "lt-1", "latest_version": 3}, True),
        ({"id": "lt-1", "version": "2"}, {"id": "lt-1", "latest_version": 3}, False),
        ({"name": "web"}, {"latest_version": 3, "default_version": 3}, True),
        ({"name": "web"}, {"latest_version": 3, "default_version": 2}, False),
        ({"name": "web"}, {"latest_version": Unknown("apply"), "default_version": 2}, False),
        ({"name": "other", "version": "$Latest"}, {}, False),
    ],
)
@pytest.mark.parametrize("kind", ["aws_instance", "aws_spot_instance_request"])
def test_which_version_counts(
    kind: str, chosen: dict[str, Any], written: dict[str, Any], *, is_known: bool
) -> None:
    """Only the newest version is as it is written. Of all others, and where the template is
    elsewhere, no default counts."""
    own = {"launch_template": [chosen], **IN_PUBLIC, **NOT_PUBLIC, **ROOT}
    template = block(AWS_TEMPLATE, {"name": "web", **written, **REQUIRED})
    found = the(block(f"{kind}.i", own), template, PUBLIC).facts
    assert found.get("metadata_token_required") is (
        True if is_known and kind == "aws_instance" else None
    )
    decided = {"user_data_secrets", "key_pair", "monitoring", "role", "disks_encrypted"}
    decided |= {"public_ips", "tenancy", "deletion_protection"}
    expected = decided - {"tenancy"} if is_known and kind == "aws_instance" else set()
    assert decided & set(found) == expected


def test_groups_of_interfaces_are_not_all() -> None:
    """The first interface has groups too: those of a launch template, or the VPC's default one."""
    launched = {"launch_template": [{"id": "lt-1"}]}
    for own in (launched, {}):
        found = the(block("aws_instance.i", own), LINK, CARD, CLOSED)
        assert "firewalls/0" in found.unknown or "firewalls" in found.unknown


HCL = """
provider "aws" { region = "cn-north-1" }
resource "aws_launch_template" "t" {
  name = "web"
  metadata_options {
    http_tokens = "optional"
  }
  block_device_mappings {
    device_name = "/dev/sdf"
    ebs {
      encrypted = true
    }
  }
}
resource "aws_instance" "i" {
  launch_template {
    id      = aws_launch_template.t.id
    version = aws_launch_template.t.latest_version
  }
}
"""


def test_findings_point_to_the_launch_template(project: Write) -> None:
    found = documents(project(HCL))[1]
    source = found["aws_instance.i"].source
    assert found["aws_instance.i"].facts["metadata_token_required"] is False
    assert source
    assert source.lines["metadata_token_required"].argument == "metadata_options.http_tokens"
    volume = found["aws_instance.i.block_device_mappings[0]"]
    assert volume.facts["encryption"]["enabled"] is True
    assert volume.source
    assert volume.source.lines["encryption"].argument == "block_device_mappings.ebs.encrypted"


STACK = """AWSTemplateFormatVersion: '2010-09-09'
Resources:
  T:
    Type: AWS::EC2::LaunchTemplate
    Properties:
      LaunchTemplateData:
        KeyName: k
        MetadataOptions: {HttpTokens: required}
        Monitoring: {Enabled: true}
        IamInstanceProfile: {Name: p}
        NetworkInterfaces:
          - {DeviceIndex: 0, AssociatePublicIpAddress: true, Groups: [sg-1]}
  I:
    Type: AWS::EC2::Instance
    Properties:
      LaunchTemplate: {LaunchTemplateId: !Ref T, Version: !GetAtt T.LatestVersionNumber}
  O:
    Type: AWS::EC2::Instance
    Properties:
      LaunchTemplate: {LaunchTemplateId: !Ref T, Version: !GetAtt T.DefaultVersionNumber}
"""


def test_cloudformation(folder: Path) -> None:
    (folder / "stack.yaml").write_text(STACK, encoding="utf-8")
    found = documents(folder)[1]
    names = ("key_pair", "metadata_token_required", "monitoring", "role", "firewalls")
    made = found["I"].facts
    assert [made[name] for name in names] == [True, True, True, "p", ["sg-1"]]
    assert len(made["public_ips"]) == 1
    assert not {*names, "public_ips"} & set(found["O"].facts)


ECS_TEMPLATE = "alicloud_ecs_launch_template.t"
ECS_NEWEST = {
    "launch_template_id": Reference(ECS_TEMPLATE),
    "launch_template_version": Reference(ECS_TEMPLATE, "latest_version_number"),
}
EIP = block(
    "alicloud_eip_association.e",
    {"instance_id": Reference("alicloud_instance.i"), "allocation_id": "eip-1"},
)


def ecs(own: dict[str, Any], template: dict[str, Any], *others: Block) -> Document:
    made = block("alicloud_instance.i", {**ECS_NEWEST, **own})
    return the(made, block(ECS_TEMPLATE, {"launch_template_name": "web", **template}), *others)


@pytest.mark.parametrize(
    ("own", "template", "fact", "expected"),
    [
        ({}, {"http_tokens": "required"}, METADATA, True),
        ({}, {}, METADATA, False),
        ({"http_tokens": "optional"}, {"http_tokens": "required"}, METADATA, False),
        ({"http_tokens": "optional"}, {"http_endpoint": "disabled"}, METADATA, True),
        ({}, SECRET, "user_data_secrets", True),
        ({"user_data": "true"}, SECRET, "user_data_secrets", False),
        ({}, {"image_id": "m-1"}, "image_id", "m-1"),
        ({}, {"key_pair_name": "k"}, "password_login", False),
        ({}, {"ram_role_name": "reader"}, "role", "reader"),
        ({}, {"vswitch_id": "vsw-1"}, "network_kind", "vpc"),
        ({}, {"security_group_id": "sg-1"}, "firewalls", ["sg-1"]),
        ({"security_groups": ["sg-2"]}, {"security_group_id": "sg-1"}, "firewalls", ["sg-2"]),
        # Terraform sends 0, and false, for what is not written.
        ({}, {"internet_max_bandwidth_out": 5}, "public_ips", None),
        ({}, {}, "public_ips", []),
        ({}, {"deletion_protection": True}, "deletion_protection", None),
        ({}, {"system_disk": [{"encrypted": True}]}, DISKS, None),
        ({}, {"system_disk": [{"encrypted": False}]}, DISKS, False),
        ({"system_disk_encrypted": True}, {}, DISKS, True),
        ({"system_disk_encrypted": True}, {"data_disks": [{"encrypted": True}]}, DISKS, True),
        ({"system_disk_encrypted": True}, {"data_disks": [{"size": 20}]}, DISKS, False),
        (
            {"system_disk_encrypted": True, "data_disks": [{"encrypted": True}]},
            {"data_disks": [{"size": 20}]},
            DISKS,
            None,
        ),
    ],
)
def test_what_the_launch_template_of_ecs_gives(
    own: dict[str, Any], template: dict[str, Any], fact: str, expected: Any
) -> None:
    assert ecs(own, template).facts.get(fact) == expected


@pytest.mark.parametrize(
    ("chosen", "written", "is_known"),
    [
        (ECS_NEWEST, {}, True),
        ({"launch_template_name": "web"}, {"update_default_version_number": True}, True),
        ({"launch_template_name": "web"}, {}, False),
        ({**ECS_NEWEST, "launch_template_version": "1"}, {}, False),
        ({"launch_template_id": "lt-1"}, {"update_default_version_number": True}, False),
    ],
)
def test_which_version_of_ecs_counts(
    chosen: dict[str, Any], written: dict[str, Any], *, is_known: bool
) -> None:
    """An encrypted system disk, and an address without a group of the template's own, say nothing
    of what the launch template may add."""
    snapshots = {"system_disk_auto_snapshot_policy_id": "sp-1", "system_disk_encrypted": True}
    template = block(
        ECS_TEMPLATE,
        {"launch_template_name": "web", "http_tokens": "required", **written},
    )
    machine = block("alicloud_instance.i", {**chosen, **snapshots, "password": "x"})
    found = the(machine, template, EIP).facts
    decided = {METADATA, DISKS, "key_pair", "password_login", "user_data_secrets", "role"}
    decided |= {"deletion_protection", "tenancy"}
    assert decided & set(found) == (decided if is_known else set())
    assert found["backup"].get("enabled") is (True if is_known else None)
    assert "public" not in found["exposure"]


ROS = """ROSTemplateFormatVersion: '2015-09-01'
Resources:
  T:
    Type: ALIYUN::ECS::LaunchTemplate
    Properties:
      {LaunchTemplateName: web, KeyPairName: k, RamRoleName: reader, SecurityGroupId: sg-1}
  I:
    Type: ALIYUN::ECS::Instance
    Properties:
      InstanceType: ecs.g7.large
      LaunchTemplateId: !GetAtt T.LaunchTemplateId
      LaunchTemplateVersion: !GetAtt T.LatestVersionNumber
  O:
    Type: ALIYUN::ECS::Instance
    Properties: {InstanceType: ecs.g7.large, LaunchTemplateName: web}
"""


def test_ros(folder: Path) -> None:
    (folder / "stack.ros.yaml").write_text(ROS, encoding="utf-8")
    found = documents(folder)[1]
    names = ("key_pair", "role", "firewalls")
    assert [found["I"].facts[name] for name in names] == [True, "reader", ["sg-1"]]
    assert "public_ips" in found["I"].unknown, "ROS may send a bandwidth of its own"
    assert not {*names, METADATA, "public_ips"} & set(found["O"].facts)


def test_findings_point_to_the_launch_template_of_ecs(project: Write) -> None:
    text = """
provider "alicloud" { region = "cn-hangzhou" }
resource "alicloud_ecs_launch_template" "t" {
  http_tokens = "optional"
}
resource "alicloud_instance" "i" {
  launch_template_id      = alicloud_ecs_launch_template.t.id
  launch_template_version = alicloud_ecs_launch_template.t.latest_version_number
}
"""
    found = documents(project(text))[1]["alicloud_instance.i"]
    assert found.facts[METADATA] is False
    assert found.source
    assert found.source.lines[METADATA].argument == "http_tokens"
