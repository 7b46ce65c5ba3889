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
#     azure: >-
#       Portal > Microsoft Defender for Cloud > Environment settings > the subscription > Continuous export, or az
#       security automation create; Portal > Microsoft Sentinel > Create, or az sentinel onboarding-state create --name
#       default --resource-group GROUP --workspace-name WORKSPACE
#     aliyun: >-
#       Security Center console of the management account > System Configuration > Feature Settings > Multi-account
#       Management, or aliyun sas CreateMonitorAccount --AccountIds ACCOUNT,ACCOUNT (it replaces the whole list)
#     terraform: >-
#       aws_securityhub_account and aws_securityhub_finding_aggregator, azurerm_security_center_automation and
#       azurerm_sentinel_log_analytics_workspace_onboarding, alicloud_threat_detection_monitor_account
#   references: ["GB/T 22239-2019 8.1.5.4 f"]
package mlps.checks.management.security_hub

applies if input.level >= 3

deny contains {"at": "aggregated", "args": {}} if {
	input.level >= 3
	input.facts.aggregated == false
}
