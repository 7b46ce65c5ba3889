# METADATA
# title: Rights come through groups and roles
# description: >-
#   Rights that hang on single users are overlooked when duties change. Policies are attached to groups and
#   roles; groups without members, and policies of one's own that nobody has, are removed. As Alibaba Cloud's own rule
#   asks, so are RAM users without any right. On AWS unattached policies are not judged: they may be permissions
#   boundaries.
# custom:
#   id: identity-direct-policy
#   title_zh: 通过用户组和角色授权
#   description_zh: >-
#     直接授予单个用户的权限在岗位变动时容易遗漏。权限策略应授予用户组或角色；没有成员的用户组、未授予任何对象的自定义权限策略，以及阿里云上没有任何权限的
#     RAM 用户应予清理。AWS 的策略可能用作权限边界，未附加时不作判定。
#   targets: [identity.user, identity.group, identity.policy]
#   facts: [direct_policies, groups, members, managed_by, attached]
#   severity: low
#   items: ["g:compute.least-privilege"]
#   message: "rights are given to a single user, or to nobody: {found}"
#   message_zh: "权限直接授予单个用户，或处于闲置状态：{found}"
#   words_zh:
#     found: {"attachments = 0": 未附加到任何对象, "members = 0": 没有成员, "policies = 0, groups = 0": 没有权限策略和用户组}
#   remediation:
#     en: Attach the policy to a group and put the user into it; delete groups, policies and users that nobody needs.
#     zh: 将权限策略授予用户组并将用户加入该组；与责任人确认后删除闲置的用户组、权限策略和用户。
#     aws: >-
#       IAM > User groups, or aws iam attach-group-policy --group-name GROUP --policy-arn ARN, aws iam
#       add-user-to-group --group-name GROUP --user-name USER, aws iam detach-user-policy --user-name USER
#       --policy-arn ARN (inline: aws iam delete-user-policy); aws iam delete-group --group-name GROUP.
#     aws_zh: >-
#       IAM > 用户组，或执行 aws iam attach-group-policy --group-name GROUP --policy-arn ARN、aws iam add-user-to-group
#       --group-name GROUP --user-name USER、aws iam detach-user-policy --user-name USER --policy-arn ARN（内联策略执行 aws iam
#       delete-user-policy）；闲置的用户组执行 aws iam delete-group --group-name GROUP。
#     azure: >-
#       Assign roles to groups: Access control (IAM) > Add role assignment, or az role assignment create
#       --assignee-object-id GROUP --assignee-principal-type Group --role ROLE --scope SCOPE, az ad group member add
#       --group GROUP --member-id USER, az role assignment delete --assignee USER --role ROLE --scope SCOPE; az ad group
#       delete --group GROUP, az role definition delete --name ROLE.
#     azure_zh: >-
#       将角色分配给组：访问控制 (IAM) > 添加角色分配，或执行 az role assignment create --assignee-object-id GROUP --assignee-principal-type
#       Group --role ROLE --scope SCOPE、az ad group member add --group GROUP --member-id USER、az role assignment delete
#       --assignee USER --role ROLE --scope SCOPE；闲置的组和角色执行 az ad group delete --group GROUP、az role definition delete
#       --name ROLE。
#     aliyun: >-
#       RAM console > Identities > Groups, or aliyun ram AttachPolicyToGroup --GroupName GROUP --PolicyName
#       POLICY --PolicyType Custom, aliyun ram AddUserToGroup --UserName USER --GroupName GROUP, aliyun ram
#       DetachPolicyFromUser --UserName USER --PolicyName POLICY --PolicyType Custom; aliyun ram DeleteGroup --GroupName
#       GROUP, aliyun ram DeletePolicy --PolicyName POLICY.
#     aliyun_zh: >-
#       RAM 控制台 > 身份管理 > 用户组，或执行 aliyun ram AttachPolicyToGroup --GroupName GROUP --PolicyName POLICY --PolicyType
#       Custom、aliyun ram AddUserToGroup --UserName USER --GroupName GROUP、aliyun ram DetachPolicyFromUser --UserName
#       USER --PolicyName POLICY --PolicyType Custom；闲置的用户组和策略执行 aliyun ram DeleteGroup --GroupName GROUP、aliyun ram
#       DeletePolicy --PolicyName POLICY。
#     terraform: >-
#       aws_iam_group_policy_attachment, azurerm_role_assignment with a group,
#       alicloud_ram_group_policy_attachment
#     terraform_zh: aws_iam_group_policy_attachment, azurerm_role_assignment 分配给组，alicloud_ram_group_policy_attachment
#   references:
#     - GB/T 22239-2019 8.1.4.2 d
#     - "Alibaba Cloud Config: ram-user-no-policy-check"
#     - "Alibaba Cloud Config: ram-group-has-member-check"
#     - "Alibaba Cloud Config: ram-policy-in-use-check"
package mlps.checks.identity.direct_policy

applies if is_array(input.facts.direct_policies)

applies if is_number(input.facts.members)

applies if _is_own_policy

deny contains {"at": sprintf("direct_policies/%d", [i]), "args": {"found": policy}} if {
	some i, policy in input.facts.direct_policies
	is_string(policy)
}

deny contains {"at": "members", "args": {"found": "members = 0"}} if {
	input.facts.members == 0
}

deny contains {"at": "attached", "args": {"found": "attachments = 0"}} if {
	_is_own_policy
	input.facts.attached == 0
}

# Elsewhere the policies of resources, or assignments at other scopes, may give rights to a user who shows none.
deny contains {"at": "direct_policies", "args": {"found": "policies = 0, groups = 0"}} if {
	input.provider == "aliyun"
	count(input.facts.direct_policies) == 0
	count(input.facts.groups) == 0
}

# Alibaba Cloud and Azure have no permissions boundaries: what is attached to nobody has no use.
_is_own_policy if {
	input.provider != "aws"
	input.facts.managed_by == "customer"
}
