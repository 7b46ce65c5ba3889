# METADATA
# title: An organisation policy keeps the account out of other regions
# description: >-
#   Where an account can use regions abroad, a policy of the organisation denies all regions but the allowed ones, so
#   that nobody can put data there by mistake. Control policies of Alibaba Cloud can only name what they deny: there it
#   is enough that the known regions abroad are denied. From level 3 on.
# custom:
#   id: location-region-guard
#   title_zh: 以组织级策略禁用其他地域
#   description_zh: >-
#     账号能够使用境外地域的，三级及以上系统应以组织级策略（服务控制策略、Azure Policy、管控策略）仅放行允许的地域，防止误将资源和数据部署到境外。阿里云管控策略只能逐一列举禁用的地域，禁用全部已知境外地域的视为符合。
#   targets: [account.configuration]
#   facts: [guardrails.only_regions, guardrails.denies_regions]
#   severity: medium
#   items: [physical.location, data.residency]
#   message: "no policy of the organisation keeps the account out of other regions: {open}"
#   message_zh: "没有组织级策略禁止账号使用其他地域：{open}"
#   not_offered:
#     - cloud: aws-cn
#       en: >-
#         An account of AWS China reaches the Beijing and Ningxia Regions only, so there is nothing abroad to deny; see
#         location-unused-regions.
#       zh: 亚马逊云科技中国区账号仅能使用北京、宁夏两个境内区域，没有需要禁用的境外地域；实际使用的地域见 location-unused-regions。
#     - cloud: azure-china
#       en: >-
#         A subscription of Azure operated by 21Vianet reaches regions of mainland China only, so there is nothing
#         abroad to deny; see location-unused-regions.
#       zh: 由世纪互联运营的 Azure 订阅仅能使用境内地域，没有需要禁用的境外地域；实际使用的地域见 location-unused-regions。
#   remediation:
#     en: Attach a policy that denies every region except the allowed ones; leave global services out of it.
#     zh: 为账号所属的组织单元附加仅允许指定地域的策略，全局服务除外。
#     aws: >-
#       Organizations console > Policies > Service control policies, or aws organizations create-policy --type
#       SERVICE_CONTROL_POLICY --name only-allowed-regions --description TEXT --content file://policy.json with a Deny
#       on the condition StringNotEquals of aws:RequestedRegion, then aws organizations attach-policy --policy-id POLICY
#       --target-id TARGET.
#     aws_zh: >-
#       Organizations 控制台 > 策略 > 服务控制策略，或执行 aws organizations create-policy --type SERVICE_CONTROL_POLICY --name
#       only-allowed-regions --description TEXT --content file://policy.json，以条件 StringNotEquals 限定 aws:RequestedRegion
#       并设为 Deny，再执行 aws organizations attach-policy --policy-id POLICY --target-id TARGET。
#     azure: >-
#       Portal > Policy > Assignments > Assign policy > Allowed locations, or az policy assignment create --name
#       allowed-locations --policy e56962a6-4747-49cd-b67b-bf8b01975c4c --scope /subscriptions/ID --params
#       '{"listOfAllowedLocations":{"value":["chinanorth3"]}}'.
#     azure_zh: >-
#       Azure 门户 > 策略 > 分配 > 分配策略 > 允许的位置，或执行 az policy assignment create --name allowed-locations --policy
#       e56962a6-4747-49cd-b67b-bf8b01975c4c --scope /subscriptions/ID --params
#       '{"listOfAllowedLocations":{"value":["chinanorth3"]}}'。
#     aliyun: >-
#       Resource Management console > Resource Directory > Control Policies, or aliyun resourcedirectorymaster
#       CreateControlPolicy --PolicyName no-regions-abroad --EffectScope RAM --PolicyDocument DOCUMENT with a Deny of
#       the resources acs:*:cn-hongkong:*:*, acs:*:ap-southeast-1:*:* and so on, one for each region abroad, then aliyun
#       resourcedirectorymaster AttachControlPolicy --PolicyId POLICY --TargetId FOLDER.
#     aliyun_zh: >-
#       资源管理控制台 > 资源目录 > 管控策略，或执行 aliyun resourcedirectorymaster CreateControlPolicy --PolicyName no-regions-abroad
#       --EffectScope RAM --PolicyDocument DOCUMENT，逐一列出境外各地域的资源 acs:*:cn-hongkong:*:*、acs:*:ap-southeast-1:*:* 等并设为
#       Deny，再执行 aliyun resourcedirectorymaster AttachControlPolicy --PolicyId POLICY --TargetId FOLDER。
#     terraform: >-
#       aws_organizations_policy and aws_organizations_policy_attachment, azurerm_subscription_policy_assignment,
#       alicloud_resource_manager_control_policy and alicloud_resource_manager_control_policy_attachment
#     terraform_zh: >-
#       aws_organizations_policy 和 aws_organizations_policy_attachment, azurerm_subscription_policy_assignment,
#       alicloud_resource_manager_control_policy 和 alicloud_resource_manager_control_policy_attachment
#   references: ["GB/T 22239-2019 8.2.1.1", "GB/T 22239-2019 8.2.4.5 a"]
package mlps.checks.location.region_guard

import data.mlps.lib.location

# Regions abroad of the cloud whose policies name what they deny. One that opens later is not missed here.
_abroad := {"aliyun": {
	"cn-hongkong",
	"ap-northeast-1",
	"ap-northeast-2",
	"ap-southeast-1",
	"ap-southeast-3",
	"ap-southeast-5",
	"ap-southeast-6",
	"ap-southeast-7",
	"us-east-1",
	"us-west-1",
	"na-south-1",
	"eu-west-1",
	"eu-central-1",
	"me-east-1",
	"me-central-1",
}}

applies if input.level >= 3

deny contains {"at": "guardrails", "args": {"open": "*"}} if {
	input.level >= 3
	is_string(input.provider)
	is_array(input.facts.guardrails)
	not _is_limited
	not _is_by_name
}

deny contains {"at": "guardrails", "args": {"open": concat(", ", sort(open))}} if {
	input.level >= 3
	is_string(input.provider)
	is_array(input.facts.guardrails)
	not _is_limited
	open := {region |
		some region in _abroad[input.provider]
		location.is_abroad(input.provider, region)
		not _is_denied(region)
	}
	count(open) > 0
}

# Whether policies of the cloud name the regions that they deny.
_is_by_name if _abroad[input.provider]

_is_limited if {
	some guardrail in input.facts.guardrails
	count(guardrail.only_regions) > 0
	every region in guardrail.only_regions {
		is_string(region)
		not location.is_abroad(input.provider, region)
	}
}

_is_denied(region) if {
	some guardrail in input.facts.guardrails
	region in guardrail.denies_regions
}
