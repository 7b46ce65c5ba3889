"""Shared file systems, what AWS Backup keeps of them, and queues (see messaging.py)."""

from __future__ import annotations

from typing import Any

from examples.company.account import (
    ACCOUNT_ID,
    CORE,
    MAIN_REGION,
    MALL,
    OA,
    STANDBY_REGION,
    STRANGER_ACCOUNT,
    Account,
    allow,
    arn,
    pairs,
    policy_document,
    root_of,
)
from examples.company.keys import Keys
from examples.company.messaging import fill_messaging
from examples.company.network import Networks

TLS_ONLY = {
    "Effect": "Deny",
    "Principal": {"AWS": "*"},
    "Action": "*",
    "Condition": {"Bool": {"aws:SecureTransport": "false"}},
}


def fill_data_services(account: Account, region: str, networks: Networks, keys: Keys) -> None:
    """Fill one region; only production has these."""
    if region != MAIN_REGION:
        return
    share = _shares(account, region, networks, keys)
    _windows_share(account, region, networks, keys)
    _backups(account, region, keys, share)
    fill_messaging(account, region, networks, keys)


def _shares(account: Account, region: str, networks: Networks, keys: Keys) -> str:
    """The documents of the core system, and a share of the mall that anybody may mount in the
    clear; the ARN of the first."""
    efs = account.client("efs", region)
    good = efs.create_file_system(
        CreationToken="core-docs",
        Backup=True,
        Encrypted=True,
        KmsKeyId=keys.keys["core-data"],
        Tags=pairs(CORE, "core-docs"),
    )
    statement = allow(
        ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"],
        Principal={"AWS": root_of(ACCOUNT_ID)},
    )
    efs.put_file_system_policy(
        FileSystemId=good["FileSystemId"], Policy=policy_document([statement, TLS_ONLY])
    )
    _mounted(efs, good, networks, "core-data-a", "core-db")
    # bad: no key, no policy, in one zone, and open to all addresses
    bad = efs.create_file_system(
        CreationToken="mall-uploads",
        Encrypted=False,
        AvailabilityZoneName=f"{region}a",
        Tags=pairs(MALL, "mall-uploads"),
    )
    _mounted(efs, bad, networks, "mall-data-a", "oa-all")
    account.made("efs", "file-system", 2)
    name: str = good["FileSystemId"]
    return arn("elasticfilesystem", f"file-system/{name}", region)


def _mounted(efs: Any, share: Any, networks: Networks, subnet: str, firewall: str) -> None:
    efs.create_mount_target(
        FileSystemId=share["FileSystemId"],
        SubnetId=networks.subnets[subnet],
        SecurityGroups=[networks.firewalls[firewall]],
    )


def _windows_share(account: Account, region: str, networks: Networks, keys: Keys) -> None:
    account.client("fsx", region).create_file_system(
        FileSystemType="WINDOWS",
        StorageCapacity=300,
        StorageType="SSD",
        SubnetIds=[networks.subnets["oa-app-a"]],
        SecurityGroupIds=[networks.firewalls["oa-all"]],
        KmsKeyId=keys.keys["oa-share"],
        # bad: in one zone, and backups are off
        WindowsConfiguration={
            "DeploymentType": "SINGLE_AZ_2",
            "ThroughputCapacity": 32,
            "AutomaticBackupRetentionDays": 0,
        },
        Tags=pairs(OA, "oa-home"),
    )
    account.made("fsx", "file-system")


def _backups(account: Account, region: str, keys: Keys, share: str) -> None:
    """The core system's vault is locked and copied; the office's is neither, and a vendor that
    left may copy out of it."""
    backup = account.client("backup", region)
    backup.create_backup_vault(
        BackupVaultName="core",
        EncryptionKeyArn=keys.keys["core-data"],
        BackupVaultTags=dict(CORE),
    )
    backup.put_backup_vault_lock_configuration(
        BackupVaultName="core", MinRetentionDays=30, ChangeableForDays=3
    )
    # bad: not locked, shared with a stranger
    backup.create_backup_vault(
        BackupVaultName="oa", EncryptionKeyArn=keys.keys["oa-share"], BackupVaultTags=dict(OA)
    )
    statement = allow(["backup:CopyFromBackupVault"], Principal={"AWS": root_of(STRANGER_ACCOUNT)})
    backup.put_backup_vault_access_policy(BackupVaultName="oa", Policy=policy_document([statement]))
    account.made("backup", "vault", 2)
    plan = backup.create_backup_plan(
        BackupPlan={
            "BackupPlanName": "core-daily",
            "Rules": [
                {
                    "RuleName": "daily",
                    "TargetBackupVaultName": "core",
                    "ScheduleExpression": "cron(0 17 * * ? *)",
                    "Lifecycle": {"DeleteAfterDays": 35},
                    "CopyActions": [
                        {
                            "DestinationBackupVaultArn": arn(
                                "backup", "backup-vault:core", STANDBY_REGION
                            )
                        }
                    ],
                }
            ],
        },
        BackupPlanTags=dict(CORE),
    )
    backup.create_backup_selection(
        BackupPlanId=plan["BackupPlanId"],
        BackupSelection={
            "SelectionName": "shares",
            "IamRoleArn": arn("iam", "role/service-role/AWSBackupDefaultServiceRole"),
            "Resources": [share],
        },
    )
    account.made("backup", "plan")
