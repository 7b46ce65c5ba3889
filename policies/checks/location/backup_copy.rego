# METADATA
# title: Copies of backups and snapshots stay in mainland China
# description: >-
#   A copy of a backup holds all the data. Where backup plans, snapshots and the automatic backups of databases, disks
#   and file systems are copied to another region, that region is one where the data may be. Where mlps.yaml declares
#   `allowed_regions`, those regions are allowed and no others.
# custom:
#   id: location-backup-copy
#   title_zh: 备份与快照的跨地域副本存放于境内
#   description_zh: >-
#     备份副本包含全部数据。备份计划、快照，以及数据库、磁盘和文件系统的自动备份跨地域复制时，目标地域应位于境内，存放位置可查询。mlps.yaml
#     中声明 allowed_regions 的，以所声明的地域为准。
#   targets: [backup.plan, compute.snapshot, compute.disk, database.instance, storage.file_system]
#   facts: [copies.region, backup.copies.region]
#   severity: high
#   items: [data.residency, backup.location-query]
#   message: "backups are copied to {region}, which is not an allowed region (by default: mainland China)"
#   message_zh: "备份被复制到地域 {region}，不在允许的地域范围内（默认为中国内地）"
#   remediation:
#     en: Copy backups to another mainland region, and delete the copies abroad.
#     zh: 将跨地域备份的目标改为境内其他地域，并删除境外的备份副本。
#     aws: >-
#       AWS Backup console > Backup plans > the plan > the rule > Edit > Copy to destination, or aws backup
#       update-backup-plan --backup-plan-id ID --backup-plan file://plan.json with CopyActions to a vault of a mainland
#       region; aws backup delete-recovery-point --region REGION --backup-vault-name VAULT --recovery-point-arn ARN; aws
#       ec2 delete-snapshot --region REGION --snapshot-id SNAP; databases: aws rds
#       stop-db-instance-automated-backups-replication --region REGION --source-db-instance-arn ARN.
#     aws_zh: >-
#       AWS Backup 控制台 > 备份计划 > 该计划 > 备份规则 > 编辑 > 复制到目标，或执行 aws backup update-backup-plan --backup-plan-id ID
#       --backup-plan file://plan.json，由 CopyActions 复制到境内区域的备份保管库；境外副本执行 aws backup delete-recovery-point --region
#       REGION --backup-vault-name VAULT --recovery-point-arn ARN、aws ec2 delete-snapshot --region REGION --snapshot-id
#       SNAP 删除；数据库执行 aws rds stop-db-instance-automated-backups-replication --region REGION --source-db-instance-arn
#       ARN。
#     azure: >-
#       Portal > the server > Compute + storage > Backup redundancy, or az sql db update --name DB --server SERVER
#       --resource-group RG --backup-storage-redundancy Zone; vaults: az backup vault backup-properties set --name VAULT
#       --resource-group RG --backup-storage-redundancy ZoneRedundant (LocallyRedundant in regions without zones);
#       snapshots: az snapshot delete --name NAME --resource-group RG. Within Azure China the paired region is in China.
#     azure_zh: >-
#       Azure 门户 > 该服务器 > 计算 + 存储 > 备份冗余，或执行 az sql db update --name DB --server SERVER --resource-group RG
#       --backup-storage-redundancy Zone；保管库执行 az backup vault backup-properties set --name VAULT --resource-group RG
#       --backup-storage-redundancy ZoneRedundant（没有可用区的区域使用 LocallyRedundant）；快照执行 az snapshot delete --name NAME
#       --resource-group RG。Azure 中国的配对区域均在境内。
#     aliyun: >-
#       ECS console > Snapshots > Automatic Snapshot Policies > the policy > Cross-region Replication, or aliyun ecs
#       ModifyAutoSnapshotPolicyEx --regionId REGION --autoSnapshotPolicyId POLICY --EnableCrossRegionCopy true
#       --TargetCopyRegions '["cn-shanghai"]'; RDS console > the instance > Backup and Restoration > Cross-region
#       Backup, or aliyun rds ModifyInstanceCrossBackupPolicy --DBInstanceId ID --CrossBackupRegion cn-shanghai; Cloud
#       Backup: aliyun hbr CreateReplicationVault --VaultRegionId cn-shanghai, then delete the vault abroad.
#     aliyun_zh: >-
#       ECS 控制台 > 快照 > 自动快照策略 > 该策略 > 跨地域复制，或执行 aliyun ecs ModifyAutoSnapshotPolicyEx --regionId REGION
#       --autoSnapshotPolicyId POLICY --EnableCrossRegionCopy true --TargetCopyRegions '["cn-shanghai"]'；RDS 控制台 > 该实例 >
#       备份恢复 > 跨地域备份，或执行 aliyun rds ModifyInstanceCrossBackupPolicy --DBInstanceId ID --CrossBackupRegion
#       cn-shanghai；云备份执行 aliyun hbr CreateReplicationVault --VaultRegionId cn-shanghai，再删除境外的备份库。
#     terraform: >-
#       aws_backup_plan rule { copy_action { destination_vault_arn } }, aws_db_instance_automated_backups_replication;
#       azurerm_mssql_database.storage_account_type, azurerm_recovery_services_vault.storage_mode_type;
#       alicloud_ecs_auto_snapshot_policy.target_copy_regions,
#       alicloud_rds_instance_cross_backup_policy.cross_backup_region,
#       alicloud_polardb_backup_policy.data_level2_backup_another_region_region, alicloud_hbr_replication_vault
#   references: ["GB/T 22239-2019 8.2.4.5 a", "GB/T 22239-2019 8.2.4.6 b", "High-risk case 7.4.2.1"]
package mlps.checks.location.backup_copy

import data.mlps.lib.location

applies if count(input.facts.copies) > 0

applies if count(input.facts.backup.copies) > 0

deny contains {"at": sprintf("copies/%d/region", [i]), "args": {"region": copy.region}} if {
	some i, copy in input.facts.copies
	location.is_abroad(input.provider, copy.region)
}

deny contains {"at": sprintf("backup/copies/%d/region", [i]), "args": {"region": copy.region}} if {
	some i, copy in input.facts.backup.copies
	location.is_abroad(input.provider, copy.region)
}
