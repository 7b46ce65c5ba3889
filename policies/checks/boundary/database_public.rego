# METADATA
# title: Databases are not reachable from the internet
# description: A database with a public endpoint that any address may reach holds the data behind a password alone.
# custom:
#   id: boundary-database-public
#   title_zh: 数据库不对互联网开放
#   description_zh: 数据库开通公网地址且允许任意地址访问时，数据仅靠口令保护。数据库应仅通过内网访问。
#   targets: [database.instance]
#   facts: [exposure.public]
#   severity: critical
#   items: [boundary.access-control]
#   message: "the database is reachable from any address on the internet"
#   message_zh: "数据库可被互联网任意地址访问"
#   remediation:
#     en: Close the public endpoint and let applications connect over the private network.
#     zh: 关闭公网地址，应用通过内网访问数据库。
#     aws: >-
#       RDS console > Databases > the instance > Modify > Connectivity > Not publicly accessible, or aws rds
#       modify-db-instance --db-instance-identifier ID --no-publicly-accessible --apply-immediately.
#     aws_zh: >-
#       RDS 控制台 > 数据库 > 该实例 > 修改 > 连接 > 不可公开访问，或执行 aws rds modify-db-instance --db-instance-identifier ID
#       --no-publicly-accessible --apply-immediately。
#     azure: >-
#       Portal > SQL servers > the server > Networking > Public network access > Disable, or az sql server update
#       --resource-group RG --name SERVER --enable-public-network false, after az network private-endpoint create;
#       likewise az postgres flexible-server update and az mysql flexible-server update --public-access Disabled, az
#       redis update --set publicNetworkAccess=Disabled.
#     azure_zh: >-
#       Azure 门户 > SQL 服务器 > 该服务器 > 网络 > 公用网络访问 > 禁用，或先执行 az network private-endpoint create，再执行 az sql server update
#       --resource-group RG --name SERVER --enable-public-network false；其他数据库同样执行 az postgres flexible-server update、az
#       mysql flexible-server update --public-access Disabled，az redis update --set publicNetworkAccess=Disabled。
#     aliyun: >-
#       RDS console > the instance > Database Connection > Release Public Endpoint, or aliyun rds
#       ReleaseInstancePublicConnection --DBInstanceId ID --CurrentConnectionString HOST; PolarDB: aliyun polardb
#       DeleteDBEndpointAddress --DBClusterId ID --DBEndpointId ENDPOINT --NetType Public; Redis: aliyun r-kvstore
#       ReleaseInstancePublicConnection --InstanceId ID --CurrentConnectionString HOST; Tablestore console > the
#       instance > Network Management > take Internet out of the allowed network types.
#     aliyun_zh: >-
#       RDS 控制台 > 该实例 > 数据库连接 > 释放外网地址，或执行 aliyun rds ReleaseInstancePublicConnection --DBInstanceId ID
#       --CurrentConnectionString HOST；PolarDB 执行 aliyun polardb DeleteDBEndpointAddress --DBClusterId ID
#       --DBEndpointId ENDPOINT --NetType Public；Redis 执行 aliyun r-kvstore ReleaseInstancePublicConnection
#       --InstanceId ID --CurrentConnectionString HOST；表格存储控制台 > 该实例 > 网络管理 > 在允许的网络类型中取消公网。
#     terraform: >-
#       aws_db_instance.publicly_accessible = false, azurerm_mssql_server.public_network_access_enabled = false
#       (likewise azurerm_postgresql_flexible_server and azurerm_redis_cache), no alicloud_db_connection,
#       alicloud_elasticsearch_instance.enable_public = false
#     terraform_zh: >-
#       aws_db_instance.publicly_accessible = false, azurerm_mssql_server.public_network_access_enabled =
#       false（azurerm_postgresql_flexible_server 和 azurerm_redis_cache 同样设置），不创建 alicloud_db_connection,
#       alicloud_elasticsearch_instance.enable_public = false
#   references:
#     - GB/T 22239-2019 8.2.3.1 a
#     - "Alibaba Cloud Config: rds-public-connection-and-any-ip-access-check"
#     - "Alibaba Cloud Config: polardb-public-and-any-ip-access-check"
#     - "Alibaba Cloud Config: redis-public-and-any-ip-access-check"
#     - "Alibaba Cloud Config: elasticsearch-public-and-any-ip-access-check"
package mlps.checks.boundary.database_public

deny contains {"at": "exposure/public", "args": {}} if input.facts.exposure.public == true
