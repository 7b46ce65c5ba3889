# METADATA
# title: Preventive policies of the organisation reach the account
# description: >-
#   One policy for all accounts decides which resources may be made, and where: a service control policy, an Azure
#   Policy that denies, or a control policy. What it forbids then fails, whoever tries it. That the policies are the
#   right ones needs evidence.
# custom:
#   id: management-policy-guard
#   title_zh: 账号受组织级预防性策略约束
#   description_zh: 资源的分配和调度应由统一策略支配。三级及以上系统所在账号应受组织级预防性策略（服务控制策略、拒绝类 Azure Policy 或管控策略）约束；策略内容是否恰当需另行佐证。
#   targets: [account.configuration]
#   facts: [guardrails.id]
#   severity: low
#   items: [management.resource-scheduling]
#   message: "no preventive policy of an organisation reaches the account"
#   message_zh: "账号未受任何组织级预防性策略约束"
#   remediation:
#     en: Put the account under an organisation and attach a policy that denies what nobody may do, other regions first.
#     zh: 将账号纳入组织统一管理，并附加预防性策略，首先拒绝使用许可范围以外的地域。
#     aws: >-
#       Organizations console > Policies > Service control policies (in the China regions too), or aws organizations
#       create-policy --type SERVICE_CONTROL_POLICY --name NAME --description TEXT --content file://policy.json, then
#       aws organizations attach-policy --policy-id POLICY --target-id TARGET
#     aws_zh: >-
#       Organizations 控制台 > 策略 > 服务控制策略（中国区域同样提供），或执行 aws organizations create-policy --type SERVICE_CONTROL_POLICY
#       --name NAME --description TEXT --content file://policy.json，再执行 aws organizations attach-policy --policy-id
#       POLICY --target-id TARGET。
#     azure: >-
#       Portal > Policy > Assignments > Assign policy at a management group, with a policy of the effect deny (Allowed
#       locations), or az policy assignment create --name NAME --policy e56962a6-4747-49cd-b67b-bf8b01975c4c --scope
#       /providers/Microsoft.Management/managementGroups/GROUP --params '{"listOfAllowedLocations": {"value":
#       ["chinanorth3"]}}'
#     azure_zh: >-
#       Azure 门户 > 策略 > 分配 > 在管理组上分配策略，选用效果为 deny 的策略（允许的位置），或执行 az policy assignment create --name NAME --policy
#       e56962a6-4747-49cd-b67b-bf8b01975c4c --scope /providers/Microsoft.Management/managementGroups/GROUP --params
#       '{"listOfAllowedLocations": {"value": ["chinanorth3"]}}'。
#     aliyun: >-
#       Resource Management console > Control Policies, or aliyun resourcedirectorymaster EnableControlPolicy,
#       CreateControlPolicy --PolicyName NAME --EffectScope RAM --PolicyDocument DOCUMENT and AttachControlPolicy
#       --PolicyId POLICY --TargetId FOLDER
#     aliyun_zh: >-
#       资源管理控制台 > 管控策略，或执行 aliyun resourcedirectorymaster EnableControlPolicy、CreateControlPolicy --PolicyName NAME
#       --EffectScope RAM --PolicyDocument DOCUMENT 和 AttachControlPolicy --PolicyId POLICY --TargetId FOLDER。
#     terraform: >-
#       aws_organizations_policy and aws_organizations_policy_attachment, azurerm_management_group_policy_assignment,
#       alicloud_resource_manager_control_policy and alicloud_resource_manager_control_policy_attachment
#     terraform_zh: >-
#       aws_organizations_policy 和 aws_organizations_policy_attachment, azurerm_management_group_policy_assignment,
#       alicloud_resource_manager_control_policy 和 alicloud_resource_manager_control_policy_attachment
#   references: ["GB/T 22239-2019 8.2.5.1 a"]
package mlps.checks.management.policy_guard

# Every organisation has these, and they deny nothing.
_empty := {"p-FullAWSAccess", "p-RCPFullAWSAccess", "FullAWSAccess", "RCPFullAWSAccess", "FullAliyunAccess"}

applies if input.level >= 3

deny contains {"at": "guardrails", "args": {}} if {
	input.level >= 3
	is_array(input.facts.guardrails)
	not _is_guarded
}

_is_guarded if {
	some guardrail in input.facts.guardrails
	is_string(guardrail.id)
	not _is_empty(guardrail.id)
}

_is_empty(id) if {
	some name in _empty
	endswith(id, name)
}
