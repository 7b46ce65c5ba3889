# METADATA
# title: Security groups are in use, and every rule has an effect
# description: >-
#   Groups that nothing uses, and rules that an earlier or wider rule already decides, hide what is really open and
#   open it again when somebody attaches or reorders them. Rules for ICMP are not compared with each other.
# custom:
#   id: boundary-unused-firewall
#   title_zh: 无闲置安全组和冗余、失效的访问控制规则
#   description_zh: 应删除多余或无效的访问控制规则，优化访问控制列表，保证规则数量最小化。未被使用的安全组，以及被优先级更高或范围更大的规则覆盖而不起作用的规则，应予以清理。ICMP 规则之间不作比较。
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
#     - is_default
#     - attached
#   severity: low
#   items: ["g:boundary.minimal-rules"]
#   message: "rule {rule} has no effect of its own, rule {by} covers it (0: nothing uses the group)"
#   message_zh: "第 {rule} 条规则被第 {by} 条规则覆盖，实际不起作用（均为 0 表示安全组未被任何资源使用）"
#   remediation:
#     en: Delete groups that nothing uses, and rules that another rule makes superfluous.
#     zh: 删除未被使用的安全组，以及被其他规则覆盖的冗余、失效规则。
#     aws: >-
#       VPC console > Security groups > the group > Actions > Delete security groups, or aws ec2 delete-security-group
#       --group-id SG; of one rule: Edit inbound rules > Delete, or aws ec2 revoke-security-group-ingress (or -egress)
#       --group-id SG --security-group-rule-ids RULE.
#     aws_zh: >-
#       VPC 控制台 > 安全组 > 该安全组 > 操作 > 删除安全组，或执行 aws ec2 delete-security-group --group-id SG；单条规则：编辑入站规则 > 删除，或执行 aws ec2
#       revoke-security-group-ingress（出站为 -egress）--group-id SG --security-group-rule-ids RULE。
#     azure: >-
#       Portal > Network security groups > the group > Delete, or az network nsg delete --resource-group RG --name NSG;
#       of one rule: Inbound (or Outbound) security rules > Delete, or az network nsg rule delete --resource-group RG
#       --nsg-name NSG --name RULE.
#     azure_zh: >-
#       Azure 门户 > 网络安全组 > 该网络安全组 > 删除，或执行 az network nsg delete --resource-group RG --name NSG；单条规则：入站（出站）安全规则 > 删除，或执行
#       az network nsg rule delete --resource-group RG --nsg-name NSG --name RULE。
#     aliyun: >-
#       ECS console > Network & Security > Security Groups > the group > Delete, or aliyun ecs DeleteSecurityGroup
#       --RegionId REGION --SecurityGroupId SG; of one rule: Inbound (or Outbound) > Delete, or aliyun ecs
#       RevokeSecurityGroup (or RevokeSecurityGroupEgress) --RegionId REGION --SecurityGroupId SG
#       --SecurityGroupRuleId.1 RULE.
#     aliyun_zh: >-
#       ECS 控制台 > 网络与安全 > 安全组 > 该安全组 > 删除，或执行 aliyun ecs DeleteSecurityGroup --RegionId REGION --SecurityGroupId
#       SG；单条规则：入方向（出方向）> 删除，或执行 aliyun ecs RevokeSecurityGroup（出方向为 RevokeSecurityGroupEgress）--RegionId REGION
#       --SecurityGroupId SG --SecurityGroupRuleId.1 RULE。
#     terraform: >-
#       Remove the aws_security_group, azurerm_network_security_group or alicloud_security_group that nothing refers to,
#       and the superfluous aws_vpc_security_group_ingress_rule, azurerm_network_security_rule or
#       alicloud_security_group_rule.
#     terraform_zh: >-
#       删除未被引用的 aws_security_group, azurerm_network_security_group 或 alicloud_security_group，以及冗余的
#       aws_vpc_security_group_ingress_rule, azurerm_network_security_rule 或 alicloud_security_group_rule
#   references: ["GB/T 22239-2019 8.1.3.2 b"]
package mlps.checks.boundary.unused_firewall

import data.mlps.lib.rules

# A default group cannot be deleted.
deny contains {"at": "attached", "args": {"rule": 0, "by": 0}} if {
	input.facts.attached == 0
	input.facts.is_default == false
}

deny contains {"at": sprintf("rules/%d", [mine.at]), "args": {"rule": mine.at + 1, "by": by + 1}} if {
	some mine in _far_sides
	rule := input.facts.rules[mine.at]

	# In groups with many rules few need a closer look: what covers a rule names the same far side, or a wider one.
	wider := {other.at | some other in _far_sides; other.width > mine.width}
	alike := {other.at | some other in _far_sides; other.side == mine.side; other.at != mine.at}
	covering := {at |
		some at in (wider | alike)
		other := input.facts.rules[at]
		rules.covers(other, rule)
		_comes_first(other, rule, at, mine.at)
	}
	count(covering) > 0
	by := min(covering)
}

_far_sides contains {"at": at, "side": side, "width": width} if {
	some at, rule in input.facts.rules
	side := rules.far_side(rule)
	is_array(side)
	width := rules.width(side)
	is_number(width)
}

_comes_first(one, other, _, _) if one.priority < other.priority

# Of two equal priorities the one that refuses wins (Alibaba Cloud).
_comes_first(one, other, _, _) if {
	one.priority == other.priority
	one.action == "deny"
	other.action == "allow"
}

# Of two alike the later one is superfluous, of a wide and a narrow one the narrow one.
_comes_first(one, other, i, j) if {
	_is_alike(one, other)
	i < j
}

_comes_first(one, other, _, _) if {
	_is_alike(one, other)
	not rules.covers(other, one)
}

_is_alike(one, other) if {
	one.priority == other.priority
	one.action == other.action
}
