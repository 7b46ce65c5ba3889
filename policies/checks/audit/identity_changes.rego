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
#   words_zh:
#     operation:
#       firewall-change: 安全组变更
#       key-deletion: 密钥删除
#       policy-change: 权限策略变更
#       root-use: 主账号使用
#       trail-change: 审计跟踪变更
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
#     aws_zh: >-
#       CloudWatch 控制台 > 日志组 > 该跟踪的日志组 > 指标筛选条件，并为该指标创建告警，或执行 aws logs put-metric-filter --log-group-name GROUP
#       --filter-name NAME --filter-pattern PATTERN --metric-transformations
#       metricName=NAME,metricNamespace=Audit,metricValue=1，再执行 aws cloudwatch put-metric-alarm 并以 --alarm-actions TOPIC
#       指定通知主题。筛选模式应匹配 $.eventName 为 StopLogging, DeleteTrail; ScheduleKeyDeletion; AuthorizeSecurityGroupIngress;
#       AttachRolePolicy, AttachUserPolicy, CreatePolicyVersion, PutRolePolicy 的事件；中国区域以外还应匹配 $.userIdentity.type =
#       "Root"。
#     azure: >-
#       Portal > Monitor > Alerts > Create > Alert rule (signal: activity log), or az monitor activity-log alert create
#       --name NAME --resource-group GROUP --condition category=Administrative and
#       operationName=Microsoft.Authorization/roleAssignments/write --action-group ACTION_GROUP; likewise
#       Microsoft.Insights/diagnosticSettings/delete, Microsoft.KeyVault/vaults/delete and
#       Microsoft.Network/networkSecurityGroups/securityRules/write.
#     azure_zh: >-
#       Azure 门户 > 监视器 > 警报 > 创建 > 警报规则（信号选择活动日志），或执行 az monitor activity-log alert create --name NAME --resource-group
#       GROUP --condition category=Administrative and operationName=Microsoft.Authorization/roleAssignments/write
#       --action-group ACTION_GROUP；Microsoft.Insights/diagnosticSettings/delete、Microsoft.KeyVault/vaults/delete 和
#       Microsoft.Network/networkSecurityGroups/securityRules/write 同样配置。
#     aliyun: >-
#       ActionTrail console > Event Alerting > Alerting Rules, or an alert of SLS on the trail's Logstore (aliyun sls
#       CreateAlert --project PROJECT) for event.userIdentity.type root-account, AttachPolicyTo*, StopLogging and
#       DeleteTrail, ScheduleKeyDeletion, AuthorizeSecurityGroup, with an action policy.
#     aliyun_zh: >-
#       操作审计控制台 > 事件告警 > 告警规则，或在跟踪投递的 Logstore 上创建日志服务告警（aliyun sls CreateAlert --project PROJECT），匹配
#       event.userIdentity.type 为 root-account 的事件以及 AttachPolicyTo*、StopLogging 和
#       DeleteTrail、ScheduleKeyDeletion、AuthorizeSecurityGroup，并关联行动策略。
#     terraform: >-
#       aws_cloudwatch_log_metric_filter and aws_cloudwatch_metric_alarm.alarm_actions,
#       azurerm_monitor_activity_log_alert.criteria and action, alicloud_sls_alert
#     terraform_zh: >-
#       aws_cloudwatch_log_metric_filter 和 aws_cloudwatch_metric_alarm.alarm_actions,
#       azurerm_monitor_activity_log_alert.criteria 和 action, alicloud_sls_alert
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
