# METADATA
# title: Outsiders hold no administrative rights
# description: >-
#   An outsider with administrative rights handles the data of the system without being under its rules: a guest of the
#   directory, or another account or anybody who may take on an administrator's role, whatever the external id. Accounts
#   that mlps.yaml allows (allowed_accounts) are no outsiders.
# custom:
#   id: identity-guest
#   title_zh: 外部人员和外部账号不持有管理权限
#   description_zh: >-
#     来宾用户持有管理权限，或管理员角色可由其他账号（配置外部 ID 亦然）乃至任何人扮演时，第三方即可管理云服务客户数据。未经授权，外部人员和外部账号不得持有管理权限；mlps.yaml
#     的 allowed_accounts 所列账号不视为外部账号。
#   targets: [identity.user, identity.role]
#   facts: [external, privileged, enabled, trust.principal, trust.account, trust.kind, trust.narrows]
#   severity: high
#   items: [data.authorised-access]
#   message: "administrative rights are open to an outsider: {who}"
#   message_zh: "外部主体 {who} 可行使管理权限"
#   remediation:
#     en: Give outsiders only the rights of their task; declare the account in mlps.yaml where it is one of your own.
#     zh: 收回外部主体的管理权限，仅授予完成任务所需的最小权限；属本单位的账号在 mlps.yaml 的 allowed_accounts 中声明。
#     aws: >-
#       IAM > Roles > the role > Permissions > Remove, or aws iam detach-role-policy --role-name ROLE --policy-arn ARN
#       and a narrower policy in its place; or take the account out of the trust by aws iam update-assume-role-policy
#       --role-name ROLE --policy-document file://trust.json.
#     aws_zh: >-
#       IAM > 角色 > 该角色 > 权限 > 移除，或执行 aws iam detach-role-policy --role-name ROLE --policy-arn
#       ARN，并附加权限更小的策略；也可从信任策略中移除该账号：aws iam update-assume-role-policy --role-name ROLE --policy-document
#       file://trust.json。
#     azure: >-
#       Microsoft Entra admin centre > Roles and administrators > the role > Remove assignment, or az role
#       assignment delete --assignee USER --role ROLE --scope SCOPE; Azure Lighthouse > Service providers, or az
#       managedservices assignment delete --assignment ID.
#     azure_zh: >-
#       Microsoft Entra 管理中心 > 角色和管理员 > 该角色 > 移除分配，或执行 az role assignment delete --assignee USER --role ROLE --scope
#       SCOPE；Azure Lighthouse > 服务提供商，或执行 az managedservices assignment delete --assignment ID。
#     aliyun: >-
#       RAM console > Permissions > Grants, or aliyun ram DetachPolicyFromRole --RoleName ROLE --PolicyName
#       AdministratorAccess --PolicyType System; or take the account out of the trust by aliyun ram UpdateRole
#       --RoleName ROLE --NewAssumeRolePolicyDocument DOCUMENT.
#     aliyun_zh: >-
#       RAM 控制台 > 权限管理 > 授权，或执行 aliyun ram DetachPolicyFromRole --RoleName ROLE --PolicyName AdministratorAccess
#       --PolicyType System；也可从信任策略中移除该账号：aliyun ram UpdateRole --RoleName ROLE --NewAssumeRolePolicyDocument DOCUMENT。
#     terraform: >-
#       aws_iam_role_policy_attachment.policy_arn and aws_iam_role.assume_role_policy, azurerm_role_assignment and
#       azuread_directory_role_assignment of guests, alicloud_ram_role_policy_attachment.policy_name and
#       alicloud_ram_role.assume_role_policy_document
#     terraform_zh: >-
#       aws_iam_role_policy_attachment.policy_arn 和 aws_iam_role.assume_role_policy，来宾的 azurerm_role_assignment 和
#       azuread_directory_role_assignment, alicloud_ram_role_policy_attachment.policy_name 和
#       alicloud_ram_role.assume_role_policy_document
#   references:
#     - GB/T 22239-2019 8.2.4.5 b
package mlps.checks.identity.guest

import data.mlps.lib.grants

applies if input.facts.external == true

applies if {
	input.facts.privileged == true
	is_array(input.facts.trust)
}

deny contains {"at": "privileged", "args": {"who": "guest"}} if {
	input.facts.external == true
	input.facts.enabled == true
	input.facts.privileged == true
}

# An external id tells who is meant, not that administration was meant for them. A principal whose account the cloud
# does not know was deleted: nobody can act as it (identity-external-trust).
deny contains {"at": sprintf("trust/%d", [i]), "args": {"who": object.get(grant, "principal", "?")}} if {
	input.facts.privileged == true
	some i, grant in input.facts.trust
	grant.kind == "account"
	is_string(grant.account)
	grants.is_outside(grant.account)
}

# Everybody is an outsider, too, unless a condition says who is meant.
deny contains {"at": sprintf("trust/%d", [i]), "args": {"who": object.get(grant, "principal", "?")}} if {
	input.facts.privileged == true
	some i, grant in input.facts.trust
	grant.kind == "anyone"
	grant.narrows == false
}
