# METADATA
# title: Backups have a copy of their own elsewhere
# description: >-
#   Who breaks into the account, or a disaster that meets the region, takes the backups together with the data. Every
#   backup plan in use keeps a copy in another account (one of those that mlps.yaml allows, where it names any), or in
#   another region where data may be; a geo-redundant vault counts as a copy in its paired region. What is kept on
#   premises shows in no plan: attest it, and waive the plan.
# custom:
#   id: backup-local-copy
#   title_zh: 备份另存于其他账号或地域
#   description_zh: >-
#     账号被攻破或地域发生灾难时，同处的备份会与数据一并丢失。在用的备份计划应将备份复制到其他账号或允许的其他境内地域；异地冗余的备份库视为在配对地域留有副本。在本地机房留存的备份无法从云上配置看出，应在
#     mlps.yaml 中声明并对该计划登记豁免。
#   targets: [backup.plan]
#   facts: [resources, copies.region, copies.account, region]
#   severity: high
#   items: [backup.local-copy, "g:backup.offsite", "g:backup.disaster-recovery"]
#   message: "the plan protects {resources} resource(s), and keeps no copy in another account or allowed region"
#   message_zh: "备份计划保护 {resources} 个资源，但未在其他账号或允许的其他地域留存副本"
#   measured: [resources]
#   remediation:
#     en: >-
#       Copy backups to a vault in another account, or in another region within mainland China, and rehearse restoring
#       from there. Copies on premises are attested in mlps.yaml.
#     zh: 将备份复制到其他账号或境内其他地域的备份库，并从副本开展恢复演练；本地机房留存的副本在 mlps.yaml 中声明。
#     aws: >-
#       AWS Backup console > Backup plans > the plan > the rule > Edit > Copy to destination, or aws backup
#       update-backup-plan --backup-plan-id ID --backup-plan file://plan.json with CopyActions to a vault in
#       cn-northwest-1 or cn-north-1; databases: aws rds start-db-instance-automated-backups-replication
#       --source-db-instance-arn ARN
#     aws_zh: >-
#       AWS Backup 控制台 > 备份计划 > 该计划 > 备份规则 > 编辑 > 复制到目标，或执行 aws backup update-backup-plan --backup-plan-id ID
#       --backup-plan file://plan.json，由 CopyActions 复制到 cn-northwest-1 或 cn-north-1 的备份保管库；数据库执行 aws rds
#       start-db-instance-automated-backups-replication --source-db-instance-arn ARN。
#     azure: >-
#       Portal > the Recovery Services vault > Properties > Backup Configuration > Geo-redundant (before the first
#       item), or az backup vault backup-properties set --name VAULT --resource-group GROUP --backup-storage-redundancy
#       GeoRedundant --cross-region-restore-flag true
#     azure_zh: >-
#       Azure 门户 > 该恢复服务保管库 > 属性 > 备份配置 > 异地冗余（须在保护首个项目之前设置），或执行 az backup vault backup-properties set --name VAULT
#       --resource-group GROUP --backup-storage-redundancy GeoRedundant --cross-region-restore-flag true。
#     aliyun: >-
#       Cloud Backup console > Policy Center > the policy > Cross-region Replication, or aliyun hbr
#       CreateReplicationVault --ReplicationSourceRegionId REGION --ReplicationSourceVaultId VAULT --VaultRegionId
#       OTHER_REGION --VaultName NAME; disks: aliyun ecs ModifyAutoSnapshotPolicyEx --regionId REGION
#       --autoSnapshotPolicyId ID --EnableCrossRegionCopy true --TargetCopyRegions '["OTHER_REGION"]'
#     aliyun_zh: >-
#       云备份控制台 > 策略中心 > 该策略 > 跨地域复制，或执行 aliyun hbr CreateReplicationVault --ReplicationSourceRegionId REGION
#       --ReplicationSourceVaultId VAULT --VaultRegionId OTHER_REGION --VaultName NAME；云盘执行 aliyun ecs
#       ModifyAutoSnapshotPolicyEx --regionId REGION --autoSnapshotPolicyId ID --EnableCrossRegionCopy true
#       --TargetCopyRegions '["OTHER_REGION"]'。
#     terraform: >-
#       aws_backup_plan rule { copy_action { destination_vault_arn } };
#       azurerm_recovery_services_vault.storage_mode_type = "GeoRedundant" with cross_region_restore_enabled;
#       alicloud_hbr_policy rules { rule_type = "REPLICATION", replication_region_id }, alicloud_hbr_replication_vault,
#       alicloud_ecs_auto_snapshot_policy.target_copy_regions
#     terraform_zh: >-
#       aws_backup_plan 的 rule { copy_action { destination_vault_arn } };
#       azurerm_recovery_services_vault.storage_mode_type = "GeoRedundant" 并启用 cross_region_restore_enabled;
#       alicloud_hbr_policy 的 rules { rule_type = "REPLICATION", replication_region_id },
#       alicloud_hbr_replication_vault, alicloud_ecs_auto_snapshot_policy.target_copy_regions
#   references:
#     - GB/T 22239-2019 8.2.4.6 a
#     - GB/T 22239-2019 8.1.4.9 b
#     - High-risk case 7.4.3.1
package mlps.checks.backup.local_copy

import data.mlps.lib.grants
import data.mlps.lib.location

# Level 1 asks for no copy elsewhere.
applies if {
	input.level >= 2
	input.facts.resources > 0
}

deny contains {"at": "copies", "args": {"resources": input.facts.resources}} if {
	input.level >= 2
	input.facts.resources > 0
	is_array(input.facts.copies)
	is_string(input.region)
	not _is_copied
}

_is_copied if {
	some copy in input.facts.copies
	is_string(copy.account)
	copy.account != input.account
	not _is_a_strangers(copy.account)
}

_is_copied if {
	some copy in input.facts.copies
	is_string(copy.region)
	copy.region != input.region
	not location.is_abroad(input.provider, copy.region)
}

# Where mlps.yaml declares the user's accounts, a copy in any other is not the user's own.
_is_a_strangers(account) if {
	count(input.context.allowed_accounts) > 0
	grants.is_outside(account)
}
