# METADATA
# title: No rule opens every port to the internet
# description: >-
#   A rule that lets any address reach every port, or every protocol, is no access control: the boundary then is
#   whatever listens behind it. So is one of an IP protocol by its number, which names no ports: SCTP has all of them,
#   GRE carries any traffic. Those of IPsec (ESP, AH), which authenticate, are no such ones.
# custom:
#   id: boundary-any-port
#   title_zh: 不存在对互联网开放全部端口的规则
#   description_zh: 对任意地址放行全部端口或协议的规则形同没有访问控制，其后监听的服务都会暴露；按编号放行的协议（如 GRE、SCTP）不限端口亦同（ESP、AH 除外）。规则应写明源地址、目的地址、端口和协议。
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
#     - default_ingress
#   severity: critical
#   items: [boundary.access-control, "g:boundary.five-tuple", "g:compute.minimal-services"]
#   message: "every port ({protocol}, {from_port}–{to_port}) is open to {source}"
#   message_zh: "全部端口（{protocol}，{from_port}–{to_port}）对 {source} 开放"
#   words_zh:
#     protocol: {any: 所有协议}
#   remediation:
#     en: Replace the rule by rules that name protocol, port and source.
#     zh: 删除全放行规则，改为写明协议、端口和来源的规则。
#     aws: >-
#       VPC console > Security groups > the group > Edit inbound rules, or aws ec2 revoke-security-group-ingress
#       --group-id SG --ip-permissions IpProtocol=-1,IpRanges=[{CidrIp=0.0.0.0/0}], then aws ec2
#       authorize-security-group-ingress --group-id SG --protocol tcp --port 443 --cidr 0.0.0.0/0 for the ports that
#       are served.
#     aws_zh: >-
#       VPC 控制台 > 安全组 > 该安全组 > 编辑入站规则，或执行 aws ec2 revoke-security-group-ingress --group-id SG --ip-permissions
#       IpProtocol=-1,IpRanges=[{CidrIp=0.0.0.0/0}]，再对实际提供服务的端口执行 aws ec2 authorize-security-group-ingress --group-id SG
#       --protocol tcp --port 443 --cidr 0.0.0.0/0。
#     azure: >-
#       Portal > Network security groups > the group > Inbound security rules > the rule, or az network nsg rule
#       update --resource-group RG --nsg-name NSG --name RULE --protocol Tcp --destination-port-ranges 443.
#     azure_zh: >-
#       Azure 门户 > 网络安全组 > 该网络安全组 > 入站安全规则 > 该规则，或执行 az network nsg rule update --resource-group RG --nsg-name NSG
#       --name RULE --protocol Tcp --destination-port-ranges 443。
#     aliyun: >-
#       ECS console > Network & Security > Security Groups > the group > Inbound, or aliyun ecs RevokeSecurityGroup
#       --RegionId REGION --SecurityGroupId SG --IpProtocol all --PortRange -1/-1 --SourceCidrIp 0.0.0.0/0, then
#       aliyun ecs AuthorizeSecurityGroup --RegionId REGION --SecurityGroupId SG --IpProtocol tcp --PortRange 443/443
#       --SourceCidrIp 0.0.0.0/0 for the ports that are served.
#     aliyun_zh: >-
#       ECS 控制台 > 网络与安全 > 安全组 > 该安全组 > 入方向，或执行 aliyun ecs RevokeSecurityGroup --RegionId REGION --SecurityGroupId SG
#       --IpProtocol all --PortRange -1/-1 --SourceCidrIp 0.0.0.0/0，再对实际提供服务的端口执行 aliyun ecs AuthorizeSecurityGroup
#       --RegionId REGION --SecurityGroupId SG --IpProtocol tcp --PortRange 443/443 --SourceCidrIp 0.0.0.0/0。
#     terraform: >-
#       aws_vpc_security_group_ingress_rule.ip_protocol, from_port and to_port, azurerm_network_security_rule.protocol
#       and destination_port_range, alicloud_security_group_rule.ip_protocol and port_range: name the ports.
#     terraform_zh: >-
#       aws_vpc_security_group_ingress_rule.ip_protocol, from_port 和 to_port, azurerm_network_security_rule.protocol 和
#       destination_port_range, alicloud_security_group_rule.ip_protocol 和 port_range 均写明具体端口
#   references:
#     - GB/T 22239-2019 8.2.3.1 a
#     - GB/T 22239-2019 8.1.3.2 c
#     - "Alibaba Cloud Config: sg-public-access-check"
package mlps.checks.boundary.any_port

import data.mlps.lib.network
import data.mlps.lib.rules

# What a group does that admits whatever no rule refuses: a last rule for everything. A rule of which a part is not
# known may be the one that refuses: the default is then unknown.
_default_rule := {
	"direction": "ingress",
	"action": "allow",
	"priority": 1000000,
	"protocol": "any",
	"from_port": 0,
	"to_port": 65535,
	"sources": ["0.0.0.0/0", "::/0"],
	"destinations": [],
}

deny contains {"at": sprintf("rules/%d/sources/%d", [i, j]), "args": _args(rule, source)} if {
	some i, rule in input.facts.rules
	network.admits(rule)
	some j, source in rule.sources
	_is_open(rule, source)
}

deny contains {"at": "default_ingress", "args": _args(_default_rule, source)} if {
	input.facts.default_ingress == "allow"
	rules.are_known(input.facts.rules)
	some source in _default_rule.sources
	_is_open(_default_rule, source)
}

_args(rule, source) := {
	"source": source,
	"protocol": network.protocol_name(rule.protocol),
	"from_port": network.first_port(rule),
	"to_port": network.last_port(rule),
}

_is_open(rule, source) if {
	is_array(input.facts.rules)
	network.is_anyone(source)
	is_string(rule.protocol)
	network.opens_every_port(rule)
	not network.is_refused(input.facts.rules, rule, {
		"source": source,
		"protocol": rule.protocol,
		"from_port": network.first_port(rule),
		"to_port": network.last_port(rule),
	})
}
