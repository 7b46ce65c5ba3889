# METADATA
# title: No region outside the mainland is in use
# description: >-
#   An account reaches more regions than the system needs. What somebody made in one of them lies outside the country
#   and outside of what is watched. Only regions that the scan looks at are seen: scan all regions of the account. Where
#   mlps.yaml declares `allowed_regions`, those regions are allowed and no others.
# custom:
#   id: location-unused-regions
#   title_zh: 未使用境外地域
#   description_zh: >-
#     账号可使用的地域多于系统所需。在境外地域创建的资源既不在境内，也往往不在监控范围内。本检查仅覆盖扫描到的地域，应扫描账号的全部地域。mlps.yaml
#     中声明 allowed_regions 的，以所声明的地域为准。
#   targets: [account.configuration]
#   facts: [regions_in_use]
#   severity: medium
#   items: [physical.location, data.residency]
#   message: "region {region} is in use, and is not an allowed region (by default: mainland China)"
#   message_zh: "正在使用地域 {region}，该地域不在允许的地域范围内（默认为中国内地）"
#   remediation:
#     en: Find what the region holds, move it to an allowed region or delete it, and deny the region from then on.
#     zh: 查明该地域内的资源，迁移至境内（允许的）地域或予以释放，并以组织级策略禁用该地域。
#     aws: >-
#       Resource Explorer console > Search with region:REGION, or aws resourcegroupstaggingapi get-resources --region
#       REGION; delete what is there, then turn the region off: Account > AWS Regions, or aws account disable-region
#       --region-name REGION (regions that are on by default are denied by a service control policy).
#     aws_zh: >-
#       Resource Explorer 控制台 > 以 region:REGION 搜索，或执行 aws resourcegroupstaggingapi get-resources --region
#       REGION；删除其中的资源，再禁用该区域：账户 > AWS 区域，或执行 aws account disable-region --region-name REGION（默认启用的区域由服务控制策略禁用）。
#     azure: >-
#       Portal > All resources > filter by Location, or az resource list --location REGION --output table; az resource
#       delete --ids ID, then assign the policy Allowed locations.
#     azure_zh: >-
#       Azure 门户 > 所有资源 > 按位置筛选，或执行 az resource list --location REGION --output table；执行 az resource delete --ids
#       ID，再分配策略“允许的位置”。
#     aliyun: >-
#       Resource Center console > Search by region, or aliyun resourcecenter SearchResources --Filter.1.Key RegionId
#       --Filter.1.MatchType Equals --Filter.1.Value.1 REGION; release what is there, then attach a Control Policy.
#     aliyun_zh: >-
#       资源中心控制台 > 按地域搜索，或执行 aliyun resourcecenter SearchResources --Filter.1.Key RegionId --Filter.1.MatchType Equals
#       --Filter.1.Value.1 REGION；释放其中的资源，再绑定管控策略。
#     terraform: >-
#       no provider "aws" or "alicloud" of another region, no other location in azurerm resources;
#       aws_account_region.enabled = false
#     terraform_zh: 不配置其他地域的 provider "aws" 或 "alicloud", azurerm 资源不使用其他 location; aws_account_region.enabled = false
#   references: ["GB/T 22239-2019 8.2.1.1", "GB/T 22239-2019 8.2.4.5 a"]
package mlps.checks.location.unused_regions

import data.mlps.lib.location

deny contains {"at": sprintf("regions_in_use/%d", [i]), "args": {"region": region}} if {
	some i, region in input.facts.regions_in_use
	location.is_abroad(input.provider, region)
}
