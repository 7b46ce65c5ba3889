# METADATA
# title: The machines behind a load balancer stand in several zones
# description: >-
#   A load balancer in two zones helps nobody when all the machines behind it stand in one. From level 3 on they stand
#   in two or more. Regions of a single zone, and load balancers without machines, are not judged.
# custom:
#   id: network-backend-zones
#   title_zh: 负载均衡的后端服务器跨可用区部署
#   description_zh: 负载均衡虽跨可用区部署，但后端服务器集中在一个可用区时，该可用区故障仍会导致业务中断。三级及以上系统的后端服务器应分布在两个及以上可用区。
#   targets: [network.load_balancer]
#   facts: [backend_zones, region]
#   severity: medium
#   items: ["g:network.redundancy", "g:backup.hot-redundancy"]
#   message: "all machines behind the load balancer stand in zone {zone}; level {level} needs two zones"
#   message_zh: "负载均衡的后端服务器全部位于可用区 {zone}，第 {level} 级系统至少需要两个可用区"
#   remediation:
#     en: Add machines of another zone behind the load balancer.
#     zh: 在后端服务器组中添加其他可用区的服务器。
#     aws: >-
#       EC2 console > Target Groups > the group > Register targets, or aws elbv2 register-targets --target-group-arn ARN
#       --targets Id=INSTANCE; Auto Scaling: aws autoscaling update-auto-scaling-group --auto-scaling-group-name GROUP
#       --vpc-zone-identifier "SUBNET_A,SUBNET_B".
#     aws_zh: >-
#       EC2 控制台 > 目标组 > 该目标组 > 注册目标，或执行 aws elbv2 register-targets --target-group-arn ARN --targets Id=INSTANCE；Auto
#       Scaling 执行 aws autoscaling update-auto-scaling-group --auto-scaling-group-name GROUP --vpc-zone-identifier
#       "SUBNET_A,SUBNET_B"。
#     azure: >-
#       Portal > the load balancer or application gateway > Backend pools > Add, or az network lb address-pool address
#       add --resource-group RG --lb-name LB --pool-name POOL --name NAME --ip-address ADDRESS --vnet VNET; scale sets:
#       az vmss create --zones 1 2 3.
#     azure_zh: >-
#       Azure 门户 > 该负载均衡器或应用程序网关 > 后端池 > 添加，或执行 az network lb address-pool address add --resource-group RG --lb-name LB
#       --pool-name POOL --name NAME --ip-address ADDRESS --vnet VNET；规模集执行 az vmss create --zones 1 2 3。
#     aliyun: >-
#       SLB console > the instance > vServer Groups > Add Server, or aliyun slb AddVServerGroupBackendServers
#       --VServerGroupId GROUP --BackendServers SERVERS; ALB: aliyun alb AddServersToServerGroup --ServerGroupId GROUP
#       --Servers.1.ServerId INSTANCE --Servers.1.ServerType Ecs --Servers.1.Port 80.
#     aliyun_zh: >-
#       负载均衡控制台 > 该实例 > 虚拟服务器组 > 添加服务器，或执行 aliyun slb AddVServerGroupBackendServers --VServerGroupId GROUP
#       --BackendServers SERVERS；ALB 执行 aliyun alb AddServersToServerGroup --ServerGroupId GROUP --Servers.1.ServerId
#       INSTANCE --Servers.1.ServerType Ecs --Servers.1.Port 80。
#     terraform: >-
#       aws_lb_target_group_attachment, aws_autoscaling_group.vpc_zone_identifier;
#       azurerm_lb_backend_address_pool_address, azurerm_linux_virtual_machine_scale_set.zones;
#       alicloud_slb_server_group_server_attachment, alicloud_alb_server_group.servers
#   references:
#     - GB/T 22239-2019 8.1.2.1 e
#     - GB/T 22239-2019 8.1.4.9 c
#     - "Alibaba Cloud Config: slb-all-listener-servers-multi-zone"
package mlps.checks.network.backend_zones

import data.mlps.lib.zones

applies if {
	input.level >= 3
	zones.has_several(input.provider, input.region)
	count(input.facts.backend_zones) > 0
}

deny contains {"at": "backend_zones", "args": {"zone": zone, "level": input.level}} if {
	input.level >= 3
	zones.has_several(input.provider, input.region)
	count(input.facts.backend_zones) == 1
	some zone in input.facts.backend_zones
	is_string(zone)
}
