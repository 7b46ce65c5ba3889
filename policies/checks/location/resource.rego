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
#     aws_zh: >-
#       使用亚马逊云科技中国区域的账号（cn-north-1、cn-northwest-1）；该账号与全球账号相互独立，须重建资源并迁移数据：存储桶和文件系统使用 AWS 控制台 > DataSync > 创建任务，或先执行 aws
#       s3 sync s3://OLD DIR，再以中国区域的配置文件执行 aws s3 sync DIR s3://NEW；数据库使用 DMS；随后删除原资源。
#     azure: >-
#       Use Azure operated by 21Vianet (chinaeast2, chinaeast3, chinanorth2, chinanorth3; az cloud set --name
#       AzureChinaCloud); make the resource anew there, move its data (azcopy copy SOURCE DESTINATION --recursive,
#       database dump), and delete the old one: Portal > the resource > Delete, or az resource delete --ids ID.
#     azure_zh: >-
#       使用由世纪互联运营的 Azure（chinaeast2、chinaeast3、chinanorth2、chinanorth3；az cloud set --name
#       AzureChinaCloud）；在其中重建资源，迁移数据（azcopy copy SOURCE DESTINATION --recursive，数据库导出导入），随后删除原资源：Azure 门户 > 该资源 >
#       删除，或执行 az resource delete --ids ID。
#     aliyun: >-
#       Make the resource anew in a mainland region (such as cn-hangzhou) and move it: ECS console > Images > Copy
#       Image, or aliyun ecs CopyImage --RegionId REGION --ImageId IMAGE --DestinationRegionId cn-hangzhou; databases by
#       DTS, buckets by OSS replication or ossutil cp -r; deny other regions by a Control Policy of the resource
#       directory.
#     aliyun_zh: >-
#       在境内地域（如 cn-hangzhou）重建资源并迁移：ECS 控制台 > 镜像 > 复制镜像，或执行 aliyun ecs CopyImage --RegionId REGION --ImageId IMAGE
#       --DestinationRegionId cn-hangzhou；数据库使用数据传输服务 DTS，存储桶使用 OSS 跨区域复制或 ossutil cp -r；并以资源目录的管控策略禁用其他地域。
#     terraform: "provider \"aws\", \"alicloud\": region; location in azurerm resources."
#     terraform_zh: provider "aws", "alicloud" 的 region; azurerm 资源的 location
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
