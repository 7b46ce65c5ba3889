# METADATA
# title: Audit records are gathered in one place
# description: >-
#   Records that lie in each account by itself are read by nobody, and whoever takes the account can reach them. From
#   level 3 on the trails of an organisation's accounts deliver to one store of an audit account; an account that
#   belongs to no organisation delivers its own to one store.
# custom:
#   id: management-central-audit
#   title_zh: 审计数据集中汇总
#   description_zh: 审计数据分散在各账号时无人分析，且账号失陷后即可被触及。三级及以上系统，组织内各账号的审计跟踪应汇集到审计账号的同一存储；不属于任何组织的账号应将自身审计数据汇集到一个存储。
#   targets: [account.audit]
#   facts: [central, trails.logging, trails.destination.store]
#   severity: high
#   items: [management.central-audit, "g:management.central-audit"]
#   message: "audit records are not gathered in one place"
#   message_zh: "审计数据未集中汇总"
#   remediation:
#     en: Deliver the trails of all accounts to one store of an account that is kept for audit.
#     zh: 将各账号的审计跟踪统一投递到专用审计账号的存储；单一账号则统一投递到一个存储。
#     aws: >-
#       CloudTrail console of the management account > Trails > Create trail > Enable for all accounts in my
#       organization, or aws cloudtrail create-trail --name org --is-organization-trail --is-multi-region-trail
#       --s3-bucket-name BUCKET_OF_THE_AUDIT_ACCOUNT; without an organisation aws cloudtrail update-trail --name TRAIL
#       --s3-bucket-name that bucket.
#     aws_zh: >-
#       管理账户的 CloudTrail 控制台 > 跟踪 > 创建跟踪 > 为我的组织中的所有账户启用，或执行 aws cloudtrail create-trail --name org
#       --is-organization-trail --is-multi-region-trail --s3-bucket-name BUCKET_OF_THE_AUDIT_ACCOUNT；未加入组织的，执行 aws
#       cloudtrail update-trail --name TRAIL --s3-bucket-name 投递到该存储桶。
#     azure: >-
#       Portal > Monitor > Activity log > Export Activity Logs of each subscription, to the one workspace, or az monitor
#       diagnostic-settings subscription create --name activity --location REGION --workspace WORKSPACE_ID --logs
#       '[{"category": "Administrative", "enabled": true}]'; at scale the policy that configures activity logs.
#     azure_zh: >-
#       各订阅的 Azure 门户 > 监视器 > 活动日志 > 导出活动日志，统一投递到同一工作区，或执行 az monitor diagnostic-settings subscription create --name
#       activity --location REGION --workspace WORKSPACE_ID --logs '[{"category": "Administrative", "enabled":
#       true}]'；订阅较多时，使用配置活动日志的内置策略。
#     aliyun: >-
#       ActionTrail console of the management account > Trails > Create Trail > apply to all members, or aliyun
#       actiontrail CreateTrail --Name org --IsOrganizationTrail true --TrailRegion All --EventRW All --SlsProjectArn
#       PROJECT_OF_THE_AUDIT_ACCOUNT, then aliyun actiontrail StartLogging --Name org
#     aliyun_zh: >-
#       管理账号的操作审计控制台 > 跟踪列表 > 创建跟踪 > 应用到全部成员，或执行 aliyun actiontrail CreateTrail --Name org --IsOrganizationTrail true
#       --TrailRegion All --EventRW All --SlsProjectArn PROJECT_OF_THE_AUDIT_ACCOUNT，再执行 aliyun actiontrail StartLogging
#       --Name org。
#     terraform: >-
#       aws_cloudtrail.is_organization_trail = true, azurerm_monitor_diagnostic_setting.log_analytics_workspace_id,
#       alicloud_actiontrail_trail.is_organization_trail = true
#   references: ["GB/T 22239-2019 8.2.5.1 c", "GB/T 22239-2019 8.1.5.4 d"]
package mlps.checks.management.central_audit

applies if input.level >= 3

deny contains {"at": "central", "args": {}} if {
	input.level >= 3
	input.facts.central == false
}

# Null: the account belongs to no organisation.
deny contains {"at": "trails", "args": {}} if {
	input.level >= 3
	input.facts.central == null
	is_array(input.facts.trails)
	count(_stores) != 1
}

_stores contains trail.destination.store if {
	some trail in input.facts.trails
	trail.logging == true
	is_string(trail.destination.store)
}
