# METADATA
# title: Outbound traffic is limited
# description: >-
#   A machine that may reach every port of every address can carry data away and fetch what attackers want. From level 3
#   on, outbound rules name the ports or the addresses that are needed. A group that lets out whatever no rule names
#   (Azure, basic groups of Alibaba Cloud) needs a last rule that refuses, for IPv4 and IPv6.
# custom:
#   id: boundary-egress
#   title_zh: 出方向访问受到限制
#   description_zh: 应检查或限制非授权的外联行为。三级及以上系统的出方向规则应限定端口或目的地址；默认放行出方向的安全组（Azure、阿里云普通安全组）应在末尾拒绝全部出方向流量（含 IPv6）。
#   targets: [network.firewall]
#   facts:
#     - rules.direction
#     - rules.action
#     - rules.priority
#     - rules.protocol
#     - rules.from_port
#     - rules.to_port
#     - rules.sources
#     - rules.destinations
#     - default_egress
#   severity: medium
#   items: [boundary.access-control, "g:boundary.outbound", "g:boundary.block-unauthorised"]
#   message: "every port ({protocol}) of {destination} may be reached"
#   message_zh: "出方向对 {destination} 放行全部端口（协议：{protocol}）"
#   words_zh:
#     protocol: {any: 所有协议}
#   remediation:
#     en: Allow only the ports and addresses that are needed outwards, and refuse everything else.
#     zh: 出方向仅放行业务所需的端口和目的地址，其余一律拒绝。
#     aws: >-
#       VPC console > Security groups > the group > Edit outbound rules, or aws ec2 revoke-security-group-egress
#       --group-id SG --ip-permissions IpProtocol=-1,IpRanges=[{CidrIp=0.0.0.0/0}], then aws ec2
#       authorize-security-group-egress --group-id SG --protocol tcp --port 443 --cidr 10.0.0.0/16.
#     aws_zh: >-
#       VPC 控制台 > 安全组 > 该安全组 > 编辑出站规则，或执行 aws ec2 revoke-security-group-egress --group-id SG --ip-permissions
#       IpProtocol=-1,IpRanges=[{CidrIp=0.0.0.0/0}]，再执行 aws ec2 authorize-security-group-egress --group-id SG --protocol
#       tcp --port 443 --cidr 10.0.0.0/16。
#     azure: >-
#       Portal > Network security groups > the group > Outbound security rules > Add, or az network nsg rule create
#       --resource-group RG --nsg-name NSG --name deny-internet --direction Outbound --priority 4096 --access Deny
#       --protocol '*' --destination-address-prefixes '*' --destination-port-ranges '*', after rules that allow what is
#       needed.
#     azure_zh: >-
#       Azure 门户 > 网络安全组 > 该网络安全组 > 出站安全规则 > 添加，或先添加放行必要访问的规则，再执行 az network nsg rule create --resource-group RG
#       --nsg-name NSG --name deny-internet --direction Outbound --priority 4096 --access Deny --protocol '*'
#       --destination-address-prefixes '*' --destination-port-ranges '*'。
#     aliyun: >-
#       ECS console > Network & Security > Security Groups > the group > Outbound, or aliyun ecs
#       AuthorizeSecurityGroupEgress --RegionId REGION --SecurityGroupId SG --IpProtocol all --PortRange -1/-1
#       --DestCidrIp 0.0.0.0/0 --Policy drop --Priority 100 (and --Ipv6DestCidrIp ::/0), after rules that accept what is
#       needed; or an enterprise group, which refuses by default.
#     aliyun_zh: >-
#       ECS 控制台 > 网络与安全 > 安全组 > 该安全组 > 出方向，或先添加放行必要访问的规则，再执行 aliyun ecs AuthorizeSecurityGroupEgress --RegionId REGION
#       --SecurityGroupId SG --IpProtocol all --PortRange -1/-1 --DestCidrIp 0.0.0.0/0 --Policy drop --Priority 100（以及
#       --Ipv6DestCidrIp ::/0）；也可使用默认拒绝出方向的企业级安全组。
#     terraform: >-
#       aws_vpc_security_group_egress_rule.cidr_ipv4, from_port and to_port (aws_security_group.egress),
#       azurerm_network_security_rule.direction = "Outbound" with access = "Deny", alicloud_security_group_rule.type =
#       "egress" with policy = "drop", alicloud_security_group.security_group_type = "enterprise"
#     terraform_zh: >-
#       aws_vpc_security_group_egress_rule.cidr_ipv4, from_port 和
#       to_port（aws_security_group.egress），azurerm_network_security_rule.direction = "Outbound" 且 access = "Deny",
#       alicloud_security_group_rule.type = "egress" 且 policy = "drop", alicloud_security_group.security_group_type =
#       "enterprise"
#   references: ["GB/T 22239-2019 8.1.3.1 c", "GB/T 22239-2019 9.1.3.1 e", "GB/T 22239-2019 8.2.3.1 a"]
package mlps.checks.boundary.egress

import data.mlps.lib.network
import data.mlps.lib.rules

# What a group does that lets out whatever no rule refuses: a last rule for everything. A rule of which a part is not
# known may be the one that refuses: the default is then unknown.
_default_rule := {
	"direction": "egress",
	"action": "allow",
	"priority": 1000000,
	"protocol": "any",
	"from_port": 0,
	"to_port": 65535,
	"sources": [],
	"destinations": ["0.0.0.0/0", "::/0"],
}

applies if input.level >= 3

deny contains {"at": sprintf("rules/%d/destinations/%d", [i, j]), "args": args} if {
	input.level >= 3
	some i, rule in input.facts.rules
	rule.direction == "egress"
	rule.action == "allow"
	some j, destination in rule.destinations
	_is_open(rule, destination)
	args := {"destination": destination, "protocol": network.protocol_name(rule.protocol)}
}

deny contains {"at": "default_egress", "args": {"destination": destination, "protocol": "any"}} if {
	input.level >= 3
	input.facts.default_egress == "allow"
	rules.are_known(input.facts.rules)
	some destination in _default_rule.destinations
	_is_open(_default_rule, destination)
}

_is_open(rule, destination) if {
	is_array(input.facts.rules)
	network.is_internet(destination)
	network.opens_every_port(rule)
	is_number(rule.priority)
	is_array(rule.sources)
	traffic := {
		"direction": "egress",
		"priority": rule.priority,
		"protocol": rule.protocol,
		"from_port": rule.from_port,
		"to_port": rule.to_port,
		"sources": rule.sources,
		"destinations": [destination],
	}
	not rules.is_wholly_refused(input.facts.rules, traffic)
}
