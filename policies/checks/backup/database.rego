# METADATA
# title: Databases are backed up automatically and kept long enough
# description: >-
#   Backups are made without anyone having to think of them, and kept for 7 days, 30 from level 3 on. From level 3 on
#   the logs are kept too, so that a database can be restored to the minute before the mistake.
# custom:
#   id: backup-database
#   title_zh: 数据库自动备份且留存期达标
#   description_zh: 数据库应自动备份，备份留存不少于 7 天，三级起不少于 30 天并保留日志备份，可恢复到误操作之前的时间点。
#   targets: [database.instance]
#   facts: [engine, backup.enabled, backup.retention_days, backup.point_in_time]
#   severity: high
#   items: ["g:backup.local"]
#   message: "automatic backups are kept {days} of {needed} days; log backup: {logs}"
#   message_zh: "自动备份留存 {days} 天（要求不少于 {needed} 天），日志备份：{logs}"
#   remediation:
#     en: Turn automatic and log backups on, set how long they are kept, and rehearse a restore.
#     zh: 启用自动备份和日志备份，设置留存期，并定期开展恢复演练。
#     aws: >-
#       aws rds modify-db-instance --db-instance-identifier ID --backup-retention-period 30 --apply-immediately;
#       ElastiCache: aws elasticache modify-replication-group --snapshot-retention-limit 30
#     azure: >-
#       az sql db str-policy set --retention-days 30 --server SERVER --name DB --resource-group GROUP;
#       az mysql flexible-server update --backup-retention 30 (PostgreSQL alike)
#     aliyun: >-
#       aliyun rds ModifyBackupPolicy --DBInstanceId ID --BackupRetentionPeriod 30 --BackupLog Enable
#       --LogBackupRetentionPeriod 30; PolarDB and MongoDB: Backup and Restore > Backup Settings of the cluster.
#     terraform: >-
#       aws_db_instance.backup_retention_period = 30; azurerm_mssql_database short_term_retention_policy
#       { retention_days = 30 }; alicloud_db_backup_policy with backup_retention_period = 30, enable_backup_log = true
#   references:
#     - GB/T 22239-2019 8.1.4.9 a
#     - High-risk case 6.4.6.1
#     - "Alibaba Cloud Config: rds-instance-enabled-log-backup"
#     - "Alibaba Cloud Config: polardb-cluster-level-two-backup-retention"
#     - "Alibaba Cloud Config: elasticsearch-instance-snapshot-enabled"
package mlps.checks.backup.database

_needed := {1: 7, 2: 7, 3: 30, 4: 30}[input.level]

# Memcached keeps nothing on disk, and no cloud backs it up.
_never_backed_up := ["memcached"]

# Engines that clouds back up by snapshot only: caches, search engines and warehouses.
_without_logs := ["redis", "valkey", "tair", "elasticsearch", "opensearch", "redshift", "clickhouse", "analyticdb"]

applies if _can_be_backed_up

deny contains {"at": "backup/enabled", "args": {"days": _days, "needed": _needed, "logs": _logs}} if {
	_can_be_backed_up
	input.facts.backup.enabled == false
}

deny contains {"at": "backup/retention_days", "args": {"days": _days, "needed": _needed, "logs": _logs}} if {
	_can_be_backed_up
	input.facts.backup.enabled == true
	input.facts.backup.retention_days < _needed
}

deny contains {"at": "backup/point_in_time", "args": {"days": _days, "needed": _needed, "logs": _logs}} if {
	_can_be_backed_up
	input.level >= 3
	strings.any_prefix_match(lower(input.facts.engine), _without_logs) == false
	input.facts.backup.enabled == true
	input.facts.backup.point_in_time == false
}

_can_be_backed_up if {
	strings.any_prefix_match(lower(input.facts.engine), _never_backed_up) == false
}

# "-" where the part of the backup is not known.
default _days := "-"

_days := input.facts.backup.retention_days

default _logs := "-"

_logs := input.facts.backup.point_in_time
