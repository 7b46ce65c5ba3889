"""The region that the user gives counts where a template tells none."""

from __future__ import annotations

from pathlib import Path

import pytest

from collectors.document import Document, UserError
from collectors.iac.check import collect
from collectors.iac.deployed_to import regions_by_cloud
from collectors.snapshot import open_snapshot

TEMPLATES = {
    "stack.yaml": """Resources:
  Volume: {Type: 'AWS::EC2::Volume', Properties: {Size: 1, AvailabilityZone: a}}
  Log:
    Type: AWS::Logs::LogGroup
    Properties: {LogGroupName: !Sub 'of-${AWS::Region}'}
""",
    "ros.yaml": """ROSTemplateFormatVersion: '2015-09-01'
Resources:
  Disk: {Type: 'ALIYUN::ECS::Disk', Properties: {Size: 20, DiskCategory: cloud}}
""",
    "arm.json": """{
  "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
  "contentVersion": "1.0.0.0",
  "parameters": {"where": {"type": "string", "defaultValue": "[resourceGroup().location]"}},
  "resources": [
    {"type": "Microsoft.Compute/disks", "apiVersion": "2023-04-02", "name": "d",
     "location": "[parameters('where')]", "properties": {}},
    {"type": "Microsoft.Compute/disks", "apiVersion": "2023-04-02", "name": "abroad",
     "location": "eastasia", "properties": {}}
  ]
}""",
    "tf/main.tf": """
provider "aws" {
  alias  = "abroad"
  region = "us-east-1"
}
resource "aws_ebs_volume" "here" { size = 1 }
resource "aws_ebs_volume" "abroad" {
  provider = aws.abroad
  size     = 1
}
resource "alicloud_ecs_disk" "here" { size = 20 }
resource "alicloud_ecs_disk" "zone" {
  size    = 20
  zone_id = "cn-beijing-h"
}
""",
}


def read(folder: Path, *regions: str) -> dict[str, Document]:
    """The documents by name; nothing was said not to be read."""
    for name, text in TEMPLATES.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    manifest = collect([folder], folder / "out", tool_version="test", regions=regions)
    assert manifest.failed_calls == []
    found = (each.document for each in open_snapshot(folder / "out"))
    return {f"{each.provider} {each.source.address}": each for each in found if each.source}


def test_each_language_takes_it(tmp_path: Path) -> None:
    found = read(tmp_path, "cn-north-1", "chinanorth3", "cn-hangzhou")
    assert {name: each.region for name, each in found.items()} == {
        "aws Volume": "cn-north-1",
        "aws Log": "cn-north-1",
        "aliyun Disk": "cn-hangzhou",
        "azure Microsoft.Compute/disks/d": "chinanorth3",
        "azure Microsoft.Compute/disks/abroad": "eastasia",
        "aws aws_ebs_volume.here": "cn-north-1",
        "aws aws_ebs_volume.abroad": "us-east-1",
        "aliyun alicloud_ecs_disk.here": "cn-hangzhou",
        # A zone says more than whoever runs the check.
        "aliyun alicloud_ecs_disk.zone": "cn-beijing",
    }
    assert found["aws Log"].name == "of-cn-north-1"
    assert found["aws Volume"].country == "CN"


def test_without_it_the_region_is_not_known(tmp_path: Path) -> None:
    found = read(tmp_path)
    unknown = {name for name, each in found.items() if "region" in each.unknown}
    assert unknown == {
        "aws Volume", "aws Log", "aliyun Disk", "azure Microsoft.Compute/disks/d",
        "aws aws_ebs_volume.here", "aliyun alicloud_ecs_disk.here",
    }  # fmt: skip


def test_regions_of_clouds() -> None:
    assert regions_by_cloud(["cn-north-1", "chinaeast2"]) == {
        "aws": "cn-north-1",
        "azure": "chinaeast2",
    }
    assert regions_by_cloud(["us-east-1"]) == {"aws": "us-east-1", "aliyun": "us-east-1"}
    with pytest.raises(UserError, match="No cloud has a region 'cn-nowhere'"):
        regions_by_cloud(["cn-nowhere"])
    with pytest.raises(UserError, match="regions of one cloud"):
        regions_by_cloud(["cn-north-1", "cn-northwest-1"])
