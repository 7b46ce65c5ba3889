# METADATA
# title: The hosting platform is graded no lower than the system
# description: >-
#   A cloud platform may host only systems of its own certified level or below. The level of each cloud that hosts
#   resources of the system comes from `platforms` in mlps.yaml, that is from its filing certificate.
# custom:
#   id: network-platform-level
#   title_zh: 云平台安全保护等级不低于其承载的定级对象
#   description_zh: 云计算平台不得承载高于自身安全保护等级的业务应用系统。平台等级取自 mlps.yaml 中 platforms 声明的备案证明。
#   targets: [system]
#   facts: [level, platforms.provider, platforms.level]
#   severity: critical
#   items: [network.platform-level]
#   message: "platform {provider} is certified for level {platform}, the system is of level {level}"
#   message_zh: "云平台 {provider} 的等级为第 {platform} 级，低于定级对象的第 {level} 级"
#   remediation:
#     en: Host the system on a platform of its level or above; keep the platform's filing certificate as evidence.
#     zh: 将系统部署到等级不低于自身的云平台，并留存云平台的备案证明与测评结论。
#     aws: >-
#       Ask the operator of the China regions (Sinnet, NWCD) for the filing certificate and the conclusion of its
#       assessment.
#     aws_zh: 向中国区域的运营方（光环新网、西云数据）索取备案证明和测评结论。
#     azure: Ask 21Vianet for the filing certificate and the conclusion of its assessment.
#     azure_zh: 向世纪互联索取备案证明和测评结论。
#     aliyun: Download the certificate from the Trust Center (Alibaba Cloud console > Trust Center > Compliance).
#     aliyun_zh: 在信任中心下载相关证明（阿里云官网 > 信任中心 > 合规）。
#     terraform: No resource decides it; declare the certificate under platforms in mlps.yaml.
#     terraform_zh: 没有对应的资源；请在 mlps.yaml 的 platforms 中声明备案证明
#   references: ["GB/T 22239-2019 8.2.2.1 a"]
package mlps.checks.network.platform_level

deny contains {"at": sprintf("platforms/%d/level", [i]), "args": args} if {
	some i, platform in input.facts.platforms
	platform.level < input.facts.level
	args := {
		"provider": object.get(platform, "provider", "?"),
		"platform": platform.level,
		"level": input.facts.level,
	}
}
