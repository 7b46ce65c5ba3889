# METADATA
# title: New instances raise an alarm
# description: >-
#   A machine that nobody authorised is noticed when it is made: from level 3 on, an active alarm tells somebody
#   of every new instance. That one which was stopped is started again shows in the audit trail; no fact tells of an
#   alarm on it.
# custom:
#   id: compute-unauthorised-vm
#   title_zh: 新建虚拟机触发告警
#   description_zh: 三级起应能检测非授权新建虚拟机或重新启用虚拟机的行为并告警。新建实例应触发已生效且有接收人的告警；重新启动已停止的实例由审计记录体现，本项不判定。
#   targets: [account.audit]
#   facts: [alarms.on, alarms.active, alarms.notifies]
#   severity: medium
#   items: [compute.detect-unauthorised-vm, "g:boundary.unauthorised-devices"]
#   message: "no active alarm tells anybody of new instances"
#   message_zh: "新建实例的操作没有已生效且有接收人的告警"
#   remediation:
#     en: Make an alarm on the creation of instances that notifies the operators.
#     zh: 为新建实例的操作配置告警并通知运维人员。
#     aws: >-
#       CloudWatch console > Log groups > the trail's group > Metric filters > Create, with an alarm on the metric, or
#       aws logs put-metric-filter --log-group-name GROUP --filter-name vm-create --filter-pattern '{$.eventName =
#       "RunInstances"}' --metric-transformations metricName=VmCreate,metricNamespace=Audit,metricValue=1, then aws
#       cloudwatch put-metric-alarm with --alarm-actions TOPIC; likewise StartInstances.
#     aws_zh: >-
#       CloudWatch 控制台 > 日志组 > 该跟踪的日志组 > 指标筛选条件 > 创建，并为该指标创建告警，或执行 aws logs put-metric-filter --log-group-name GROUP
#       --filter-name vm-create --filter-pattern '{$.eventName = "RunInstances"}' --metric-transformations
#       metricName=VmCreate,metricNamespace=Audit,metricValue=1，再执行 aws cloudwatch put-metric-alarm 并以 --alarm-actions
#       TOPIC 指定通知主题；StartInstances 同样配置。
#     azure: >-
#       Portal > Monitor > Alerts > Create > Alert rule (signal: Create or Update Virtual Machine), or az monitor
#       activity-log alert create --name NAME --resource-group GROUP --condition category=Administrative and
#       operationName=Microsoft.Compute/virtualMachines/write --action-group ACTION_GROUP; likewise
#       virtualMachines/start/action.
#     azure_zh: >-
#       Azure 门户 > 监视器 > 警报 > 创建 > 警报规则（信号选择“创建或更新虚拟机”），或执行 az monitor activity-log alert create --name NAME
#       --resource-group GROUP --condition category=Administrative and
#       operationName=Microsoft.Compute/virtualMachines/write --action-group ACTION_GROUP；virtualMachines/start/action
#       同样配置。
#     aliyun: >-
#       ActionTrail console > Event Alerting > Alerting Rules, or an alert of SLS on the trail's Logstore (aliyun sls
#       CreateAlert --project PROJECT) for RunInstances, CreateInstance and StartInstance(s), with an action policy.
#     aliyun_zh: >-
#       操作审计控制台 > 事件告警 > 告警规则，或在跟踪投递的 Logstore 上创建日志服务告警（aliyun sls CreateAlert --project PROJECT），匹配
#       RunInstances、CreateInstance 和 StartInstance(s)，并关联行动策略。
#     terraform: >-
#       aws_cloudwatch_log_metric_filter and aws_cloudwatch_metric_alarm.alarm_actions,
#       azurerm_monitor_activity_log_alert.criteria and action, alicloud_sls_alert
#     terraform_zh: >-
#       aws_cloudwatch_log_metric_filter 和 aws_cloudwatch_metric_alarm.alarm_actions,
#       azurerm_monitor_activity_log_alert.criteria 和 action, alicloud_sls_alert
#   references:
#     - GB/T 22239-2019 8.2.4.3 b
package mlps.checks.compute.unauthorised_vm

import data.mlps.lib.alarms

applies if input.level >= 3

deny contains {"at": "alarms", "args": {}} if {
	input.level >= 3
	is_array(input.facts.alarms)
	not alarms.announce(input.facts.alarms, "vm-create")
}
