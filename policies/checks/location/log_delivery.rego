# METADATA
# title: Logs are delivered to mainland China
# description: >-
#   Logs name people, addresses and resources. An audit trail, a flow log, an access log or the audit log of a database
#   or cluster whose store is abroad takes them out of the country. Where mlps.yaml declares `allowed_regions`, those
#   regions are allowed and no others.
# custom:
#   id: location-log-delivery
#   title_zh: 日志投递至境内地域
#   description_zh: >-
#     日志包含人员、地址和资源信息。审计跟踪、流日志、访问日志以及数据库、集群的审计日志，其存储位于境外时即构成日志数据出境。mlps.yaml
#     中声明 allowed_regions 的，以所声明的地域为准。
#   targets:
#     - account.audit
#     - network.vpc
#     - network.load_balancer
#     - network.waf
#     - storage.bucket
#     - database.instance
#     - compute.cluster
#   facts:
#     - trails.id
#     - trails.destination.region
#     - flow_logs.destination_region
#     - access_log.destination_region
#     - logging.destination_region
#     - audit_log.destination_region
#   severity: medium
#   items: [data.residency]
#   message: "the log {log} is delivered to {region}, which is not an allowed region (by default: mainland China)"
#   message_zh: "日志 {log} 投递到地域 {region}，不在允许的地域范围内（默认为中国内地）"
#   words_zh:
#     log: {access log: 访问日志, audit log: 审计日志, flow log: 流日志}
#   remediation:
#     en: Deliver the log to a store in a mainland region.
#     zh: 将日志的投递目标改为境内地域的存储。
#     aws: >-
#       CloudTrail console > Trails > the trail > Edit, or aws cloudtrail update-trail --name TRAIL --s3-bucket-name
#       BUCKET with a bucket in cn-north-1 or cn-northwest-1; flow logs: aws ec2 delete-flow-logs --flow-log-ids ID,
#       then aws ec2 create-flow-logs --resource-type VPC --resource-ids VPC --traffic-type ALL --log-destination-type
#       s3 --log-destination ARN.
#     aws_zh: >-
#       CloudTrail 控制台 > 跟踪 > 该跟踪 > 编辑，或执行 aws cloudtrail update-trail --name TRAIL --s3-bucket-name BUCKET，存储桶位于
#       cn-north-1 或 cn-northwest-1；流日志执行 aws ec2 delete-flow-logs --flow-log-ids ID，再执行 aws ec2 create-flow-logs
#       --resource-type VPC --resource-ids VPC --traffic-type ALL --log-destination-type s3 --log-destination ARN。
#     azure: >-
#       Portal > the resource > Diagnostic settings > Edit, or az monitor diagnostic-settings create --name NAME
#       --resource ID --workspace WORKSPACE --logs LOGS with a workspace in a China region; the activity log: az monitor
#       diagnostic-settings subscription update --name NAME --workspace WORKSPACE.
#     azure_zh: >-
#       Azure 门户 > 该资源 > 诊断设置 > 编辑，或执行 az monitor diagnostic-settings create --name NAME --resource ID --workspace
#       WORKSPACE --logs LOGS，工作区位于中国区域；活动日志执行 az monitor diagnostic-settings subscription update --name NAME
#       --workspace WORKSPACE。
#     aliyun: >-
#       ActionTrail console > Trails > the trail > Edit, or aliyun actiontrail UpdateTrail --Name TRAIL --SlsProjectArn
#       (or --OssBucketName) of a mainland region; flow logs: VPC console > Flow Log; databases and load balancers:
#       Simple Log Service console > Log Audit Service > the central region.
#     aliyun_zh: >-
#       操作审计控制台 > 跟踪列表 > 该跟踪 > 编辑，或执行 aliyun actiontrail UpdateTrail --Name TRAIL，并将 --SlsProjectArn（或
#       --OssBucketName）设为境内地域的存储；流日志：专有网络控制台 > 流日志；数据库和负载均衡：日志服务控制台 > 日志审计服务 > 中心化地域。
#     terraform: >-
#       aws_cloudtrail.s3_bucket_name, aws_flow_log.log_destination, aws_lb.access_logs.bucket,
#       azurerm_monitor_diagnostic_setting.log_analytics_workspace_id, alicloud_actiontrail_trail.sls_project_arn,
#       alicloud_vpc_flow_log.project_name
#   references: ["GB/T 22239-2019 8.2.4.5 a"]
package mlps.checks.location.log_delivery

import data.mlps.lib.location

applies if count(input.facts.trails) > 0

applies if count(input.facts.flow_logs) > 0

applies if is_string(input.facts.access_log.destination_region)

applies if is_string(input.facts.logging.destination_region)

applies if is_string(input.facts.audit_log.destination_region)

deny contains {"at": sprintf("trails/%d/destination/region", [i]), "args": args} if {
	some i, trail in input.facts.trails
	location.is_abroad(input.provider, trail.destination.region)
	args := {"log": object.get(trail, "id", "?"), "region": trail.destination.region}
}

deny contains {"at": sprintf("flow_logs/%d/destination_region", [i]), "args": args} if {
	some i, log in input.facts.flow_logs
	location.is_abroad(input.provider, log.destination_region)
	args := {"log": "flow log", "region": log.destination_region}
}

deny contains {"at": "access_log/destination_region", "args": args} if {
	location.is_abroad(input.provider, input.facts.access_log.destination_region)
	args := {"log": "access log", "region": input.facts.access_log.destination_region}
}

deny contains {"at": "logging/destination_region", "args": args} if {
	location.is_abroad(input.provider, input.facts.logging.destination_region)
	args := {"log": "access log", "region": input.facts.logging.destination_region}
}

deny contains {"at": "audit_log/destination_region", "args": args} if {
	location.is_abroad(input.provider, input.facts.audit_log.destination_region)
	args := {"log": "audit log", "region": input.facts.audit_log.destination_region}
}
