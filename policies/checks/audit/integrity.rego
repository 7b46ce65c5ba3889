# METADATA
# title: Audit records are protected against change
# description: >-
#   Audit records must not be deleted, changed or overwritten unnoticed. A running trail has integrity validation, where
#   the cloud has it, and its store is encrypted and keeps versions or is locked; from level 3 on a bucket is locked for
#   180 days.
# custom:
#   id: audit-integrity
#   title_zh: 审计记录具有完整性保护
#   description_zh: 审计记录应避免受到未预期的删除、修改或覆盖。审计跟踪应启用日志完整性校验（云平台支持时），投递存储应加密并开启版本控制或锁定；三级及以上系统的日志存储桶应锁定不少于 180 天。
#   targets: [account.audit]
#   facts:
#     - trails.id
#     - trails.logging
#     - trails.integrity_validation
#     - trails.encryption.enabled
#     - trails.store_versioning
#     - trails.store_lock_days
#   severity: high
#   items: ["g:compute.audit-protection", "g:boundary.audit-protection"]
#   message: "audit trail {trail} lacks {setting}"
#   message_zh: "审计跟踪 {trail} 缺少保护措施 {setting}"
#   words_zh:
#     setting:
#       encryption: 存储加密
#       integrity_validation: 完整性校验
#       logging: 日志记录
#       store_lock: 存储锁定
#       store_versioning: 存储版本控制
#   remediation:
#     en: Turn on integrity validation of the trail, and encryption, versioning and a lock of 180 days of its store.
#     zh: 启用日志完整性校验，并为投递存储开启加密、版本控制和不少于 180 天的锁定（对象锁定、不可变存储或合规保留策略）。
#     aws: >-
#       CloudTrail console > Trails > the trail > Edit, or aws cloudtrail update-trail --name TRAIL
#       --enable-log-file-validation --kms-key-id KEY; S3 console > the bucket > Properties > Bucket Versioning and
#       Object Lock, or aws s3api put-bucket-versioning --bucket BUCKET --versioning-configuration Status=Enabled and
#       aws s3api put-object-lock-configuration --bucket BUCKET --object-lock-configuration
#       '{"ObjectLockEnabled": "Enabled", "Rule": {"DefaultRetention": {"Mode": "COMPLIANCE", "Days": 180}}}'
#     aws_zh: >-
#       CloudTrail 控制台 > 跟踪 > 该跟踪 > 编辑，或执行 aws cloudtrail update-trail --name TRAIL --enable-log-file-validation
#       --kms-key-id KEY；S3 控制台 > 该存储桶 > 属性 > 存储桶版本控制、对象锁定，或执行 aws s3api put-bucket-versioning --bucket BUCKET
#       --versioning-configuration Status=Enabled 和 aws s3api put-object-lock-configuration --bucket BUCKET
#       --object-lock-configuration '{"ObjectLockEnabled": "Enabled", "Rule": {"DefaultRetention": {"Mode":
#       "COMPLIANCE", "Days": 180}}}'。
#     azure: >-
#       Portal > the storage account > Data protection, and > Containers > insights-activity-logs > Access policy > Add
#       immutable policy, or az storage account blob-service-properties update --account-name ACCOUNT
#       --enable-versioning true and az storage container immutability-policy create --account-name ACCOUNT
#       --container-name insights-activity-logs --period 180
#     azure_zh: >-
#       Azure 门户 > 该存储账户 > 数据保护，以及 > 容器 > insights-activity-logs > 访问策略 > 添加不可变策略，或执行 az storage account
#       blob-service-properties update --account-name ACCOUNT --enable-versioning true 和 az storage container
#       immutability-policy create --account-name ACCOUNT --container-name insights-activity-logs --period 180。
#     aliyun: >-
#       OSS console > the bucket > Data Security > Retention Policy, Server-side Encryption and Versioning, or ossutil
#       bucket-versioning --method put oss://BUCKET enabled, ossutil bucket-encryption --method put oss://BUCKET
#       --sse-algorithm KMS, ossutil worm init oss://BUCKET 180 and ossutil worm complete oss://BUCKET WORM_ID
#     aliyun_zh: >-
#       OSS 控制台 > 该 Bucket > 数据安全 > 合规保留策略、服务器端加密、版本控制，或执行 ossutil bucket-versioning --method put oss://BUCKET
#       enabled、ossutil bucket-encryption --method put oss://BUCKET --sse-algorithm KMS、ossutil worm init oss://BUCKET
#       180 和 ossutil worm complete oss://BUCKET WORM_ID。
#     terraform: >-
#       aws_cloudtrail.enable_log_file_validation and kms_key_id, aws_s3_bucket_versioning,
#       aws_s3_bucket_object_lock_configuration; azurerm_storage_account.blob_properties.versioning_enabled,
#       azurerm_storage_container_immutability_policy; alicloud_oss_bucket_versioning,
#       alicloud_oss_bucket_server_side_encryption, alicloud_oss_bucket_worm
#     terraform_zh: >-
#       aws_cloudtrail.enable_log_file_validation 和 kms_key_id, aws_s3_bucket_versioning,
#       aws_s3_bucket_object_lock_configuration; azurerm_storage_account.blob_properties.versioning_enabled,
#       azurerm_storage_container_immutability_policy; alicloud_oss_bucket_versioning,
#       alicloud_oss_bucket_server_side_encryption, alicloud_oss_bucket_worm
#   references: ["GB/T 22239-2019 8.1.4.3 c", "GB/T 22239-2019 8.1.3.5 c"]
package mlps.checks.audit.integrity

_lock_days := 180

deny contains {"at": "trails", "args": {"trail": "-", "setting": "logging"}} if {
	is_array(input.facts.trails)
	not _any_runs
}

deny contains {"at": sprintf("trails/%d/integrity_validation", [i]), "args": _args(trail, "integrity_validation")} if {
	some i, trail in input.facts.trails
	trail.logging == true
	trail.integrity_validation == false
}

deny contains {"at": sprintf("trails/%d/encryption/enabled", [i]), "args": _args(trail, "encryption")} if {
	some i, trail in input.facts.trails
	trail.logging == true
	trail.encryption.enabled == false
}

deny contains {"at": sprintf("trails/%d/store_versioning", [i]), "args": _args(trail, "store_versioning")} if {
	some i, trail in input.facts.trails
	trail.logging == true
	trail.store_versioning == false
	_needs_versions(trail)
}

# Null: a store that is no bucket, and cannot be locked.
deny contains {"at": sprintf("trails/%d/store_lock_days", [i]), "args": _args(trail, "store_lock")} if {
	input.level >= 3
	some i, trail in input.facts.trails
	trail.logging == true
	is_number(trail.store_lock_days)
	trail.store_lock_days < _lock_days
}

# A store that is locked for long enough needs no versions besides: nothing in it can be overwritten. On AWS a lock
# needs versions, so there is none without them.
_needs_versions(_) if input.provider == "aws"

_needs_versions(trail) if trail.store_lock_days == null

_needs_versions(trail) if {
	is_number(trail.store_lock_days)
	trail.store_lock_days < _lock_days
}

_any_runs if {
	some trail in input.facts.trails
	trail.logging == true
}

_args(trail, setting) := {"trail": object.get(trail, "id", "?"), "setting": setting}
