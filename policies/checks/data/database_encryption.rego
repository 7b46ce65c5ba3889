# METADATA
# title: Databases, their snapshots, file systems and queues are encrypted at rest
# description: >-
#   Databases, caches, file systems and queues hold the data that the system exists for. Encryption at rest keeps them,
#   their backups and their replicas unreadable outside the service. Memcached is left out: it keeps nothing on disk.
# custom:
#   id: data-database-encryption
#   title_zh: 数据库及其快照、文件系统和消息队列加密存储
#   description_zh: 数据库、缓存、文件系统和消息队列承载业务数据，加密存储可使其本身及备份、副本脱离服务后无法读取。Memcached 不落盘，不作检查。
#   targets: [database.instance, database.snapshot, storage.file_system, queue.topic]
#   facts: [encryption.enabled, engine]
#   severity: high
#   items: ["g:data.storage-confidentiality"]
#   message: "data are not encrypted at rest"
#   message_zh: "数据未加密存储"
#   remediation:
#     en: >-
#       Turn encryption on where the service can do it in place; otherwise restore a backup into an encrypted copy and
#       switch over.
#     zh: 支持在线开启的直接开启加密；不支持的，由备份恢复出加密实例后切换。
#     aws: >-
#       RDS console > Snapshots > Copy snapshot > Enable encryption, or aws rds copy-db-snapshot
#       --source-db-snapshot-identifier SNAP --target-db-snapshot-identifier COPY --kms-key-id KEY, then aws rds
#       restore-db-instance-from-db-snapshot and switch over; EFS, ElastiCache and DAX: create anew with encryption on;
#       aws sns set-topic-attributes --topic-arn ARN --attribute-name KmsMasterKeyId --attribute-value KEY; aws sqs
#       set-queue-attributes --queue-url URL --attributes SqsManagedSseEnabled=true; aws kinesis start-stream-encryption
#       --stream-name NAME --encryption-type KMS --key-id KEY; aws firehose start-delivery-stream-encryption
#       --delivery-stream-name NAME --delivery-stream-encryption-configuration-input
#       KeyType=CUSTOMER_MANAGED_CMK,KeyARN=KEY
#     aws_zh: >-
#       RDS 控制台 > 快照 > 复制快照 > 启用加密，或执行 aws rds copy-db-snapshot --source-db-snapshot-identifier SNAP
#       --target-db-snapshot-identifier COPY --kms-key-id KEY，再执行 aws rds restore-db-instance-from-db-snapshot 并切换；EFS
#       和 ElastiCache、DAX 须新建并启用加密；SNS 执行 aws sns set-topic-attributes --topic-arn ARN --attribute-name KmsMasterKeyId
#       --attribute-value KEY；SQS 执行 aws sqs set-queue-attributes --queue-url URL --attributes
#       SqsManagedSseEnabled=true；Kinesis 执行 aws kinesis start-stream-encryption --stream-name NAME
#       --encryption-type KMS --key-id KEY；Firehose 执行 aws firehose start-delivery-stream-encryption
#       --delivery-stream-name NAME --delivery-stream-encryption-configuration-input
#       KeyType=CUSTOMER_MANAGED_CMK,KeyARN=KEY。
#     azure: >-
#       Portal > the SQL database > Data Encryption > Transparent data encryption: On, or az sql db tde set --status
#       Enabled --server SERVER --database DB --resource-group GROUP; other services encrypt always, with your own key
#       under Encryption or Data encryption of the resource.
#     azure_zh: >-
#       Azure 门户 > 该 SQL 数据库 > 数据加密 > 透明数据加密：启用，或执行 az sql db tde set --status Enabled --server SERVER --database DB
#       --resource-group GROUP；其他服务始终加密，自有密钥在该资源的“加密”或“数据加密”中设置。
#     aliyun: >-
#       RDS console > the instance > Data Security > TDE, or aliyun rds ModifyDBInstanceTDE --DBInstanceId ID
#       --TDEStatus Enabled (disk encryption at creation: --EncryptionKey KEY); PolarDB: aliyun polardb
#       ModifyDBClusterTDE --DBClusterId ID --TDEStatus Enable; Tair (Redis): aliyun r-kvstore ModifyInstanceTDE
#       --InstanceId ID --TDEStatus Enabled; NAS: choose encryption when creating it (aliyun nas CreateFileSystem
#       --EncryptType 1); Simple Message Queue console > the queue or topic > Modify > Server-side Encryption; Kafka,
#       RocketMQ and RabbitMQ: choose encryption when deploying them.
#     aliyun_zh: >-
#       RDS 控制台 > 该实例 > 数据安全性 > TDE，或执行 aliyun rds ModifyDBInstanceTDE --DBInstanceId ID --TDEStatus
#       Enabled（云盘加密须在创建时指定：--EncryptionKey KEY）；PolarDB 执行 aliyun polardb ModifyDBClusterTDE --DBClusterId ID
#       --TDEStatus Enable；Tair (Redis) 执行 aliyun r-kvstore ModifyInstanceTDE --InstanceId ID --TDEStatus Enabled；NAS
#       在创建时选择加密（aliyun nas CreateFileSystem --EncryptType 1）；轻量消息队列（MNS）控制台 > 该队列或主题 > 修改 > 服务端加密；Kafka、RocketMQ 和
#       RabbitMQ 在部署实例时选择加密。
#     terraform: >-
#       aws_db_instance.storage_encrypted, aws_elasticache_replication_group.at_rest_encryption_enabled,
#       aws_efs_file_system.encrypted = true, aws_sns_topic.kms_master_key_id, aws_sqs_queue.sqs_managed_sse_enabled,
#       aws_kinesis_stream.encryption_type, aws_kinesis_firehose_delivery_stream.server_side_encryption;
#       alicloud_db_instance.encryption_key, alicloud_polardb_cluster.tde_status = "Enabled";
#       azurerm_mssql_database.transparent_data_encryption_enabled = true
#   references:
#     - GB/T 22239-2019 8.1.4.8 b
#     - High-risk case 6.4.5.2
#     - "Alibaba Cloud Config: rds-instance-enabled-disk-encryption"
#     - "Alibaba Cloud Config: polardb-cluster-enabled-tde"
#     - "Alibaba Cloud Config: redis-instance-enabled-tde"
package mlps.checks.data.database_encryption

import data.mlps.lib.databases

applies if _keeps_data

deny contains {"at": "encryption/enabled", "args": {}} if {
	_keeps_data
	input.facts.encryption.enabled == false
}

_keeps_data if input.type != "database.instance"

_keeps_data if databases.keeps_data(input.facts.engine)
