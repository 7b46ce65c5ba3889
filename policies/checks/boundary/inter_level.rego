# METADATA
# title: Traffic between systems of different levels is restricted
# description: >-
#   Where a rule lets in a system of another level, it names the ports that the other side needs. All ports or all
#   protocols between systems of different levels are no boundary. Needs the systems that mlps.yaml declares; a source
#   whose system is not known makes the verdict unknown.
# custom:
#   id: boundary-inter-level
#   title_zh: 不同等级定级对象之间的访问受到限制
#   description_zh: 不同等级的网络区域边界应部署访问控制机制并设置访问控制规则。放行其他等级定级对象的规则应限定端口和协议，不得放行全部端口或全部协议。
#   targets: [network.firewall, network.acl]
#   facts:
#     - rules.direction
#     - rules.action
#     - rules.priority
#     - rules.protocol
#     - rules.from_port
#     - rules.to_port
#     - rules.sources
#     - rules.destinations
#     - context.references
#   severity: high
#   items: [boundary.inter-level]
#   message: "{source} of {system} (level {level}) reaches {ports}"
#   message_zh: "第 {level} 级定级对象 {system} 的 {source} 可访问 {ports}"
#   words_zh:
#     ports: {all protocols: 所有协议}
#   remediation:
#     en: Let the other system reach only the ports that it needs, from the addresses or groups that need them.
#     zh: 仅对确有需要的来源放行必要端口，删除不同等级定级对象之间放行全部端口或协议的规则。
#     aws: >-
#       VPC console > Security groups > the group > Inbound rules, or aws ec2 revoke-security-group-ingress and
#       authorize-security-group-ingress --group-id GROUP --ip-permissions with single ports.
#     aws_zh: >-
#       VPC 控制台 > 安全组 > 该安全组 > 入站规则，或执行 aws ec2 revoke-security-group-ingress 和 authorize-security-group-ingress
#       --group-id GROUP --ip-permissions，逐一写明端口。
#     azure: >-
#       Portal > Network security groups > the group > Inbound security rules, or az network nsg rule update
#       --resource-group GROUP --nsg-name NSG --name RULE --destination-port-ranges PORT.
#     azure_zh: >-
#       Azure 门户 > 网络安全组 > 该网络安全组 > 入站安全规则，或执行 az network nsg rule update --resource-group GROUP --nsg-name NSG --name
#       RULE --destination-port-ranges PORT。
#     aliyun: >-
#       ECS console > Security Groups > the group > Inbound, or aliyun ecs RevokeSecurityGroup and
#       AuthorizeSecurityGroup --SecurityGroupId GROUP --PortRange PORT/PORT.
#     aliyun_zh: >-
#       ECS 控制台 > 网络与安全 > 安全组 > 该安全组 > 入方向，或执行 aliyun ecs RevokeSecurityGroup 和 AuthorizeSecurityGroup --SecurityGroupId
#       GROUP --PortRange PORT/PORT。
#     terraform: >-
#       aws_vpc_security_group_ingress_rule.from_port and to_port, azurerm_network_security_rule.destination_port_range,
#       alicloud_security_group_rule.port_range
#     terraform_zh: >-
#       aws_vpc_security_group_ingress_rule.from_port 和 to_port, azurerm_network_security_rule.destination_port_range,
#       alicloud_security_group_rule.port_range
#   references: ["GB/T 22239-2019 8.2.3.1 b"]
package mlps.checks.boundary.inter_level

import data.mlps.lib.network

# More ports than this in one rule are no restriction.
_widest := 1024

applies if input.context.systems_declared

deny contains {"at": sprintf("rules/%d/sources/%d", [i, j]), "args": args} if {
	some i, rule in input.facts.rules
	network.admits(rule)
	ports := _unrestricted(rule)
	some j, source in rule.sources
	some reference in input.context.references
	reference.rule == i
	reference.source == j
	reference.level != input.level
	first := network.first_port(rule)
	is_number(first)
	last := network.last_port(rule)
	is_number(last)
	traffic := {"source": source, "protocol": rule.protocol, "from_port": first, "to_port": last}
	not network.is_refused(input.facts.rules, rule, traffic)
	args := {"source": source, "system": reference.system, "level": reference.level, "ports": ports}
}

_unrestricted(rule) := "all protocols" if rule.protocol == "any"

_unrestricted(rule) := sprintf("%s %d-%d", [rule.protocol, first, last]) if {
	rule.protocol in {"tcp", "udp"}
	first := network.first_port(rule)
	last := network.last_port(rule)
	last - first >= _widest
	not _are_answers(first)
}

# An ACL keeps no state: it has to let answers in on high ports.
_are_answers(first) if {
	input.type == "network.acl"
	first >= 1024
}
