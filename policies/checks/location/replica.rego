# METADATA
# title: Database replicas stay in mainland China
# description: >-
#   Read replicas, geo-replicas, global databases and global tables copy every change as it happens. One abroad takes
#   customer data and personal data out of the country. Where mlps.yaml declares `allowed_regions`, those regions are
#   allowed and no others.
# custom:
#   id: location-replica
#   title_zh: 数据库副本部署在境内地域
#   description_zh: >-
#     只读实例、异地灾备实例、全球数据库和全局表会持续复制全部数据变更。副本位于境外时，客户数据和个人信息即随之出境。mlps.yaml
#     中声明 allowed_regions 的，以所声明的地域为准。
#   targets: [database.instance]
#   facts: [replicas.region]
#   severity: high
#   items: [data.residency]
#   message: "a replica of the database is in {region}, which is not an allowed region (by default: mainland China)"
#   message_zh: "数据库副本位于地域 {region}，不在允许的地域范围内（默认为中国内地）"
#   remediation:
#     en: Make the replica anew in a mainland region and delete the one abroad, or have the export assessed first.
#     zh: 在境内地域重建副本并释放境外副本；确需出境的，应先依法完成数据出境安全评估等手续。
#     aws: >-
#       RDS console > Databases > the replica > Actions > Delete, or aws rds delete-db-instance --region REGION
#       --db-instance-identifier REPLICA --skip-final-snapshot; Aurora: aws rds remove-from-global-cluster
#       --global-cluster-identifier GLOBAL --db-cluster-identifier ARN; DynamoDB: aws dynamodb update-table --table-name
#       TABLE --replica-updates '[{"Delete":{"RegionName":"REGION"}}]'.
#     aws_zh: >-
#       RDS 控制台 > 数据库 > 该副本 > 操作 > 删除，或执行 aws rds delete-db-instance --region REGION --db-instance-identifier REPLICA
#       --skip-final-snapshot；Aurora 执行 aws rds remove-from-global-cluster --global-cluster-identifier GLOBAL
#       --db-cluster-identifier ARN；DynamoDB 执行 aws dynamodb update-table --table-name TABLE --replica-updates
#       '[{"Delete":{"RegionName":"REGION"}}]'。
#     azure: >-
#       Portal > SQL servers > the server > Failover groups, or the database > Replicas > Stop replication, or az sql
#       failover-group delete --name GROUP --resource-group RG --server SERVER and az sql db replica delete-link --name
#       DB --resource-group RG --server SERVER --partner-server PARTNER; Cosmos DB: az cosmosdb update --name ACCOUNT
#       --resource-group RG --locations regionName=chinanorth3 failoverPriority=0.
#     azure_zh: >-
#       Azure 门户 > SQL 服务器 > 该服务器 > 故障转移组，或该数据库 > 副本 > 停止复制，或执行 az sql failover-group delete --name GROUP
#       --resource-group RG --server SERVER 和 az sql db replica delete-link --name DB --resource-group RG --server
#       SERVER --partner-server PARTNER；Cosmos DB 执行 az cosmosdb update --name ACCOUNT --resource-group RG --locations
#       regionName=chinanorth3 failoverPriority=0。
#     aliyun: >-
#       RDS console > the read-only or disaster-recovery instance > Release Instance, or aliyun rds DeleteDBInstance
#       --DBInstanceId REPLICA; PolarDB: aliyun polardb RemoveDBClusterFromGDN --GDNId GDN --DBClusterId CLUSTER; Redis:
#       aliyun r-kvstore RemoveSubInstance --InstanceId SUB_INSTANCE.
#     aliyun_zh: >-
#       RDS 控制台 > 该只读实例或灾备实例 > 释放实例，或执行 aliyun rds DeleteDBInstance --DBInstanceId REPLICA；PolarDB 执行 aliyun polardb
#       RemoveDBClusterFromGDN --GDNId GDN --DBClusterId CLUSTER；Redis 执行 aliyun r-kvstore RemoveSubInstance
#       --InstanceId SUB_INSTANCE。
#     terraform: >-
#       aws_db_instance.replicate_source_db under a provider of a mainland region,
#       aws_dynamodb_table.replica.region_name, azurerm_mssql_failover_group.partner_server,
#       azurerm_cosmosdb_account.geo_location.location, alicloud_db_readonly_instance.zone_id,
#       alicloud_polardb_cluster.gdn_id
#     terraform_zh: >-
#       aws_db_instance.replicate_source_db 使用境内地域的 Provider, aws_dynamodb_table.replica.region_name,
#       azurerm_mssql_failover_group.partner_server, azurerm_cosmosdb_account.geo_location.location,
#       alicloud_db_readonly_instance.zone_id, alicloud_polardb_cluster.gdn_id
#   references: ["GB/T 22239-2019 8.2.4.5 a", "High-risk case 7.4.2.1"]
package mlps.checks.location.replica

import data.mlps.lib.location

applies if count(input.facts.replicas) > 0

deny contains {"at": sprintf("replicas/%d/region", [i]), "args": {"region": replica.region}} if {
	some i, replica in input.facts.replicas
	location.is_abroad(input.provider, replica.region)
}
