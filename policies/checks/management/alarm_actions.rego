# METADATA
# title: Alarms reach somebody
# description: >-
#   An alarm that is switched off, or that notifies nobody, only looks like monitoring.
# custom:
#   id: management-alarm-actions
#   title_zh: 监控告警已启用并通知到人
#   description_zh: 告警被停用或未配置通知对象时，监控形同虚设，无法实现集中监测。
#   targets: [monitor.alarm]
#   facts: [enabled, actions]
#   severity: medium
#   items: [management.central-monitoring, "g:management.monitoring"]
#   message: "the alarm tells nobody (enabled: {enabled}, actions: {actions})"
#   message_zh: "告警不会通知任何人（启用：{enabled}，通知动作数：{actions}）"
#   remediation:
#     en: Give the alarm a contact group or topic with people behind it, and enable it; delete alarms of no use.
#     zh: 为告警配置有人值守的联系人组或主题并启用；不再需要的告警予以删除。
#     aws: >-
#       CloudWatch console > Alarms > the alarm > Edit > Notification, or aws cloudwatch put-metric-alarm with
#       --alarm-actions TOPIC; aws cloudwatch enable-alarm-actions --alarm-names NAME; aws sns
#       list-subscriptions-by-topic --topic-arn TOPIC shows who listens.
#     aws_zh: >-
#       CloudWatch 控制台 > 告警 > 该告警 > 编辑 > 通知，或执行 aws cloudwatch put-metric-alarm 并以 --alarm-actions TOPIC 指定通知主题；启用执行 aws
#       cloudwatch enable-alarm-actions --alarm-names NAME；订阅者由 aws sns list-subscriptions-by-topic --topic-arn TOPIC
#       查看。
#     azure: >-
#       Portal > Monitor > Alerts > Alert rules > the rule > Actions, or az monitor metrics alert update --name NAME
#       --resource-group GROUP --add-action ACTION_GROUP --enabled true
#     azure_zh: >-
#       Azure 门户 > 监视器 > 警报 > 警报规则 > 该规则 > 操作，或执行 az monitor metrics alert update --name NAME --resource-group GROUP
#       --add-action ACTION_GROUP --enabled true。
#     aliyun: >-
#       CloudMonitor console > Alerts > Alert Rules > the rule: set the alert contact group, or aliyun cms
#       PutResourceMetricRule with --ContactGroups ops; aliyun cms EnableMetricRules --RuleId.1 ID
#     aliyun_zh: >-
#       云监控控制台 > 报警服务 > 报警规则 > 该规则：设置报警联系人组，或执行 aliyun cms PutResourceMetricRule 并指定 --ContactGroups ops；启用执行 aliyun cms
#       EnableMetricRules --RuleId.1 ID。
#     terraform: >-
#       aws_cloudwatch_metric_alarm.actions_enabled and alarm_actions, azurerm_monitor_metric_alert.enabled and action,
#       alicloud_cms_alarm.enabled and contact_groups
#     terraform_zh: >-
#       aws_cloudwatch_metric_alarm.actions_enabled 和 alarm_actions, azurerm_monitor_metric_alert.enabled 和 action,
#       alicloud_cms_alarm.enabled 和 contact_groups
#   references: ["GB/T 22239-2019 8.2.5.1 d", "GB/T 22239-2019 8.1.5.4 c"]
package mlps.checks.management.alarm_actions

deny contains {"at": "enabled", "args": {"enabled": false, "actions": _actions}} if {
	input.facts.enabled == false
}

deny contains {"at": "actions", "args": {"enabled": true, "actions": 0}} if {
	input.facts.enabled == true
	count(input.facts.actions) == 0
}

# "-" where the actions are not known.
default _actions := "-"

_actions := count(input.facts.actions)
