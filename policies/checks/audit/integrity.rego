# METADATA
# title: Audit records are protected against change
# description: >-
#   Audit records must not be deleted, changed or overwritten unnoticed. A running trail has integrity validation,
#   and its store is encrypted and keeps versions.
# custom:
#   id: audit-integrity
#   title_zh: 审计记录具有完整性保护
#   description_zh: 审计记录应避免受到未预期的删除、修改或覆盖。审计跟踪应启用日志完整性校验，投递存储应加密并开启版本控制。
#   targets: [account.audit]
#   facts:
#     - trails.id
#     - trails.logging
#     - trails.integrity_validation
#     - trails.encryption.enabled
#     - trails.store_versioning
#   severity: high
#   items: ["g:compute.audit-protection", "g:boundary.audit-protection"]
#   message: "audit trail {trail} lacks {setting}"
#   message_zh: "审计跟踪 {trail} 缺少保护措施 {setting}"
#   remediation:
#     en: Turn on integrity validation of the trail, and encryption and versioning (better, object lock) of its store.
#     zh: 启用日志完整性校验，并为投递存储开启加密和版本控制（建议同时启用对象锁定/合规保留）。
#     aws: >-
#       aws cloudtrail update-trail --name TRAIL --enable-log-file-validation --kms-key-id KEY; aws s3api
#       put-bucket-versioning --bucket BUCKET --versioning-configuration Status=Enabled
#     azure: >-
#       az storage account blob-service-properties update --account-name ACCOUNT --enable-versioning true; az
#       storage container immutability-policy create --account-name ACCOUNT --container-name insights-activity-logs
#       --period 180
#     aliyun: >-
#       aliyun oss bucket-versioning --method put oss://BUCKET enabled; aliyun oss bucket-encryption --method put
#       oss://BUCKET --sse-algorithm KMS; OSS console > Retention Policy for compliant retention.
#     terraform: >-
#       aws_cloudtrail.enable_log_file_validation and kms_key_id, aws_s3_bucket_versioning,
#       azurerm_storage_account.blob_properties.versioning_enabled, alicloud_oss_bucket_versioning
#   references: ["GB/T 22239-2019 8.1.4.3 c", "GB/T 22239-2019 8.1.3.5 c"]
package mlps.checks.audit.integrity

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
}

_any_runs if {
	some trail in input.facts.trails
	trail.logging == true
}

_args(trail, setting) := {"trail": object.get(trail, "id", "?"), "setting": setting}
