"""Cloud Backup. Source: ALIYUN::HBR::* of the ROS resource type reference."""

from __future__ import annotations

from collections.abc import Iterator

from collectors.iac.blocks import Block
from collectors.iac.mappers.alicloud.backup import (
    ECS_PLAN,
    NAS_PLAN,
    OSS_PLAN,
    OTS_PLAN,
    POLICY,
    REPLICATION,
    VAULT,
)
from collectors.iac.ros.resources.shared import plain, rows
from collectors.iac.stacks.resource import Resource, Translation, is_open, parts

_VAULT = {
    "VaultName": "vault_name",
    "EncryptType": "encrypt_type",
    "KmsKeyId": "kms_key_id",
    "RedundancyType": "redundancy_type",
}
_RULE = {
    "RuleType": "rule_type",
    "Retention": "retention",
    "Schedule": "schedule",
    "VaultId": "vault_id",
    "ReplicationRegionId": "replication_region_id",
}


def policy(resource: Resource) -> Iterator[Block]:
    """A policy; ROS binds nothing to it."""
    rules = resource.get("Rules")
    found = rules if is_open(rules) else parts(rows(rules), _RULE)
    yield resource.block(POLICY, {"policy_name": resource.get("PolicyName"), "rules": found})


def _plan(kind: str, name: str, target: str, argument: str) -> Translation:
    names = {
        "PlanName": name,
        target: argument,
        "VaultId": "vault_id",
        "Retention": "retention",
        "Schedule": "schedule",
        "Disabled": "disabled",
    }
    return plain(kind, names)


TRANSLATIONS: dict[str, Translation] = {
    "ALIYUN::HBR::EcsBackupPlan": _plan(
        ECS_PLAN, "ecs_backup_plan_name", "InstanceId", "instance_id"
    ),
    "ALIYUN::HBR::NasBackupPlan": _plan(
        NAS_PLAN, "nas_backup_plan_name", "FileSystemId", "file_system_id"
    ),
    "ALIYUN::HBR::OssBackupPlan": _plan(OSS_PLAN, "oss_backup_plan_name", "Bucket", "bucket"),
    "ALIYUN::HBR::OtsBackupPlan": _plan(
        OTS_PLAN, "ots_backup_plan_name", "InstanceName", "instance_name"
    ),
    "ALIYUN::HBR::Policy": policy,
    "ALIYUN::HBR::ReplicationVault": plain(
        REPLICATION,
        {
            **_VAULT,
            "ReplicationSourceVaultId": "replication_source_vault_id",
            "ReplicationSourceRegionId": "replication_source_region_id",
        },
    ),
    "ALIYUN::HBR::Vault": plain(VAULT, _VAULT),
}
