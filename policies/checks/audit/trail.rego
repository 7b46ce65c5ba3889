# METADATA
# title: A trail records management operations in all regions
# description: >-
#   Privileged operations such as deletion and restart of instances are audited in every region, global services
#   included. One trail that runs, delivers, and covers all regions does that. On Alibaba Cloud it records reads too,
#   as the provider's own pre-check asks.
# custom:
#   id: audit-trail
#   title_zh: 审计跟踪覆盖所有地域的管理操作
#   description_zh: 虚拟机删除、重启等特权操作应在所有地域（含全局服务）留有审计记录。应至少有一个投递正常、覆盖所有地域并记录管理类写操作的审计跟踪；阿里云上还应记录读操作，与其等保预检规则一致。
#   targets: [account.audit]
#   facts:
#     - trails.all_regions
#     - trails.management_writes
#     - trails.management_reads
#     - trails.logging
#     - trails.delivery_error
#   severity: critical
#   items:
#     - boundary.audit-privileged
#     - "g:boundary.audit-remote-access"
#     - "g:compute.audit"
#     - "g:compute.audit-content"
#     - "g:management.system-admin"
#     - "g:management.audit-admin"
#   message: "none of the {trails} audit trails records and delivers the management operations of all regions"
#   message_zh: "没有正常记录并投递所有地域管理操作的审计跟踪（现有 {trails} 个）"
#   remediation:
#     en: Create a trail for all regions that records management writes, start it, and mend its delivery.
#     zh: 创建覆盖所有地域并记录管理类写操作的审计跟踪，启动日志记录并确认投递正常。
#     aws: >-
#       CloudTrail console > Trails > Create trail, or aws cloudtrail create-trail --name main --s3-bucket-name BUCKET
#       --is-multi-region-trail --include-global-service-events --enable-log-file-validation, then aws cloudtrail
#       start-logging --name main; aws cloudtrail get-trail-status --name main shows LatestDeliveryError.
#     aws_zh: >-
#       CloudTrail 控制台 > 跟踪 > 创建跟踪，或执行 aws cloudtrail create-trail --name main --s3-bucket-name BUCKET
#       --is-multi-region-trail --include-global-service-events --enable-log-file-validation，再执行 aws cloudtrail
#       start-logging --name main；投递错误可由 aws cloudtrail get-trail-status --name main 返回的 LatestDeliveryError 查看。
#     azure: >-
#       Portal > Monitor > Activity log > Export Activity Logs > Add diagnostic setting, or az monitor
#       diagnostic-settings subscription create --name activity --location REGION --workspace WORKSPACE --logs
#       '[{"category": "Administrative", "enabled": true}, {"category": "Security", "enabled": true}, {"category":
#       "Policy", "enabled": true}]'
#     azure_zh: >-
#       Azure 门户 > 监视器 > 活动日志 > 导出活动日志 > 添加诊断设置，或执行 az monitor diagnostic-settings subscription create --name activity
#       --location REGION --workspace WORKSPACE --logs '[{"category": "Administrative", "enabled": true}, {"category":
#       "Security", "enabled": true}, {"category": "Policy", "enabled": true}]'。
#     aliyun: >-
#       ActionTrail console > Trails > Create Trail (all regions, all events), or aliyun actiontrail CreateTrail --Name
#       main --TrailRegion All --EventRW All --SlsProjectArn ARN, then aliyun actiontrail StartLogging --Name main
#     aliyun_zh: >-
#       操作审计控制台 > 跟踪列表 > 创建跟踪（全部地域、所有事件），或执行 aliyun actiontrail CreateTrail --Name main --TrailRegion All --EventRW All
#       --SlsProjectArn ARN，再执行 aliyun actiontrail StartLogging --Name main。
#     terraform: >-
#       aws_cloudtrail.is_multi_region_trail = true and enable_logging = true, azurerm_monitor_diagnostic_setting with
#       the subscription as target_resource_id, alicloud_actiontrail_trail.trail_region = "All", event_rw = "All" and
#       status = "Enable"
#     terraform_zh: >-
#       aws_cloudtrail.is_multi_region_trail = true 且 enable_logging = true, azurerm_monitor_diagnostic_setting 的
#       target_resource_id 设为订阅，alicloud_actiontrail_trail.trail_region = "All", event_rw = "All" 且 status = "Enable"
#   references:
#     - GB/T 22239-2019 8.2.3.3 a
#     - GB/T 22239-2019 8.1.4.3 a
#     - "Alibaba Cloud Config: actiontrail-trail-intact-enabled"
package mlps.checks.audit.trail

deny contains {"at": "trails", "args": {"trails": count(input.facts.trails)}} if {
	is_array(input.facts.trails)
	not _records_management
	not _none_all_regions
	not _none_management_writes
	not _none_logging
}

# What none of them does is told of the first, whatever else is not known of them.
deny contains {"at": "trails/0/all_regions", "args": {"trails": count(input.facts.trails)}} if {
	is_array(input.facts.trails)
	_none_all_regions
}

deny contains {"at": "trails/0/management_writes", "args": {"trails": count(input.facts.trails)}} if {
	is_array(input.facts.trails)
	_none_management_writes
}

deny contains {"at": "trails/0/logging", "args": {"trails": count(input.facts.trails)}} if {
	is_array(input.facts.trails)
	_none_logging
}

_none_all_regions if {
	count(input.facts.trails) > 0
	count(_without_all_regions) == count(input.facts.trails)
}

_without_all_regions contains i if {
	some i, trail in input.facts.trails
	trail.all_regions == false
}

_none_management_writes if {
	count(input.facts.trails) > 0
	count(_without_management_writes) == count(input.facts.trails)
}

_without_management_writes contains i if {
	some i, trail in input.facts.trails
	trail.management_writes == false
}

_none_logging if {
	count(input.facts.trails) > 0
	count(_without_logging) == count(input.facts.trails)
}

_without_logging contains i if {
	some i, trail in input.facts.trails
	trail.logging == false
}

_records_management if {
	some trail in input.facts.trails
	trail.all_regions == true
	trail.management_writes == true
	trail.logging == true
	trail.delivery_error == null
	_records_reads(trail)
}

# Equal to actiontrail-trail-intact-enabled on Alibaba Cloud. Azure's activity log has no reads.
_records_reads(_) if input.provider != "aliyun"

_records_reads(trail) if trail.management_reads == true
