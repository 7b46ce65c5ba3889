"""EFS file systems in Terraform and CloudFormation."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from collectors.iac.blocks import Reference
from tests.collectors.iac.conftest import documents
from tests.collectors.iac.mappers.hand import block, the


@pytest.mark.parametrize(
    ("values", "enabled", "manager"),
    [
        ({}, False, None),
        ({"encrypted": True}, True, "provider"),
        ({"encrypted": True, "kms_key_id": "alias/mine"}, True, "customer"),
    ],
)
def test_encryption(values: dict[str, Any], enabled: bool, manager: str | None) -> None:
    found = the(block("aws_efs_file_system.f", values)).facts["encryption"]
    assert (found["enabled"], found["key_manager"]) == (enabled, manager)


def test_zones_and_replication() -> None:
    plain, one = block("aws_efs_file_system.f", {}), {"availability_zone_name": "us-east-1a"}
    replica = block("aws_efs_replication_configuration.r", {})
    assert the(plain).facts["redundancy"] == "multi-zone"
    assert the(block("aws_efs_file_system.f", one)).facts["redundancy"] == "zone"
    assert "redundancy" in the(plain, replica).unknown


@pytest.mark.parametrize("status", ["ENABLED", "DISABLED", None])
def test_backups(status: str | None) -> None:
    """Without automatic backups a plan of the account may still take the file system."""
    policy = {
        "file_system_id": Reference("aws_efs_file_system.f"),
        "backup_policy": [{"status": status}] if status else [],
    }
    found = the(block("aws_efs_file_system.f", {}), block("aws_efs_backup_policy.b", policy))
    assert found.facts["backup"].get("enabled") is (True if status == "ENABLED" else None)
    assert ("backup/enabled" in found.unknown) == (status != "ENABLED")


def test_cloudformation(folder: Path) -> None:
    text = """AWSTemplateFormatVersion: '2010-09-09'
Resources:
  F:
    Type: AWS::EFS::FileSystem
    Properties:
      Encrypted: true
      KmsKeyId: alias/mine
      BackupPolicy: {Status: ENABLED}
      FileSystemTags: [{Key: system, Value: core}]
"""
    (folder / "stack.yaml").write_text(text, encoding="utf-8")
    (found,) = documents(folder)[1].values()
    assert found.facts["encryption"]["key_manager"] == "customer"
    assert found.facts["backup"]["enabled"] is True
    assert found.tags == {"system": "core"}
    assert {"mount_ranges", "exposure/public", "tls"} <= set(found.unknown)
