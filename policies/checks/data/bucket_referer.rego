# METADATA
# title: Public buckets restrict referers
# description: >-
#   Other sites embed the objects of a public bucket, and its owner pays for their traffic. A list of referers keeps
#   them out, so long as it lets in neither every site nor requests without a referer. Buckets that are not public are
#   not judged, while the vendor's rule judges all of them.
# custom:
#   id: data-bucket-referer
#   title_zh: 对外公开的存储桶配置防盗链
#   description_zh: >-
#     公开的存储桶可被其他网站盗链，流量费用由本单位承担。防盗链应配置 Referer 白名单，白名单不得放行全部网站，也不得允许空
#     Referer。仅检查对外公开的存储桶，云厂商的规则则检查全部存储桶。
#   targets: [storage.bucket]
#   facts: [exposure.public, referers]
#   severity: low
#   items: ["g:boundary.default-deny"]
#   message: "the public bucket lets in requests from any site (referers: {referers})"
#   message_zh: "公开的存储桶未有效限制访问来源（Referer 白名单：{referers}）"
#   remediation:
#     en: List the sites that embed the objects, and refuse requests without a referer. Better, do not make it public.
#     zh: 在防盗链中列出允许引用的网站，并禁止空 Referer；能不公开的存储桶不要公开。
#     aws: >-
#       S3 has no list of referers: close the bucket and publish it through CloudFront, with a rule of AWS WAF on the
#       header Referer where one is needed.
#     aws_zh: S3 没有 Referer 白名单：关闭存储桶的公开访问，通过 CloudFront 对外发布；需要防盗链的，在 AWS WAF 中按 Referer 请求头设置规则。
#     azure: >-
#       Blob storage has no list of referers: close the account and publish it through Azure Front Door or Application
#       Gateway, with a rule on the header Referer where one is needed.
#     azure_zh: Blob 存储没有 Referer 白名单：关闭存储账户的公开访问，通过 Azure Front Door 或应用程序网关对外发布；需要防盗链的，按 Referer 请求头设置规则。
#     aliyun: >-
#       OSS console > the bucket > Data Security > Hotlink Protection: the sites, Empty Referer not allowed; or ossutil
#       referer --method put oss://NAME https://www.example.com --disable-empty-referer
#     aliyun_zh: >-
#       OSS 控制台 > 该 Bucket > 数据安全 > 防盗链：填写允许的网站，不允许空 Referer；或执行 ossutil referer --method put oss://NAME
#       https://www.example.com --disable-empty-referer。
#     terraform: >-
#       alicloud_oss_bucket_referer.referer_list with allow_empty_referer = false; aws_s3_bucket_public_access_block and
#       azurerm_storage_account.allow_nested_items_to_be_public = false where there is no such list
#     terraform_zh: >-
#       alicloud_oss_bucket_referer.referer_list 且 allow_empty_referer = false; 没有 Referer 白名单的云使用
#       aws_s3_bucket_public_access_block 和 azurerm_storage_account.allow_nested_items_to_be_public = false
#   references: ["GB/T 22239-2019 8.1.3.2 a", "Alibaba Cloud Config: oss-bucket-referer-enabled"]
#   not_offered:
#     - cloud: aws
#       en: S3 has no list of referers; publish through CloudFront in its place.
#       zh: S3 没有 Referer 白名单，应改由 CloudFront 对外发布。
#     - cloud: aws-cn
#       en: S3 has no list of referers; publish through CloudFront in its place.
#       zh: S3 没有 Referer 白名单，应改由 CloudFront 对外发布。
#     - cloud: azure
#       en: Blob storage has no list of referers; publish through a gateway with a rule on the header in its place.
#       zh: Blob 存储没有 Referer 白名单，应改由应用程序网关等按请求头限制后对外发布。
#     - cloud: azure-china
#       en: Blob storage has no list of referers; publish through a gateway with a rule on the header in its place.
#       zh: Blob 存储没有 Referer 白名单，应改由应用程序网关等按请求头限制后对外发布。
package mlps.checks.data.bucket_referer

# Null means "no list" on Alibaba Cloud and "no such setting" elsewhere.
applies if _is_public

deny contains {"at": "referers", "args": {"referers": "-"}} if {
	_is_public
	input.facts.referers == null
}

deny contains {"at": "referers", "args": {"referers": "-"}} if {
	_is_public
	count(input.facts.referers) == 0
}

deny contains {"at": sprintf("referers/%d", [i]), "args": {"referers": referer}} if {
	_is_public
	some i, referer in input.facts.referers
	_is_every_site(referer)
}

_is_public if {
	input.provider == "aliyun"
	input.facts.exposure.public == true
}

# Nothing but wildcards behind the scheme: "*", "https://*", "*://*.*".
_is_every_site(referer) if {
	parts := split(referer, "://")
	trim(parts[count(parts) - 1], "*?./") == ""
}
