# METADATA
# title: Administration has a path of its own
# description: >-
#   Administration that shares its way in with the business is reached by whoever reaches the business. From level 3 on
#   a public load balancer does not publish administration ports to everyone, and a bastion host has a subnet of its
#   own. Ranges that mlps.yaml declares (admin_ranges) are allowed; that other paths are separate needs the network
#   plan.
# custom:
#   id: management-traffic-separation
#   title_zh: 管理流量与业务流量分离
#   description_zh: 管理与业务共用入口时，能访问业务的人也能触及管理端口。三级及以上系统，公网负载均衡不得向任意来源发布管理端口，堡垒机应部署在独立子网；其余管理路径是否独立需结合网络拓扑佐证。
#   targets: [network.load_balancer, network.subnet]
#   facts:
#     - scheme
#     - listeners.port
#     - listeners.protocol
#     - listeners.source_ranges
#     - workload_kinds
#   severity: medium
#   items: [management.traffic-separation, "g:management.zone"]
#   message: "administration shares a path with the business: {what}"
#   message_zh: "管理与业务共用通道：{what}"
#   words_zh:
#     what:
#       cluster: 集群
#       container: 容器
#       database: 数据库
#       file_system: 文件系统
#       function: 函数
#       instance: 云服务器
#       load_balancer: 负载均衡
#   remediation:
#     en: Enter by a bastion host or session manager with a subnet of its own; take its ports off load balancers.
#     zh: 通过部署在独立子网的堡垒机或会话管理服务进行运维，删除负载均衡上的管理端口监听。
#     aws: >-
#       EC2 console > Load Balancers > the balancer > Listeners, or aws elbv2 delete-listener --listener-arn LISTENER;
#       administer by Systems Manager console > Session Manager, or aws ssm start-session --target INSTANCE, with
#       interface endpoints (aws ec2 create-vpc-endpoint --vpc-endpoint-type Interface) in a management subnet.
#     aws_zh: >-
#       EC2 控制台 > 负载均衡器 > 该负载均衡器 > 侦听器，或执行 aws elbv2 delete-listener --listener-arn LISTENER；运维使用 Systems Manager 控制台 >
#       Session Manager，或执行 aws ssm start-session --target INSTANCE，并在管理子网中配置接口终端节点（aws ec2 create-vpc-endpoint
#       --vpc-endpoint-type Interface）。
#     azure: >-
#       Portal > Load balancers > the balancer > Load balancing rules and Inbound NAT rules, or az network lb rule
#       delete --resource-group GROUP --lb-name NAME --name RULE; az network bastion create --name NAME --resource-group
#       GROUP --vnet-name VNET --public-ip-address IP, in the subnet AzureBastionSubnet.
#     azure_zh: >-
#       Azure 门户 > 负载均衡器 > 该负载均衡器 > 负载均衡规则、入站 NAT 规则，或执行 az network lb rule delete --resource-group GROUP --lb-name NAME
#       --name RULE；并在子网 AzureBastionSubnet 中执行 az network bastion create --name NAME --resource-group GROUP --vnet-name
#       VNET --public-ip-address IP。
#     aliyun: >-
#       SLB console > the instance > Listener, or aliyun slb DeleteLoadBalancerListener --LoadBalancerId ID
#       --ListenerPort 22, aliyun nlb DeleteListener --ListenerId ID; Bastionhost console > Enable, with a vSwitch of
#       its own (aliyun vpc CreateVSwitch).
#     aliyun_zh: >-
#       负载均衡控制台 > 该实例 > 监听，或执行 aliyun slb DeleteLoadBalancerListener --LoadBalancerId ID --ListenerPort 22、aliyun nlb
#       DeleteListener --ListenerId ID；堡垒机控制台 > 启用，使用独立的交换机（aliyun vpc CreateVSwitch）。
#     terraform: >-
#       no aws_lb_listener.port, azurerm_lb_rule.frontend_port or alicloud_slb_listener.frontend_port of an
#       administration port; aws_vpc_endpoint, azurerm_bastion_host, alicloud_bastionhost_instance.vswitch_id
#     terraform_zh: >-
#       aws_lb_listener.port, azurerm_lb_rule.frontend_port 或 alicloud_slb_listener.frontend_port 不使用管理端口;
#       aws_vpc_endpoint, azurerm_bastion_host, alicloud_bastionhost_instance.vswitch_id
#   references: ["GB/T 22239-2019 8.2.5.1 b", "GB/T 22239-2019 8.1.5.4 a"]
package mlps.checks.management.traffic_separation

import data.mlps.lib.administration
import data.mlps.lib.network

# What serves the business, and what therefore does not stand beside a bastion host.
_business := {"instance", "database", "load_balancer", "function", "container", "cluster", "file_system"}

_transports := {
	"tcp": {"tcp"},
	"tls": {"tcp"},
	"http": {"tcp"},
	"https": {"tcp"},
	"udp": {"udp"},
	"tcp_udp": {"tcp", "udp"},
}

applies if {
	input.level >= 3
	input.facts.scheme == "public"
}

applies if {
	input.level >= 3
	"bastion" in input.facts.workload_kinds
}

deny contains {"at": sprintf("listeners/%d/source_ranges", [i]), "args": {"what": label}} if {
	input.level >= 3
	input.facts.scheme == "public"
	some i, listener in input.facts.listeners
	some service in network.admin_services
	service.port == listener.port
	service.protocol in _transports[listener.protocol]
	_is_open(listener)
	label := sprintf("%d (%s)", [service.port, service.name])
}

deny contains {"at": "workload_kinds", "args": {"what": concat(", ", beside)}} if {
	input.level >= 3
	"bastion" in input.facts.workload_kinds
	beside := sort([kind | some kind in input.facts.workload_kinds; kind in _business])
	count(beside) > 0
}

_is_open(listener) if {
	some range in listener.source_ranges
	administration.is_open(range)
}
