# METADATA
# title: System, security and audit administration are separate
# description: >-
#   From level 3 on, system, security and audit administrators are different people: each of the three duties is
#   held by somebody, and nobody holds two of them or all. That the holders are different people needs evidence.
# custom:
#   id: identity-separation
#   title_zh: 系统、安全、审计管理三权分立
#   description_zh: 三级起应设置系统管理员、安全管理员和审计管理员，三类管理职责由不同主体承担，任何主体不得兼任两类以上职责或持有全部管理权限；各主体是否由不同人员使用需另行佐证。
#   targets: [account.identity]
#   facts: [administrators.principal, administrators.duty]
#   severity: medium
#   items:
#     - "g:compute.separation"
#     - management.central-audit
#     - "g:management.system-config"
#     - "g:management.security-admin"
#     - "g:management.security-policy"
#   message: "separation of duties: {found}"
#   message_zh: "管理职责未分离：{found}"
#   remediation:
#     en: >-
#       Make three administrator roles (system, security, audit) with rights of their own, give each to other
#       people, and keep all-powerful ones for emergencies outside daily use.
#     zh: 分别设置系统、安全、审计管理角色并授予不同人员；超级管理权限仅用于应急，日常不使用。
#     aws: >-
#       IAM > Roles: one role with the job-function policies SystemAdministrator, SecurityAudit and the
#       CloudTrail read policies each; aws iam attach-role-policy --role-name ROLE --policy-arn ARN; detach
#       AdministratorAccess.
#     aws_zh: >-
#       IAM > 角色：分别创建三个角色，附加工作职能策略 SystemAdministrator、SecurityAudit 和 CloudTrail 只读策略；aws iam attach-role-policy
#       --role-name ROLE --policy-arn ARN；解除 AdministratorAccess 授权。
#     azure: >-
#       Access control (IAM): Virtual Machine Contributor and Network Contributor, Security Admin, and Monitoring Reader
#       to different groups, or az role assignment create --assignee GROUP --role "Security Admin" --scope SCOPE; keep
#       Owner, Contributor (which also switches logs and Defender off) and Global Administrator for emergencies.
#     azure_zh: >-
#       访问控制 (IAM)：将 Virtual Machine Contributor 与 Network Contributor、Security Admin、Monitoring Reader 分别分配给不同的组，或执行 az
#       role assignment create --assignee GROUP --role "Security Admin" --scope SCOPE；Owner、Contributor（可关闭日志和
#       Defender）和全局管理员仅供应急使用。
#     aliyun: >-
#       RAM console > Identities > Groups: AliyunECSFullAccess and its like, AliyunYundunFullAccess,
#       AliyunActionTrailReadOnlyAccess to three groups, or aliyun ram AttachPolicyToGroup; detach
#       AdministratorAccess.
#     aliyun_zh: >-
#       RAM 控制台 > 身份管理 > 用户组：将 AliyunECSFullAccess 等、AliyunYundunFullAccess、AliyunActionTrailReadOnlyAccess
#       分别授予三个用户组，或执行 aliyun ram AttachPolicyToGroup；解除 AdministratorAccess 授权。
#     terraform: >-
#       aws_iam_role_policy_attachment, azurerm_role_assignment, alicloud_ram_group_policy_attachment: three
#       roles
#     terraform_zh: >-
#       aws_iam_role_policy_attachment, azurerm_role_assignment, alicloud_ram_group_policy_attachment：分设三个角色
#   references:
#     - GB/T 22239-2019 8.1.4.2 d
package mlps.checks.identity.separation

_duties := {"system", "security", "audit"}

applies if input.level >= 3

deny contains {"at": sprintf("administrators/%d", [i]), "args": {"found": sprintf("%s = all", [one.principal])}} if {
	input.level >= 3
	some i, one in input.facts.administrators
	one.duty == "all"
	is_string(one.principal)
}

deny contains {"at": "administrators", "args": {"found": sprintf("%s = 0", [duty])}} if {
	input.level >= 3
	is_array(input.facts.administrators)
	some duty in _duties
	not _is_held(duty)
}

# One finding for each principal, at the first place where it stands.
deny contains {"at": sprintf("administrators/%d", [i]), "args": {"found": found}} if {
	input.level >= 3
	some i, one in input.facts.administrators
	is_string(one.principal)
	held := {other.duty |
		some other in input.facts.administrators
		other.principal == one.principal
		other.duty in _duties
	}
	count(held) > 1
	i == min([j | some j, other in input.facts.administrators; other.principal == one.principal])
	found := sprintf("%s = %s", [one.principal, concat("+", sort(held))])
}

_is_held(duty) if {
	some one in input.facts.administrators
	one.duty == duty
}
