# METADATA
# title: Vulnerabilities are found, and critical ones fixed in time
# description: >-
#   Every instance is assessed for known vulnerabilities, and critical ones are fixed within 90 days at level 1, 60 at
#   level 2, 30 at level 3 and 15 at level 4; one whose age is not told fails. Laxer than Alibaba Cloud's rule, which
#   accepts no open vulnerability of the chosen kinds: the standard asks for a fix after testing.
# custom:
#   id: compute-vulnerabilities
#   title_zh: 已开展漏洞检测并及时修复严重漏洞
#   description_zh: 应能发现可能存在的已知漏洞，并在经过充分测试评估后及时修补。每台实例均应纳入漏洞检测；严重漏洞的修复期限为一级 90 天、二级 60 天、三级 30 天、四级 15 天，存在时间不明的视为逾期。
#   targets: [compute.instance]
#   facts: [vulnerabilities.assessed, vulnerabilities.critical, vulnerabilities.oldest_critical_days]
#   severity: high
#   items: ["g:compute.vulnerabilities"]
#   message: "assessed: {assessed}; open critical vulnerabilities: {critical}, oldest {days} days (limit {limit})"
#   message_zh: "已开展漏洞检测：{assessed}；未修复的严重漏洞数：{critical}，最早一个已存在 {days} 天（期限 {limit} 天）"
#   measured: [critical, days]
#   remediation:
#     en: >-
#       Turn vulnerability assessment on for the instance, and fix critical vulnerabilities within the limit, after a
#       test.
#     zh: 为实例开启漏洞检测；严重漏洞经测试评估后在期限内修复，暂无法修复的采取防护措施并登记豁免。
#     aws: >-
#       Amazon Inspector console > Account management > Activate > EC2 scanning, or aws inspector2 enable
#       --resource-types EC2; aws inspector2 list-findings shows them; Systems Manager console > Patch Manager > Patch
#       now, or aws ssm send-command --document-name AWS-RunPatchBaseline --instance-ids INSTANCE --parameters
#       Operation=Install
#     aws_zh: >-
#       Amazon Inspector 控制台 > 账户管理 > 激活 > EC2 扫描，或执行 aws inspector2 enable --resource-types EC2，结果由 aws inspector2
#       list-findings 查看；Systems Manager 控制台 > 补丁管理器 (Patch Manager) > 立即修补，或执行 aws ssm send-command --document-name
#       AWS-RunPatchBaseline --instance-ids INSTANCE --parameters Operation=Install。
#     azure: >-
#       Portal > Microsoft Defender for Cloud > Environment settings > the subscription > Servers > Settings >
#       Vulnerability assessment for machines: On, or az security pricing create --name VirtualMachines --tier standard
#       --subplan P2; Azure Update Manager > One-time update, or az vm install-patches --resource-group GROUP --name VM
#       --maximum-duration PT2H --reboot-setting IfRequired
#     azure_zh: >-
#       Azure 门户 > Microsoft Defender for Cloud > 环境设置 > 该订阅 > 服务器 > 设置 > 计算机漏洞评估：启用，或执行 az security pricing create
#       --name VirtualMachines --tier standard --subplan P2；Azure 更新管理器 > 一次性更新，或执行 az vm install-patches
#       --resource-group GROUP --name VM --maximum-duration PT2H --reboot-setting IfRequired。
#     aliyun: >-
#       Security Center console > Risk Governance > Vulnerabilities > Quick Scan, then Fix, or aliyun sas
#       ModifyStartVulScan --Types cve,sys and aliyun sas ModifyOperateVul --Type cve --OperateType vul_fix --Info JSON
#     aliyun_zh: >-
#       云安全中心控制台 > 风险治理 > 漏洞管理 > 一键扫描，随后修复，或执行 aliyun sas ModifyStartVulScan --Types cve,sys 和 aliyun sas
#       ModifyOperateVul --Type cve --OperateType vul_fix --Info JSON。
#     terraform: >-
#       aws_inspector2_enabler.resource_types = ["EC2"],
#       azurerm_security_center_server_vulnerability_assessments_setting.vulnerability_assessment_provider = "MdeTvm",
#       alicloud_threat_detection_instance.vul_count
#   references:
#     - GB/T 22239-2019 8.1.4.4 e
#     - High-risk case 6.4.3.2
#     - "Alibaba Cloud Config: ecs-instance-updated-security-vul"
package mlps.checks.compute.vulnerabilities

_limit := {1: 90, 2: 60, 3: 30, 4: 15}[input.level]

# Null: nothing counts them, so that nothing shows whether they are fixed.
applies if is_number(input.facts.vulnerabilities.critical)

# Null: nothing assesses it.
deny contains {"at": "vulnerabilities", "args": _args(false, "-", "-")} if {
	input.facts.vulnerabilities == null
}

deny contains {"at": "vulnerabilities/assessed", "args": _args(false, "-", "-")} if {
	input.facts.vulnerabilities.assessed == false
}

deny contains {"at": "vulnerabilities/oldest_critical_days", "args": _args(true, critical, days)} if {
	input.facts.vulnerabilities.assessed == true
	critical := input.facts.vulnerabilities.critical
	is_number(critical)
	critical > 0
	days := input.facts.vulnerabilities.oldest_critical_days
	is_number(days)
	days > _limit
}

deny contains {"at": "vulnerabilities/oldest_critical_days", "args": _args(true, critical, "?")} if {
	input.facts.vulnerabilities.assessed == true
	critical := input.facts.vulnerabilities.critical
	is_number(critical)
	critical > 0
	input.facts.vulnerabilities.oldest_critical_days == null
}

_args(assessed, critical, days) := {"assessed": assessed, "critical": critical, "days": days, "limit": _limit}
