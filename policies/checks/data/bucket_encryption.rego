# METADATA
# title: Buckets encrypt what they hold
# description: >-
#   Objects are encrypted at rest; from level 3 on with a key that the customer manages, so that access to data can be
#   ended by ending access to the key. The vendor's rule is content with the service's own KMS key.
# custom:
#   id: data-bucket-encryption
#   title_zh: 存储桶加密存储
#   description_zh: 对象应加密存储；三级起使用客户自行管理的密钥，从而可通过控制密钥终止对数据的访问。云厂商的规则则接受服务自带的 KMS 密钥。
#   targets: [storage.bucket]
#   facts: [encryption.enabled, encryption.key_manager]
#   severity: high
#   items: ["g:data.storage-confidentiality", data.key-management]
#   message: "objects are not encrypted as level {level} asks (from level 3 with a key that you manage)"
#   message_zh: "对象未按第 {level} 级要求加密存储（三级起须使用客户自行管理的密钥）"
#   remediation:
#     en: Set default encryption with a key of your own; re-encrypt older objects by copying them onto themselves.
#     zh: 将默认加密设为使用自有密钥，并通过原位复制对存量对象重新加密。
#     aws: >-
#       S3 console > the bucket > Properties > Default encryption > Edit: SSE-KMS, or aws s3api put-bucket-encryption
#       --bucket NAME --server-side-encryption-configuration '{"Rules": [{"ApplyServerSideEncryptionByDefault":
#       {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": "KEY"}, "BucketKeyEnabled": true}]}'; older objects: aws s3 cp
#       s3://NAME s3://NAME --recursive --sse aws:kms --sse-kms-key-id KEY
#     aws_zh: >-
#       S3 控制台 > 该存储桶 > 属性 > 默认加密 > 编辑：SSE-KMS，或执行 aws s3api put-bucket-encryption --bucket NAME
#       --server-side-encryption-configuration '{"Rules": [{"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm":
#       "aws:kms", "KMSMasterKeyID": "KEY"}, "BucketKeyEnabled": true}]}'；存量对象执行 aws s3 cp s3://NAME s3://NAME
#       --recursive --sse aws:kms --sse-kms-key-id KEY。
#     azure: >-
#       Portal > the storage account > Encryption > Customer-managed keys, or az storage account update --name NAME
#       --resource-group GROUP --encryption-key-source Microsoft.Keyvault --encryption-key-vault URI
#       --encryption-key-name KEY
#     azure_zh: >-
#       Azure 门户 > 该存储账户 > 加密 > 客户管理的密钥，或执行 az storage account update --name NAME --resource-group GROUP
#       --encryption-key-source Microsoft.Keyvault --encryption-key-vault URI --encryption-key-name KEY。
#     aliyun: >-
#       OSS console > the bucket > Data Security > Server-side Encryption: KMS with the key's id, or ossutil
#       bucket-encryption --method put oss://NAME --sse-algorithm KMS --kms-masterkey-id KEY
#     aliyun_zh: >-
#       OSS 控制台 > 该 Bucket > 数据安全 > 服务器端加密：KMS 并指定密钥 ID，或执行 ossutil bucket-encryption --method put oss://NAME
#       --sse-algorithm KMS --kms-masterkey-id KEY。
#     terraform: >-
#       aws_s3_bucket_server_side_encryption_configuration, azurerm_storage_account_customer_managed_key,
#       alicloud_oss_bucket_server_side_encryption with the key's id
#     terraform_zh: >-
#       aws_s3_bucket_server_side_encryption_configuration, azurerm_storage_account_customer_managed_key,
#       alicloud_oss_bucket_server_side_encryption 并指定密钥 ID
#   references:
#     - GB/T 22239-2019 8.1.4.8 b
#     - GB/T 22239-2019 8.2.4.5 d
#     - "Alibaba Cloud Config: oss-default-encryption-kms"
package mlps.checks.data.bucket_encryption

import data.mlps.lib.keys

deny contains {"at": "encryption/enabled", "args": {"level": input.level}} if {
	input.facts.encryption.enabled == false
}

deny contains {"at": "encryption/key_manager", "args": {"level": input.level}} if {
	input.level >= 3
	input.facts.encryption.enabled == true
	keys.falls_short(input.facts.encryption.key_manager)
}
