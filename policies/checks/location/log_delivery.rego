# METADATA
# title: Audit trails are delivered to mainland China
# description: >-
#   Audit records name people, addresses and resources. A trail whose store is abroad takes them out of the country.
# custom:
#   id: location-log-delivery
#   title_zh: 审计日志投递至境内地域
#   description_zh: 审计记录包含人员、地址和资源信息。审计跟踪的投递存储位于境外时，审计数据即出境。
#   targets: [account.audit]
#   facts: [trails.id, trails.destination.region]
#   severity: medium
#   items: [data.residency]
#   message: "audit trail {trail} delivers to {region}, outside mainland China"
#   message_zh: "审计跟踪 {trail} 投递到中国内地以外的地域 {region}"
#   remediation:
#     en: Deliver the trail to a store in a mainland region.
#     zh: 将审计跟踪的投递目标改为境内地域的存储。
#     aws: >-
#       aws cloudtrail update-trail --name TRAIL --s3-bucket-name BUCKET with a bucket in cn-north-1 or
#       cn-northwest-1.
#     azure: >-
#       az monitor diagnostic-settings subscription update --name NAME --workspace WORKSPACE with a workspace in a
#       China region.
#     aliyun: >-
#       ActionTrail console > Trails > the trail > Edit, or aliyun actiontrail UpdateTrail --Name TRAIL
#       --SlsProjectArn (or --OssBucketName) of a mainland region.
#     terraform: >-
#       aws_cloudtrail.s3_bucket_name, azurerm_monitor_diagnostic_setting.log_analytics_workspace_id,
#       alicloud_actiontrail_trail.sls_project_arn
#   references: ["GB/T 22239-2019 8.2.4.5 a"]
package mlps.checks.location.log_delivery

import data.mlps.lib.location

applies if count(input.facts.trails) > 0

deny contains {"at": sprintf("trails/%d/destination/region", [i]), "args": args} if {
	some i, trail in input.facts.trails
	location.is_abroad(input.provider, trail.destination.region)
	args := {"trail": object.get(trail, "id", "?"), "region": trail.destination.region}
}
