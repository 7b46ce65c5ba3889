# METADATA
# title: The default VPC carries no workload
# description: >-
#   The default VPC is one flat network with public subnets, and nobody has planned its zones. Workloads belong in
#   networks with zones of their own.
# custom:
#   id: network-default-vpc
#   title_zh: 默认专有网络不承载业务
#   description_zh: 默认专有网络为平铺结构且默认带公网子网，未经分区规划。业务资源应部署在已划分网络区域的专有网络中。
#   targets: [network.vpc]
#   facts: [is_default, workloads]
#   severity: medium
#   items: [network.tenant-isolation, "g:network.zones"]
#   message: "{count} network interfaces use the default VPC"
#   message_zh: "默认专有网络中有 {count} 个网络接口在使用"
#   remediation:
#     en: Move the workloads to a VPC with planned subnets, then delete the default one.
#     zh: 将业务迁移至规划好网段和子网的专有网络，再删除默认专有网络。
#     aws: aws ec2 create-vpc and create-subnet, move the workloads, then aws ec2 delete-vpc --vpc-id VPC
#     azure: "Azure makes no default virtual network: plan one with az network vnet create --subnet-name."
#     aliyun: >-
#       VPC console > VPCs > Create VPC with vSwitches for each zone, move the instances, then aliyun vpc DeleteVpc
#       --VpcId VPC
#     terraform: >-
#       aws_vpc and aws_subnet in place of aws_default_vpc; alicloud_vpc and alicloud_vswitch without is_default.
#   references: ["GB/T 22239-2019 8.1.2.1 c", "GB/T 22239-2019 8.2.2.1 b"]
package mlps.checks.network.default_vpc

applies if input.facts.is_default == true

deny contains {"at": "workloads", "args": {"count": input.facts.workloads}} if {
	input.facts.is_default == true
	input.facts.workloads > 0
}
