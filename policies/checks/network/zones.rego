# METADATA
# title: Data stores stand apart from the internet
# description: >-
#   Zones keep what the internet reaches apart from what holds the data. A subnet with databases or file systems has no
#   route to an internet gateway: one mistake in a firewall group would be enough to publish them.
# custom:
#   id: network-zones
#   title_zh: 数据存储不部署在连通互联网的子网
#   description_zh: 应划分网络区域，重要网络区域不应部署在边界处，并与其他区域可靠隔离。数据库和文件系统所在子网不应有指向互联网网关的路由，否则一条错误的安全组规则即可使其暴露在互联网上。
#   targets: [network.subnet, database.instance]
#   facts: [routes_to_internet, workload_kinds, subnet_routes_to_internet]
#   severity: high
#   items: ["g:network.zones", "g:network.isolate-important"]
#   message: "the subnet routes to the internet and holds data: {kinds}"
#   message_zh: "子网有指向互联网的路由，且承载数据存储：{kinds}"
#   words_zh:
#     kinds: {database: 数据库, file_system: 文件系统}
#   remediation:
#     en: Move the data store to a subnet without a route to the internet; let it reach out by a NAT gateway if it must.
#     zh: 将数据存储迁移至无互联网路由的子网；确需访问外部的，经 NAT 网关出站。
#     aws: >-
#       RDS console > Subnet groups > Create, then the instance > Modify > DB subnet group, or aws rds
#       create-db-subnet-group --db-subnet-group-name data --db-subnet-group-description data --subnet-ids SUBNET_A
#       SUBNET_B and aws rds modify-db-instance --db-instance-identifier ID --db-subnet-group-name data; or give the
#       subnet a route table without the gateway: aws ec2 replace-route-table-association --association-id ASSOCIATION
#       --route-table-id TABLE.
#     aws_zh: >-
#       RDS 控制台 > 子网组 > 创建，随后该实例 > 修改 > 数据库子网组，或执行 aws rds create-db-subnet-group --db-subnet-group-name data
#       --db-subnet-group-description data --subnet-ids SUBNET_A SUBNET_B 和 aws rds modify-db-instance
#       --db-instance-identifier ID --db-subnet-group-name data；也可为该子网关联不含互联网网关的路由表：aws ec2
#       replace-route-table-association --association-id ASSOCIATION --route-table-id TABLE。
#     azure: >-
#       Portal > Route tables > the table > Routes: remove the route to Internet, or az network route-table route delete
#       --resource-group RG --route-table-name TABLE --name ROUTE; az network vnet subnet update --resource-group RG
#       --vnet-name VNET --name data --default-outbound-access false; servers in a delegated subnet of their own: az
#       postgres flexible-server create --vnet VNET --subnet data.
#     azure_zh: >-
#       Azure 门户 > 路由表 > 该路由表 > 路由：删除指向 Internet 的路由，或执行 az network route-table route delete --resource-group RG
#       --route-table-name TABLE --name ROUTE；az network vnet subnet update --resource-group RG --vnet-name VNET --name
#       data --default-outbound-access false；数据库服务器部署在独立的委派子网：az postgres flexible-server create --vnet VNET --subnet
#       data。
#     aliyun: >-
#       VPC console > Route Tables > Create for the data vSwitches without a route to the IPv4 gateway, or aliyun vpc
#       AssociateRouteTable --RouteTableId TABLE --VSwitchId VSW; RDS console > the instance > Database Connection >
#       Switch vSwitch, or aliyun rds SwitchDBInstanceVpc --DBInstanceId ID --VPCId VPC --VSwitchId VSW.
#     aliyun_zh: >-
#       专有网络控制台 > 路由表 > 为数据交换机创建不指向 IPv4 网关的路由表，或执行 aliyun vpc AssociateRouteTable --RouteTableId TABLE --VSwitchId
#       VSW；RDS 控制台 > 该实例 > 数据库连接 > 切换交换机，或执行 aliyun rds SwitchDBInstanceVpc --DBInstanceId ID --VPCId VPC --VSwitchId
#       VSW。
#     terraform: >-
#       aws_db_subnet_group.subnet_ids, aws_route_table_association.route_table_id; azurerm_route.next_hop_type,
#       azurerm_subnet.default_outbound_access_enabled = false; alicloud_route_table_attachment.route_table_id,
#       alicloud_db_instance.vswitch_id
#   references:
#     - GB/T 22239-2019 8.1.2.1 c
#     - GB/T 22239-2019 8.1.2.1 d
#     - High-risk case 6.2.1.2
package mlps.checks.network.zones

_stores := {"database", "file_system"}

applies if count(_found) > 0

# Null for a database that stands in no subnet of the account.
applies if is_boolean(input.facts.subnet_routes_to_internet)

deny contains {"at": "routes_to_internet", "args": {"kinds": concat(", ", _found)}} if {
	input.facts.routes_to_internet == true
	count(_found) > 0
}

deny contains {"at": "subnet_routes_to_internet", "args": {"kinds": "database"}} if {
	input.facts.subnet_routes_to_internet == true
}

_found := sort([kind | some kind in input.facts.workload_kinds; kind in _stores])
