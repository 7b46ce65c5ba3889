# METADATA
# title: Rules for the internet name few ports
# description: >-
#   A rule for any address that spans more than 20 ports opens services that nobody thought of. Rules name the ports
#   that are served.
# custom:
#   id: boundary-wide-range
#   title_zh: 面向互联网的规则端口范围最小化
#   description_zh: 对任意地址放行的端口范围超过 20 个时，会连带开放未预期的服务。规则应写明实际提供服务的端口。
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
#   severity: medium
#   items: ["g:boundary.minimal-rules"]
#   message: "{count} ports ({protocol}, {from_port}–{to_port}) are open to {source}; at most {limit} in one rule"
#   message_zh: "单条规则对 {source} 开放 {count} 个端口（{protocol}，{from_port}–{to_port}），超过 {limit} 个"
#   words_zh:
#     protocol: {any: 所有协议}
#   remediation:
#     en: Split the rule into the ports that are really served.
#     zh: 按实际提供服务的端口拆分规则，删除多余的端口范围。
#     aws: >-
#       VPC console > Security groups > the group > Edit inbound rules, or aws ec2 modify-security-group-rules
#       --group-id SG --security-group-rules
#       SecurityGroupRuleId=RULE,SecurityGroupRule={IpProtocol=tcp,FromPort=443,ToPort=443,CidrIpv4=0.0.0.0/0}.
#     aws_zh: >-
#       VPC 控制台 > 安全组 > 该安全组 > 编辑入站规则，或执行 aws ec2 modify-security-group-rules --group-id SG --security-group-rules
#       SecurityGroupRuleId=RULE,SecurityGroupRule={IpProtocol=tcp,FromPort=443,ToPort=443,CidrIpv4=0.0.0.0/0}。
#     azure: >-
#       Portal > Network security groups > the group > Inbound security rules > the rule, or az network nsg rule
#       update --resource-group RG --nsg-name NSG --name RULE --destination-port-ranges 80 443.
#     azure_zh: >-
#       Azure 门户 > 网络安全组 > 该网络安全组 > 入站安全规则 > 该规则，或执行 az network nsg rule update --resource-group RG --nsg-name NSG
#       --name RULE --destination-port-ranges 80 443。
#     aliyun: >-
#       ECS console > Network & Security > Security Groups > the group > Inbound, or aliyun ecs
#       ModifySecurityGroupRule --RegionId REGION --SecurityGroupId SG --SecurityGroupRuleId RULE --PortRange 443/443.
#     aliyun_zh: >-
#       ECS 控制台 > 网络与安全 > 安全组 > 该安全组 > 入方向，或执行 aliyun ecs ModifySecurityGroupRule --RegionId REGION --SecurityGroupId SG
#       --SecurityGroupRuleId RULE --PortRange 443/443。
#     terraform: >-
#       aws_vpc_security_group_ingress_rule.from_port and to_port,
#       azurerm_network_security_rule.destination_port_ranges, alicloud_security_group_rule.port_range
#     terraform_zh: >-
#       aws_vpc_security_group_ingress_rule.from_port 和 to_port, azurerm_network_security_rule.destination_port_ranges,
#       alicloud_security_group_rule.port_range
#   references: ["GB/T 22239-2019 8.1.3.2 b"]
package mlps.checks.boundary.wide_range

import data.mlps.lib.network

_limit := 20

deny contains {"at": sprintf("rules/%d/sources/%d", [i, j]), "args": args} if {
	some i, rule in input.facts.rules
	network.admits(rule)
	rule.protocol in {"tcp", "udp", "any"}
	some j, source in rule.sources
	network.is_anyone(source)
	_width(rule) > _limit
	args := {
		"source": source,
		"protocol": rule.protocol,
		"from_port": network.first_port(rule),
		"to_port": network.last_port(rule),
		"count": _width(rule),
		"limit": _limit,
	}
	not network.is_refused(input.facts.rules, rule, args)
}

# How many ports a rule names.
_width(rule) := (network.last_port(rule) - network.first_port(rule)) + 1
