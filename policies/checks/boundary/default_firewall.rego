# METADATA
# title: The default security group admits nothing
# description: >-
#   Whatever is started without a security group of its own lands in the default one. What that group admits is open
#   to resources that nobody meant to open.
# custom:
#   id: boundary-default-firewall
#   title_zh: 默认安全组不放行任何入方向流量
#   description_zh: 未指定安全组的资源会落入默认安全组，其放行的流量会作用于本不应开放的资源。默认安全组应不含入方向允许规则。
#   targets: [network.firewall]
#   facts: [is_default, rules.direction, rules.action]
#   severity: medium
#   items: [boundary.access-control, "g:boundary.default-deny"]
#   message: "rule {rule} of the default security group admits traffic"
#   message_zh: "默认安全组的第 {rule} 条规则放行入方向流量"
#   remediation:
#     en: Give every resource a security group of its own, then empty the default one.
#     zh: 为各资源配置专用安全组后，清空默认安全组的入方向规则。
#     aws: >-
#       VPC console > Security groups > the group "default" > Edit inbound rules > Delete, or aws ec2
#       revoke-security-group-ingress --group-id SG --security-group-rule-ids RULE for every rule.
#     aws_zh: >-
#       VPC 控制台 > 安全组 > 名为“default”的安全组 > 编辑入站规则 > 删除，或逐条执行 aws ec2 revoke-security-group-ingress --group-id SG
#       --security-group-rule-ids RULE。
#     azure: >-
#       Azure has no default NSG: Portal > Virtual networks > the network > Subnets > Network security group, or az
#       network vnet subnet update --resource-group RG --vnet-name VNET --name SUBNET --network-security-group NSG
#       puts one on every subnet.
#     azure_zh: >-
#       Azure 没有默认网络安全组，应为每个子网关联网络安全组：Azure 门户 > 虚拟网络 > 该虚拟网络 > 子网 > 网络安全组，或执行 az network vnet subnet update
#       --resource-group RG --vnet-name VNET --name SUBNET --network-security-group NSG。
#     aliyun: >-
#       ECS console > Network & Security > Security Groups > the default group > Inbound > Delete, or aliyun ecs
#       RevokeSecurityGroup --RegionId REGION --SecurityGroupId SG --SecurityGroupRuleId.1 RULE.
#     aliyun_zh: >-
#       ECS 控制台 > 网络与安全 > 安全组 > 默认安全组 > 入方向 > 删除，或执行 aliyun ecs RevokeSecurityGroup --RegionId REGION --SecurityGroupId
#       SG --SecurityGroupRuleId.1 RULE。
#     terraform: >-
#       aws_default_security_group without ingress blocks, azurerm_subnet_network_security_group_association for every
#       subnet, alicloud_security_group_rule on groups of your own only
#     terraform_zh: >-
#       aws_default_security_group 不含 ingress 块，每个子网配置 azurerm_subnet_network_security_group_association,
#       alicloud_security_group_rule 仅用于自建安全组
#   references: ["GB/T 22239-2019 8.2.3.1 a"]
package mlps.checks.boundary.default_firewall

import data.mlps.lib.network

applies if input.facts.is_default == true

deny contains {"at": sprintf("rules/%d/action", [i]), "args": {"rule": i + 1}} if {
	input.facts.is_default == true
	some i, rule in input.facts.rules
	network.admits(rule)
}
