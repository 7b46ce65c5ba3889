# METADATA
# title: Databases and caches require authentication
# description: >-
#   Without authentication, whoever reaches the port reads and changes the data, and nobody can tell afterwards who it
#   was. A closed network is no substitute.
# custom:
#   id: data-database-auth
#   title_zh: 数据库和缓存须经身份鉴别才能访问
#   description_zh: 免密访问的数据库或缓存，凡网络可达者均可读写数据，事后也无从追溯到人。应对登录的用户进行身份标识和鉴别，不能以网络隔离代替。
#   targets: [database.instance]
#   facts: [authentication]
#   severity: critical
#   items: ["g:compute.identification", "g:compute.account-rights"]
#   message: "clients connect without authentication"
#   message_zh: "客户端无需身份鉴别即可连接（免密访问）"
#   remediation:
#     en: Give every client an account and a password of its own, then turn password-free access off.
#     zh: 为每个使用方分配独立的账户和口令，切换完成后关闭免密访问。
#     aws: >-
#       ElastiCache console > the cache > Modify > Security > Access control, or aws elasticache
#       modify-replication-group --replication-group-id ID --user-group-ids-to-add GROUP (or --auth-token TOKEN
#       --auth-token-update-strategy SET) --apply-immediately; Neptune: aws neptune modify-db-cluster
#       --db-cluster-identifier ID --enable-iam-database-authentication --apply-immediately; MemoryDB: aws memorydb
#       update-cluster --cluster-name NAME --acl-name LIST. Memcached has none: replace it.
#     aws_zh: >-
#       ElastiCache 控制台 > 该缓存 > 修改 > 安全性 > 访问控制，或执行 aws elasticache modify-replication-group --replication-group-id ID
#       --user-group-ids-to-add GROUP（或 --auth-token TOKEN --auth-token-update-strategy SET）--apply-immediately；Neptune
#       执行 aws neptune modify-db-cluster --db-cluster-identifier ID --enable-iam-database-authentication
#       --apply-immediately；MemoryDB 执行 aws memorydb update-cluster --cluster-name NAME --acl-name
#       LIST。Memcached 不支持身份鉴别，应更换。
#     azure: >-
#       Portal > the cache > Authentication, or az redis update --name NAME --resource-group GROUP --set
#       redisConfiguration.authnotrequired=false; better, sign in by Microsoft Entra ID.
#     azure_zh: >-
#       Azure 门户 > 该缓存 > 身份验证，或执行 az redis update --name NAME --resource-group GROUP --set
#       redisConfiguration.authnotrequired=false；建议改用 Microsoft Entra ID 登录。
#     aliyun: >-
#       Tair (Redis OSS-compatible) console > the instance > Account Management: create accounts; then Whitelist
#       Settings > password-free access over VPC: off, or aliyun r-kvstore ModifyInstanceVpcAuthMode --InstanceId ID
#       --VpcAuthMode Open
#     aliyun_zh: >-
#       云数据库 Tair（兼容 Redis）控制台 > 该实例 > 账号管理：创建账号；随后在白名单设置中关闭专有网络免密访问，或执行 aliyun r-kvstore ModifyInstanceVpcAuthMode
#       --InstanceId ID --VpcAuthMode Open。
#     terraform: >-
#       aws_elasticache_replication_group.user_group_ids or auth_token,
#       aws_neptune_cluster.iam_database_authentication_enabled = true; azurerm_redis_cache redis_configuration {
#       authentication_enabled = true }; alicloud_kvstore_instance.vpc_auth_mode = "Open"
#     terraform_zh: >-
#       aws_elasticache_replication_group.user_group_ids 或 auth_token,
#       aws_neptune_cluster.iam_database_authentication_enabled = true; azurerm_redis_cache 的 redis_configuration {
#       authentication_enabled = true }; alicloud_kvstore_instance.vpc_auth_mode = "Open"
#   references:
#     - GB/T 22239-2019 8.1.4.1 a
#     - GB/T 22239-2019 8.1.4.2 a
#     - High-risk case 6.4.1.1
#     - "Alibaba Cloud Config: redis-instance-open-auth-mode"
package mlps.checks.data.database_auth

# Null for what nobody connects to.
applies if is_boolean(input.facts.authentication)

deny contains {"at": "authentication", "args": {}} if {
	input.facts.authentication == false
}
