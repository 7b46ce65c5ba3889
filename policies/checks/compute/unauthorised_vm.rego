# METADATA
# title: New instances raise an alarm
# description: >-
#   A machine that nobody authorised is noticed when it is made: from level 3 on, an active alarm tells somebody
#   of every new instance.
# custom:
#   id: compute-unauthorised-vm
#   title_zh: 新建虚拟机触发告警
#   description_zh: 三级起应能检测非授权新建虚拟机或重新启用虚拟机的行为并告警，新建实例应触发已生效且有接收人的告警。
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
#       CloudWatch > Log groups > the trail > Metric filters, or aws logs put-metric-filter --log-group-name
#       GROUP --filter-name vm-create --filter-pattern "{ $.eventName = RunInstances }" --metric-transformations
#       metricName=VmCreate,metricNamespace=MLPS,metricValue=1 and aws cloudwatch put-metric-alarm with an SNS
#       topic
#     azure: >-
#       Monitor > Alerts > Create > Activity log: Create or Update Virtual Machine, or az monitor activity-log
#       alert create --condition category=Administrative and
#       operationName=Microsoft.Compute/virtualMachines/write
#     aliyun: >-
#       ActionTrail console > Event Alerting, or SLS > the trail logstore > Alerts on RunInstances and
#       CreateInstance
#     terraform: >-
#       aws_cloudwatch_log_metric_filter with aws_cloudwatch_metric_alarm, azurerm_monitor_activity_log_alert,
#       alicloud_log_alert
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
