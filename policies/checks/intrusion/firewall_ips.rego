# METADATA
# title: Intrusion prevention of the cloud firewall is on, and blocks
# description: >-
#   Traffic through a cloud firewall is searched for attacks and malware. Up to level 2 alerts are enough; from level
#   3 on, attacks are stopped. Whether a cloud firewall stands at the boundary at all is looked at by
#   network-protection-available.
# custom:
#   id: intrusion-firewall-ips
#   title_zh: 云防火墙入侵防御已启用并处于拦截模式
#   description_zh: 经云防火墙的流量应启用入侵防御（IPS），检测攻击和恶意代码。二级系统可为观察（告警）模式，三级及以上系统应为拦截模式。
#   targets: [network.gateway]
#   facts: [ips_mode]
#   severity: medium
#   items: [boundary.detect-network-attacks, "g:boundary.external-attacks", "g:boundary.malware"]
#   message: "intrusion prevention is in mode {mode}; level {level} needs {needed}"
#   message_zh: "入侵防御模式为{mode}，第 {level} 级系统要求为{needed}"
#   words_zh:
#     mode: {alert: 观察, "off": 关闭}
#     needed: {alert: 观察, block: 拦截}
#   remediation:
#     en: Turn intrusion prevention on, from level 3 on in blocking mode.
#     zh: 启用入侵防御，三级及以上系统切换为拦截模式。
#     aws: >-
#       VPC console > Network Firewall > Firewall policies > the policy > Stateful rule groups > Add managed stateful
#       rule groups (threat signatures, not in alert mode), or aws network-firewall update-firewall-policy
#       --firewall-policy-arn ARN --update-token TOKEN --firewall-policy file://policy.json.
#     aws_zh: >-
#       VPC 控制台 > Network Firewall > 防火墙策略 > 该策略 > 有状态规则组 > 添加托管有状态规则组（威胁签名，不设为警报模式），或执行 aws network-firewall
#       update-firewall-policy --firewall-policy-arn ARN --update-token TOKEN --firewall-policy file://policy.json。
#     azure: >-
#       Portal > Firewall Policies > the policy (Premium) > IDPS > Alert and deny, or az network firewall policy
#       update --resource-group RG --name POLICY --idps-mode Deny.
#     azure_zh: >-
#       Azure 门户 > 防火墙策略 > 该策略（高级版）> IDPS > 警报并拒绝，或执行 az network firewall policy update --resource-group RG --name
#       POLICY --idps-mode Deny。
#     aliyun: >-
#       Cloud Firewall console > Prevention Configuration > IPS Configuration > Block Mode with basic protection and
#       virtual patching, or aliyun cloudfw ModifyDefaultIPSConfig --RunMode 1 --BasicRules 1 --PatchRules 1
#       --CtiRules 1.
#     aliyun_zh: >-
#       云防火墙控制台 > 防护配置 > IPS 配置 > 拦截模式，并开启基础防御和虚拟补丁，或执行 aliyun cloudfw ModifyDefaultIPSConfig --RunMode 1 --BasicRules 1
#       --PatchRules 1 --CtiRules 1。
#     terraform: >-
#       aws_networkfirewall_firewall_policy.firewall_policy.stateful_rule_group_reference,
#       azurerm_firewall_policy.intrusion_detection.mode = "Deny", alicloud_cloud_firewall_ips_config.run_mode = 1
#   references:
#     - GB/T 22239-2019 8.2.3.2 b
#     - GB/T 22239-2019 8.1.3.3 a
#     - GB/T 22239-2019 8.1.3.4 a
package mlps.checks.intrusion.firewall_ips

_sufficient := {1: {"alert", "block"}, 2: {"alert", "block"}, 3: {"block"}, 4: {"block"}}

_needed := {1: "alert", 2: "alert", 3: "block", 4: "block"}

# Null where the traffic passes no cloud firewall.
applies if is_string(input.facts.ips_mode)

deny contains {"at": "ips_mode", "args": args} if {
	is_string(input.facts.ips_mode)
	not input.facts.ips_mode in _sufficient[input.level]
	args := {"mode": input.facts.ips_mode, "level": input.level, "needed": _needed[input.level]}
}
