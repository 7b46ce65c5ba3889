# METADATA
# title: Deleted objects really go
# description: >-
#   In a bucket with versions, deleting an object only hides it: every version stays until a rule removes it. Parts of
#   uploads that never ended stay as well, and no listing shows them. Rules end both, in any number of days. Azure
#   removes parts of uploads itself, within a week.
# custom:
#   id: residual-lifecycle
#   title_zh: 历史版本和未完成的上传自动清理
#   description_zh: 开启版本控制的存储桶，删除对象只是隐藏，历史版本会一直保留；未完成的分片上传同样残留且不在列表中显示。应以生命周期规则清理两者，期限自定。Azure 会在一周内自行清理未提交的块。
#   targets: [storage.bucket]
#   facts: [versioning, lifecycle.noncurrent_expiry_days, lifecycle.abort_incomplete_days]
#   severity: low
#   items: [residual.all-copies]
#   message: "no lifecycle rule removes {left} (versions: earlier ones of objects; uploads: those that never ended)"
#   message_zh: "没有生命周期规则清理{left}"
#   words_zh:
#     left: {uploads: 未完成的分片上传, versions: 历史版本}
#   remediation:
#     en: >-
#       Add rules that remove earlier versions after the time for which they have to be kept, and uploads that did not
#       end after 7 days. Mind retention that the law asks for.
#     zh: 配置生命周期规则：历史版本在规定留存期满后删除，未完成的分片上传 7 天后清理；注意满足法定留存要求。
#     aws: >-
#       S3 console > the bucket > Management > Lifecycle rules, or aws s3api put-bucket-lifecycle-configuration --bucket
#       NAME --lifecycle-configuration '{"Rules": [{"ID": "clean", "Status": "Enabled", "Filter": {},
#       "NoncurrentVersionExpiration": {"NoncurrentDays": 90}, "AbortIncompleteMultipartUpload": {"DaysAfterInitiation":
#       7}}]}'
#     aws_zh: >-
#       S3 控制台 > 该存储桶 > 管理 > 生命周期规则，或执行 aws s3api put-bucket-lifecycle-configuration --bucket NAME
#       --lifecycle-configuration '{"Rules": [{"ID": "clean", "Status": "Enabled", "Filter": {},
#       "NoncurrentVersionExpiration": {"NoncurrentDays": 90}, "AbortIncompleteMultipartUpload": {"DaysAfterInitiation":
#       7}}]}'。
#     azure: >-
#       Portal > the storage account > Lifecycle management > Add a rule > Versions, or az storage account
#       management-policy create --account-name NAME --resource-group GROUP --policy @policy.json with the action
#       version.delete
#     azure_zh: >-
#       Azure 门户 > 该存储账户 > 生命周期管理 > 添加规则 > 版本，或执行 az storage account management-policy create --account-name NAME
#       --resource-group GROUP --policy @policy.json，操作为 version.delete。
#     aliyun: >-
#       OSS console > the bucket > Data Management > Lifecycle, or ossutil lifecycle --method put oss://NAME rules.xml
#       with NoncurrentVersionExpiration and AbortMultipartUpload
#     aliyun_zh: >-
#       OSS 控制台 > 该 Bucket > 数据管理 > 生命周期，或执行 ossutil lifecycle --method put oss://NAME rules.xml，其中包含
#       NoncurrentVersionExpiration 和 AbortMultipartUpload。
#     terraform: >-
#       aws_s3_bucket_lifecycle_configuration rule { noncurrent_version_expiration, abort_incomplete_multipart_upload };
#       azurerm_storage_management_policy rule { actions { version { delete_after_days_since_creation } } };
#       alicloud_oss_bucket lifecycle_rule { noncurrent_version_expiration, abort_multipart_upload }
#   references: ["GB/T 22239-2019 8.2.4.7 b", High-risk case 7.4.4.1]
package mlps.checks.residual.lifecycle

applies if _keeps_versions

applies if _keeps_uploads

deny contains {"at": "lifecycle", "args": {"left": "versions"}} if {
	_keeps_versions
	input.facts.lifecycle == null
}

deny contains {"at": "lifecycle/noncurrent_expiry_days", "args": {"left": "versions"}} if {
	_keeps_versions
	input.facts.lifecycle.noncurrent_expiry_days == null
}

deny contains {"at": "lifecycle", "args": {"left": "uploads"}} if {
	_keeps_uploads
	input.facts.lifecycle == null
}

deny contains {"at": "lifecycle/abort_incomplete_days", "args": {"left": "uploads"}} if {
	_keeps_uploads
	input.facts.lifecycle.abort_incomplete_days == null
}

_keeps_versions if input.facts.versioning == true

_keeps_uploads if input.provider in {"aws", "aliyun"}
