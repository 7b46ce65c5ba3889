# METADATA
# title: Resources are in mainland China
# description: >-
#   Level requirements place the infrastructure of the system in China. A resource in a region abroad, or in Hong Kong,
#   Macao or Taiwan, leaves the mainland. Where mlps.yaml declares `allowed_regions`, those regions are allowed and no
#   others.
# custom:
#   id: location-resource
#   title_zh: 资源部署在境内地域
#   description_zh: >-
#     云计算基础设施应位于中国境内。部署在境外地域，或中国香港、中国澳门、中国台湾地域的资源，不满足境内部署要求。mlps.yaml
#     中声明 allowed_regions 的，以所声明的地域为准。
#   targets: ["*"]
#   facts: [region, country]
#   severity: high
#   items: [physical.location]
#   message: "is in region {region} ({country}), which is not an allowed region (by default: mainland China)"
#   message_zh: "位于地域 {region}（{country}），不在允许的地域范围内（默认为中国内地）"
#   remediation:
#     en: Move the resource and its data to an allowed region; forbid other regions by an organisation policy.
#     zh: 将资源及数据迁移至境内（允许的）地域，并以组织级策略禁用其他地域。
#     aws: >-
#       Use an account of AWS China (cn-north-1, cn-northwest-1); it is apart from global accounts, so the resource is
#       made anew and its data moved: AWS Console > DataSync > Create task for buckets and file systems, or aws s3 sync
#       s3://OLD DIR and, with the profile of AWS China, aws s3 sync DIR s3://NEW; DMS for databases; then delete the
#       old one.
#     azure: >-
#       Use Azure operated by 21Vianet (chinaeast2, chinaeast3, chinanorth2, chinanorth3; az cloud set --name
#       AzureChinaCloud); make the resource anew there, move its data (azcopy copy SOURCE DESTINATION --recursive,
#       database dump), and delete the old one: Portal > the resource > Delete, or az resource delete --ids ID.
#     aliyun: >-
#       Make the resource anew in a mainland region (such as cn-hangzhou) and move it: ECS console > Images > Copy
#       Image, or aliyun ecs CopyImage --RegionId REGION --ImageId IMAGE --DestinationRegionId cn-hangzhou; databases by
#       DTS, buckets by OSS replication or ossutil cp -r; deny other regions by a Control Policy of the resource
#       directory.
#     terraform: "provider \"aws\", \"alicloud\": region; location in azurerm resources."
#   references: ["GB/T 22239-2019 8.2.1.1", "High-risk case 7.1.1.1"]
package mlps.checks.location.resource

import data.mlps.lib.location

applies if input.region != "global"

deny contains {"at": "region", "args": {"region": input.region, "country": _country}} if {
	location.is_abroad(input.provider, input.region)
}

# A name that looks like one of the mainland's and is not. Declared regions are allowed wherever they are.
deny contains {"at": "country", "args": {"region": input.region, "country": input.country}} if {
	input.region != "global"
	is_string(input.country)
	input.country != "CN"
	not _is_declared
	not location.is_abroad(input.provider, input.region)
}

# A region of which the country is not known is pointed at, so that it ends as unknown and never as a pass.
deny contains {"at": "country", "args": {"region": input.region, "country": "?"}} if {
	input.region != "global"
	input.country == null
	not _is_declared
	not location.is_abroad(input.provider, input.region)
}

_is_declared if input.region in input.context.allowed_regions

_country := input.country if is_string(input.country)

_country := "?" if input.country == null
