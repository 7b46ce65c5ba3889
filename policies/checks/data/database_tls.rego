# METADATA
# title: Databases and caches require TLS
# description: >-
#   Where plaintext connections are accepted, passwords and records can be read on the way. Offering TLS is not enough:
#   the server has to refuse the rest. The vendor's rule is content with TLS on offer.
# custom:
#   id: data-database-tls
#   title_zh: 数据库和缓存强制使用 TLS 连接
#   description_zh: 接受明文连接时，口令和数据在传输中可被窃听。仅支持 TLS 并不够，服务端应拒绝明文连接；云厂商的规则则只要求启用 SSL。
#   targets: [database.instance]
#   facts: [tls.required]
#   severity: high
#   items: ["g:network.transport-confidentiality", "g:data.transport-confidentiality"]
#   message: "the database accepts connections without TLS"
#   message_zh: "数据库接受未加密（非 TLS）的连接"
#   remediation:
#     en: Give the clients the provider's CA certificate, watch that all of them use TLS, then require it.
#     zh: 为客户端部署云服务商的 CA 证书，确认全部使用 TLS 后，在服务端强制要求 TLS。
#     aws: >-
#       RDS console > Parameter groups > the group > Edit: rds.force_ssl = 1 (PostgreSQL, SQL Server) or
#       require_secure_transport = ON (MySQL, MariaDB), or aws rds modify-db-parameter-group --db-parameter-group-name
#       GROUP --parameters ParameterName=rds.force_ssl,ParameterValue=1,ApplyMethod=immediate; ElastiCache: aws
#       elasticache modify-replication-group --replication-group-id ID --transit-encryption-enabled
#       --transit-encryption-mode required --apply-immediately; MemoryDB and DAX: create anew with TLS; aws rds
#       modify-db-proxy --db-proxy-name NAME --require-tls
#     aws_zh: >-
#       RDS 控制台 > 参数组 > 该参数组 > 编辑：rds.force_ssl = 1（PostgreSQL、SQL Server）或 require_secure_transport =
#       ON（MySQL、MariaDB），或执行 aws rds modify-db-parameter-group --db-parameter-group-name GROUP --parameters
#       ParameterName=rds.force_ssl,ParameterValue=1,ApplyMethod=immediate；ElastiCache 执行 aws elasticache
#       modify-replication-group --replication-group-id ID --transit-encryption-enabled --transit-encryption-mode
#       required --apply-immediately；MemoryDB 和 DAX 须新建并启用 TLS；RDS Proxy 执行 aws rds modify-db-proxy --db-proxy-name NAME
#       --require-tls。
#     azure: >-
#       Portal > the server > Server parameters > require_secure_transport: ON, or az mysql flexible-server parameter
#       set --server-name SERVER --resource-group GROUP --name require_secure_transport --value ON (PostgreSQL alike);
#       az redis update --name NAME --resource-group GROUP --set enableNonSslPort=false
#     azure_zh: >-
#       Azure 门户 > 该服务器 > 服务器参数 > require_secure_transport：ON，或执行 az mysql flexible-server parameter set --server-name
#       SERVER --resource-group GROUP --name require_secure_transport --value ON（PostgreSQL 类似）；Redis 执行 az redis update
#       --name NAME --resource-group GROUP --set enableNonSslPort=false。
#     aliyun: >-
#       RDS console > the instance > Data Security > SSL > enable, then force encryption; aliyun rds ModifyDBInstanceSSL
#       --DBInstanceId ID --SSLEnabled 1 --ConnectionString HOST; PolarDB console > the cluster > Settings and
#       Management > Security > SSL Settings, or aliyun polardb ModifyDBClusterSSL --DBClusterId ID --SSLEnabled Enable;
#       Tair (Redis) console > the instance > TLS (SSL) Settings, or aliyun r-kvstore ModifyInstanceSSL --InstanceId ID
#       --SSLEnabled Enable
#     aliyun_zh: >-
#       RDS 控制台 > 该实例 > 数据安全性 > SSL > 启用，随后开启强制加密；或执行 aliyun rds ModifyDBInstanceSSL --DBInstanceId ID --SSLEnabled 1
#       --ConnectionString HOST；PolarDB 控制台 > 该集群 > 配置与管理 > 安全管理 > SSL 配置，或执行 aliyun polardb ModifyDBClusterSSL
#       --DBClusterId ID --SSLEnabled Enable；Tair (Redis) 控制台 > 该实例 > TLS (SSL) 设置，或执行 aliyun r-kvstore
#       ModifyInstanceSSL --InstanceId ID --SSLEnabled Enable。
#     terraform: >-
#       aws_db_parameter_group with rds.force_ssl or require_secure_transport,
#       aws_elasticache_replication_group.transit_encryption_mode = "required", aws_memorydb_cluster.tls_enabled = true,
#       aws_db_proxy.require_tls = true,
#       azurerm_mysql_flexible_server_configuration, azurerm_redis_cache.non_ssl_port_enabled = false,
#       alicloud_db_instance.ssl_action = "Open", alicloud_polardb_cluster_endpoint.ssl_enabled = "Enable"
#     terraform_zh: >-
#       aws_db_parameter_group 中的 rds.force_ssl 或 require_secure_transport,
#       aws_elasticache_replication_group.transit_encryption_mode = "required", aws_memorydb_cluster.tls_enabled = true,
#       aws_db_proxy.require_tls = true,
#       azurerm_mysql_flexible_server_configuration, azurerm_redis_cache.non_ssl_port_enabled = false,
#       alicloud_db_instance.ssl_action = "Open", alicloud_polardb_cluster_endpoint.ssl_enabled = "Enable"
#   references:
#     - GB/T 22239-2019 8.1.2.2 b
#     - GB/T 22239-2019 8.1.4.8 a
#     - High-risk case 6.2.2.1
#     - "Alibaba Cloud Config: polardb-cluster-enabled-ssl"
package mlps.checks.data.database_tls

# Null for what nobody connects to.
applies if is_object(input.facts.tls)

deny contains {"at": "tls/required", "args": {}} if {
	input.facts.tls.required == false
}
