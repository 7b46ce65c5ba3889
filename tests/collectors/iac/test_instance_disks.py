"""The disks that instances are made with: each is judged like one that stands by itself."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from collectors.document import Document
from tests.collectors.iac.conftest import Write, documents

APART = """
variable "key" { type = string }
variable "devices" { type = list(object({ device_name = string })) }
"""


def disks(project: Write, text: str) -> dict[str, Document]:
    """By what stands behind the address in the id."""
    _, found = documents(project(APART + text))
    made = [each for each in found.values() if each.type == "compute.disk"]
    return {each.id.partition("#")[2]: each for each in made}


DYNAMIC = """
dynamic "ebs_block_device" {
  for_each = var.devices
  content { device_name = ebs_block_device.value.device_name }
}
"""
AWS = """
provider "aws" {{ region = "cn-north-1" }}
resource "aws_instance" "i" {{
  ami = "ami-1"
  {0}
}}
"""


@pytest.mark.parametrize(
    ("written", "part", "enabled"),
    [
        ("root_block_device { encrypted = true }", "root_block_device", True),
        ("root_block_device { encrypted = false }", "root_block_device", None),
        ("root_block_device {}", "root_block_device", None),
        ("", "root_block_device", None),
        ('launch_template { id = "lt-1" }', "root_block_device", None),
        (
            'ebs_block_device {\n device_name = "b"\n encrypted = true\n }',
            "ebs_block_device[0]",
            True,
        ),
        ('ebs_block_device { device_name = "b" }', "ebs_block_device[0]", None),
        (DYNAMIC, "ebs_block_device", None),
    ],
)
def test_volumes_of_an_instance_of_aws(
    project: Write, written: str, part: str, enabled: bool | None
) -> None:
    """What asks for no encryption is encrypted where the account encrypts by default."""
    found = disks(project, AWS.format(written))[f"aws_instance.i.{part}"]
    assert found.facts["encryption"].get("enabled") is enabled
    assert found.facts["attached"] is True


def test_a_volume_that_nothing_encrypts(project: Write) -> None:
    off = 'resource "aws_ebs_encryption_by_default" "d" { enabled = false }\n'
    written = 'ebs_block_device {\n device_name = "b"\n volume_size = 8\n encrypted = false\n }'
    found = disks(project, off + AWS.format(written))
    volume = found["aws_instance.i.ebs_block_device[0]"]
    assert volume.facts["encryption"]["enabled"] is False
    assert volume.facts["size_bytes"] == 8 * 1024**3
    assert volume.source
    assert volume.source.lines["encryption"].argument == "ebs_block_device.encrypted"
    assert "enabled" not in found["aws_instance.i.root_block_device"].facts["encryption"]


@pytest.mark.parametrize("launched", [True, False])
def test_a_launch_template_may_add_volumes(project: Write, launched: bool) -> None:
    written = "root_block_device { encrypted = true }\n"
    written += 'launch_template { id = "lt-1" }' if launched else ""
    _, found = documents(project(APART + AWS.format(written)))
    assert found["aws_instance.i"].facts.get("disks_encrypted") is (None if launched else True)


def test_the_key_and_the_tags_of_a_volume(project: Write) -> None:
    key = 'resource "aws_kms_key" "k" {}\n'
    written = """
  root_block_device {
    encrypted  = true
    kms_key_id = aws_kms_key.k.arn
    tags       = { system = "core" }
  }
  ebs_block_device {
    device_name = "b"
    encrypted   = true
    kms_key_id  = var.key
  }
"""
    found = disks(project, key + AWS.format(written))
    root = found["aws_instance.i.root_block_device"]
    assert root.facts["encryption"]["key_manager"] == "customer"
    assert root.tags == {"system": "core"}
    other = found["aws_instance.i.ebs_block_device[0]"]
    assert "encryption/key_manager" in other.unknown
    assert "tags" in other.unknown


def test_a_plan_that_takes_the_instance_keeps_its_volumes(project: Write) -> None:
    plan = """
resource "aws_backup_vault" "v" { name = "v" }
resource "aws_backup_plan" "p" {
  name = "p"
  rule {
    rule_name         = "daily"
    target_vault_name = aws_backup_vault.v.name
    schedule          = "cron(0 5 * * ? *)"
    lifecycle { delete_after = 30 }
  }
}
resource "aws_backup_selection" "s" {
  name         = "s"
  plan_id      = aws_backup_plan.p.id
  iam_role_arn = "arn:aws-cn:iam::111122223333:role/b"
  resources    = [aws_instance.i.arn]
}
"""
    (kept,) = disks(project, plan + AWS.format("")).values()
    assert kept.facts["backup"]["enabled"] is True
    assert kept.facts["backup"]["retention_days"] == 30
    (open_,) = disks(project, AWS.format("")).values()
    assert "backup/enabled" in open_.unknown


ALIYUN = """
provider "alicloud" {{ region = "cn-hangzhou" }}
resource "alicloud_ecs_auto_snapshot_policy" "p" {{
  repeat_weekdays = ["1"]
  retention_days  = 30
  time_points     = ["1"]
}}
resource "alicloud_instance" "i" {{
  instance_name = "i"
  {0}
}}
"""


def test_disks_of_an_instance_of_alibaba_cloud(project: Write) -> None:
    written = """
  system_disk_encrypted  = true
  system_disk_kms_key_id = var.key
  system_disk_size       = 40
  data_disks {
    size                    = 20
    auto_snapshot_policy_id = alicloud_ecs_auto_snapshot_policy.p.id
  }
  data_disks {
    size      = 20
    encrypted = true
  }
"""
    found = disks(project, ALIYUN.format(written))
    system, one, two = (
        found[f"alicloud_instance.i.{part}"]
        for part in ("system_disk", "data_disks[0]", "data_disks[1]")
    )
    assert system.facts["encryption"]["enabled"] is True
    assert "encryption/key_id" in system.unknown
    assert system.facts["size_bytes"] == 40 * 1024**3
    assert system.facts["backup"]["enabled"] is False
    assert one.facts["encryption"]["enabled"] is False
    assert one.facts["backup"]["retention_days"] == 30
    assert two.facts["encryption"] == {
        "enabled": True, "key_manager": "provider", "key_id": None, "algorithm": "aes-256"
    }  # fmt: skip
    assert two.name == "i data_disks[1]"


@pytest.mark.parametrize(
    ("written", "enabled"),
    [
        ("", False),
        ('launch_template_id = "lt-1"', None),
        ("system_disk_encrypted = var.key", None),
    ],
)
def test_a_system_disk_that_asks_for_nothing(
    project: Write, written: str, enabled: bool | None
) -> None:
    (disk,) = disks(project, ALIYUN.format(written)).values()
    assert disk.facts["encryption"].get("enabled") is enabled


def test_a_region_that_encrypts_by_default(project: Write) -> None:
    on = 'resource "alicloud_ecs_disk_encryption_by_default" "d" { encrypted = true }\n'
    (disk,) = disks(project, on + ALIYUN.format("")).values()
    assert disk.facts["encryption"]["enabled"] is True


def test_snapshots_of_one_disk_are_not_those_of_another(project: Write) -> None:
    link = """
resource "alicloud_ecs_auto_snapshot_policy_attachment" "a" {
  auto_snapshot_policy_id = alicloud_ecs_auto_snapshot_policy.p.id
  disk_id                 = alicloud_instance.i.system_disk_id
}
"""
    found = disks(project, link + ALIYUN.format("data_disks { size = 20 }"))
    assert found["alicloud_instance.i.system_disk"].facts["backup"]["retention_days"] == 30
    assert found["alicloud_instance.i.data_disks[0]"].facts["backup"]["enabled"] is False


AZURE = """
resource "azurerm_disk_encryption_set" "s" {{
  name                = "s"
  location            = "chinanorth3"
  resource_group_name = "g"
  key_vault_key_id    = var.key
}}
resource "{0}" "m" {{
  name                = "m"
  location            = "chinanorth3"
  resource_group_name = "g"
  {1}
}}
"""
LINUX, OLDER = "azurerm_linux_virtual_machine", "azurerm_virtual_machine"
THREE = """
storage_os_disk { name = "o" }
storage_data_disk { managed_disk_id = "/subscriptions/1/d" }
storage_data_disk { disk_size_gb = 8 }
"""
OWN_SET = "disk_encryption_set_id = azurerm_disk_encryption_set.s.id"


@pytest.mark.parametrize(
    ("kind", "written", "expected"),
    [
        (LINUX, "os_disk {\n disk_size_gb = 30\n }", {"os_disk": "provider"}),
        (LINUX, f"os_disk {{\n {OWN_SET}\n }}", {"os_disk": "customer"}),
        (LINUX, "os_disk {\n disk_encryption_set_id = var.key\n }", {"os_disk": None}),
        (LINUX, 'os_managed_disk_id = "/subscriptions/1/d"', {}),
        (LINUX, "", {"os_disk": "provider"}),
        (
            OLDER,
            THREE,
            {"storage_os_disk": "provider", "storage_data_disk[1]": "provider"},
        ),
        (OLDER, 'storage_os_disk {\n vhd_uri = "https://a/b.vhd"\n }', {}),
    ],
)
def test_disks_of_a_machine_of_azure(
    project: Write, kind: str, written: str, expected: dict[str, str | None]
) -> None:
    """Azure encrypts every disk; the key is a customer's where an encryption set stands at it."""
    found = disks(project, AZURE.format(kind, written))
    keys = {
        name: document.facts["encryption"].get("key_manager") for name, document in found.items()
    }
    assert keys == {f"{kind}.m.{part}": manager for part, manager in expected.items()}


def test_the_backup_of_a_machine_of_azure_takes_its_disks_along(project: Write) -> None:
    backed = """
resource "azurerm_backup_protected_vm" "b" {
  resource_group_name = "g"
  recovery_vault_name = "v"
  source_vm_id        = azurerm_linux_virtual_machine.m.id
  backup_policy_id    = "/subscriptions/1/p"
}
"""
    (disk,) = disks(project, backed + AZURE.format(LINUX, "")).values()
    assert disk.facts["backup"]["enabled"] is True
    (bare,) = disks(project, AZURE.format(LINUX, "")).values()
    assert bare.facts["backup"].get("enabled") is not True


def test_disks_of_a_machine_in_arm(folder: Path) -> None:
    machine = {
        "type": "Microsoft.Compute/virtualMachines",
        "apiVersion": "2023-03-01",
        "name": "m",
        "location": "chinanorth3",
        "properties": {
            "storageProfile": {
                "osDisk": {"managedDisk": {"diskEncryptionSet": {"id": "/subscriptions/1/s"}}},
                "dataDisks": [
                    {"lun": 0, "createOption": "Empty", "diskSizeGB": 8},
                    {"lun": 1, "createOption": "Attach", "managedDisk": {"id": "/d"}},
                ],
            }
        },
    }
    schema = "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#"
    text = {"$schema": schema, "contentVersion": "1.0.0.0", "resources": [machine]}
    (folder / "t.json").write_text(json.dumps(text))
    _, found = documents(folder)
    made = {each.id.rpartition(".")[2]: each for each in found.values()}
    keys = {
        part: each.facts["encryption"]["key_manager"]
        for part, each in made.items()
        if each.type == "compute.disk"
    }
    assert keys == {"os_disk": "customer", "storage_data_disk[0]": "provider"}
