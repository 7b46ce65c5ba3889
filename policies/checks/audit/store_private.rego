# METADATA
# title: The store of audit records is not public
# description: >-
#   Whoever may read the audit records knows every account, address and habit of the operators; whoever may write
#   them may hide. That the operators themselves cannot write to the store is for the assessor to inspect.
# custom:
#   id: audit-store-private
#   title_zh: 审计日志存储不公开
#   description_zh: 审计日志存储公开可读会泄露账号、地址和运维习惯，公开可写则可掩盖痕迹。运维人员是否无权写入该存储，需结合授权情况核查。
#   targets: [account.audit]
#   facts: [trails.id, trails.store_exposure.public]
#   severity: critical
#   items: ["g:compute.audit-protection", "g:boundary.audit-protection", "g:management.audit-admin"]
#   message: "the store of audit trail {trail} is public"
#   message_zh: "审计跟踪 {trail} 的日志存储可被公开访问"
#   remediation:
#     en: "Close the store: private access control, and public access blocked."
#     zh: 将日志存储设为私有，并启用阻止公共访问。
#     aws: >-
#       S3 console > the bucket > Permissions > Block public access, or aws s3api put-public-access-block --bucket
#       BUCKET --public-access-block-configuration
#       BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true
#     aws_zh: >-
#       S3 控制台 > 该存储桶 > 权限 > 屏蔽公共访问权限，或执行 aws s3api put-public-access-block --bucket BUCKET
#       --public-access-block-configuration
#       BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true。
#     azure: >-
#       Portal > the storage account > Configuration > Allow Blob anonymous access, and > Networking, or az storage
#       account update --name ACCOUNT --resource-group GROUP --allow-blob-public-access false --default-action Deny
#     azure_zh: >-
#       Azure 门户 > 该存储账户 > 配置 > 允许 Blob 匿名访问（设为已禁用），以及 > 网络，或执行 az storage account update --name ACCOUNT
#       --resource-group GROUP --allow-blob-public-access false --default-action Deny。
#     aliyun: >-
#       OSS console > the bucket > Permission Control > ACL and Block Public Access, or ossutil set-acl oss://BUCKET
#       private -b
#     aliyun_zh: OSS 控制台 > 该 Bucket > 权限控制 > 读写权限、阻止公共访问，或执行 ossutil set-acl oss://BUCKET private -b。
#     terraform: >-
#       aws_s3_bucket_public_access_block, azurerm_storage_account.allow_nested_items_to_be_public = false,
#       alicloud_oss_bucket_acl.acl = "private", alicloud_oss_bucket_public_access_block
#   references: ["GB/T 22239-2019 8.1.4.3 c", "GB/T 22239-2019 8.1.5.2 a"]
package mlps.checks.audit.store_private

applies if count(input.facts.trails) > 0

deny contains {"at": sprintf("trails/%d/store_exposure/public", [i]), "args": args} if {
	some i, trail in input.facts.trails
	trail.store_exposure.public == true
	args := {"trail": object.get(trail, "id", "?")}
}
