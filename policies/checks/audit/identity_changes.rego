# METADATA
# title: Changes of identities, trails, keys and firewalls raise an alarm
# description: >-
#   Who takes an account over changes policies, stops the trail, opens a firewall or schedules keys for deletion. From
#   level 3 on an active alarm on each of these tells somebody, and one on the use of the root user or main account
#   where the cloud has one.
# custom:
#   id: audit-identity-changes
#   title_zh: 身份权限、审计跟踪、密钥和防火墙变更触发告警
#   description_zh: 攻击者控制账号后通常会变更权限策略、停止审计跟踪、放开安全组或计划删除密钥。三级及以上系统应对上述操作以及主账号（根用户）的使用分别配置有效告警并通知到人。
#   targets: [account.audit]
#   facts: [alarms.on, alarms.active, alarms.notifies, trails.id]
#   severity: medium
#   items: [boundary.audit-privileged, "g:management.events"]
#   message: "no active alarm tells anyone of {operation}"
#   message_zh: "操作 {operation} 未配置有效且能通知到人的告警"
#   remediation:
#     en: Create an alarm on the operation, with a channel that people read.
#     zh: 为该操作配置告警规则，并设置有人值守的通知渠道。
#     aws: >-
#       CloudWatch console > Log groups > the trail's group > Metric filters, with an alarm on the metric, or aws logs
#       put-metric-filter --log-group-name GROUP --filter-name NAME --filter-pattern PATTERN --metric-transformations
#       metricName=NAME,metricNamespace=Audit,metricValue=1, then aws cloudwatch put-metric-alarm with --alarm-actions
#       TOPIC. Patterns match $.eventName of StopLogging and DeleteTrail; ScheduleKeyDeletion;
#       AuthorizeSecurityGroupIngress; AttachRolePolicy, AttachUserPolicy, CreatePolicyVersion and PutRolePolicy; and
#       outside China $.userIdentity.type = "Root".
#     azure: >-
#       Portal > Monitor > Alerts > Create > Alert rule (signal: activity log), or az monitor activity-log alert create
#       --name NAME --resource-group GROUP --condition category=Administrative and
#       operationName=Microsoft.Authorization/roleAssignments/write --action-group ACTION_GROUP; likewise
#       Microsoft.Insights/diagnosticSettings/delete, Microsoft.KeyVault/vaults/delete and
#       Microsoft.Network/networkSecurityGroups/securityRules/write.
#     aliyun: >-
#       ActionTrail console > Event Alerting > Alerting Rules, or an alert of SLS on the trail's Logstore (aliyun sls
#       CreateAlert --project PROJECT) for event.userIdentity.type root-account, AttachPolicyTo*, StopLogging and
#       DeleteTrail, ScheduleKeyDeletion, AuthorizeSecurityGroup, with an action policy.
#     terraform: >-
#       aws_cloudwatch_log_metric_filter and aws_cloudwatch_metric_alarm.alarm_actions,
#       azurerm_monitor_activity_log_alert.criteria and action, alicloud_sls_alert
#   references: ["GB/T 22239-2019 8.2.3.3 a", "GB/T 22239-2019 8.1.5.4 f"]
package mlps.checks.audit.identity_changes

import data.mlps.lib.alarms

applies if input.level >= 3

deny contains {"at": "alarms", "args": {"operation": operation}} if {
	input.level >= 3
	is_array(input.facts.alarms)
	some operation in _operations
	not alarms.announce(input.facts.alarms, operation)
}

_operations contains operation if {
	some operation in ["policy-change", "trail-change", "key-deletion", "firewall-change"]
}

_operations contains "root-use" if input.provider == "aliyun"

# AWS in China has no root user, and Azure none anywhere. The names of trails tell the partition; an account without a
# trail lacks every alarm anyway.
_operations contains "root-use" if {
	some trail in input.facts.trails
	startswith(trail.id, "arn:aws:")
}
