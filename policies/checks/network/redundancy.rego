# METADATA
# title: Load balancers, databases, clusters and VPN gateways span zones
# description: >-
#   From level 3 on lines, key network devices and key computing devices are redundant. What stands in one zone fails
#   with it. Regions of a single zone (all of Azure China but chinanorth3) are not judged. Of gateways those of VPNs
#   are: NAT gateways of AWS and Azure stand in one zone each by design, so that each zone needs its own, and those of
#   Alibaba Cloud change over by themselves.
# custom:
#   id: network-redundancy
#   title_zh: 负载均衡、数据库、集群和 VPN 网关跨可用区部署
#   description_zh: >-
#     三级及以上系统的通信线路、关键网络设备和关键计算设备应有硬件冗余。仅部署在单个可用区的资源会随该可用区一并中断。仅有一个可用区的地域（Azure
#     中国除 chinanorth3 外）不作检查。NAT 网关按可用区部署或由平台自动切换，不在本检查范围内。
#   targets: [network.load_balancer, network.gateway, database.instance, compute.cluster]
#   facts: [kind, zones, multi_zone, node_zones, region]
#   severity: medium
#   items: ["g:network.redundancy", "g:backup.hot-redundancy"]
#   message: "stands in {zones} zone(s); level {level} needs at least two"
#   message_zh: "仅部署在 {zones} 个可用区，第 {level} 级系统至少需要两个"
#   remediation:
#     en: Add a second zone.
#     zh: 增加第二个可用区。
#     aws: >-
#       EC2 console > Load Balancers > the balancer > Network mapping > Edit subnets, or aws elbv2 set-subnets
#       --load-balancer-arn ARN --subnets SUBNET_A SUBNET_B; RDS console > the instance > Modify > Multi-AZ deployment,
#       or aws rds modify-db-instance --db-instance-identifier ID --multi-az --apply-immediately; aws eks
#       create-nodegroup --cluster-name NAME --nodegroup-name GROUP --subnets SUBNET_A SUBNET_B --node-role ARN.
#     aws_zh: >-
#       EC2 控制台 > 负载均衡器 > 该负载均衡器 > 网络映射 > 编辑子网，或执行 aws elbv2 set-subnets --load-balancer-arn ARN --subnets SUBNET_A
#       SUBNET_B；RDS 控制台 > 该实例 > 修改 > 多可用区部署，或执行 aws rds modify-db-instance --db-instance-identifier ID --multi-az
#       --apply-immediately；EKS 执行 aws eks create-nodegroup --cluster-name NAME --nodegroup-name GROUP --subnets
#       SUBNET_A SUBNET_B --node-role ARN。
#     azure: >-
#       Make the gateway or load balancer anew with zones: az network application-gateway create --zones 1 2 3; az
#       network vnet-gateway create --sku VpnGw2AZ with zone-redundant public addresses; Portal > the server > High
#       availability, or az postgres flexible-server update --resource-group RG --name SERVER --high-availability
#       ZoneRedundant; az aks nodepool add --resource-group RG --cluster-name NAME --name POOL --zones 1 2 3.
#     azure_zh: >-
#       重建跨可用区的网关或负载均衡器：az network application-gateway create --zones 1 2 3；az network vnet-gateway create --sku
#       VpnGw2AZ 并使用区域冗余的公共 IP 地址；Azure 门户 > 该服务器 > 高可用性，或执行 az postgres flexible-server update --resource-group RG
#       --name SERVER --high-availability ZoneRedundant；AKS 执行 az aks nodepool add --resource-group RG --cluster-name
#       NAME --name POOL --zones 1 2 3。
#     aliyun: >-
#       ALB console > Instances > the instance > Zones, or aliyun alb UpdateLoadBalancerZones --LoadBalancerId ID with
#       two ZoneMappings; CLB with a backup zone: aliyun slb CreateLoadBalancer --MasterZoneId ZONE --SlaveZoneId
#       OTHER_ZONE; RDS console > the instance > Service Availability > Migrate Instance Across Zones, or aliyun rds
#       MigrateToOtherZone --DBInstanceId ID --ZoneId ZONE --ZoneIdSlave1 OTHER_ZONE; ACK console > Node Pools >
#       vSwitches of two zones; VPN console > the gateway > Enable Zone Redundancy, or aliyun vpc CreateVpnGateway
#       --VSwitchId VSW --DisasterRecoveryVSwitchId OTHER_VSW.
#     aliyun_zh: >-
#       ALB 控制台 > 实例 > 该实例 > 可用区，或执行 aliyun alb UpdateLoadBalancerZones --LoadBalancerId ID 并设置两个 ZoneMappings；CLB
#       须配置备可用区：aliyun slb CreateLoadBalancer --MasterZoneId ZONE --SlaveZoneId OTHER_ZONE；RDS 控制台 > 该实例 > 服务可用性 >
#       跨可用区迁移，或执行 aliyun rds MigrateToOtherZone --DBInstanceId ID --ZoneId ZONE --ZoneIdSlave1 OTHER_ZONE；ACK 控制台 > 节点池
#       > 选用两个可用区的交换机；VPN 网关控制台 > 该网关 > 开启可用区冗余，或执行 aliyun vpc CreateVpnGateway --VSwitchId VSW
#       --DisasterRecoveryVSwitchId OTHER_VSW。
#     terraform: >-
#       aws_lb.subnets, aws_db_instance.multi_az, aws_eks_node_group.subnet_ids; azurerm_application_gateway.zones,
#       azurerm_virtual_network_gateway.sku, azurerm_postgresql_flexible_server.high_availability,
#       azurerm_kubernetes_cluster_node_pool.zones; alicloud_alb_load_balancer.zone_mappings,
#       alicloud_slb_load_balancer.slave_zone_id, alicloud_db_instance.zone_id_slave_a,
#       alicloud_cs_kubernetes_node_pool.vswitch_ids, alicloud_vpn_gateway.disaster_recovery_vswitch_id
#   references:
#     - GB/T 22239-2019 8.1.2.1 e
#     - GB/T 22239-2019 8.1.4.9 c
#     - High-risk case 6.2.1.3
#     - "Alibaba Cloud Config: alb-instance-multi-zone"
#     - "Alibaba Cloud Config: ack-cluster-node-multi-zone"
#     - "Alibaba Cloud Config: elasticsearch-instance-multi-zone"
#     - "Alibaba Cloud Config: mongodb-instance-multi-zone"
#     - "Alibaba Cloud Config: polardb-cluster-multi-zone"
#     - "Alibaba Cloud Config: rds-multi-az-support"
#     - "Alibaba Cloud Config: redis-instance-multi-zone"
package mlps.checks.network.redundancy

import data.mlps.lib.zones

applies if {
	input.level >= 3
	input.type in {"network.load_balancer", "database.instance"}
	zones.has_several(input.provider, input.region)
}

# A cluster without nodes of its own (Fargate, virtual nodes) has none that could be spread.
applies if {
	input.level >= 3
	count(input.facts.node_zones) > 0
	zones.has_several(input.provider, input.region)
}

# Null where the cloud does not tell in which zones the gateway stands.
applies if {
	input.level >= 3
	input.facts.kind == "vpn"
	is_array(input.facts.zones)
	zones.has_several(input.provider, input.region)
}

deny contains {"at": "zones", "args": _args(count(input.facts.zones))} if {
	input.level >= 3
	input.type == "network.load_balancer"
	zones.has_several(input.provider, input.region)
	is_array(input.facts.zones)
	count(input.facts.zones) < 2
}

deny contains {"at": "zones", "args": _args(count(input.facts.zones))} if {
	input.level >= 3
	input.facts.kind == "vpn"
	zones.has_several(input.provider, input.region)
	is_array(input.facts.zones)
	count(input.facts.zones) < 2
}

deny contains {"at": "node_zones", "args": _args(1)} if {
	input.level >= 3
	zones.has_several(input.provider, input.region)
	count(input.facts.node_zones) == 1
}

deny contains {"at": "multi_zone", "args": _args(1)} if {
	input.level >= 3
	zones.has_several(input.provider, input.region)
	input.facts.multi_zone == false
}

_args(count_of_zones) := {"zones": count_of_zones, "level": input.level}
