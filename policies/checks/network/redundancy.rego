# METADATA
# title: Load balancers, databases and clusters span zones
# description: >-
#   From level 3 on lines, key network devices and key computing devices are redundant. What stands in one zone
#   fails with it.
# custom:
#   id: network-redundancy
#   title_zh: 负载均衡、数据库和集群跨可用区部署
#   description_zh: 三级及以上系统的通信线路、关键网络设备和关键计算设备应有冗余。仅部署在单个可用区的资源会随该可用区一并中断。
#   targets: [network.load_balancer, database.instance, compute.cluster]
#   facts: [zones, multi_zone, node_zones]
#   severity: medium
#   items: ["g:network.redundancy", "g:backup.hot-redundancy"]
#   message: "stands in {zones} zone(s); level {level} needs at least two"
#   message_zh: "仅部署在 {zones} 个可用区，{level} 级系统至少需要两个"
#   remediation:
#     en: Add a second zone.
#     zh: 增加第二个可用区。
#     aws: >-
#       aws elbv2 set-subnets --load-balancer-arn ARN --subnets SUBNET_A SUBNET_B; aws rds modify-db-instance
#       --db-instance-identifier ID --multi-az; EKS node groups with subnets in two zones.
#     azure: >-
#       Make the gateway or load balancer anew with --zones 1 2 3; az postgres flexible-server update
#       --high-availability ZoneRedundant; AKS node pools with --zones 1 2 3.
#     aliyun: >-
#       ALB console > Instances > Zones: add a zone; aliyun rds ModifyDBInstanceConfig / MigrateToOtherZone to a
#       multi-zone edition; ACK node pools with vSwitches in two zones.
#     terraform: >-
#       aws_lb.subnets, aws_db_instance.multi_az, azurerm_application_gateway.zones,
#       azurerm_postgresql_flexible_server.high_availability, alicloud_alb_load_balancer.zone_mappings,
#       alicloud_db_instance.zone_id_slave_a
#   references: ["GB/T 22239-2019 8.1.2.1 e", "GB/T 22239-2019 8.1.4.9 c"]
package mlps.checks.network.redundancy

applies if input.level >= 3

deny contains {"at": "zones", "args": _args(input.facts.zones)} if {
	input.level >= 3
	count(input.facts.zones) < 2
}

deny contains {"at": "node_zones", "args": _args(input.facts.node_zones)} if {
	input.level >= 3
	count(input.facts.node_zones) < 2
}

deny contains {"at": "multi_zone", "args": {"zones": 1, "level": input.level}} if {
	input.level >= 3
	input.facts.multi_zone == false
}

_args(zones) := {"zones": count(zones), "level": input.level}
