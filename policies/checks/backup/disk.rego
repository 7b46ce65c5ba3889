# METADATA
# title: Volumes in use are backed up
# description: >-
#   A volume without snapshots or backups is lost with a mistake, a failure or a ransom note. Every volume in use has a
#   snapshot or backup plan that keeps copies for 7 days or more. Volumes that nothing uses are left to
#   residual-volumes. The vendor's rule asks for a plan, whatever it keeps.
# custom:
#   id: backup-disk
#   title_zh: 在用云盘配置自动快照或备份
#   description_zh: 未做快照或备份的云盘，一旦误操作、故障或遭勒索加密即无法恢复。在用云盘应配置自动快照策略或备份计划，且留存不少于 7 天；未挂载的云盘由 residual-volumes 检查。
#   targets: [compute.disk]
#   facts: [attached, backup.enabled, backup.retention_days]
#   severity: high
#   items: ["g:backup.local"]
#   message: "snapshots or backups of the volume are kept {days} of {needed} days (0: there are none)"
#   message_zh: "云盘的自动快照或备份留存 {days} 天，应不少于 {needed} 天（0 表示未配置）"
#   remediation:
#     en: >-
#       Put the volume under a snapshot policy or a backup plan that keeps copies for 7 days or more, and rehearse a
#       restore. Waive volumes that hold nothing of their own, such as those of an autoscaling group, by pattern.
#     zh: 将云盘纳入自动快照策略或备份计划，留存不少于 7 天，并定期开展恢复演练；弹性伸缩等不存放业务数据的云盘可按名称模式登记豁免。
#     aws: >-
#       AWS Backup console > Backup plans > the plan > Assign resources, or aws backup create-backup-selection
#       --backup-plan-id ID --backup-selection file://selection.json; or EC2 console > Lifecycle Manager, aws dlm
#       create-lifecycle-policy --execution-role-arn ROLE --description daily --state ENABLED --policy-details
#       file://policy.json
#     aws_zh: >-
#       AWS Backup 控制台 > 备份计划 > 该计划 > 分配资源，或执行 aws backup create-backup-selection --backup-plan-id ID --backup-selection
#       file://selection.json；也可使用 EC2 控制台 > 生命周期管理器，或执行 aws dlm create-lifecycle-policy --execution-role-arn ROLE
#       --description daily --state ENABLED --policy-details file://policy.json。
#     azure: >-
#       Portal > the virtual machine > Backup, or az backup protection enable-for-vm --resource-group GROUP --vault-name
#       VAULT --vm NAME --policy-name POLICY; single disks: Backup vault > + Backup > Azure Disks, az dataprotection
#       backup-instance create
#     azure_zh: >-
#       Azure 门户 > 该虚拟机 > 备份，或执行 az backup protection enable-for-vm --resource-group GROUP --vault-name VAULT --vm NAME
#       --policy-name POLICY；单独的磁盘在备份保管库 > + 备份 > Azure 磁盘中配置，或执行 az dataprotection backup-instance create。
#     aliyun: >-
#       ECS console > Snapshots > Automatic Snapshot Policies > Apply to Disks, or aliyun ecs CreateAutoSnapshotPolicy
#       --regionId REGION --timePoints '["1"]' --repeatWeekdays '["1","2","3","4","5","6","7"]' --retentionDays 30, then
#       aliyun ecs ApplyAutoSnapshotPolicy --regionId REGION --autoSnapshotPolicyId POLICY --diskIds '["DISK"]'
#     aliyun_zh: >-
#       ECS 控制台 > 存储与快照 > 快照 > 自动快照策略 > 应用到云盘，或执行 aliyun ecs CreateAutoSnapshotPolicy --regionId REGION --timePoints
#       '["1"]' --repeatWeekdays '["1","2","3","4","5","6","7"]' --retentionDays 30，再执行 aliyun ecs
#       ApplyAutoSnapshotPolicy --regionId REGION --autoSnapshotPolicyId POLICY --diskIds '["DISK"]'。
#     terraform: >-
#       aws_backup_selection or aws_dlm_lifecycle_policy; azurerm_backup_protected_vm,
#       azurerm_data_protection_backup_instance_disk; alicloud_ecs_auto_snapshot_policy.retention_days with
#       alicloud_ecs_auto_snapshot_policy_attachment
#     terraform_zh: >-
#       aws_backup_selection 或 aws_dlm_lifecycle_policy; azurerm_backup_protected_vm,
#       azurerm_data_protection_backup_instance_disk; alicloud_ecs_auto_snapshot_policy.retention_days 配合
#       alicloud_ecs_auto_snapshot_policy_attachment
#   references:
#     - GB/T 22239-2019 8.1.4.9 a
#     - High-risk case 6.4.6.1
#     - "Alibaba Cloud Config: ecs-disk-auto-snapshot-policy"
package mlps.checks.backup.disk

_needed := 7

applies if input.facts.attached == true

deny contains {"at": "backup/enabled", "args": {"days": 0, "needed": _needed}} if {
	input.facts.attached == true
	input.facts.backup.enabled == false
}

deny contains {"at": "backup/retention_days", "args": {"days": days, "needed": _needed}} if {
	input.facts.attached == true
	input.facts.backup.enabled == true
	days := input.facts.backup.retention_days
	days < _needed
}
