# METADATA
# title: Buckets keep earlier versions of objects
# description: >-
#   Without versions, an overwritten or deleted object is gone, whether by mistake or by an attacker.
# custom:
#   id: data-bucket-versioning
#   title_zh: 存储桶开启版本控制
#   description_zh: 未开启版本控制时，对象被误操作或攻击者覆盖、删除后无法恢复。
#   targets: [storage.bucket]
#   facts: [versioning]
#   severity: medium
#   items: ["g:data.storage-integrity", backup.replicas]
#   message: "the bucket keeps no earlier versions of its objects"
#   message_zh: "存储桶未开启版本控制"
#   remediation:
#     en: Turn versioning on, with a lifecycle rule that ends old versions in time.
#     zh: 开启版本控制，并配置生命周期规则清理历史版本。
#     aws: >-
#       S3 console > the bucket > Properties > Bucket Versioning > Edit, or aws s3api put-bucket-versioning --bucket
#       NAME --versioning-configuration Status=Enabled
#     aws_zh: >-
#       S3 控制台 > 该存储桶 > 属性 > 存储桶版本控制 > 编辑，或执行 aws s3api put-bucket-versioning --bucket NAME --versioning-configuration
#       Status=Enabled。
#     azure: >-
#       Portal > the storage account > Data protection > Enable versioning for blobs, or az storage account
#       blob-service-properties update --account-name NAME --resource-group GROUP --enable-versioning true
#     azure_zh: >-
#       Azure 门户 > 该存储账户 > 数据保护 > 为 Blob 启用版本控制，或执行 az storage account blob-service-properties update --account-name
#       NAME --resource-group GROUP --enable-versioning true。
#     aliyun: >-
#       OSS console > the bucket > Data Security > Versioning: Enabled, or ossutil bucket-versioning --method put
#       oss://NAME enabled
#     aliyun_zh: OSS 控制台 > 该 Bucket > 数据安全 > 版本控制：开启，或执行 ossutil bucket-versioning --method put oss://NAME enabled。
#     terraform: >-
#       aws_s3_bucket_versioning with status = "Enabled"; azurerm_storage_account blob_properties { versioning_enabled =
#       true }; alicloud_oss_bucket_versioning with status = "Enabled"
#     terraform_zh: >-
#       aws_s3_bucket_versioning 的 status = "Enabled"; azurerm_storage_account 的 blob_properties { versioning_enabled =
#       true }; alicloud_oss_bucket_versioning 的 status = "Enabled"
#   references:
#     - GB/T 22239-2019 8.1.4.7 b
#     - GB/T 22239-2019 8.2.4.6 c
#     - "Alibaba Cloud Config: oss-bucket-versioning-enabled"
package mlps.checks.data.bucket_versioning

deny contains {"at": "versioning", "args": {}} if {
	input.facts.versioning == false
}
