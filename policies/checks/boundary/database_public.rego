# METADATA
# title: Databases and message queues are not open to the internet
# description: >-
#   A database with a public endpoint that any address may reach holds the data behind a password alone. A queue or
#   topic whose policy lets in anyone gives its messages away without one.
# custom:
#   id: boundary-database-public
#   title_zh: 数据库和消息队列不对互联网开放
#   description_zh: >-
#     数据库开通公网地址且允许任意地址访问时，数据仅靠口令保护，数据库应仅通过内网访问。消息队列和主题的策略对任意主体放行时，任何人无需口令即可收发消息。
#   targets: [database.instance, queue.topic]
#   facts: [exposure.public]
#   severity: critical
#   items: [boundary.access-control]
#   message: "open to anyone on the internet"
#   message_zh: "可被互联网上的任何人访问"
#   remediation:
#     en: >-
#       Close the public endpoint and let applications connect over the private network; name in a queue's policy who
#       may use it.
#     zh: 关闭公网地址，应用通过内网访问；在消息队列的策略中写明允许访问的主体。
#     aws: >-
#       RDS console > Databases > the instance > Modify > Connectivity > Not publicly accessible, or aws rds
#       modify-db-instance --db-instance-identifier ID --no-publicly-accessible --apply-immediately; SQS and SNS
#       console > the queue or topic > Edit > Access policy, or aws sqs set-queue-attributes --queue-url URL
#       --attributes file://attributes.json, aws sns set-topic-attributes --topic-arn ARN --attribute-name Policy
#       --attribute-value file://policy.json; aws kinesis put-resource-policy --resource-arn ARN --policy
#       file://policy.json; aws kafka update-connectivity --cluster-arn ARN --current-version VERSION
#       --connectivity-info PublicAccess={Type=DISABLED}; create brokers of Amazon MQ anew without public access.
#     aws_zh: >-
#       RDS 控制台 > 数据库 > 该实例 > 修改 > 连接 > 不可公开访问，或执行 aws rds modify-db-instance --db-instance-identifier ID
#       --no-publicly-accessible --apply-immediately；SQS、SNS 控制台 > 该队列或主题 > 编辑 > 访问策略，或执行 aws sqs set-queue-attributes
#       --queue-url URL --attributes file://attributes.json、aws sns set-topic-attributes --topic-arn ARN
#       --attribute-name Policy --attribute-value file://policy.json；Kinesis 执行 aws kinesis put-resource-policy
#       --resource-arn ARN --policy file://policy.json；MSK 执行 aws kafka update-connectivity --cluster-arn ARN
#       --current-version VERSION --connectivity-info PublicAccess={Type=DISABLED}；Amazon MQ 须新建不可公开访问的 Broker。
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
#       instance > Network Management > take Internet out of the allowed network types; SMQ (MNS) console > the public
#       endpoint's allow-list, Kafka and RocketMQ consoles > the instance > Endpoints > turn public access off.
#     aliyun_zh: >-
#       RDS 控制台 > 该实例 > 数据库连接 > 释放外网地址，或执行 aliyun rds ReleaseInstancePublicConnection --DBInstanceId ID
#       --CurrentConnectionString HOST；PolarDB 执行 aliyun polardb DeleteDBEndpointAddress --DBClusterId ID
#       --DBEndpointId ENDPOINT --NetType Public；Redis 执行 aliyun r-kvstore ReleaseInstancePublicConnection
#       --InstanceId ID --CurrentConnectionString HOST；表格存储控制台 > 该实例 > 网络管理 > 在允许的网络类型中取消公网；消息队列控制台 > 该实例 > 接入点 >
#       关闭公网访问或收紧公网白名单。
#     terraform: >-
#       aws_db_instance.publicly_accessible = false (likewise aws_mq_broker), aws_sqs_queue_policy.policy,
#       aws_sns_topic_policy.policy and aws_kinesis_resource_policy.policy,
#       azurerm_mssql_server.public_network_access_enabled = false (likewise azurerm_postgresql_flexible_server and
#       azurerm_redis_cache), no alicloud_db_connection, alicloud_elasticsearch_instance.enable_public = false
#     terraform_zh: >-
#       aws_db_instance.publicly_accessible = false（aws_mq_broker 同样设置）,
#       aws_sqs_queue_policy.policy、aws_sns_topic_policy.policy 和 aws_kinesis_resource_policy.policy 不对任意主体放行,
#       azurerm_mssql_server.public_network_access_enabled = false（azurerm_postgresql_flexible_server 和
#       azurerm_redis_cache 同样设置），不创建 alicloud_db_connection,
#       alicloud_elasticsearch_instance.enable_public = false
#   references:
#     - GB/T 22239-2019 8.2.3.1 a
#     - "Alibaba Cloud Config: rds-public-connection-and-any-ip-access-check"
#     - "Alibaba Cloud Config: polardb-public-and-any-ip-access-check"
#     - "Alibaba Cloud Config: redis-public-and-any-ip-access-check"
#     - "Alibaba Cloud Config: elasticsearch-public-and-any-ip-access-check"
package mlps.checks.boundary.database_public

deny contains {"at": "exposure/public", "args": {}} if input.facts.exposure.public == true
