# METADATA
# title: Instances, databases and load balancers are monitored
# description: >-
#   From level 3 on the state of networks, servers and databases is watched centrally: an alarm that tells somebody
#   watches each of them, and on Azure and Alibaba Cloud an agent reports what the platform cannot see from outside. An
#   alarm whose resources are gone watches nothing.
# custom:
#   id: management-monitoring
#   title_zh: 云服务器、数据库和负载均衡纳入集中监控
#   description_zh: 三级及以上系统应集中监测网络、服务器和数据库的运行状况：各资源均有能通知到人的告警，Azure 和阿里云上的云服务器还应安装监控代理。监测对象已不存在的告警形同虚设。
#   targets: [compute.instance, database.instance, network.load_balancer, monitor.alarm]
#   facts: [alarms, monitoring, targets, target_kind]
#   severity: medium
#   items: [management.central-monitoring, "g:management.monitoring"]
#   message: "not monitored: {lack}"
#   message_zh: "未纳入有效监控：{lack}"
#   words_zh:
#     lack: {agent: 缺少监控代理, alarms: 缺少告警, targets: 监测对象已不存在}
#   remediation:
#     en: Create alarms on processor, memory, storage and availability with a contact group; install the agent.
#     zh: 针对 CPU、内存、存储和可用性配置告警规则并关联联系人组，安装监控代理；删除监测对象已不存在的告警。
#     aws: >-
#       CloudWatch console > Alarms > Create alarm, or aws cloudwatch put-metric-alarm --alarm-name NAME --namespace
#       AWS/EC2 --metric-name StatusCheckFailed --dimensions Name=InstanceId,Value=INSTANCE --statistic Maximum --period
#       60 --evaluation-periods 3 --threshold 1 --comparison-operator GreaterThanOrEqualToThreshold --alarm-actions
#       TOPIC; likewise AWS/RDS and AWS/ApplicationELB; aws cloudwatch delete-alarms --alarm-names NAME.
#     aws_zh: >-
#       CloudWatch 控制台 > 告警 > 创建告警，或执行 aws cloudwatch put-metric-alarm --alarm-name NAME --namespace AWS/EC2
#       --metric-name StatusCheckFailed --dimensions Name=InstanceId,Value=INSTANCE --statistic Maximum --period 60
#       --evaluation-periods 3 --threshold 1 --comparison-operator GreaterThanOrEqualToThreshold --alarm-actions
#       TOPIC；AWS/RDS 和 AWS/ApplicationELB 同样配置；删除失效的告警执行 aws cloudwatch delete-alarms --alarm-names NAME。
#     azure: >-
#       Portal > Monitor > Alerts > Create > Alert rule, or az monitor metrics alert create --name NAME --resource-group
#       GROUP --scopes RESOURCE_ID --condition "avg Percentage CPU > 90" --action ACTION_GROUP; agent: az vm extension
#       set --name AzureMonitorLinuxAgent --publisher Microsoft.Azure.Monitor --vm-name VM --resource-group GROUP.
#     azure_zh: >-
#       Azure 门户 > 监视器 > 警报 > 创建 > 警报规则，或执行 az monitor metrics alert create --name NAME --resource-group GROUP --scopes
#       RESOURCE_ID --condition "avg Percentage CPU > 90" --action ACTION_GROUP；监控代理执行 az vm extension set --name
#       AzureMonitorLinuxAgent --publisher Microsoft.Azure.Monitor --vm-name VM --resource-group GROUP。
#     aliyun: >-
#       CloudMonitor console > Alerts > Alert Rules > Create Alert Rule, and > Host Monitoring > Install Agent, or
#       aliyun cms PutResourceMetricRule --RuleId ID --RuleName NAME --Namespace acs_ecs_dashboard --MetricName
#       cpu_total --Resources '[{"instanceId":"INSTANCE"}]' --ContactGroups ops with --Escalations.Critical.*, and
#       aliyun cms InstallMonitoringAgent --InstanceIds.1 INSTANCE.
#     aliyun_zh: >-
#       云监控控制台 > 报警服务 > 报警规则 > 创建报警规则，以及 > 主机监控 > 安装插件，或执行 aliyun cms PutResourceMetricRule --RuleId ID --RuleName NAME
#       --Namespace acs_ecs_dashboard --MetricName cpu_total --Resources '[{"instanceId":"INSTANCE"}]' --ContactGroups
#       ops 并设置 --Escalations.Critical.*，以及 aliyun cms InstallMonitoringAgent --InstanceIds.1 INSTANCE。
#     terraform: >-
#       aws_cloudwatch_metric_alarm.dimensions and alarm_actions, azurerm_monitor_metric_alert.scopes and action,
#       azurerm_virtual_machine_extension, alicloud_cms_alarm.metric_dimensions and contact_groups
#     terraform_zh: >-
#       aws_cloudwatch_metric_alarm.dimensions 和 alarm_actions, azurerm_monitor_metric_alert.scopes 和 action,
#       azurerm_virtual_machine_extension, alicloud_cms_alarm.metric_dimensions 和 contact_groups
#   references: ["GB/T 22239-2019 8.2.5.1 d", "GB/T 22239-2019 8.1.5.4 c"]
package mlps.checks.management.monitoring

applies if input.level >= 3

deny contains {"at": "alarms", "args": {"lack": "alarms"}} if {
	input.level >= 3
	input.facts.alarms == 0
}

# AWS watches every instance without an agent; its detailed monitoring only does so more often.
deny contains {"at": "monitoring", "args": {"lack": "agent"}} if {
	input.level >= 3
	input.provider in {"azure", "aliyun"}
	input.facts.monitoring == false
}

deny contains {"at": "targets", "args": {"lack": "targets"}} if {
	input.level >= 3
	input.facts.targets == 0
	is_string(input.facts.target_kind)
	input.facts.target_kind != "other"
}
