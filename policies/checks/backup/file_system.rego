# METADATA
# title: File systems are backed up
# description: >-
#   A shared file system is in everybody's reach, and so is its loss: replicas of the service repeat a deletion at once.
#   It has a backup plan that keeps copies for 7 days or more. The vendor's rule asks for a plan, whatever it keeps.
# custom:
#   id: backup-file-system
#   title_zh: 文件系统配置备份计划
#   description_zh: 共享文件系统为多方读写，误删、误改会立即同步到服务自身的全部副本。文件系统应配置备份计划，备份留存不少于 7 天。
#   targets: [storage.file_system]
#   facts: [backup.enabled, backup.retention_days]
#   severity: medium
#   items: ["g:backup.local"]
#   message: "backups of the file system are kept {days} of {needed} days (0: there are none)"
#   message_zh: "文件系统的备份留存 {days} 天，应不少于 {needed} 天（0 表示未配置）"
#   remediation:
#     en: Put the file system under a backup plan that keeps copies for 7 days or more, and rehearse a restore.
#     zh: 为文件系统配置备份计划，留存不少于 7 天，并定期开展恢复演练。
#     aws: >-
#       EFS console > the file system > General > Edit > Automatic backups, or aws efs put-backup-policy
#       --file-system-id ID --backup-policy Status=ENABLED; other file systems: aws backup create-backup-selection
#       --backup-plan-id ID --backup-selection file://selection.json
#     aws_zh: >-
#       EFS 控制台 > 该文件系统 > 常规 > 编辑 > 自动备份，或执行 aws efs put-backup-policy --file-system-id ID --backup-policy
#       Status=ENABLED；其他文件系统执行 aws backup create-backup-selection --backup-plan-id ID --backup-selection
#       file://selection.json。
#     azure: >-
#       Portal > the storage account > File shares > the share > Backup, or az backup protection
#       enable-for-azurefileshare --resource-group GROUP --vault-name VAULT --storage-account ACCOUNT --azure-file-share
#       SHARE --policy-name POLICY
#     azure_zh: >-
#       Azure 门户 > 该存储账户 > 文件共享 > 该共享 > 备份，或执行 az backup protection enable-for-azurefileshare --resource-group GROUP
#       --vault-name VAULT --storage-account ACCOUNT --azure-file-share SHARE --policy-name POLICY。
#     aliyun: >-
#       Cloud Backup console > NAS Backup > Create Backup Plan, or aliyun hbr CreateBackupPlan --SourceType NAS
#       --VaultId VAULT --PlanName NAME --FileSystemId ID --CreateTime TIME --Path '["/"]' --BackupType COMPLETE
#       --Schedule 'I|1700000000|P1D' --Retention 30
#     aliyun_zh: >-
#       云备份控制台 > NAS 备份 > 创建备份计划，或执行 aliyun hbr CreateBackupPlan --SourceType NAS --VaultId VAULT --PlanName NAME
#       --FileSystemId ID --CreateTime TIME --Path '["/"]' --BackupType COMPLETE --Schedule 'I|1700000000|P1D'
#       --Retention 30。
#     terraform: >-
#       aws_efs_backup_policy or aws_backup_selection; azurerm_backup_protected_file_share; alicloud_hbr_policy rules {
#       retention } with alicloud_hbr_policy_binding.source_type = "NAS"
#     terraform_zh: >-
#       aws_efs_backup_policy 或 aws_backup_selection; azurerm_backup_protected_file_share; alicloud_hbr_policy 的 rules {
#       retention } 配合 alicloud_hbr_policy_binding.source_type = "NAS"
#   references:
#     - GB/T 22239-2019 8.1.4.9 a
#     - High-risk case 6.4.6.1
#     - "Alibaba Cloud Config: nas-filesystem-enable-backup-plan"
package mlps.checks.backup.file_system

_needed := 7

deny contains {"at": "backup/enabled", "args": {"days": 0, "needed": _needed}} if {
	input.facts.backup.enabled == false
}

deny contains {"at": "backup/retention_days", "args": {"days": days, "needed": _needed}} if {
	input.facts.backup.enabled == true
	days := input.facts.backup.retention_days
	days < _needed
}
