# METADATA
# title: Public access is blocked for the account and for each bucket
# description: >-
#   A public-access block overrides access lists and policies, so that a later mistake in one of them opens nothing.
# custom:
#   id: data-bucket-block
#   title_zh: 账号和存储桶均启用阻止公共访问
#   description_zh: 阻止公共访问优先于访问控制列表和桶策略，即使日后策略配置有误，也不会使数据对外公开。
#   targets: [account.configuration, storage.bucket]
#   facts: [public_access_block]
#   severity: high
#   items: [data.authorised-access]
#   message: "public access is not blocked as a whole"
#   message_zh: "未完整启用阻止公共访问"
#   remediation:
#     en: Turn every part of the public-access block on, first for buckets in use, then for the account.
#     zh: 逐项启用阻止公共访问，先覆盖在用存储桶，再在账号级统一启用。
#     aws: >-
#       S3 console > Block Public Access settings for this account (for one bucket: Permissions > Block public access),
#       or aws s3control put-public-access-block --account-id ACCOUNT --public-access-block-configuration
#       BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true; for one bucket aws
#       s3api put-public-access-block --bucket NAME with the same configuration.
#     aws_zh: >-
#       S3 控制台 > 此账户的屏蔽公共访问权限设置（单个存储桶：权限 > 屏蔽公共访问权限），或执行 aws s3control put-public-access-block --account-id ACCOUNT
#       --public-access-block-configuration
#       BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true; 单个存储桶以相同配置执行 aws
#       s3api put-public-access-block --bucket NAME。
#     azure: >-
#       Portal > the storage account > Configuration > Allow Blob anonymous access: Disabled, or az storage account
#       update --name NAME --resource-group GROUP --allow-blob-public-access false; for all, assign the built-in policy
#       "Storage account public access should be disallowed" with effect Deny (az policy assignment create).
#     azure_zh: >-
#       Azure 门户 > 该存储账户 > 配置 > 允许 Blob 匿名访问：已禁用，或执行 az storage account update --name NAME --resource-group GROUP
#       --allow-blob-public-access false；统一禁止则分配内置策略“应禁止存储帐户公共访问”，效果设为 Deny（az policy assignment create）。
#     aliyun: >-
#       OSS console > Block Public Access for the account, and for a bucket Permission Control > Block Public Access; or
#       ossutil api put-public-access-block and ossutil api put-bucket-public-access-block --bucket NAME, each with
#       --public-access-block-configuration '{"BlockPublicAccess":"true"}'.
#     aliyun_zh: >-
#       OSS 控制台 > 阻止公共访问（账号级），单个 Bucket：权限控制 > 阻止公共访问；或执行 ossutil api put-public-access-block 和 ossutil api
#       put-bucket-public-access-block --bucket NAME，均以 --public-access-block-configuration
#       '{"BlockPublicAccess":"true"}' 开启。
#     terraform: >-
#       aws_s3_account_public_access_block, aws_s3_bucket_public_access_block,
#       azurerm_storage_account.allow_nested_items_to_be_public = false, alicloud_oss_account_public_access_block,
#       alicloud_oss_bucket_public_access_block
#   references: ["GB/T 22239-2019 8.2.4.5 b"]
package mlps.checks.data.bucket_block

# Null: a cloud without such a block for the whole account.
applies if input.facts.public_access_block != null

deny contains {"at": "public_access_block", "args": {}} if {
	input.facts.public_access_block == false
}
