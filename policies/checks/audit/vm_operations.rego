# METADATA
# title: Critical operations on instances raise an alarm
# description: >-
#   Creation, deletion and restart of instances, and changes of policies, are what an intruder or a careless
#   operator does first. An active alarm for each of them tells somebody.
# custom:
#   id: audit-vm-operations
#   title_zh: 云服务器关键操作触发告警
#   description_zh: 新建、删除、重启云服务器以及变更权限策略，是入侵者或误操作最先触及的动作。应对上述操作分别配置有效告警并通知到人。
#   targets: [account.audit]
#   facts: [alarms.on, alarms.active, alarms.notifies]
#   severity: medium
#   items: [boundary.audit-privileged, compute.detect-unauthorised-vm]
#   message: "no active alarm tells anyone of {operation}"
#   message_zh: "操作 {operation} 未配置有效且能通知到人的告警"
#   remediation:
#     en: Create an alarm on the operation, with a channel that people read.
#     zh: 为该操作配置告警规则，并设置有人值守的通知渠道。
#     aws: >-
#       aws events put-rule with the event names RunInstances, TerminateInstances, RebootInstances, PutUserPolicy
#       and AttachRolePolicy (or a metric filter and alarm on the trail), with an SNS topic as target.
#     azure: >-
#       az monitor activity-log alert create --condition category=Administrative and
#       operationName=Microsoft.Compute/virtualMachines/delete --action-group GROUP, likewise for write,
#       restart/action and Microsoft.Authorization/policyAssignments/write.
#     aliyun: >-
#       ActionTrail console > Event Alerting, or an SLS alert on the trail's Logstore for DeleteInstance(s),
#       RebootInstance(s), RunInstances and AttachPolicy*, with an action policy; CloudMonitor > Event Monitoring
#       also serves.
#     terraform: >-
#       aws_cloudwatch_event_rule and aws_cloudwatch_event_target, azurerm_monitor_activity_log_alert,
#       alicloud_log_alert
#   references: ["GB/T 22239-2019 8.2.3.3 a", "GB/T 22239-2019 8.2.4.3 b"]
package mlps.checks.audit.vm_operations

_operations := {"vm-create", "vm-delete", "vm-reboot", "policy-change"}

deny contains {"at": "alarms", "args": {"operation": operation}} if {
	is_array(input.facts.alarms)
	some operation in _operations
	not operation in _announced
}

# The operations that an active alarm tells somebody of.
_announced contains alarm.on if {
	some alarm in input.facts.alarms
	is_string(alarm.on)
	alarm.active == true
	count(alarm.notifies) > 0
}
