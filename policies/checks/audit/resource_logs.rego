# METADATA
# title: Databases, key vaults and containers keep a log, and audit logs are kept
# description: >-
#   What users do in a database, and who used which key or secret, shows in its own audit log only; what a program in a
#   container did is gone with the container unless its output goes to a store. From level 2 on that log is on, and like
#   the audit logs of clusters and the access logs of buckets it is kept for 180 days. Whether clusters and buckets log
#   at all is judged by compute-cluster-audit and data-bucket-logging, load balancers by intrusion-waf-logging.
# custom:
#   id: audit-resource-logs
#   title_zh: 数据库、密钥库和容器启用日志，各类审计日志按期留存
#   description_zh: 数据库操作及密钥、凭据的使用仅见于其自身审计日志；容器输出未送往日志存储的，随容器销毁丢失。二级及以上系统应启用，并与集群审计日志、存储桶访问日志一样留存不少于 180 天。
#   targets:
#     - database.instance
#     - compute.cluster
#     - compute.container_service
#     - storage.bucket
#     - key.encryption_key
#     - key.secret
#   facts: [audit_log.enabled, audit_log.retention_days, logging.enabled, logging.retention_days]
#   severity: high
#   items: ["g:compute.audit", "g:compute.audit-retention"]
#   message: "the log is kept {days} days; level {level} needs {limit} (0: no log)"
#   message_zh: "日志留存 {days} 天，{level} 级系统要求不少于 {limit} 天（0 表示未启用）"
#   remediation:
#     en: Turn the audit log on, send it to a store kept for logs, and keep it there for 180 days or more.
#     zh: 启用审计日志并投递到专用日志存储，留存时间设置为不少于 180 天。
#     aws: >-
#       RDS console > the database > Modify > Log exports, or aws rds modify-db-instance --db-instance-identifier ID
#       --cloudwatch-logs-export-configuration '{"EnableLogTypes": ["audit"]}' (PostgreSQL: postgresql), with
#       server_audit_logging, pgaudit or the option MARIADB_AUDIT_PLUGIN or SQLSERVER_AUDIT; then aws logs
#       put-retention-policy --log-group-name GROUP --retention-in-days 180. Containers: logConfiguration with logDriver
#       awslogs for each container in aws ecs register-task-definition. Uses of KMS and Secrets Manager are in the
#       trail.
#     aws_zh: >-
#       RDS 控制台 > 该数据库 > 修改 > 日志导出，或执行 aws rds modify-db-instance --db-instance-identifier ID
#       --cloudwatch-logs-export-configuration '{"EnableLogTypes": ["audit"]}'（PostgreSQL 为 postgresql），并启用
#       server_audit_logging、pgaudit 或选项 MARIADB_AUDIT_PLUGIN、SQLSERVER_AUDIT；随后执行 aws logs put-retention-policy
#       --log-group-name GROUP --retention-in-days 180。容器在 aws ecs register-task-definition 中为每个容器设置 logDriver 为
#       awslogs 的 logConfiguration。KMS 和 Secrets Manager 的使用记录在审计跟踪中。
#     azure: >-
#       Portal > the resource > Auditing, or > Diagnostic settings, or az sql server audit-policy update --name SERVER
#       --resource-group GROUP --state Enabled --lats Enabled --lawri WORKSPACE; key vaults: az monitor
#       diagnostic-settings create --name audit --resource VAULT_ID --workspace WORKSPACE --logs '[{"categoryGroup":
#       "audit", "enabled": true}]'; az monitor log-analytics workspace update --retention-time 180.
#     azure_zh: >-
#       Azure 门户 > 该资源 > 审核，或 > 诊断设置，或执行 az sql server audit-policy update --name SERVER --resource-group GROUP --state
#       Enabled --lats Enabled --lawri WORKSPACE；密钥保管库执行 az monitor diagnostic-settings create --name audit --resource
#       VAULT_ID --workspace WORKSPACE --logs '[{"categoryGroup": "audit", "enabled": true}]'；留存时间执行 az monitor
#       log-analytics workspace update --retention-time 180。
#     aliyun: >-
#       RDS console > the instance > Autonomy Services > SQL Explorer and Audit, or aliyun rds ModifySQLCollectorPolicy
#       --DBInstanceId ID --SQLCollectorStatus Enable and aliyun rds ModifySQLCollectorRetention --DBInstanceId ID
#       --ConfigValue 180; aliyun dds ModifyAuditPolicy --DBInstanceId ID --AuditStatus enable --StoragePeriod 180;
#       aliyun r-kvstore ModifyAuditLogConfig --InstanceId ID --DbAudit true --Retention 180.
#     aliyun_zh: >-
#       RDS 控制台 > 该实例 > 自治服务 > SQL 洞察和审计，或执行 aliyun rds ModifySQLCollectorPolicy --DBInstanceId ID --SQLCollectorStatus
#       Enable 和 aliyun rds ModifySQLCollectorRetention --DBInstanceId ID --ConfigValue 180；MongoDB 执行 aliyun dds
#       ModifyAuditPolicy --DBInstanceId ID --AuditStatus enable --StoragePeriod 180；Redis 执行 aliyun r-kvstore
#       ModifyAuditLogConfig --InstanceId ID --DbAudit true --Retention 180。
#     terraform: >-
#       aws_db_instance.enabled_cloudwatch_logs_exports with aws_cloudwatch_log_group.retention_in_days,
#       aws_ecs_task_definition: logConfiguration in container_definitions;
#       azurerm_mssql_server_extended_auditing_policy, azurerm_monitor_diagnostic_setting;
#       alicloud_db_instance.sql_collector_status = "Enabled" and sql_collector_config_value = 180,
#       alicloud_mongodb_audit_policy, alicloud_kvstore_audit_log_config
#     terraform_zh: >-
#       aws_db_instance.enabled_cloudwatch_logs_exports 配合 aws_cloudwatch_log_group.retention_in_days,
#       aws_ecs_task_definition 的 container_definitions 中的 logConfiguration;
#       azurerm_mssql_server_extended_auditing_policy, azurerm_monitor_diagnostic_setting;
#       alicloud_db_instance.sql_collector_status = "Enabled" 和 sql_collector_config_value = 180,
#       alicloud_mongodb_audit_policy, alicloud_kvstore_audit_log_config
#   references:
#     - GB/T 22239-2019 8.1.4.3 a
#     - GB/T 22239-2019 8.1.5.4 d
#     - "Alibaba Cloud Config: rds-instance-enabled-auditing"
#     - "Alibaba Cloud Config: adb-cluster-audit-log-enabled"
package mlps.checks.audit.resource_logs

# Stricter than rds-instance-enabled-auditing and adb-cluster-audit-log-enabled of Alibaba Cloud, which do not ask how
# long the log is kept. Its mongodb-instance-backup-log-enabled is about backups of the log of changes: backup-database.
_limit := {2: 180, 3: 180, 4: 180}[input.level]

applies if {
	input.level >= 2
	_is_judged
}

deny contains {"at": "audit_log/enabled", "args": _args(0)} if {
	input.level >= 2
	_is_judged_here
	input.facts.audit_log.enabled == false
}

# A bucket's own log is for another check.
deny contains {"at": "logging/enabled", "args": _args(0)} if {
	input.level >= 2
	input.type == "compute.container_service"
	input.facts.logging.enabled == false
}

deny contains {"at": "audit_log/retention_days", "args": _args(input.facts.audit_log.retention_days)} if {
	input.facts.audit_log.enabled == true
	_is_short(input.facts.audit_log.retention_days)
}

deny contains {"at": "logging/retention_days", "args": _args(input.facts.logging.retention_days)} if {
	input.facts.logging.enabled == true
	_is_short(input.facts.logging.retention_days)
}

# Null: a database of which the cloud keeps no audit log, or a key whose use the account's trail records.
_is_judged if {
	_is_judged_here
	is_boolean(input.facts.audit_log.enabled)
}

_is_judged if input.type == "compute.container_service"

_is_judged if input.facts.audit_log.enabled == true

_is_judged if input.facts.logging.enabled == true

# Whether a cluster logs at all is for another check.
_is_judged_here if input.type != "compute.cluster"

# A null retention is for ever.
_is_short(days) if {
	is_number(days)
	days < _limit
}

_args(days) := {"days": days, "level": input.level, "limit": _limit}
