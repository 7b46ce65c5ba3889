# METADATA
# title: Instances, databases, functions and containers are in a VPC
# description: >-
#   Classic networks, and platform services without a network of yours, share one network with other customers. A VPC
#   keeps tenants apart. From level 3 on functions and containers are attached to a VPC too. Kubernetes clusters of
#   these clouds always stand in one.
# custom:
#   id: network-in-vpc
#   title_zh: 云服务器、数据库、函数和容器部署在专有网络中
#   description_zh: 经典网络及未接入专有网络的平台服务与其他租户共用网络，专有网络（VPC）实现租户之间的隔离。云服务器、数据库和缓存应部署在专有网络中，三级及以上系统的函数和容器也应接入专有网络。
#   targets: [compute.instance, compute.function, compute.container_service, database.instance]
#   facts: [network_kind]
#   severity: high
#   items: [network.tenant-isolation]
#   message: "is in a {kind} network, not in a VPC"
#   message_zh: "位于{kind}网络，未部署在专有网络（VPC）中"
#   words_zh:
#     kind: {classic: 经典, public: 公共}
#   remediation:
#     en: Move the instance, database, function or container into a VPC.
#     zh: 将实例、数据库、函数或容器迁移（接入）到专有网络。
#     aws: >-
#       Launch a copy in a VPC: EC2 console > AMIs > Launch instance from AMI, or aws ec2 run-instances --image-id AMI
#       --subnet-id SUBNET; aws rds restore-db-instance-from-db-snapshot --db-instance-identifier NEW
#       --db-snapshot-identifier SNAPSHOT --db-subnet-group-name GROUP; Lambda console > the function > Configuration >
#       VPC, or aws lambda update-function-configuration --function-name NAME --vpc-config
#       SubnetIds=SUBNET,SecurityGroupIds=SG.
#     aws_zh: >-
#       在 VPC 中启动副本：EC2 控制台 > AMI > 从 AMI 启动实例，或执行 aws ec2 run-instances --image-id AMI --subnet-id SUBNET；数据库执行 aws rds
#       restore-db-instance-from-db-snapshot --db-instance-identifier NEW --db-snapshot-identifier SNAPSHOT
#       --db-subnet-group-name GROUP；Lambda 控制台 > 该函数 > 配置 > VPC，或执行 aws lambda update-function-configuration
#       --function-name NAME --vpc-config SubnetIds=SUBNET,SecurityGroupIds=SG。
#     azure: >-
#       Portal > the server > Networking > Private access > Create private endpoint, or az network private-endpoint
#       create --resource-group RG --name NAME --vnet-name VNET --subnet SUBNET --private-connection-resource-id ID
#       --group-id sqlServer --connection-name NAME, then close public network access; Function App > Networking > VNet
#       integration, or az functionapp vnet-integration add --resource-group RG --name APP --vnet VNET --subnet SUBNET.
#     azure_zh: >-
#       Azure 门户 > 该服务器 > 网络 > 专用访问 > 创建专用终结点，或执行 az network private-endpoint create --resource-group RG --name NAME
#       --vnet-name VNET --subnet SUBNET --private-connection-resource-id ID --group-id sqlServer --connection-name
#       NAME，再关闭公用网络访问；函数应用 > 网络 > VNet 集成，或执行 az functionapp vnet-integration add --resource-group RG --name APP --vnet
#       VNET --subnet SUBNET。
#     aliyun: >-
#       ECS console > Migration Plans (classic network to VPC), or aliyun ecs CreateImage and aliyun ecs RunInstances
#       --VSwitchId VSW; RDS console > the instance > Database Connection > Switch to VPC, or aliyun rds
#       ModifyDBInstanceNetworkType --DBInstanceId ID --InstanceNetworkType VPC --VPCId VPC --VSwitchId VSW; Redis:
#       aliyun r-kvstore SwitchNetwork --InstanceId ID --TargetNetworkType VPC --VpcId VPC --VSwitchId VSW; Function
#       Compute console > the function > Configuration > Network, or aliyun fc PUT /2023-03-30/functions/NAME --body
#       with vpcConfig; Tablestore console > the instance > Network Management > allowed network types: VPC alone.
#     aliyun_zh: >-
#       ECS 控制台 > 迁移计划（经典网络迁移至专有网络），或执行 aliyun ecs CreateImage 和 aliyun ecs RunInstances --VSwitchId VSW；RDS 控制台 > 该实例
#       > 数据库连接 > 切换为专有网络，或执行 aliyun rds ModifyDBInstanceNetworkType --DBInstanceId ID --InstanceNetworkType VPC
#       --VPCId VPC --VSwitchId VSW；Redis 执行 aliyun r-kvstore SwitchNetwork --InstanceId ID --TargetNetworkType VPC
#       --VpcId VPC --VSwitchId VSW；函数计算控制台 > 该函数 > 配置 > 网络，或执行 aliyun fc PUT /2023-03-30/functions/NAME，在 --body 中设置
#       vpcConfig；表格存储控制台 > 该实例 > 网络管理 > 允许的网络类型仅保留 VPC。
#     terraform: >-
#       aws_instance.subnet_id, aws_db_instance.db_subnet_group_name, aws_lambda_function.vpc_config;
#       azurerm_private_endpoint, azurerm_linux_function_app.virtual_network_subnet_id; alicloud_instance.vswitch_id,
#       alicloud_db_instance.vswitch_id, alicloud_kvstore_instance.vswitch_id, alicloud_fcv3_function.vpc_config
#   references:
#     - GB/T 22239-2019 8.2.2.1 b
#     - High-risk case 7.2.1.2
#     - "Alibaba Cloud Config: ecs-instances-in-vpc"
#     - "Alibaba Cloud Config: rds-instances-in-vpc"
#     - "Alibaba Cloud Config: redis-instance-in-vpc"
package mlps.checks.network.in_vpc

# Until they are attached to a network of the account, they run in one of the provider.
_attached := {"compute.function", "compute.container_service"}

applies if not input.type in _attached

applies if input.level >= 3

deny contains {"at": "network_kind", "args": {"kind": input.facts.network_kind}} if {
	not input.type in _attached
	input.facts.network_kind in {"classic", "public"}
}

deny contains {"at": "network_kind", "args": {"kind": input.facts.network_kind}} if {
	input.type in _attached
	input.level >= 3
	input.facts.network_kind == "public"
}
