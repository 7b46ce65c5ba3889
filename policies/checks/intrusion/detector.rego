# METADATA
# title: Threat detection runs everywhere
# description: >-
#   Attacks by tenants, on network nodes and from outside are detected and recorded: a detection service runs in each
#   region in use, from level 3 on in an edition that detects and does not only scan, at level 4 in one that also
#   responds (Security Center Enterprise). Laxer at levels 2 and 3 than Alibaba Cloud's pre-check, which asks for
#   Enterprise.
# custom:
#   id: intrusion-detector
#   title_zh: 威胁检测已在所有使用地域启用
#   description_zh: 应能检测来自租户、针对网络节点以及来自外部的攻击并留存记录。威胁检测服务应在所有使用中的地域启用，三级系统应使用具备入侵检测能力的版本，四级系统应使用企业版及以上版本。
#   targets: [account.threat_detection]
#   facts: [detectors.product, detectors.region, detectors.enabled, detectors.edition]
#   severity: high
#   items:
#     - boundary.detect-tenant-attacks
#     - boundary.detect-network-attacks
#     - "g:boundary.external-attacks"
#     - "g:boundary.internal-attacks"
#     - "g:boundary.behaviour-analysis"
#     - "g:boundary.attack-records"
#     - "g:compute.intrusion-detection"
#   message: "threat detection {product} in {region}: {state}"
#   message_zh: "地域 {region} 的威胁检测服务 {product} 状态为 {state}"
#   words_zh:
#     state: {absent: 未启用, anti-virus: 防病毒版, disabled: 已停用}
#   remediation:
#     en: Turn the detection service on in every region in use, in a sufficient edition.
#     zh: 在所有使用中的地域启用威胁检测服务，并选用满足等级要求的版本。
#     aws: >-
#       GuardDuty console > Get started > Enable GuardDuty in each region, or aws guardduty create-detector --enable
#       --region REGION; for an organisation aws guardduty update-organization-configuration --detector-id DETECTOR
#       --auto-enable-organization-members ALL.
#     aws_zh: >-
#       各区域的 GuardDuty 控制台 > 开始使用 > 启用 GuardDuty，或执行 aws guardduty create-detector --enable --region REGION；组织统一启用执行 aws
#       guardduty update-organization-configuration --detector-id DETECTOR --auto-enable-organization-members ALL。
#     azure: >-
#       Portal > Microsoft Defender for Cloud > Environment settings > the subscription > Defender plans > On, or az
#       security pricing create --name VirtualMachines --tier standard, likewise for StorageAccounts, SqlServers,
#       KeyVaults and Containers.
#     azure_zh: >-
#       Azure 门户 > Microsoft Defender for Cloud > 环境设置 > 该订阅 > Defender 计划 > 启用，或执行 az security pricing create --name
#       VirtualMachines --tier standard，StorageAccounts、SqlServers、KeyVaults 和 Containers 同样启用。
#     aliyun: >-
#       Security Center console > Overview > Upgrade (or Purchase Security Center): Anti-virus or higher for level 2,
#       Advanced or higher for level 3, Enterprise or Ultimate for level 4; aliyun sas DescribeVersionConfig shows the
#       edition; install the agent on every server.
#     aliyun_zh: >-
#       云安全中心控制台 > 总览 > 升级（或购买云安全中心）：二级系统选用防病毒版及以上，三级系统选用高级版及以上，四级系统选用企业版或旗舰版；版本由 aliyun sas DescribeVersionConfig
#       查看；每台服务器均应安装客户端。
#     terraform: >-
#       aws_guardduty_detector.enable = true in each region, azurerm_security_center_subscription_pricing.tier =
#       "Standard", alicloud_threat_detection_instance.version_code
#     terraform_zh: >-
#       各地域 aws_guardduty_detector.enable = true, azurerm_security_center_subscription_pricing.tier = "Standard",
#       alicloud_threat_detection_instance.version_code
#   references:
#     - GB/T 22239-2019 8.2.3.2 a
#     - GB/T 22239-2019 8.2.3.2 b
#     - GB/T 22239-2019 8.1.3.3 a
#     - "Alibaba Cloud Config: security-center-version-check"
package mlps.checks.intrusion.detector

# Editions that detect intrusions: those of Security Center, and the paid tier of Defender for Cloud.
_detecting := {"standard", "advanced"} | _responding

_responding := {"standard", "enterprise", "ultimate"}

_sufficient := {1: (_detecting | {"anti-virus"}), 2: (_detecting | {"anti-virus"}), 3: _detecting, 4: _responding}

deny contains {"at": "detectors", "args": {"product": "-", "region": "-", "state": "absent"}} if {
	count(input.facts.detectors) == 0
}

deny contains {"at": sprintf("detectors/%d/enabled", [i]), "args": _args(detector, "disabled")} if {
	some i, detector in input.facts.detectors
	detector.enabled == false
}

deny contains {"at": sprintf("detectors/%d/edition", [i]), "args": _args(detector, detector.edition)} if {
	some i, detector in input.facts.detectors
	detector.enabled == true
	is_string(detector.edition)
	not detector.edition in _sufficient[input.level]
}

# A product or region that is not known does not hide a detector that is off.
_args(detector, state) := {
	"product": object.get(detector, "product", "?"),
	"region": object.get(detector, "region", "?"),
	"state": state,
}
