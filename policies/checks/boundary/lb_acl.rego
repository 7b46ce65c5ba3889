# METADATA
# title: Public listeners and port mappings publish only what is for everyone
# description: >-
#   Web listeners (HTTP, HTTPS, TLS, QUIC, or ports 80 and 443) may serve everyone. Listeners for other protocols take
#   connections from named ranges only, and neither listeners nor port mappings of gateways open ports of
#   administration or data services to the internet. Laxer than Alibaba Cloud's pre-check, which asks for an access
#   list on every listener and for no public load balancer at all.
# custom:
#   id: boundary-lb-acl
#   title_zh: 公网监听和端口映射仅发布面向公众的服务
#   description_zh: 面向公众的 Web 监听（HTTP、HTTPS、TLS、QUIC 或 80、443 端口）可不限来源；其他公网监听应以访问控制列表限定来源，监听和端口映射不得发布管理端口及数据服务端口。
#   targets: [network.load_balancer, network.gateway]
#   facts:
#     - scheme
#     - listeners.port
#     - listeners.protocol
#     - listeners.source_ranges
#     - forwards.protocol
#     - forwards.from_port
#     - forwards.to_port
#     - forwards.target_port
#     - forwards.source_ranges
#   severity: high
#   items: [boundary.access-control, "g:compute.minimal-services"]
#   message: "{port} is published to {source}"
#   message_zh: "端口 {port} 对 {source} 开放"
#   remediation:
#     en: Limit the listener to the ranges that need it, or remove the listener or port mapping.
#     zh: 为监听配置白名单访问控制，仅允许指定来源访问；不需要对外的监听、端口映射应删除。
#     aws: >-
#       EC2 console > Load Balancers > the load balancer > Security > Edit, or aws elbv2 set-security-groups
#       --load-balancer-arn ARN --security-groups SG with a group that names the ranges; a listener that need not be:
#       aws elbv2 delete-listener --listener-arn ARN.
#     aws_zh: >-
#       EC2 控制台 > 负载均衡器 > 该负载均衡器 > 安全 > 编辑，或以限定了网段的安全组执行 aws elbv2 set-security-groups --load-balancer-arn ARN
#       --security-groups SG；不需要的监听器执行 aws elbv2 delete-listener --listener-arn ARN。
#     azure: >-
#       Portal > Network security groups > the group of the subnet behind > Inbound security rules, or az network nsg
#       rule update --resource-group RG --nsg-name NSG --name RULE --source-address-prefixes 203.0.113.0/24; a rule
#       that need not be: az network lb rule delete (or inbound-nat-rule delete) --resource-group RG --lb-name LB
#       --name RULE; Azure Firewall: az network firewall policy rule-collection-group collection rule remove.
#     azure_zh: >-
#       Azure 门户 > 网络安全组 > 后端子网的网络安全组 > 入站安全规则，或执行 az network nsg rule update --resource-group RG --nsg-name NSG --name
#       RULE --source-address-prefixes 203.0.113.0/24；不需要的规则执行 az network lb rule delete（或 inbound-nat-rule
#       delete）--resource-group RG --lb-name LB --name RULE；Azure 防火墙执行 az network firewall policy rule-collection-group
#       collection rule remove。
#     aliyun: >-
#       CLB console > Instances > the instance > Listener > Configure Access Control, or aliyun slb
#       SetLoadBalancerTCPListenerAttribute --RegionId REGION --LoadBalancerId LB --ListenerPort PORT --AclStatus on
#       --AclType white --AclId ACL (a list without entries lets everyone in); ALB: aliyun alb
#       AssociateAclsWithListener --ListenerId LISTENER --AclType White --AclIds.1 ACL; NAT console > DNAT > Remove,
#       or aliyun vpc DeleteForwardEntry --RegionId REGION --ForwardTableId TABLE --ForwardEntryId ENTRY.
#     aliyun_zh: >-
#       CLB 控制台 > 实例管理 > 该实例 > 监听 > 设置访问控制，或执行 aliyun slb SetLoadBalancerTCPListenerAttribute --RegionId REGION
#       --LoadBalancerId LB --ListenerPort PORT --AclStatus on --AclType white --AclId ACL（空的访问控制列表等于全部放行）；ALB 执行 aliyun
#       alb AssociateAclsWithListener --ListenerId LISTENER --AclType White --AclIds.1 ACL；NAT 网关控制台 > 设置 DNAT > 删除，或执行
#       aliyun vpc DeleteForwardEntry --RegionId REGION --ForwardTableId TABLE --ForwardEntryId ENTRY。
#     terraform: >-
#       aws_lb.security_groups, azurerm_network_security_rule.source_address_prefixes,
#       alicloud_slb_listener.acl_status = "on" with acl_type = "white" and acl_id,
#       alicloud_alb_listener_acl_attachment, no alicloud_forward_entry for such ports
#     terraform_zh: >-
#       aws_lb.security_groups, azurerm_network_security_rule.source_address_prefixes, alicloud_slb_listener.acl_status
#       = "on" 并设置 acl_type = "white" 和 acl_id, alicloud_alb_listener_acl_attachment，此类端口不配置 alicloud_forward_entry
#   references:
#     - GB/T 22239-2019 8.2.3.1 a
#     - GB/T 22239-2019 8.1.4.4 b
#     - "Alibaba Cloud Config: slb-all-listener-enabled-acl"
#     - "Alibaba Cloud Config: slb-listener-risk-ports-check"
#     - "Alibaba Cloud Config: nat-risk-ports-check"
#     - "Alibaba Cloud Config: slb-acl-public-access-check"
#     - "Alibaba Cloud Config: alb-all-listener-enabled-acl"
#     - "Alibaba Cloud Config: slb-no-public-ip"
package mlps.checks.boundary.lb_acl

import data.mlps.lib.network

_web_protocols := {"http", "https", "tls", "quic"}

_web_ports := {80, 443}

_services := array.concat(network.admin_services, network.data_services)

_risky_ports contains service.port if some service in _services

applies if input.facts.scheme == "public"

applies if count(input.facts.forwards) > 0

deny contains {"at": sprintf("listeners/%d/source_ranges/%d", [i, j]), "args": args} if {
	input.facts.scheme == "public"
	some i, listener in input.facts.listeners
	_is_limited(listener.protocol, listener.port)
	some j, source in listener.source_ranges
	network.is_anyone(source)
	args := {"source": source, "port": sprintf("%v/%s", [listener.port, listener.protocol])}
}

deny contains {"at": sprintf("forwards/%d/source_ranges/%d", [i, j]), "args": {"source": source, "port": ports}} if {
	some i, forward in input.facts.forwards
	some j, source in forward.source_ranges
	network.is_anyone(source)
	ports := _services_at(forward.protocol, forward.from_port, forward.to_port)
	ports != ""
}

# SSH stays SSH behind another number.
deny contains {"at": sprintf("forwards/%d/source_ranges/%d", [i, j]), "args": {"source": source, "port": ports}} if {
	some i, forward in input.facts.forwards
	is_number(forward.target_port)
	some j, source in forward.source_ranges
	network.is_anyone(source)
	ports := _services_at(forward.protocol, forward.target_port, forward.target_port)
	ports != ""
}

# Whether a listener is not for everyone: a port of administration or data services, or no web service.
_is_limited(protocol, port) if {
	is_string(protocol)
	port in _risky_ports
}

_is_limited(protocol, port) if {
	is_string(protocol)
	is_number(port)
	port >= 0
	not protocol in _web_protocols
	not port in _web_ports
}

# A port mapping is a rule for everything that comes, which nothing refuses.
_services_at(protocol, first, last) := network.reached(
	[],
	{"protocol": protocol, "from_port": first, "to_port": last, "priority": 0, "destinations": []},
	"0.0.0.0/0",
	_services,
)
