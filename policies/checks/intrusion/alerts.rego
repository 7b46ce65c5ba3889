# METADATA
# title: Detections of high severity reach people
# description: >-
#   From level 3 on, detected attacks raise an alarm: at least one active channel (mail, SMS, webhook, subscription)
#   reports detections of high severity. A channel for critical ones alone is not enough. Alibaba Cloud's pre-check
#   asks for a channel on every kind of notice; here one for security alerts is enough.
# custom:
#   id: intrusion-alerts
#   title_zh: 高危入侵事件能够告警到人
#   description_zh: 应在检测到网络攻击行为、异常流量情况时进行告警。三级及以上系统应至少有一个有效的通知渠道（邮件、短信、Webhook、订阅等）接收高危告警，仅通知严重（critical）级别的不满足要求。
#   targets: [account.threat_detection]
#   facts: [notifications.minimum_severity, notifications.active]
#   severity: high
#   items: [boundary.alert-attacks, "g:boundary.attack-records", "g:compute.intrusion-detection"]
#   message: "none of the {channels} notification channels reports detections of high severity"
#   message_zh: "现有 {channels} 个通知渠道，均不能有效通知高危告警"
#   remediation:
#     en: Set up a channel that reports detections of high severity or lower, and make sure that somebody receives it.
#     zh: 配置接收高危及以下级别告警的通知渠道，并确认有人接收。
#     aws: >-
#       EventBridge console > Rules > Create rule, or aws events put-rule --name guardduty --event-pattern '{"source":
#       ["aws.guardduty"], "detail": {"severity": [{"numeric": [">=", 7]}]}}', aws events put-targets --rule guardduty
#       --targets Id=1,Arn=TOPIC, then aws sns subscribe --topic-arn TOPIC --protocol email --notification-endpoint
#       MAIL, and confirm the subscription; in each region in use.
#     aws_zh: >-
#       EventBridge 控制台 > 规则 > 创建规则，或在每个在用区域执行 aws events put-rule --name guardduty --event-pattern '{"source":
#       ["aws.guardduty"], "detail": {"severity": [{"numeric": [">=", 7]}]}}'、aws events put-targets --rule guardduty
#       --targets Id=1,Arn=TOPIC，再执行 aws sns subscribe --topic-arn TOPIC --protocol email --notification-endpoint
#       MAIL，并确认订阅。
#     azure: >-
#       Portal > Microsoft Defender for Cloud > Environment settings > the subscription > Email notifications, or az
#       security contact create --name default --emails MAIL --notifications-by-role '{"state": "On", "roles":
#       ["Owner"]}' --alert-notifications '{"state": "On", "minimalSeverity": "High"}'.
#     azure_zh: >-
#       Azure 门户 > Microsoft Defender for Cloud > 环境设置 > 该订阅 > 电子邮件通知，或执行 az security contact create --name default
#       --emails MAIL --notifications-by-role '{"state": "On", "roles": ["Owner"]}' --alert-notifications '{"state":
#       "On", "minimalSeverity": "High"}'。
#     aliyun: >-
#       Security Center console > System Settings > Notification Settings > Security Alerts, or aliyun sas
#       ModifyNoticeConfig --Project sas_suspicious --Route 3 --TimeLimit 0 (SMS and mail, at all hours).
#     aliyun_zh: >-
#       云安全中心控制台 > 系统设置 > 通知设置 > 安全告警，或执行 aliyun sas ModifyNoticeConfig --Project sas_suspicious --Route 3 --TimeLimit
#       0（短信和邮件，全天通知）。
#     terraform: >-
#       aws_cloudwatch_event_rule.event_pattern with aws_cloudwatch_event_target and aws_sns_topic_subscription,
#       azurerm_security_center_contact.alert_notifications = true
#     terraform_zh: >-
#       aws_cloudwatch_event_rule.event_pattern 配合 aws_cloudwatch_event_target 和 aws_sns_topic_subscription,
#       azurerm_security_center_contact.alert_notifications = true
#   references:
#     - GB/T 22239-2019 8.2.3.2 d
#     - GB/T 22239-2019 8.1.3.3 d
#     - "Alibaba Cloud Config: security-center-notice-config-check"
package mlps.checks.intrusion.alerts

# The lowest severities by which high ones are reported too.
_sufficient := {"informational", "low", "medium", "high"}

applies if input.level >= 3

deny contains {"at": "notifications", "args": {"channels": count(input.facts.notifications)}} if {
	input.level >= 3
	is_array(input.facts.notifications)
	not _reaches_people
	not _is_silent
}

# Of what is switched off it does not matter what it would tell.
deny contains {"at": "notifications/0/active", "args": {"channels": count(input.facts.notifications)}} if {
	input.level >= 3
	is_array(input.facts.notifications)
	_is_silent
}

_reaches_people if {
	some notification in input.facts.notifications
	notification.active == true
	notification.minimum_severity in _sufficient
}

_is_silent if {
	count(input.facts.notifications) > 0
	count(_off) == count(input.facts.notifications)
}

_off contains i if {
	some i, notification in input.facts.notifications
	notification.active == false
}
