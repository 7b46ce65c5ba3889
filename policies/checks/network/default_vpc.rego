# METADATA
# title: The default VPC carries no workload
# description: >-
#   The default VPC is one flat network with public subnets, and nobody has planned its zones. Workloads belong in
#   networks with zones of their own.
# custom:
#   id: network-default-vpc
#   title_zh: 默认专有网络不承载业务
#   description_zh: 默认专有网络由云平台自动创建，网段和区域均未规划，子网默认可连通互联网。业务资源应部署在已划分网络区域、规划好地址的专有网络中。
#   targets: [network.vpc]
#   facts: [is_default, workloads]
#   severity: medium
#   items: [network.tenant-isolation, "g:network.zones"]
#   message: "{count} network interfaces use the default VPC"
#   message_zh: "默认专有网络中有 {count} 个网络接口在使用"
#   measured: [count]
#   remediation:
#     en: Move the workloads to a VPC with planned subnets, then delete the default one.
#     zh: 将业务迁移至规划好网段和子网的专有网络，再删除默认专有网络。
#     aws: >-
#       VPC console > Your VPCs > Create VPC > VPC and more, or aws ec2 create-vpc --cidr-block 10.10.0.0/16 and aws ec2
#       create-subnet --vpc-id VPC --cidr-block 10.10.1.0/24 --availability-zone ZONE; move the workloads, then aws ec2
#       delete-vpc --vpc-id DEFAULT_VPC.
#     aws_zh: >-
#       VPC 控制台 > 您的 VPC > 创建 VPC > VPC 等，或执行 aws ec2 create-vpc --cidr-block 10.10.0.0/16 和 aws ec2 create-subnet
#       --vpc-id VPC --cidr-block 10.10.1.0/24 --availability-zone ZONE；迁移业务后执行 aws ec2 delete-vpc --vpc-id DEFAULT_VPC。
#     azure: >-
#       Azure makes no default virtual network. Plan one: Portal > Virtual networks > Create, or az network vnet create
#       --resource-group RG --name VNET --address-prefixes 10.10.0.0/16 --subnet-name app --subnet-prefixes
#       10.10.1.0/24.
#     azure_zh: >-
#       Azure 不会创建默认虚拟网络，自行规划即可：Azure 门户 > 虚拟网络 > 创建，或执行 az network vnet create --resource-group RG --name VNET
#       --address-prefixes 10.10.0.0/16 --subnet-name app --subnet-prefixes 10.10.1.0/24。
#     aliyun: >-
#       VPC console > VPCs > Create VPC with vSwitches for each zone, or aliyun vpc CreateVpc --RegionId REGION
#       --CidrBlock 10.10.0.0/16 and aliyun vpc CreateVSwitch --VpcId VPC --ZoneId ZONE --CidrBlock 10.10.1.0/24; move
#       the instances, then aliyun vpc DeleteVpc --VpcId DEFAULT_VPC.
#     aliyun_zh: >-
#       专有网络控制台 > 专有网络 > 创建专有网络，并在各可用区创建交换机，或执行 aliyun vpc CreateVpc --RegionId REGION --CidrBlock 10.10.0.0/16 和 aliyun
#       vpc CreateVSwitch --VpcId VPC --ZoneId ZONE --CidrBlock 10.10.1.0/24；迁移实例后执行 aliyun vpc DeleteVpc --VpcId
#       DEFAULT_VPC。
#     terraform: >-
#       aws_vpc and aws_subnet in place of aws_default_vpc; azurerm_virtual_network and azurerm_subnet; alicloud_vpc and
#       alicloud_vswitch without is_default
#     terraform_zh: >-
#       以 aws_vpc 和 aws_subnet 取代 aws_default_vpc; azurerm_virtual_network 和 azurerm_subnet; alicloud_vpc 和
#       alicloud_vswitch 不设置 is_default
#   references: ["GB/T 22239-2019 8.1.2.1 c", "GB/T 22239-2019 8.2.2.1 b"]
package mlps.checks.network.default_vpc

applies if input.facts.is_default == true

deny contains {"at": "workloads", "args": {"count": input.facts.workloads}} if {
	input.facts.is_default == true
	is_number(input.facts.workloads)
	input.facts.workloads > 0
}
