# METADATA
# title: Resources are in mainland China
# description: >-
#   Level requirements place the infrastructure of the system in China. A resource in a region abroad, or in Hong
#   Kong, Macao or Taiwan, leaves the mainland.
# custom:
#   id: location-resource
#   title_zh: 资源部署在境内地域
#   description_zh: 云计算基础设施应位于中国境内。部署在境外地域，或中国香港、中国澳门、中国台湾地域的资源，不满足境内部署要求。
#   targets: ["*"]
#   facts: [region, country]
#   severity: high
#   items: [physical.location]
#   message: "is in region {region} ({country}), outside mainland China"
#   message_zh: "位于地域 {region}（{country}），不在中国内地"
#   remediation:
#     en: Move the resource and its data to a mainland region; forbid other regions by an organisation policy.
#     zh: 将资源及数据迁移至境内地域，并以组织级策略禁用其他地域。
#     aws: >-
#       Use an account of AWS China (cn-north-1, cn-northwest-1); it is apart from global accounts, so the resource
#       is made anew and its data moved.
#     azure: >-
#       Use Azure operated by 21Vianet (chinaeast2, chinaeast3, chinanorth2, chinanorth3); make the resource anew
#       there and move its data.
#     aliyun: >-
#       Make the resource anew in a mainland region (such as cn-hangzhou) and move it by snapshot copy, DTS or OSS
#       replication; deny other regions by a Control Policy of the resource directory.
#     terraform: "provider \"aws\", \"alicloud\": region; location in azurerm resources."
#   references: ["GB/T 22239-2019 8.2.1.1"]
package mlps.checks.location.resource

applies if {
	input.region != "global"
}

deny contains {"at": "country", "args": {"region": input.region, "country": input.country}} if {
	input.region != "global"
	is_string(input.country)
	input.country != "CN"
}

# A region of which the country is not known is pointed at, so that it ends as unknown and never as a pass.
deny contains {"at": "country", "args": {"region": input.region, "country": "?"}} if {
	input.region != "global"
	input.country == null
}
