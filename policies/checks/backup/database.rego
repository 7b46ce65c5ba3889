# METADATA
# title: Databases are backed up automatically and kept long enough
# description: >-
#   Backups are made without anyone having to think of them, and kept for 7 days, 30 from level 3 on. From level 3 on
#   the logs are kept too, so that a database can be restored to the minute before the mistake. Search engines need
#   automatic snapshots only, as the vendor's rule asks: how long those are kept cannot be set. Caches before a
#   database, and machines that copy from one to another, keep nothing themselves.
# custom:
#   id: backup-database
#   title_zh: 数据库自动备份且留存期达标
#   description_zh: 数据库应自动备份，备份留存不少于 7 天，三级起不少于 30 天并保留日志备份，可恢复到误操作之前的时间点。搜索引擎仅检查自动快照是否启用。数据库前置缓存和数据迁移实例自身不保存数据，不作检查。
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
#       RDS console > the database > Modify > Backup retention period, or aws rds modify-db-instance
#       --db-instance-identifier ID --backup-retention-period 30 --apply-immediately (Aurora: modify-db-cluster);
#       ElastiCache: aws elasticache modify-replication-group --replication-group-id ID --snapshot-retention-limit 30;
#       MemoryDB: aws memorydb update-cluster --cluster-name NAME --snapshot-retention-limit 30
#     aws_zh: >-
#       RDS 控制台 > 该数据库 > 修改 > 备份保留期，或执行 aws rds modify-db-instance --db-instance-identifier ID --backup-retention-period
#       30 --apply-immediately（Aurora 使用 modify-db-cluster）；ElastiCache 执行 aws elasticache modify-replication-group
#       --replication-group-id ID --snapshot-retention-limit 30；MemoryDB 执行 aws memorydb update-cluster --cluster-name
#       NAME --snapshot-retention-limit 30。
#     azure: >-
#       Portal > the SQL server > Backups > Retention policies, or az sql db str-policy set --retention-days 30 --server
#       SERVER --name DB --resource-group GROUP; az mysql flexible-server update --name SERVER --resource-group GROUP
#       --backup-retention 30 (PostgreSQL alike)
#     azure_zh: >-
#       Azure 门户 > 该 SQL 服务器 > 备份 > 保留策略，或执行 az sql db str-policy set --retention-days 30 --server SERVER --name DB
#       --resource-group GROUP；MySQL 执行 az mysql flexible-server update --name SERVER --resource-group GROUP
#       --backup-retention 30（PostgreSQL 类似）。
#     aliyun: >-
#       RDS console > the instance > Backup and Restoration > Backup Strategy, or aliyun rds ModifyBackupPolicy
#       --DBInstanceId ID --BackupPolicyMode DataBackupPolicy --BackupRetentionPeriod 30, then --BackupPolicyMode
#       LogBackupPolicy --BackupLog Enable --LogBackupRetentionPeriod 30; aliyun polardb ModifyBackupPolicy
#       --DBClusterId ID --DataLevel2BackupRetentionPeriod 30; aliyun dds ModifyBackupPolicy --DBInstanceId ID
#       --BackupRetentionPeriod 30
#     aliyun_zh: >-
#       RDS 控制台 > 该实例 > 备份恢复 > 备份策略，或执行 aliyun rds ModifyBackupPolicy --DBInstanceId ID --BackupPolicyMode
#       DataBackupPolicy --BackupRetentionPeriod 30，再以 --BackupPolicyMode LogBackupPolicy --BackupLog Enable
#       --LogBackupRetentionPeriod 30 启用日志备份；PolarDB 执行 aliyun polardb ModifyBackupPolicy --DBClusterId ID
#       --DataLevel2BackupRetentionPeriod 30；MongoDB 执行 aliyun dds ModifyBackupPolicy --DBInstanceId ID
#       --BackupRetentionPeriod 30。
#     terraform: >-
#       aws_db_instance.backup_retention_period = 30; azurerm_mssql_database short_term_retention_policy {
#       retention_days = 30 }; alicloud_db_backup_policy with backup_retention_period = 30, enable_backup_log = true
#     terraform_zh: >-
#       aws_db_instance.backup_retention_period = 30; azurerm_mssql_database 的 short_term_retention_policy {
#       retention_days = 30 }; alicloud_db_backup_policy 的 backup_retention_period = 30, enable_backup_log = true
#   references:
#     - GB/T 22239-2019 8.1.4.9 a
#     - High-risk case 6.4.6.1
#     - "Alibaba Cloud Config: rds-instance-enabled-log-backup"
#     - "Alibaba Cloud Config: polardb-cluster-level-two-backup-retention"
#     - "Alibaba Cloud Config: elasticsearch-instance-snapshot-enabled"
#     - "Alibaba Cloud Config: mongodb-instance-backup-log-enabled"
package mlps.checks.backup.database

import data.mlps.lib.databases

_needed := {1: 7, 2: 7, 3: 30, 4: 30}[input.level]

# Engines that clouds back up by snapshot only: caches, search engines and warehouses.
_without_logs := ["redis", "valkey", "tair", "elasticsearch", "opensearch", "redshift", "clickhouse", "analyticdb"]

# Search engines, of which the clouds decide how long automatic snapshots are kept: nobody can set it.
_without_retention := ["elasticsearch", "opensearch"]

applies if databases.is_backed_up(input.facts.engine)

deny contains {"at": "backup/enabled", "args": {"days": _days, "needed": _needed, "logs": _logs}} if {
	databases.is_backed_up(input.facts.engine)
	input.facts.backup.enabled == false
}

deny contains {"at": "backup/retention_days", "args": {"days": _days, "needed": _needed, "logs": _logs}} if {
	databases.is_backed_up(input.facts.engine)
	strings.any_prefix_match(lower(input.facts.engine), _without_retention) == false
	input.facts.backup.enabled == true
	input.facts.backup.retention_days < _needed
}

deny contains {"at": "backup/point_in_time", "args": {"days": _days, "needed": _needed, "logs": _logs}} if {
	databases.is_backed_up(input.facts.engine)
	input.level >= 3
	strings.any_prefix_match(lower(input.facts.engine), _without_logs) == false
	input.facts.backup.enabled == true
	input.facts.backup.point_in_time == false
}

# "-" where the part of the backup is not known.
default _days := "-"

_days := input.facts.backup.retention_days

default _logs := "-"

_logs := input.facts.backup.point_in_time
