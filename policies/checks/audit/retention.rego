# METADATA
# title: Audit logs are kept 180 days or longer
# description: >-
#   The law asks for network logs of six months or more, and the requirement follows it from level 2 on. Running
#   trails and log stores keep their records 180 days or for ever.
# custom:
#   id: audit-retention
#   title_zh: 审计日志留存不少于 180 天
#   description_zh: 法律法规要求网络日志留存不少于六个月，二级及以上系统据此留存审计记录。运行中的审计跟踪和日志库应留存 180 天以上或永久保存。
#   targets: [account.audit, log.store]
#   facts: [trails.id, trails.logging, trails.retention_days, retention_days]
#   severity: high
#   items: ["g:compute.audit-retention", "g:management.audit-analysis", "g:management.central-audit"]
#   message: "{log} keeps records {days} days; level {level} needs {limit}"
#   message_zh: "{log} 留存 {days} 天，{level} 级系统要求不少于 {limit} 天"
#   remediation:
#     en: Set the retention of the store, and the lifecycle rules that delete from it, to 180 days or more.
#     zh: 将日志存储及其生命周期删除规则的留存时间设置为 180 天以上。
#     aws: >-
#       CloudWatch console > Log groups > the group > Retention, or aws logs put-retention-policy --log-group-name GROUP
#       --retention-in-days 180; S3 console > the trail's bucket > Management > Lifecycle rules, or aws s3api
#       put-bucket-lifecycle-configuration with an expiration of 180 days or more.
#     aws_zh: >-
#       CloudWatch 控制台 > 日志组 > 该日志组 > 保留设置，或执行 aws logs put-retention-policy --log-group-name GROUP --retention-in-days
#       180；S3 控制台 > 跟踪所用的存储桶 > 管理 > 生命周期规则，或执行 aws s3api put-bucket-lifecycle-configuration，过期时间设为 180 天以上。
#     azure: >-
#       Portal > Log Analytics workspaces > the workspace > Usage and estimated costs > Data Retention, or az monitor
#       log-analytics workspace update --resource-group GROUP --workspace-name WORKSPACE --retention-time 180
#     azure_zh: >-
#       Azure 门户 > Log Analytics 工作区 > 该工作区 > 使用情况和预估成本 > 数据保留，或执行 az monitor log-analytics workspace update
#       --resource-group GROUP --workspace-name WORKSPACE --retention-time 180。
#     aliyun: >-
#       SLS console > the Logstore > Modify > Data Retention Period, or aliyun sls UpdateLogStore --project PROJECT
#       --logstore LOGSTORE with a ttl of 180 (3650: for ever); OSS console > the bucket > Data Management > Lifecycle,
#       180 days or more.
#     aliyun_zh: >-
#       日志服务控制台 > 该 Logstore > 修改 > 数据保存时间，或执行 aliyun sls UpdateLogStore --project PROJECT --logstore LOGSTORE，ttl 设为
#       180（3650 表示永久保存）；OSS 控制台 > 该 Bucket > 数据管理 > 生命周期，设为 180 天以上。
#     terraform: >-
#       aws_cloudwatch_log_group.retention_in_days, aws_s3_bucket_lifecycle_configuration.rule.expiration,
#       azurerm_log_analytics_workspace.retention_in_days, alicloud_log_store.retention_period,
#       alicloud_oss_bucket_lifecycle
#   references: ["GB/T 22239-2019 8.1.5.4 d", "GB/T 22239-2019 8.1.4.3 c"]
package mlps.checks.audit.retention

_limit := {2: 180, 3: 180, 4: 180}[input.level]

applies if input.level >= 2

# Without a running trail nothing is kept.
deny contains {"at": "trails", "args": _args("-", 0)} if {
	input.level >= 2
	is_array(input.facts.trails)
	not _any_runs
}

deny contains {"at": sprintf("trails/%d/retention_days", [i]), "args": args} if {
	some i, trail in input.facts.trails
	trail.logging == true
	_is_short(trail.retention_days)
	args := _args(object.get(trail, "id", "?"), trail.retention_days)
}

deny contains {"at": "retention_days", "args": _args(input.name, input.facts.retention_days)} if {
	_is_short(input.facts.retention_days)
}

_any_runs if {
	some trail in input.facts.trails
	trail.logging == true
}

# Null is for ever.
_is_short(days) if {
	is_number(days)
	days < _limit
}

_args(log, days) := {"log": log, "days": days, "level": input.level, "limit": _limit}
