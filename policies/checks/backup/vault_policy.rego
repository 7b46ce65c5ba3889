# METADATA
# title: Backup vaults let nobody outside the organisation in
# description: >-
#   A backup holds all that the system holds. A vault that anyone, or another account without a condition that narrows
#   it, may copy from or write to gives the data away, or takes the backups' place. Accounts of your own belong under
#   allowed_accounts in mlps.yaml.
# custom:
#   id: backup-vault-policy
#   title_zh: 备份库不授权外部主体
#   description_zh: 备份包含系统的全部数据。备份库授权任何人，或未加条件地授权其他账号，等同于交出数据或任其篡改备份；本单位的其他账号请登记在 mlps.yaml 的 allowed_accounts 中。
#   targets: [backup.vault]
#   facts: [policy.principal, policy.account, policy.kind, policy.narrows]
#   severity: high
#   items: [data.authorised-access, "g:backup.local"]
#   message: "{principal}, outside the organisation, has access to the vault without a condition that narrows it"
#   message_zh: "备份库允许外部主体 {principal} 访问，且没有收窄范围的条件"
#   remediation:
#     en: Remove the grant, or name the accounts that copy here and narrow it to your organisation.
#     zh: 删除该授权；确需跨账号备份的，列明账号并将范围限制在本组织内。
#     aws: >-
#       AWS Backup console > Vaults > the vault > Access policy, or aws backup put-backup-vault-access-policy
#       --backup-vault-name NAME --policy file://policy.json with a Condition on aws:PrincipalOrgID; aws backup
#       delete-backup-vault-access-policy --backup-vault-name NAME takes the policy off.
#     aws_zh: >-
#       AWS Backup 控制台 > 保管库 > 该保管库 > 访问策略，或执行 aws backup put-backup-vault-access-policy --backup-vault-name NAME
#       --policy file://policy.json，并在 Condition 中限定 aws:PrincipalOrgID；删除策略执行 aws backup
#       delete-backup-vault-access-policy --backup-vault-name NAME。
#     azure: Vaults have no policy of their own; access is by role assignments, which are checked as such.
#     azure_zh: 保管库没有独立的访问策略，由角色分配控制访问，另行检查。
#     aliyun: >-
#       Resource Management console > Resource Sharing > Shared by Me > the share of the vault > remove the account, or
#       aliyun resourcesharing DisassociateResourceShare --ResourceShareId SHARE --Targets.1 ACCOUNT
#     aliyun_zh: >-
#       资源管理控制台 > 资源共享 > 我的共享 > 该备份库所在的共享单元 > 移除该账号，或执行 aliyun resourcesharing DisassociateResourceShare
#       --ResourceShareId SHARE --Targets.1 ACCOUNT。
#     terraform: aws_backup_vault_policy.policy
#   references: ["GB/T 22239-2019 8.2.4.5 b", "GB/T 22239-2019 8.1.4.9 a"]
package mlps.checks.backup.vault_policy

import data.mlps.lib.grants

deny contains {"at": sprintf("policy/%d", [i]), "args": {"principal": object.get(grant, "principal", "?")}} if {
	some i, grant in input.facts.policy
	grants.open_to_outsiders(grant)
}
