# METADATA
# title: Only administrators can raise their own rights
# description: >-
#   Some rights let their holder give itself others: to attach policies, to pass an administrator role, to
#   change a trust policy. Users, groups, roles and policies that are not for administrators have none of them; several
#   policies together give none either.
# custom:
#   id: identity-escalation
#   title_zh: 非管理员不能提升自身权限
#   description_zh: 部分权限可使持有者为自身增加权限，例如附加权限策略、传递管理员角色、修改信任策略。非管理员的用户、用户组、角色和自定义策略不得包含此类权限，多条策略合并后亦不得包含。
#   targets: [identity.role, identity.user, identity.group, identity.policy]
#   facts: [escalation_paths, privileged, attached, managed_by, full_admin]
#   severity: high
#   items: ["g:compute.least-privilege", "g:compute.access-policy"]
#   message: "its holder can raise its own rights: {path}"
#   message_zh: "持有者可借此提升自身权限：{path}"
#   remediation:
#     en: Take the right away, or limit it to named resources and by a permissions boundary.
#     zh: 移除该权限，或将其限定到指定资源并设置权限边界。
#     aws: >-
#       IAM > Policies > the policy > Edit, or aws iam create-policy-version --policy-arn ARN --policy-document
#       file://policy.json --set-as-default; aws iam put-role-permissions-boundary --role-name ROLE
#       --permissions-boundary ARN
#     aws_zh: >-
#       IAM > 策略 > 该策略 > 编辑，或执行 aws iam create-policy-version --policy-arn ARN --policy-document file://policy.json
#       --set-as-default；设置权限边界执行 aws iam put-role-permissions-boundary --role-name ROLE --permissions-boundary ARN。
#     azure: >-
#       Remove Microsoft.Authorization/roleAssignments/write: Access control (IAM) > Roles, or az role
#       definition update --role-definition role.json
#     azure_zh: >-
#       移除 Microsoft.Authorization/roleAssignments/write：访问控制 (IAM) > 角色，或执行 az role definition update --role-definition
#       role.json。
#     aliyun: >-
#       RAM console > Permissions > Policies > the policy, or aliyun ram CreatePolicyVersion --PolicyName NAME
#       --PolicyDocument DOCUMENT --SetAsDefault true without ram:Attach*, ram:CreatePolicyVersion and
#       ram:PassRole on all resources
#     aliyun_zh: >-
#       RAM 控制台 > 权限管理 > 权限策略 > 该策略，或执行 aliyun ram CreatePolicyVersion --PolicyName NAME --PolicyDocument DOCUMENT
#       --SetAsDefault true，不得对所有资源授予 ram:Attach*、ram:CreatePolicyVersion 和 ram:PassRole。
#     terraform: >-
#       aws_iam_policy.policy, aws_iam_role.permissions_boundary, azurerm_role_definition.permissions,
#       alicloud_ram_policy.policy_document
#   references:
#     - GB/T 22239-2019 8.1.4.2 d
package mlps.checks.identity.escalation

applies if input.type == "identity.role"

# Of a user or group what its policies allow together, which none of them may allow alone. A group may be for users who
# come later.
applies if {
	input.type in {"identity.user", "identity.group"}
	is_array(input.facts.escalation_paths)
}

# The provider's policies are changed by nobody here; one that is attached to nobody raises nobody's rights.
applies if _is_own_policy

deny contains {"at": sprintf("escalation_paths/%d", [i]), "args": {"path": path}} if {
	input.type in {"identity.role", "identity.user", "identity.group"}
	input.facts.privileged == false
	some i, path in input.facts.escalation_paths
	is_string(path)
}

# A policy that allows everything is the matter of identity-admin-policy.
deny contains {"at": sprintf("escalation_paths/%d", [i]), "args": {"path": path}} if {
	_is_own_policy
	input.facts.full_admin == false
	some i, path in input.facts.escalation_paths
	is_string(path)
}

_is_own_policy if {
	input.type == "identity.policy"
	input.facts.managed_by == "customer"
	input.facts.attached > 0
}
