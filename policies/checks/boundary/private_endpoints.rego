# METADATA
# title: Data services of level-3 systems are reached by private endpoints
# description: >-
#   From level 3 on, databases, buckets, keys and secrets are reached inside the networks of the account: at an
#   address in the VPC, by a private endpoint, or by the internal endpoint that the cloud gives every VPC. Otherwise
#   the traffic of the applications passes public addresses. Keys that the provider manages are left out.
# custom:
#   id: boundary-private-endpoints
#   title_zh: 三级及以上系统的数据服务经私网终端访问
#   description_zh: 三级及以上系统应经专有网络内的地址、专用终结点（终端节点）或云服务内网地址访问数据库、对象存储、密钥和凭据，避免业务流量经公网地址。云服务商自管的密钥除外。
#   targets: [database.instance, storage.bucket, key.encryption_key, key.secret]
#   facts: [private_endpoint, manager]
#   severity: medium
#   items: [boundary.access-control, "g:boundary.controlled-interface"]
#   message: "there is no private way to the service"
#   message_zh: "没有访问该服务的私网通道"
#   remediation:
#     en: Give the networks of the applications a private endpoint to the service and let them use it.
#     zh: 在应用所在专有网络创建该服务的专用终结点（终端节点），并改为经其访问。
#     aws: >-
#       VPC console > Endpoints > Create endpoint, or aws ec2 create-vpc-endpoint --vpc-id VPC --vpc-endpoint-type
#       Gateway --service-name SERVICE --route-table-ids TABLE for S3, --vpc-endpoint-type Interface --subnet-ids
#       SUBNET for KMS and Secrets Manager (aws ec2 describe-vpc-endpoint-services names the service in China); RDS:
#       aws rds modify-db-instance --db-instance-identifier ID --db-subnet-group-name GROUP.
#     aws_zh: >-
#       VPC 控制台 > 终端节点 > 创建终端节点，或执行 aws ec2 create-vpc-endpoint --vpc-id VPC：S3 使用 --vpc-endpoint-type Gateway
#       --service-name SERVICE --route-table-ids TABLE，KMS 和 Secrets Manager 使用 --vpc-endpoint-type Interface
#       --subnet-ids SUBNET（中国区域的服务名可由 aws ec2 describe-vpc-endpoint-services 查询）；RDS 执行 aws rds modify-db-instance
#       --db-instance-identifier ID --db-subnet-group-name GROUP。
#     azure: >-
#       Portal > the server, storage account or key vault > Networking > Private access > Create private endpoint, or
#       az network private-endpoint create --resource-group RG --name NAME --vnet-name VNET --subnet SUBNET
#       --private-connection-resource-id ID --group-id sqlServer (blob, vault, ...) --connection-name NAME.
#     azure_zh: >-
#       Azure 门户 > 该服务器、存储账户或密钥保管库 > 网络 > 专用访问 > 创建专用终结点，或执行 az network private-endpoint create --resource-group RG
#       --name NAME --vnet-name VNET --subnet SUBNET --private-connection-resource-id ID --group-id sqlServer（或
#       blob、vault 等）--connection-name NAME。
#     aliyun: >-
#       RDS console > the instance > Database Connection > Switch to VPC, or aliyun rds ModifyDBInstanceNetworkType
#       --DBInstanceId ID --InstanceNetworkType VPC --VPCId VPC --VSwitchId VSWITCH; KMS console > Instances > the
#       instance > VPCs, or aliyun kms UpdateKmsInstanceBindVpc --KmsInstanceId ID --BindVpcs VPCS; OSS has an
#       internal endpoint in its region; Tablestore console > the instance > Network Management > Bind VPC.
#     aliyun_zh: >-
#       RDS 控制台 > 该实例 > 数据库连接 > 切换为专有网络，或执行 aliyun rds ModifyDBInstanceNetworkType --DBInstanceId ID
#       --InstanceNetworkType VPC --VPCId VPC --VSwitchId VSWITCH；KMS 控制台 > 实例管理 > 该实例 > 绑定专有网络，或执行 aliyun kms
#       UpdateKmsInstanceBindVpc --KmsInstanceId ID --BindVpcs VPCS；OSS 在所在地域提供内网 Endpoint；表格存储控制台 > 该实例 > 网络管理 > 绑定
#       VPC。
#     terraform: >-
#       aws_vpc_endpoint.service_name, aws_db_instance.db_subnet_group_name,
#       azurerm_private_endpoint.private_service_connection, alicloud_db_instance.vswitch_id,
#       alicloud_kms_instance.vpc_id
#   references: ["GB/T 22239-2019 8.2.3.1 a", "GB/T 22239-2019 8.1.3.1 a"]
package mlps.checks.boundary.private_endpoints

applies if {
	input.level >= 3
	input.type != "key.encryption_key"
}

applies if {
	input.level >= 3
	_is_own_key
}

deny contains {"at": "private_endpoint", "args": {}} if {
	input.level >= 3
	input.type != "key.encryption_key"
	input.facts.private_endpoint == false
}

deny contains {"at": "private_endpoint", "args": {}} if {
	input.level >= 3
	_is_own_key
	input.facts.private_endpoint == false
}

_is_own_key if input.facts.manager != "provider"
