# METADATA
# title: Vulnerabilities are found, and critical ones fixed in time
# description: >-
#   Every instance is assessed for known vulnerabilities, and critical ones are fixed within 90 days, within 60
#   from level 2 on, 30 at level 3 and 15 at level 4.
# custom:
#   id: compute-vulnerabilities
#   title_zh: 已开展漏洞检测并及时修复严重漏洞
#   description_zh: 应能发现可能存在的已知漏洞并及时修补。每台实例均应纳入漏洞检测，严重漏洞的修复期限为一级 90 天、二级 60 天、三级 30 天、四级 15 天。
#   targets: [compute.instance]
#   facts: [vulnerabilities.assessed, vulnerabilities.critical, vulnerabilities.oldest_critical_days]
#   severity: high
#   items: ["g:compute.vulnerabilities"]
#   message: "{found}"
#   message_zh: "漏洞管理不到位：{found}"
#   remediation:
#     en: >-
#       Turn vulnerability assessment on for the instance, and patch critical vulnerabilities within the limit.
#     zh: 为实例开启漏洞检测，并在期限内修复严重漏洞。
#     aws: >-
#       Amazon Inspector console > Account management > Activate EC2 scanning, or aws inspector2 enable
#       --resource-types EC2; Systems Manager > Patch Manager > Patch now.
#     azure: >-
#       Defender for Cloud > Environment settings > Servers > Vulnerability assessment, or az security va sql
#       list; Azure Update Manager > One-time update.
#     aliyun: >-
#       Security Center console > Risk Governance > Vulnerabilities > Fix, or aliyun sas ModifyStartVulScan,
#       aliyun sas ModifyOperateVul --Type cve --OperateType vul_fix
#     terraform: >-
#       aws_inspector2_enabler, azurerm_security_center_server_vulnerability_assessment_virtual_machine
#   references:
#     - GB/T 22239-2019 8.1.4.4 e
#     - "Alibaba Cloud Config: ecs-instance-updated-security-vul"
package mlps.checks.compute.vulnerabilities

_limit := {1: 90, 2: 60, 3: 30, 4: 15}[input.level]

deny contains {"at": "vulnerabilities", "args": {"found": "not assessed"}} if {
	input.facts.vulnerabilities == null
}

deny contains {"at": "vulnerabilities/assessed", "args": {"found": "not assessed"}} if {
	input.facts.vulnerabilities.assessed == false
}

deny contains {"at": "vulnerabilities/oldest_critical_days", "args": {"found": found}} if {
	critical := input.facts.vulnerabilities.critical
	is_number(critical)
	critical > 0
	days := input.facts.vulnerabilities.oldest_critical_days
	is_number(days)
	days > _limit
	found := sprintf("critical: %d, %d days > %d days", [critical, days, _limit])
}
