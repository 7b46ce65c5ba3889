"""EFS and FSx in Terraform and CloudFormation."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from collectors.document import Document, Unknown
from collectors.iac.blocks import Reference
from tests.collectors.iac.conftest import documents
from tests.collectors.iac.mappers.hand import block, the

FILES = Reference("aws_efs_file_system.f", "id")
GROUP = Reference("aws_security_group.g", "id")
REGION = {"region": "cn-north-1"}
APPLY = Unknown("var.x has no value here")


def efs(*others: Any, **values: Any) -> Document:
    return the(block("aws_efs_file_system.f", values, REGION), *others)


@pytest.mark.parametrize(
    ("values", "enabled", "manager"),
    [
        ({}, False, None),
        ({"encrypted": True}, True, "provider"),
        ({"encrypted": True, "kms_key_id": "alias/mine"}, True, "customer"),
    ],
)
def test_encryption(values: dict[str, Any], enabled: bool, manager: str | None) -> None:
    found = efs(**values).facts["encryption"]
    assert (found["enabled"], found["key_manager"]) == (enabled, manager)


ONE_ZONE = {"availability_zone_name": "cn-north-1a"}


@pytest.mark.parametrize(
    ("values", "destination", "redundancy"),
    [
        ({}, None, "multi-zone"),
        (ONE_ZONE, None, "zone"),
        (ONE_ZONE, {"region": "cn-northwest-1"}, "multi-region"),
        (ONE_ZONE, {"region": "cn-north-1"}, "zone"),
        (ONE_ZONE, {"region": APPLY}, "unknown"),
        ({}, {"region": APPLY}, "multi-zone"),
        (ONE_ZONE, {"availability_zone_name": "cn-north-1b"}, "zone"),
    ],
)
def test_zones_and_replication(values: Any, destination: Any, redundancy: str) -> None:
    copied = {"source_file_system_id": FILES, "destination": [destination]}
    others = [block("aws_efs_replication_configuration.r", copied)] if destination else []
    found = efs(*others, **values)
    assert found.facts.get("redundancy", "unknown") == redundancy


def group(*sources: str, **values: Any) -> Any:
    rule = {"from_port": 2049, "to_port": 2049, "protocol": "tcp", "cidr_blocks": [*sources]}
    return block("aws_security_group.g", {"ingress": [rule | values]})


def mounted(**values: Any) -> Any:
    target = {"file_system_id": FILES, "subnet_id": "subnet-1", "security_groups": [GROUP]}
    return block("aws_efs_mount_target.m", target | values)


@pytest.mark.parametrize(
    ("rule", "ranges"),
    [
        ({}, ["10.0.0.0/16"]),
        ({"from_port": 22, "to_port": 22}, []),
        ({"from_port": 0, "to_port": 65535}, ["10.0.0.0/16"]),
        ({"from_port": APPLY}, None),
        ({"cidr_blocks": [APPLY]}, None),
    ],
)
def test_who_may_mount(rule: dict[str, Any], ranges: list[str] | None) -> None:
    found = efs(mounted(), group("10.0.0.0/16", **rule))
    assert any(path.startswith("mount_ranges") for path in found.unknown) == (ranges is None)
    if ranges is not None:
        assert found.facts["mount_ranges"] == ranges
    assert found.facts["exposure"]["public"] is False


def test_mount_targets_that_are_elsewhere_or_have_the_default_group() -> None:
    assert {"mount_ranges", "exposure/public"} <= set(efs().unknown)
    assert "mount_ranges/0" in efs(mounted(security_groups=None)).unknown
    both = efs(mounted(security_groups=[GROUP, "sg-elsewhere"]), group("0.0.0.0/0"))
    # What is known of one group counts beside what is not of the other.
    assert both.facts["mount_ranges"][0] == "0.0.0.0/0"
    assert "mount_ranges/1" in both.unknown


def test_an_ipv6_address_is_a_public_one() -> None:
    assert "exposure/public" in efs(mounted(ip_address_type="DUAL_STACK"), group("::/0")).unknown
    closed = efs(mounted(ip_address_type="IPV6_ONLY"), group("10.0.0.0/8"))
    assert closed.facts["exposure"]["public"] is False


PLAIN = {"Bool": {"aws:SecureTransport": "false"}}
MOUNT = {"Effect": "Allow", "Principal": "*", "Action": "elasticfilesystem:ClientMount"}
DENY = {"Effect": "Deny", "Principal": {"AWS": "*"}, "Action": "*", "Condition": PLAIN}


@pytest.mark.parametrize(
    ("statements", "required"),
    [
        (None, False),
        ([MOUNT], False),
        ([MOUNT, DENY], True),
        ([MOUNT, DENY | {"Resource": Reference("aws_efs_file_system.f", "arn")}], True),
        ([MOUNT, DENY | {"Resource": APPLY}], "unknown"),
        ([MOUNT, DENY | {"Condition": {"Bool": {"aws:SecureTransport": APPLY}}}], "unknown"),
    ],
)
def test_whether_the_policy_asks_for_tls(statements: Any, required: Any) -> None:
    policy = {"file_system_id": FILES, "policy": {"Statement": statements}}
    found = efs(*([block("aws_efs_file_system_policy.p", policy)] if statements else []))
    assert found.facts["tls"].get("required", "unknown") == required


def test_a_policy_beside_one_that_may_be_of_this_file_system() -> None:
    """The last one applied holds, which may be the one whose file system is not known."""
    text = {"policy": {"Statement": [MOUNT, DENY]}}
    own = block("aws_efs_file_system_policy.a", {"file_system_id": FILES, **text})
    other = block("aws_efs_file_system_policy.b", {"file_system_id": APPLY, **text})
    assert "required" not in efs(own, other).facts["tls"]


@pytest.mark.parametrize("status", ["ENABLED", "DISABLED", None])
def test_automatic_backups(status: str | None) -> None:
    """Without automatic backups a plan of the account may still take the file system."""
    written = {"file_system_id": FILES, "backup_policy": [{"status": status}] if status else []}
    found = efs(block("aws_efs_backup_policy.b", written))
    assert found.facts["backup"].get("enabled") is (True if status == "ENABLED" else None)
    assert ("backup/enabled" in found.unknown) == (status != "ENABLED")
    assert efs(**ONE_ZONE).facts["backup"]["enabled"] is True


VAULT = {"destination_vault_arn": Reference("aws_backup_vault.v", "arn")}
RULE = {"schedule": "rate(1 day)", "lifecycle": [{"delete_after": 35}], "copy_action": [VAULT]}
PATTERN = "arn:aws-cn:elasticfilesystem:*:*:file-system/*"


def plan(region: dict[str, str] = REGION, **selection: Any) -> list[Any]:
    return [
        block("aws_backup_plan.p", {"name": "p", "rule": [RULE]}, region),
        block("aws_backup_vault.v", {"name": "v"}, {"region": "cn-northwest-1"}),
        block(
            "aws_backup_selection.s", {"plan_id": Reference("aws_backup_plan.p", "id"), **selection}
        ),
    ]


@pytest.mark.parametrize(
    ("selection", "taken"),
    [
        ({"resources": [Reference("aws_efs_file_system.f", "arn")]}, True),
        ({"resources": [PATTERN]}, True),
        # Whether EFS is opted in to is a setting of the account.
        ({"resources": ["*"]}, False),
        ({"resources": [APPLY]}, False),
        ({"resources": [Reference("aws_db_instance.d", "arn")]}, False),
        ({"resources": [PATTERN], "not_resources": ["arn:aws-cn:elasticfilesystem:*:*:*"]}, False),
        ({"resources": [PATTERN], "not_resources": ["arn:aws-cn:ec2:*:*:volume/*"]}, True),
        (
            {
                "resources": [PATTERN],
                "condition": [{"string_equals": [{"key": "aws:ResourceTag/x", "value": "y"}]}],
            },
            False,
        ),
    ],
)
def test_plans_that_take_it(selection: dict[str, Any], taken: bool) -> None:
    database = block("aws_db_instance.d", {})
    found = efs(*plan(**selection), database)
    assert ("backup/enabled" in found.unknown) is not taken
    if taken:
        backup = found.facts["backup"]
        assert (backup["enabled"], backup["retention_days"]) == (True, 35)
        assert backup["copies"][0]["region"] == "cn-northwest-1"


def test_plans_by_tag_where_the_region_has_opted_in() -> None:
    pair = {"key": "backup", "value": "yes", "type": "STRINGEQUALS"}
    tag: dict[str, Any] = {"selection_tag": [pair]}
    opted = block(
        "aws_backup_region_settings.s", {"resource_type_opt_in_preference": {"EFS": True}}, REGION
    )
    tagged = {"tags": {"backup": "yes"}}
    assert efs(*plan(**tag), opted, **tagged).facts["backup"]["enabled"] is True
    assert "backup/enabled" in efs(*plan(**tag), **tagged).unknown
    assert "backup/enabled" in efs(*plan(**tag), opted).unknown
    # A plan takes resources of its own region.
    abroad = plan({"region": "cn-northwest-1"}, **tag)
    assert "backup/enabled" in efs(*abroad, opted, **tagged).unknown


@pytest.mark.parametrize(
    ("kind", "values", "days", "redundancy"),
    [
        ("windows", {}, 7, "zone"),
        ("windows", {"deployment_type": "MULTI_AZ_1"}, 7, "multi-zone"),
        ("lustre", {}, None, "single"),
        (
            "lustre",
            {"deployment_type": "PERSISTENT_2", "automatic_backup_retention_days": 14},
            14,
            "zone",
        ),
        ("openzfs", {"deployment_type": "SINGLE_AZ_1"}, None, "zone"),
        ("ontap", {"automatic_backup_retention_days": 30}, None, None),
        ("windows", {"automatic_backup_retention_days": APPLY}, None, "zone"),
    ],
)
def test_fsx(kind: str, values: Any, days: int | None, redundancy: str | None) -> None:
    found = the(block(f"aws_fsx_{kind}_file_system.f", values))
    backup = found.facts["backup"]
    assert (backup.get("enabled"), backup.get("retention_days")) == (days and True, days)
    assert found.facts.get("redundancy") == redundancy
    assert found.facts["encryption"]["key_manager"] == "provider"


def test_who_reaches_fsx() -> None:
    smb = {"from_port": 445, "to_port": 445}
    share = block("aws_fsx_windows_file_system.f", {"security_group_ids": [GROUP]})
    found = the(share, group("0.0.0.0/0", **smb))
    assert found.facts["mount_ranges"] == ["0.0.0.0/0"]
    assert found.facts["exposure"]["public"] is False
    # NFS is no way into Windows File Server.
    assert the(share, group("0.0.0.0/0")).facts["mount_ranges"] == []
    assert "mount_ranges/0" in the(block("aws_fsx_windows_file_system.f", {})).unknown


STACK = """AWSTemplateFormatVersion: '2010-09-09'
Resources:
  F:
    Type: AWS::EFS::FileSystem
    Properties:
      Encrypted: true
      KmsKeyId: alias/mine
      BackupPolicy: {Status: ENABLED}
      FileSystemTags: [{Key: system, Value: core}]
      FileSystemPolicy: POLICY
      ReplicationConfiguration: {Destinations: [{Region: eu-west-1}]}
  G:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: g
      SecurityGroupIngress: [{CidrIp: 10.0.0.0/8, IpProtocol: tcp, FromPort: 2049, ToPort: 2049}]
  M:
    Type: AWS::EFS::MountTarget
    Properties: {FileSystemId: !Ref F, SubnetId: subnet-1, SecurityGroups: [!Ref G]}
  W:
    Type: AWS::FSx::FileSystem
    Properties:
      FileSystemType: WINDOWS
      SubnetIds: [subnet-1, subnet-2]
      WindowsConfiguration: {DeploymentType: MULTI_AZ_1, ThroughputCapacity: 32}
  L:
    Type: AWS::FSx::FileSystem
    Properties: {FileSystemType: LUSTRE, SubnetIds: [subnet-1], KmsKeyId: alias/mine}
  X:
    Type: AWS::FSx::FileSystem
    Properties: {FileSystemType: !Ref Kind}
Parameters: {Kind: {Type: String}}
"""


def test_cloudformation(folder: Path) -> None:
    text = STACK.replace("POLICY", json.dumps({"Statement": [MOUNT, DENY]}))
    (folder / "stack.yaml").write_text(text, encoding="utf-8")
    found = documents(folder)[1]
    share = found["F"].facts
    assert share["encryption"]["key_manager"] == "customer"
    assert (share["backup"]["enabled"], share["tls"]["required"]) == (True, True)
    assert share["mount_ranges"] == ["10.0.0.0/8"]
    assert found["F"].tags == {"system": "core"}
    windows, lustre = found["W"].facts, found["L"].facts
    assert (windows["redundancy"], windows["backup"]["retention_days"]) == ("multi-zone", 30)
    assert (lustre["redundancy"], lustre["encryption"]["key_manager"]) == ("single", "provider")
    assert {"redundancy", "backup/enabled"} <= set(found["X"].unknown)


def test_a_group_of_a_mount_target_is_in_use() -> None:
    assert the(group(), mounted()).facts["attached"] == 1
    windows = block("aws_fsx_windows_file_system.f", {"security_group_ids": [GROUP]})
    assert the(group(), windows).facts["attached"] == 1
