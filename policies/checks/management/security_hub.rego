# METADATA
# title: Security findings are gathered in one place
# description: >-
#   Findings that each product and region keeps to itself are not seen together. From level 3 on security events are
#   recognised, alerted and analysed centrally: one console gathers those of all products and regions in use.
# custom:
#   id: management-security-hub
#   title_zh: 安全事件集中汇总分析
#   description_zh: 各产品、各地域分散留存的安全告警无法统一研判。三级及以上系统应将在用产品和地域的安全告警汇总到统一平台进行识别、报警和分析。
#   targets: [account.threat_detection]
#   facts: [aggregated]
#   severity: medium
#   items: ["g:management.events"]
#   message: "security findings are not gathered in one place"
#   message_zh: "安全告警未汇总到统一平台"
#   remediation:
#     en: Turn the central console on in every region in use, and gather its findings in one region or workspace.
#     zh: 在所有在用地域启用统一安全管理平台，并将告警汇总到同一地域或工作区。
#     aws: >-
#       Security Hub console > Settings > Regions > Finding aggregation, or aws securityhub enable-security-hub --region
#       REGION in each region, then in one of them aws securityhub create-finding-aggregator --region-linking-mode
#       ALL_REGIONS
#     aws_zh: >-
#       Security Hub 控制台 > 设置 > 区域 > 结果聚合，或在各区域执行 aws securityhub enable-security-hub --region REGION，再在其中一个区域执行 aws
#       securityhub create-finding-aggregator --region-linking-mode ALL_REGIONS。
#     azure: >-
#       Portal > Microsoft Defender for Cloud > Environment settings > the subscription > Continuous export, or az
#       security automation create; Portal > Microsoft Sentinel > Create, or az sentinel onboarding-state create --name
#       default --resource-group GROUP --workspace-name WORKSPACE
#     azure_zh: >-
#       Azure 门户 > Microsoft Defender for Cloud > 环境设置 > 该订阅 > 连续导出，或执行 az security automation create；Azure 门户 >
#       Microsoft Sentinel > 创建，或执行 az sentinel onboarding-state create --name default --resource-group GROUP
#       --workspace-name WORKSPACE。
#     aliyun: >-
#       Security Center console of the management account > System Configuration > Feature Settings > Multi-account
#       Management, or aliyun sas CreateMonitorAccount --AccountIds ACCOUNT,ACCOUNT (it replaces the whole list)
#     aliyun_zh: >-
#       管理账号的云安全中心控制台 > 系统设置 > 功能设置 > 多账号安全管理，或执行 aliyun sas CreateMonitorAccount --AccountIds ACCOUNT,ACCOUNT（会替换整个列表）。
#     terraform: >-
#       aws_securityhub_account and aws_securityhub_finding_aggregator, azurerm_security_center_automation and
#       azurerm_sentinel_log_analytics_workspace_onboarding, alicloud_threat_detection_monitor_account
#     terraform_zh: >-
#       aws_securityhub_account 和 aws_securityhub_finding_aggregator, azurerm_security_center_automation 和
#       azurerm_sentinel_log_analytics_workspace_onboarding, alicloud_threat_detection_monitor_account
#   references: ["GB/T 22239-2019 8.1.5.4 f"]
package mlps.checks.management.security_hub

applies if input.level >= 3

deny contains {"at": "aggregated", "args": {}} if {
	input.level >= 3
	input.facts.aggregated == false
}
