# METADATA
# title: Entries from the internet stand behind protection
# description: >-
#   Attacks from outside are met before they reach the system. From level 2 on a public load balancer with web listeners
#   has a web application firewall; from level 3 on traffic of public addresses (AWS: of internet gateways) passes a
#   cloud firewall (on Azure a WAF does as well), and addresses of instances and load balancers are protected against
#   denial-of-service attacks. Of AWS no more against those is asked: outside China Shield Standard guards every
#   address, in China there is no Shield. Stricter than Alibaba Cloud's rules, which ask for one WAF and one DDoS
#   instance in the account.
# custom:
#   id: network-protection-available
#   title_zh: 互联网入口具备 WAF、抗 DDoS 和云防火墙防护
#   description_zh: >-
#     应能根据业务需求提供边界防护、入侵防范等安全机制。二级及以上系统的公网 Web 负载均衡应接入
#     WAF；三级及以上系统的公网地址（亚马逊云科技为互联网网关）应经云防火墙防护（Azure 接入 WAF 亦可），云服务器和负载均衡的公网地址应具备抗 DDoS 防护。
#   targets: [network.load_balancer, network.gateway]
#   facts: [scheme, listeners.protocol, waf, kind, attached_to, protected_by]
#   severity: high
#   items: [network.security-mechanisms, "g:boundary.application-content", "g:boundary.external-attacks"]
#   message: "an entry from the internet lacks protection: {missing}; level {level} asks for it"
#   message_zh: "互联网入口缺少防护：{missing}（第 {level} 级系统要求）"
#   words_zh:
#     missing: {DDoS: 抗 DDoS, firewall: 云防火墙}
#   remediation:
#     en: Put the entry behind the protection that it lacks, or take it off the internet.
#     zh: 为该入口接入所缺少的防护，或取消其公网访问。
#     aws: >-
#       WAF console > Web ACLs > the web ACL > Associated resources > Add, or aws wafv2 associate-web-acl --web-acl-arn
#       ACL --resource-arn BALANCER; VPC console > Network Firewall > Firewalls > Create, or aws network-firewall
#       create-firewall --firewall-name NAME --firewall-policy-arn POLICY --vpc-id VPC --subnet-mappings
#       SubnetId=SUBNET, then routes from the subnets and, by aws ec2 associate-route-table --gateway-id IGW
#       --route-table-id TABLE, from the internet gateway to its endpoints.
#     aws_zh: >-
#       WAF 控制台 > Web ACL > 该 Web ACL > 关联的资源 > 添加，或执行 aws wafv2 associate-web-acl --web-acl-arn ACL --resource-arn
#       BALANCER；VPC 控制台 > Network Firewall > 防火墙 > 创建，或执行 aws network-firewall create-firewall --firewall-name NAME
#       --firewall-policy-arn POLICY --vpc-id VPC --subnet-mappings SubnetId=SUBNET，随后将子网的路由指向其终端节点，并以 aws ec2
#       associate-route-table --gateway-id IGW --route-table-id TABLE 将互联网网关的路由指向其终端节点。
#     azure: >-
#       Portal > Application gateways > the gateway > Web application firewall, or az network application-gateway
#       waf-policy create --resource-group RG --name POLICY and az network application-gateway update --resource-group
#       RG --name GW --sku WAF_v2 --set firewallPolicy.id=ID; az network firewall create --resource-group RG --name FW
#       with a route to it; az network ddos-protection create --resource-group RG --name PLAN and az network vnet update
#       --resource-group RG --name VNET --ddos-protection true --ddos-protection-plan PLAN.
#     azure_zh: >-
#       Azure 门户 > 应用程序网关 > 该网关 > Web 应用程序防火墙，或执行 az network application-gateway waf-policy create --resource-group RG
#       --name POLICY 和 az network application-gateway update --resource-group RG --name GW --sku WAF_v2 --set
#       firewallPolicy.id=ID；执行 az network firewall create --resource-group RG --name FW 并配置指向它的路由；执行 az network
#       ddos-protection create --resource-group RG --name PLAN 和 az network vnet update --resource-group RG --name VNET
#       --ddos-protection true --ddos-protection-plan PLAN。
#     aliyun: >-
#       WAF console > Website Configuration > Cloud Native, or for ALB aliyun alb UpdateLoadBalancerEdition
#       --LoadBalancerId LB --LoadBalancerEdition StandardWithWaf; Cloud Firewall console > Firewall Settings > Internet
#       Firewall > Enable Protection, or aliyun cloudfw PutEnableFwSwitch --IpaddrList.1 ADDRESS; Anti-DDoS console >
#       Anti-DDoS Origin > Protected Objects, or aliyun ddosbgp AddIp --RegionId REGION --InstanceId INSTANCE --IpList
#       '[{"ip":"ADDRESS"}]'.
#     aliyun_zh: >-
#       WAF 控制台 > 接入管理 > 云产品接入，ALB 执行 aliyun alb UpdateLoadBalancerEdition --LoadBalancerId LB --LoadBalancerEdition
#       StandardWithWaf；云防火墙控制台 > 防火墙开关 > 互联网边界防火墙 > 开启保护，或执行 aliyun cloudfw PutEnableFwSwitch --IpaddrList.1
#       ADDRESS；DDoS 防护控制台 > DDoS 原生防护 > 防护对象，或执行 aliyun ddosbgp AddIp --RegionId REGION --InstanceId INSTANCE --IpList
#       '[{"ip":"ADDRESS"}]'。
#     terraform: >-
#       aws_wafv2_web_acl_association.resource_arn, aws_networkfirewall_firewall.vpc_id;
#       azurerm_application_gateway.firewall_policy_id, azurerm_firewall, azurerm_virtual_network.ddos_protection_plan;
#       alicloud_alb_load_balancer.load_balancer_edition = "StandardWithWaf", alicloud_wafv3_domain,
#       alicloud_cloud_firewall_instance, alicloud_ddosbgp_ip.ip
#   references:
#     - GB/T 22239-2019 8.2.2.1 c
#     - GB/T 22239-2019 8.1.3.2 e
#     - GB/T 22239-2019 8.1.3.3 a
#     - High-risk case 7.2.1.4
#     - "Alibaba Cloud Config: use-waf-instance-for-security-protection"
#     - "Alibaba Cloud Config: use-ddos-instance-for-security-protection"
#     - "Alibaba Cloud Config: use-cloud-fire-wall-for-security-protection"
#     - "Alibaba Cloud Config: firewall-asset-open-protect"
package mlps.checks.network.protection_available

_waf_from := 2

_rest_from := 3

# What takes connections from the internet; NAT, VPN, bastion hosts and firewalls guard themselves.
_entries := {"instance", "load_balancer", "other"}

# What counts as a firewall before a public address. The reference architectures of Azure put application gateways
# beside the firewall and not behind it.
_firewalls := {"azure": {"firewall", "waf"}, "aliyun": {"firewall"}}

applies if {
	input.level >= _waf_from
	_has_web_listener
}

applies if _is_boundary

applies if _is_address

deny contains {"at": "waf", "args": _args("WAF")} if {
	input.level >= _waf_from
	_has_web_listener
	input.facts.waf == null
}

deny contains {"at": "protected_by", "args": _args("firewall")} if {
	_is_boundary
	is_array(input.facts.protected_by)
	not "firewall" in input.facts.protected_by
}

deny contains {"at": "protected_by", "args": _args("firewall")} if {
	_is_address
	is_array(input.facts.protected_by)
	every guard in input.facts.protected_by {
		not guard in _firewalls[input.provider]
	}
}

deny contains {"at": "protected_by", "args": _args("DDoS")} if {
	_is_address
	input.facts.attached_to in _entries
	is_array(input.facts.protected_by)
	not "ddos" in input.facts.protected_by
}

_has_web_listener if {
	input.facts.scheme == "public"
	some listener in input.facts.listeners
	listener.protocol in {"http", "https", "quic"}
}

_is_boundary if {
	input.level >= _rest_from
	input.provider == "aws"
	input.facts.kind == "internet"

	# Null where nothing reaches the internet by it, as in the default networks of an account.
	input.facts.attached_to != null
}

_is_address if {
	input.level >= _rest_from
	input.provider == "azure"
	input.facts.kind == "public-ip"
	input.facts.attached_to in _entries
}

# Cloud Firewall protects the addresses of NAT gateways and bastion hosts, too.
_is_address if {
	input.level >= _rest_from
	input.provider == "aliyun"
	input.facts.kind == "public-ip"
	is_string(input.facts.attached_to)
}

_args(missing) := {"missing": missing, "level": input.level}
