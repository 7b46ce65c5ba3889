# METADATA
# title: Buckets are closed to the public
# description: >-
#   Access list, policy and public-access blocks together decide whether anyone can read or write the objects of a
#   bucket without signing in. Public buckets are found by machines within minutes.
# custom:
#   id: data-bucket-public
#   title_zh: 存储桶不对公众开放
#   description_zh: 存储桶是否可被匿名读写由访问控制列表、桶策略和阻止公共访问设置共同决定。公开的存储桶会在短时间内被自动扫描发现。
#   targets: [storage.bucket]
#   facts: [exposure.public, exposure.via]
#   severity: critical
#   items: [data.authorised-access, "g:data.storage-confidentiality"]
#   message: "anyone can reach the objects without signing in (opened by: {via})"
#   message_zh: "任何人无需鉴别即可访问其中的对象（开放途径：{via}）"
#   words_zh:
#     via:
#       acl: 访问控制列表
#       object-acl: 对象的访问控制列表
#       policy: 桶策略
#       static-website: 静态网站
#       endpoint: 公网地址
#   remediation:
#     en: Block public access; publish what must be public through a CDN that alone may read the bucket.
#     zh: 启用阻止公共访问；确需公开的内容通过 CDN 发布，仅允许 CDN 回源读取。
#     aws: >-
#       S3 console > the bucket > Permissions > Block public access > Edit, or aws s3api put-public-access-block
#       --bucket NAME --public-access-block-configuration
#       BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true; remove "*" from
#       the bucket policy.
#     aws_zh: >-
#       S3 控制台 > 该存储桶 > 权限 > 屏蔽公共访问权限 > 编辑，或执行 aws s3api put-public-access-block --bucket NAME
#       --public-access-block-configuration
#       BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true; 并从存储桶策略中删除对“*”的授权。
#     azure: >-
#       Portal > the storage account > Configuration > Allow Blob anonymous access: Disabled, or az storage account
#       update --name NAME --resource-group GROUP --allow-blob-public-access false; for one container az storage
#       container set-permission --account-name NAME --name CONTAINER --public-access off
#     azure_zh: >-
#       Azure 门户 > 该存储账户 > 配置 > 允许 Blob 匿名访问：已禁用，或执行 az storage account update --name NAME --resource-group GROUP
#       --allow-blob-public-access false；单个容器执行 az storage container set-permission --account-name NAME --name CONTAINER
#       --public-access off。
#     aliyun: >-
#       OSS console > the bucket > Permission Control > Block Public Access: on, and ACL: private; or ossutil set-acl
#       oss://NAME private --bucket and ossutil api put-bucket-public-access-block --bucket NAME
#       --public-access-block-configuration '{"BlockPublicAccess":"true"}'; remove "*" from the bucket policy.
#     aliyun_zh: >-
#       OSS 控制台 > 该 Bucket > 权限控制 > 阻止公共访问：开启，读写权限：私有；或执行 ossutil set-acl oss://NAME private --bucket 和 ossutil api
#       put-bucket-public-access-block --bucket NAME --public-access-block-configuration
#       '{"BlockPublicAccess":"true"}'；并从 Bucket 授权策略中删除对“*”的授权。
#     terraform: >-
#       aws_s3_bucket_public_access_block, azurerm_storage_account.allow_nested_items_to_be_public = false,
#       alicloud_oss_bucket_acl.acl = "private", alicloud_oss_bucket_public_access_block
#   references:
#     - GB/T 22239-2019 8.2.4.5 b
#     - GB/T 22239-2019 8.1.4.8 b
#     - "Alibaba Cloud Config: oss-bucket-public-read-prohibited"
#     - "Alibaba Cloud Config: oss-bucket-policy-no-any-anonymous"
package mlps.checks.data.bucket_public

deny contains {"at": "exposure/public", "args": {"via": _via}} if {
	input.facts.exposure.public == true
}

# "-" where it is not known what opens the bucket.
default _via := "-"

_via := concat(", ", sort(input.facts.exposure.via)) if {
	every reason in input.facts.exposure.via {
		is_string(reason)
	}
}
