# METADATA
# title: Storage and databases keep replicas in several zones
# description: >-
#   What one zone holds is gone with it. From level 3 on, buckets, file systems and databases keep their replicas in
#   several zones or regions. A database with a disaster-recovery instance of Alibaba Cloud has one, as the vendor's
#   rule asks of key instances; one that spans zones is accepted too. Where a region has no zone-redundant kind, a
#   bucket whose objects are all replicated to another region is enough, and file systems and databases are not judged.
#   Nor are caches before a database, proxies, and machines that copy from one database to another: others keep the
#   data.
# custom:
#   id: backup-redundancy
#   title_zh: 存储和数据库跨可用区保存多个副本
#   description_zh: >-
#     仅存放于单个可用区的数据会随该可用区一并丢失。三级起，存储桶、文件系统和数据库应跨可用区或跨地域保存多个副本。数据库跨可用区部署，或在阿里云配有灾备实例的，均视为符合。所在地域
#     (Region) 不提供同城冗余的，存储桶将全部对象复制到其他地域即可，文件系统和数据库不作检查。自身不保存数据的缓存、代理和数据迁移实例不在此列。
#   targets: [storage.bucket, storage.file_system, database.instance]
#   facts: [redundancy, replication.region, replication.whole, multi_zone, guard_instance, region, engine]
#   severity: medium
#   items: [backup.replicas, "g:backup.hot-redundancy"]
#   message: "the data are in one zone only ({found}); level {level} asks for replicas in several"
#   message_zh: "数据仅存放于单个可用区（{found}），第 {level} 级要求跨可用区保存多个副本"
#   words_zh:
#     found: {single: 单副本, zone: 单可用区}
#   remediation:
#     en: Change to the zone-redundant kind; where the region has none, replicate to another region of mainland China.
#     zh: 改用同城冗余（跨可用区）类型；所在地域不提供的，复制到境内其他地域。
#     aws: >-
#       RDS console > the database > Modify > Multi-AZ deployment, or aws rds modify-db-instance
#       --db-instance-identifier ID --multi-az --apply-immediately; aws elasticache modify-replication-group
#       --replication-group-id ID --automatic-failover-enabled --multi-az-enabled --apply-immediately; EFS One Zone: aws
#       efs create-replication-configuration to a regional file system, then move over.
#     aws_zh: >-
#       RDS 控制台 > 该数据库 > 修改 > 多可用区部署，或执行 aws rds modify-db-instance --db-instance-identifier ID --multi-az
#       --apply-immediately；ElastiCache 执行 aws elasticache modify-replication-group --replication-group-id ID
#       --automatic-failover-enabled --multi-az-enabled --apply-immediately；EFS 单区存储执行 aws efs
#       create-replication-configuration 复制到区域文件系统，再切换使用。
#     azure: >-
#       Portal > the storage account > Redundancy, or az storage account update --name NAME --resource-group GROUP --sku
#       Standard_ZRS (chinanorth3 only) or Standard_GRS; az sql db update --zone-redundant true --name DB --server
#       SERVER --resource-group GROUP; az mysql flexible-server update --high-availability ZoneRedundant (PostgreSQL
#       alike)
#     azure_zh: >-
#       Azure 门户 > 该存储账户 > 冗余，或执行 az storage account update --name NAME --resource-group GROUP --sku Standard_ZRS（仅
#       chinanorth3）或 Standard_GRS；SQL 执行 az sql db update --zone-redundant true --name DB --server SERVER
#       --resource-group GROUP；MySQL 执行 az mysql flexible-server update --high-availability ZoneRedundant（PostgreSQL
#       类似）。
#     aliyun: >-
#       OSS console > the bucket > Data Management > Redundancy Type: convert to ZRS, or ossutil api
#       create-bucket-data-redundancy-transition --bucket NAME --target-redundancy-type ZRS; RDS console > the instance
#       > Service Availability > Change Availability (secondary zone), or Instance Distribution > Add Disaster Recovery
#       Instance; aliyun rds MigrateToOtherZone --DBInstanceId ID --ZoneId ZONE --ZoneIdSlave1 OTHER_ZONE
#     aliyun_zh: >-
#       OSS 控制台 > 该 Bucket > 数据管理 > 存储冗余转换，转换为同城冗余 (ZRS)，或执行 ossutil api create-bucket-data-redundancy-transition
#       --bucket NAME --target-redundancy-type ZRS；RDS 控制台 > 该实例 > 服务可用性 > 修改可用性（配置备可用区），或实例分布 > 添加灾备实例；也可执行 aliyun rds
#       MigrateToOtherZone --DBInstanceId ID --ZoneId ZONE --ZoneIdSlave1 OTHER_ZONE。
#     terraform: >-
#       aws_db_instance.multi_az = true, aws_efs_file_system without availability_zone_name;
#       azurerm_storage_account.account_replication_type = "ZRS" or "GRS", azurerm_mssql_database.zone_redundant = true;
#       alicloud_oss_bucket.redundancy_type = "ZRS", alicloud_db_instance.zone_id_slave_a
#     terraform_zh: >-
#       aws_db_instance.multi_az = true, aws_efs_file_system 不设置 availability_zone_name;
#       azurerm_storage_account.account_replication_type = "ZRS" 或 "GRS", azurerm_mssql_database.zone_redundant = true;
#       alicloud_oss_bucket.redundancy_type = "ZRS", alicloud_db_instance.zone_id_slave_a
#   references:
#     - GB/T 22239-2019 8.2.4.6 c
#     - GB/T 22239-2019 8.1.4.9 c
#     - "Alibaba Cloud Config: oss-zrs-enabled"
#     - "Alibaba Cloud Config: rds-instance-has-guard-instance"
package mlps.checks.backup.redundancy

import data.mlps.lib.databases

# Mainland regions in which OSS has zone-redundant storage (OSS documentation, "Zone-redundant storage").
_zrs_regions := {
	"cn-hangzhou",
	"cn-shanghai",
	"cn-beijing",
	"cn-zhangjiakou",
	"cn-wulanchabu",
	"cn-shenzhen",
}

_one_zone := {"zone", "single"}

applies if {
	input.level >= 3
	input.type == "storage.bucket"
}

applies if {
	input.level >= 3
	input.type == "storage.file_system"
	_region_has_zones
}

applies if {
	input.level >= 3
	databases.is_backed_up(input.facts.engine)
	_region_has_zones
}

deny contains {"at": "redundancy", "args": _args(input.facts.redundancy)} if {
	input.level >= 3
	input.type == "storage.bucket"
	input.facts.redundancy in _one_zone
	_bucket_can_span_zones
}

# Without zone-redundant storage in the region, copies in another one have to do.
deny contains {"at": "replication", "args": _args(input.facts.redundancy)} if {
	input.level >= 3
	input.type == "storage.bucket"
	input.provider == "aliyun"
	is_string(input.region)
	not input.region in _zrs_regions
	input.facts.redundancy in _one_zone
	is_array(input.facts.replication)
	not _is_replicated_elsewhere
}

deny contains {"at": "redundancy", "args": _args(input.facts.redundancy)} if {
	input.level >= 3
	input.type == "storage.file_system"
	input.facts.redundancy in _one_zone
	_region_has_zones
}

deny contains {"at": "multi_zone", "args": _args("zone")} if {
	input.level >= 3
	databases.is_backed_up(input.facts.engine)
	input.facts.multi_zone == false
	input.facts.guard_instance != true
	_region_has_zones
}

_is_replicated_elsewhere if {
	some copy in input.facts.replication
	copy.whole == true
	is_string(copy.region)
	copy.region != input.region
}

# Azure has geo-redundant accounts wherever it has no zones.
_bucket_can_span_zones if input.provider in {"aws", "azure"}

_bucket_can_span_zones if {
	input.provider == "aliyun"
	input.region in _zrs_regions
}

_region_has_zones if input.provider == "aws"

# Of the regions of Azure China one alone has availability zones.
_region_has_zones if {
	input.provider == "azure"
	is_string(input.region)
	not input.region in {"", "global"}
	not startswith(input.region, "china")
}

_region_has_zones if {
	input.provider == "azure"
	input.region == "chinanorth3"
}

# NAS has zone-redundant file systems in few regions; databases span zones nearly everywhere.
_region_has_zones if {
	input.provider == "aliyun"
	input.type == "database.instance"
}

_args(found) := {"found": found, "level": input.level}
