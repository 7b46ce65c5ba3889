"""Volumes of WorkSpaces and of notebooks in Terraform and CloudFormation."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from collectors.document import Unknown
from collectors.iac.blocks import Reference
from tests.collectors.iac.conftest import documents as read
from tests.collectors.iac.mappers.hand import block, documents

APPLY = Unknown("known after apply")
BOTH = {"root_volume_encryption_enabled": True, "user_volume_encryption_enabled": True}
KEY = {"volume_encryption_key": Reference("aws_kms_key.k", "arn")}


@pytest.mark.parametrize(
    ("values", "root", "user"),
    [
        ({}, (False, None), (False, None)),
        (KEY, (False, None), (False, None)),
        (BOTH | KEY, (True, "customer"), (True, "customer")),
        (BOTH | {"volume_encryption_key": "alias/aws/workspaces"}, *[(True, "provider")] * 2),
        (BOTH, *[(True, "unknown")] * 2),
        ({"root_volume_encryption_enabled": True} | KEY, (True, "customer"), (False, None)),
        (
            {"user_volume_encryption_enabled": APPLY} | KEY,
            (False, None),
            ("unknown", "customer"),
        ),
    ],
)
def test_encryption(values: dict[str, Any], root: Any, user: Any) -> None:
    found = documents(block("aws_workspaces_workspace.w", values))
    told = [one.facts["encryption"] for one in found]
    assert [(one.get("enabled", "unknown"), one.get("key_manager", "unknown")) for one in told] == [
        root,
        user,
    ]
    assert [one.facts["attached"] for one in found] == [True, True]
    assert all("backup/enabled" in one.unknown for one in found)
    assert len({one.id for one in found}) == 2


@pytest.mark.parametrize(
    ("values", "manager"),
    [({}, "provider"), ({"kms_key_id": "alias/mine"}, "customer"), ({"kms_key_id": APPLY}, None)],
)
def test_notebooks(values: dict[str, Any], manager: str | None) -> None:
    (found,) = documents(block("aws_sagemaker_notebook_instance.n", {"name": "n", **values}))
    encryption = found.facts["encryption"]
    assert (encryption["enabled"], encryption.get("key_manager")) == (True, manager)
    assert found.facts["size_bytes"] == 5 * 1024**3


def test_cloudformation(folder: Path) -> None:
    text = """AWSTemplateFormatVersion: '2010-09-09'
Resources:
  W:
    Type: AWS::WorkSpaces::Workspace
    Properties:
      RootVolumeEncryptionEnabled: "true"
      VolumeEncryptionKey: alias/mine
      WorkspaceProperties: {RootVolumeSizeGib: 80}
      Tags: [{Key: system, Value: core}]
  N: {Type: AWS::SageMaker::NotebookInstance, Properties: {KmsKeyId: alias/mine, VolumeSizeInGB: 9}}
"""
    (folder / "stack.yaml").write_text(text, encoding="utf-8")
    found = read(folder)[1]
    root, user = found["W"], found["W.user"]
    assert (root.facts["encryption"]["key_manager"], root.facts["size_bytes"]) == (
        "customer",
        80 * 1024**3,
    )
    assert user.facts["encryption"]["enabled"] is False
    assert "size_bytes" in user.unknown
    notebook = found["N"].facts
    assert (notebook["encryption"]["key_manager"], notebook["size_bytes"]) == (
        "customer",
        9 * 1024**3,
    )
    assert root.tags == user.tags == {"system": "core"}
