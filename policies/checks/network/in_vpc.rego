# METADATA
# title: Instances and databases are in a VPC
# description: >-
#   Classic networks, and platform services without a network of yours, share one network with other customers. A
#   VPC keeps tenants apart.
# custom:
#   id: network-in-vpc
#   title_zh: 云服务器和数据库部署在专有网络中
#   description_zh: 经典网络及未接入专有网络的平台服务与其他租户共用网络。专有网络（VPC）实现租户之间的隔离。
#   targets: [compute.instance, database.instance]
#   facts: [network_kind]
#   severity: high
#   items: [network.tenant-isolation]
#   message: "is in a {kind} network, not in a VPC"
#   message_zh: "位于 {kind} 网络，未部署在专有网络（VPC）中"
#   remediation:
#     en: Move the instance or database into a VPC.
#     zh: 将实例或数据库迁移到专有网络。
#     aws: >-
#       Launch a copy in a VPC: aws ec2 run-instances --subnet-id SUBNET from an image; aws rds
#       restore-db-instance-from-db-snapshot --db-subnet-group-name GROUP.
#     azure: >-
#       Use VNet integration or a private endpoint: az network private-endpoint create, then close public network
#       access of the server.
#     aliyun: >-
#       ECS console > Migration Plans (classic network to VPC); aliyun rds ModifyDBInstanceNetworkType
#       --DBInstanceId ID --InstanceNetworkType VPC --VPCId VPC --VSwitchId VSW
#     terraform: >-
#       aws_instance.subnet_id, azurerm_private_endpoint, alicloud_instance.vswitch_id,
#       alicloud_db_instance.vswitch_id
#   references: ["GB/T 22239-2019 8.2.2.1 b"]
package mlps.checks.network.in_vpc

deny contains {"at": "network_kind", "args": {"kind": input.facts.network_kind}} if {
	input.facts.network_kind in {"classic", "public"}
}
