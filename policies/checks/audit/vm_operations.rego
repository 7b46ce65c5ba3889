# METADATA
# title: Critical operations on instances raise an alarm
# description: >-
#   Creation, deletion and restart of instances, and changes of policies, are what an intruder or a careless
#   operator does first. From level 3 on an active alarm for each of them tells somebody; at level 2 the audit trail
#   records them.
# custom:
#   id: audit-vm-operations
#   title_zh: 云服务器关键操作触发告警
#   description_zh: 新建、删除、重启云服务器以及变更权限策略，是入侵者或误操作最先触及的动作。三级及以上系统应对上述操作分别配置有效告警并通知到人；二级系统由审计跟踪记录即可。
#   targets: [account.audit]
#   facts: [alarms.on, alarms.active, alarms.notifies]
#   severity: medium
#   items: [boundary.audit-privileged, compute.detect-unauthorised-vm]
#   message: "no active alarm tells anyone of {operation}"
#   message_zh: "操作 {operation} 未配置有效且能通知到人的告警"
#   words_zh:
#     operation: {policy-change: 权限策略变更, vm-create: 新建云服务器, vm-delete: 删除云服务器, vm-reboot: 重启云服务器}
#   remediation:
#     en: Create an alarm on the operation, with a channel that people read.
#     zh: 为该操作配置告警规则，并设置有人值守的通知渠道。
#     aws: >-
#       CloudWatch console > Log groups > the trail's group > Metric filters, with an alarm on the metric, or aws logs
#       put-metric-filter --log-group-name GROUP --filter-name NAME --filter-pattern '{$.eventName = "RunInstances"}'
#       --metric-transformations metricName=NAME,metricNamespace=Audit,metricValue=1, then aws cloudwatch
#       put-metric-alarm with --alarm-actions TOPIC; likewise TerminateInstances, RebootInstances, and for policies
#       AttachRolePolicy, AttachUserPolicy, CreatePolicyVersion and PutRolePolicy together.
#     aws_zh: >-
#       CloudWatch 控制台 > 日志组 > 该跟踪的日志组 > 指标筛选条件，并为该指标创建告警，或执行 aws logs put-metric-filter --log-group-name GROUP
#       --filter-name NAME --filter-pattern '{$.eventName = "RunInstances"}' --metric-transformations
#       metricName=NAME,metricNamespace=Audit,metricValue=1，再执行 aws cloudwatch put-metric-alarm 并以 --alarm-actions TOPIC
#       指定通知主题；TerminateInstances、RebootInstances 同样配置，权限策略变更则将 AttachRolePolicy、AttachUserPolicy、CreatePolicyVersion 和
#       PutRolePolicy 合并配置。
#     azure: >-
#       Portal > Monitor > Alerts > Create > Alert rule (signal: activity log), or az monitor activity-log alert create
#       --name NAME --resource-group GROUP --condition category=Administrative and
#       operationName=Microsoft.Compute/virtualMachines/delete --action-group ACTION_GROUP; likewise
#       virtualMachines/write, virtualMachines/restart/action and Microsoft.Authorization/roleAssignments/write.
#     azure_zh: >-
#       Azure 门户 > 监视器 > 警报 > 创建 > 警报规则（信号选择活动日志），或执行 az monitor activity-log alert create --name NAME --resource-group
#       GROUP --condition category=Administrative and operationName=Microsoft.Compute/virtualMachines/delete
#       --action-group ACTION_GROUP；virtualMachines/write、virtualMachines/restart/action 和
#       Microsoft.Authorization/roleAssignments/write 同样配置。
#     aliyun: >-
#       ActionTrail console > Event Alerting > Alerting Rules, or an alert of SLS on the trail's Logstore (aliyun sls
#       CreateAlert --project PROJECT) for RunInstances, DeleteInstance(s), RebootInstance(s) and AttachPolicyTo*, with
#       an action policy.
#     aliyun_zh: >-
#       操作审计控制台 > 事件告警 > 告警规则，或在跟踪投递的 Logstore 上创建日志服务告警（aliyun sls CreateAlert --project PROJECT），匹配
#       RunInstances、DeleteInstance(s)、RebootInstance(s) 和 AttachPolicyTo*，并关联行动策略。
#     terraform: >-
#       aws_cloudwatch_log_metric_filter and aws_cloudwatch_metric_alarm.alarm_actions,
#       azurerm_monitor_activity_log_alert.criteria and action, alicloud_sls_alert
#     terraform_zh: >-
#       aws_cloudwatch_log_metric_filter 和 aws_cloudwatch_metric_alarm.alarm_actions,
#       azurerm_monitor_activity_log_alert.criteria 和 action, alicloud_sls_alert
#   references: ["GB/T 22239-2019 8.2.3.3 a", "GB/T 22239-2019 8.2.4.3 b"]
package mlps.checks.audit.vm_operations

import data.mlps.lib.alarms

_operations := {"vm-create", "vm-delete", "vm-reboot", "policy-change"}

applies if input.level >= 3

deny contains {"at": "alarms", "args": {"operation": operation}} if {
	input.level >= 3
	is_array(input.facts.alarms)
	some operation in _operations
	not alarms.announce(input.facts.alarms, operation)
}
