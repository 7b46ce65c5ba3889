# METADATA
# title: WAF policies have the core rules on, and block
# description: >-
#   A web application firewall recognises the usual attacks by the core rule set of its cloud. From level 3 on, where
#   attacks from outside are to be stopped and not only seen, the policy blocks instead of counting. That its log is
#   kept is looked at by intrusion-waf-logging.
# custom:
#   id: intrusion-waf-mode
#   title_zh: WAF 策略启用核心规则集并处于拦截模式
#   description_zh: WAF 策略应启用云服务商的核心（基础）规则集以识别常见攻击。三级及以上系统须阻止来自外部的攻击，策略应处于拦截模式，不得仅计数或观察。
#   targets: [network.waf]
#   facts: [mode, rule_sets]
#   severity: high
#   items: [boundary.detect-network-attacks, "g:boundary.application-content", "g:boundary.external-attacks"]
#   message: "the WAF policy does not protect: {state}"
#   message_zh: "WAF 策略未有效防护（{state}）"
#   words_zh:
#     state: {count: 仅计数, no core rule set: 未启用核心规则集}
#   remediation:
#     en: Turn the core rule set on, and let the policy block what it finds.
#     zh: 启用核心（基础）规则集，并将策略切换为拦截模式。
#     aws: >-
#       WAF console > Web ACLs > the web ACL > Rules > Add managed rule groups > Core rule set, without "Override to
#       Count", or aws wafv2 update-web-acl --name ACL --scope REGIONAL --id ID --lock-token TOKEN --default-action
#       Allow={} --visibility-config CONFIG --rules file://rules.json with AWSManagedRulesCommonRuleSet and
#       OverrideAction None.
#     aws_zh: >-
#       WAF 控制台 > Web ACL > 该 Web ACL > 规则 > 添加托管规则组 > 核心规则集（不设置覆盖为计数），或执行 aws wafv2 update-web-acl --name ACL --scope
#       REGIONAL --id ID --lock-token TOKEN --default-action Allow={} --visibility-config CONFIG --rules
#       file://rules.json，其中包含 AWSManagedRulesCommonRuleSet，且 OverrideAction 为 None。
#     azure: >-
#       Portal > WAF policies > the policy > Overview > Switch to prevention mode, and Managed rules > Assign, or az
#       network application-gateway waf-policy policy-setting update --resource-group RG --policy-name POLICY --state
#       Enabled --mode Prevention; az network application-gateway waf-policy managed-rule rule-set add
#       --resource-group RG --policy-name POLICY --type Microsoft_DefaultRuleSet --version 2.1.
#     azure_zh: >-
#       Azure 门户 > WAF 策略 > 该策略 > 概述 > 切换到阻止模式，并在托管规则 > 分配中启用规则集，或执行 az network application-gateway waf-policy
#       policy-setting update --resource-group RG --policy-name POLICY --state Enabled --mode Prevention；az network
#       application-gateway waf-policy managed-rule rule-set add --resource-group RG --policy-name POLICY --type
#       Microsoft_DefaultRuleSet --version 2.1。
#     aliyun: >-
#       WAF console > Protection Configuration > Core Web Protection > Core Protection Rule > Action Block, or aliyun
#       waf-openapi ModifyDefenseRule --InstanceId INSTANCE --TemplateId TEMPLATE --DefenseScene waf_group --Rules
#       RULES with action "block" and status 1.
#     aliyun_zh: >-
#       WAF 控制台 > 防护配置 > Web 核心防护 > 核心防护规则 > 动作：拦截，或执行 aliyun waf-openapi ModifyDefenseRule --InstanceId INSTANCE
#       --TemplateId TEMPLATE --DefenseScene waf_group --Rules RULES，action 设为 "block"，status 设为 1。
#     terraform: >-
#       aws_wafv2_web_acl.rule.override_action none with managed_rule_group_statement,
#       azurerm_web_application_firewall_policy.policy_settings.mode = "Prevention" and
#       managed_rules.managed_rule_set, alicloud_wafv3_defense_template.defense_scene = "waf_group" and
#       alicloud_wafv3_defense_rule.config.rule_action = "block"
#     terraform_zh: >-
#       aws_wafv2_web_acl.rule.override_action 为 none 并配置 managed_rule_group_statement,
#       azurerm_web_application_firewall_policy.policy_settings.mode = "Prevention" 和 managed_rules.managed_rule_set,
#       alicloud_wafv3_defense_template.defense_scene = "waf_group" 和 alicloud_wafv3_defense_rule.config.rule_action =
#       "block"
#   references:
#     - GB/T 22239-2019 8.2.3.2 b
#     - GB/T 22239-2019 8.1.3.2 e
#     - GB/T 22239-2019 8.1.3.3 a
#     - "Alibaba Cloud Config: waf3-instance-enabled-specified-defense-rules"
package mlps.checks.intrusion.waf_mode

# What the names of a cloud's core rule sets have in them.
_core := {
	"aws": {"ManagedRulesCommonRuleSet"},
	"azure": {"OWASP", "DefaultRuleSet"},
	"aliyun": {"waf_group", "waf_base"},
}

deny contains {"at": "mode", "args": {"state": "count"}} if {
	input.level >= 3
	input.facts.mode == "count"
}

deny contains {"at": "rule_sets", "args": {"state": "no core rule set"}} if {
	is_array(input.facts.rule_sets)
	not _has_core_rules
}

_has_core_rules if {
	some name in input.facts.rule_sets
	is_string(name)
	some part in _core[input.provider]
	contains(name, part)
}
