# METADATA
# title: A trail records management operations in all regions
# description: >-
#   Privileged operations such as deletion and restart of instances are audited in every region, global services
#   included. One trail that runs, delivers, and covers all regions does that.
# custom:
#   id: audit-trail
#   title_zh: 审计跟踪覆盖所有地域的管理操作
#   description_zh: 虚拟机删除、重启等特权操作应在所有地域（含全局服务）留有审计记录。应至少有一个正常投递、覆盖所有地域并记录管理类写操作的审计跟踪。
#   targets: [account.audit]
#   facts: [trails.all_regions, trails.management_writes, trails.logging, trails.delivery_error]
#   severity: critical
#   items: [boundary.audit-privileged, "g:compute.audit"]
#   message: "none of the {trails} audit trails records and delivers the management writes of all regions"
#   message_zh: "没有正常投递且覆盖所有地域管理写操作的审计跟踪（现有 {trails} 个）"
#   remediation:
#     en: Create a trail for all regions that records management writes, start it, and mend its delivery.
#     zh: 创建覆盖所有地域并记录管理类写操作的审计跟踪，启动日志记录并确认投递正常。
#     aws: >-
#       aws cloudtrail create-trail --name main --s3-bucket-name BUCKET --is-multi-region-trail
#       --enable-log-file-validation, then aws cloudtrail start-logging --name main
#     azure: >-
#       az monitor diagnostic-settings subscription create --name activity --location REGION --workspace WORKSPACE
#       --logs with the category Administrative enabled.
#     aliyun: >-
#       aliyun actiontrail CreateTrail --Name main --TrailRegion All --EventRW All --SlsProjectArn ARN, then aliyun
#       actiontrail StartLogging --Name main
#     terraform: >-
#       aws_cloudtrail.is_multi_region_trail = true, azurerm_monitor_diagnostic_setting on the subscription,
#       alicloud_actiontrail_trail.trail_region = "All"
#   references: ["GB/T 22239-2019 8.2.3.3 a"]
package mlps.checks.audit.trail

deny contains {"at": "trails", "args": {"trails": count(input.facts.trails)}} if {
	is_array(input.facts.trails)
	not _records_management
}

_records_management if {
	some trail in input.facts.trails
	trail.all_regions == true
	trail.management_writes == true
	trail.logging == true
	trail.delivery_error == null
}
