# METADATA
# title: No custom policy grants everything on everything
# description: >-
#   A policy that allows every action on every resource makes an administrator of everyone it is attached to, today
#   or later. Administrators get the provider's own administrator policy, which reviews can find by name.
# custom:
#   id: identity-admin-policy
#   title_zh: 自定义权限策略不授予全部权限
#   description_zh: 允许对所有资源执行所有操作的自定义策略，会使任何被授权者成为超级管理员，违背最小权限原则，且不易在权限核查中被发现。
#   targets: [identity.policy]
#   facts: [managed_by, full_admin]
#   severity: critical
#   items: ["g:compute.least-privilege", "g:compute.access-policy", "g:compute.access-granularity"]
#   message: "the policy allows every action on every resource"
#   message_zh: "该自定义策略允许对所有资源执行所有操作"
#   remediation:
#     en: Replace the policy by one that names the actions and resources needed, then detach and delete it.
#     zh: 以列明具体操作和资源的策略替换，随后解除授权并删除该策略。
#     aws: >-
#       Generate a policy from use (IAM > Roles > Generate policy based on CloudTrail events), then aws iam
#       detach-role-policy --role-name ROLE --policy-arn ARN (users: detach-user-policy, groups: detach-group-policy)
#       and aws iam delete-policy --policy-arn ARN.
#     aws_zh: >-
#       根据实际使用情况生成策略（IAM > 角色 > 基于 CloudTrail 事件生成策略），再执行 aws iam detach-role-policy --role-name ROLE --policy-arn
#       ARN（用户使用 detach-user-policy，用户组使用 detach-group-policy）和 aws iam delete-policy --policy-arn ARN。
#     azure: >-
#       Portal > Subscriptions > the subscription > Access control (IAM) > Roles > the role > Edit, or az role
#       definition update --role-definition role.json with the actions needed in place of "*"; for administrators assign
#       the built-in Owner or Contributor at the narrowest scope.
#     azure_zh: >-
#       Azure 门户 > 订阅 > 该订阅 > 访问控制 (IAM) > 角色 > 该角色 > 编辑，或执行 az role definition update --role-definition
#       role.json，以所需的具体操作取代 "*"；管理员应在尽可能小的范围内分配内置的 Owner 或 Contributor 角色。
#     aliyun: >-
#       RAM console > Permissions > Policies > the policy: replace Action "*" and Resource "*", or aliyun ram
#       CreatePolicyVersion --PolicyName NAME --PolicyDocument DOCUMENT --SetAsDefault true; or detach it and aliyun ram
#       DeletePolicy --PolicyName NAME.
#     aliyun_zh: >-
#       RAM 控制台 > 权限管理 > 权限策略 > 该策略：替换 Action "*" 和 Resource "*"，或执行 aliyun ram CreatePolicyVersion --PolicyName NAME
#       --PolicyDocument DOCUMENT --SetAsDefault true；也可解除授权后执行 aliyun ram DeletePolicy --PolicyName NAME。
#     terraform: >-
#       aws_iam_policy, azurerm_role_definition, alicloud_ram_policy: name actions and resources instead of "*"
#     terraform_zh: aws_iam_policy, azurerm_role_definition, alicloud_ram_policy 均写明具体操作和资源，不使用 "*"
#   references:
#     - GB/T 22239-2019 8.1.4.2 d
#     - "Alibaba Cloud Config: ram-policy-no-statements-with-admin-access-check"
package mlps.checks.identity.admin_policy

# The provider's own administrator policy has no other purpose, and the customer cannot change it.
applies if input.facts.managed_by == "customer"

deny contains {"at": "full_admin", "args": {}} if {
	input.facts.managed_by == "customer"
	input.facts.full_admin == true
}
