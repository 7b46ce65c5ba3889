# METADATA
# title: Access to buckets is logged
# description: >-
#   Without an access log, nobody can tell afterwards which objects were read, by whom and from where.
# custom:
#   id: data-bucket-logging
#   title_zh: 记录存储桶的访问日志
#   description_zh: 未记录访问日志时，事后无法查明何人从何处读取了哪些对象。安全审计应覆盖到每个用户的重要行为。
#   targets: [storage.bucket]
#   facts: [logging.enabled]
#   severity: medium
#   items: ["g:compute.audit"]
#   message: "access to the bucket is not logged"
#   message_zh: "未记录该存储桶的访问日志"
#   remediation:
#     en: >-
#       Send the access log to a bucket or store kept for logs, for 180 days or more. Waive the log bucket itself.
#     zh: 将访问日志投递到专用的日志存储桶或日志库，留存不少于 180 天；日志桶自身可登记豁免。
#     aws: >-
#       S3 console > the bucket > Properties > Server access logging > Edit, or aws s3api put-bucket-logging --bucket
#       NAME --bucket-logging-status '{"LoggingEnabled": {"TargetBucket": "LOGS", "TargetPrefix": "NAME/"}}'
#     aws_zh: >-
#       S3 控制台 > 该存储桶 > 属性 > 服务器访问日志记录 > 编辑，或执行 aws s3api put-bucket-logging --bucket NAME --bucket-logging-status
#       '{"LoggingEnabled": {"TargetBucket": "LOGS", "TargetPrefix": "NAME/"}}'。
#     azure: >-
#       Portal > the storage account > Diagnostic settings > blob > Add diagnostic setting, or az monitor
#       diagnostic-settings create --name audit --resource ACCOUNT_ID/blobServices/default --workspace ID --logs
#       '[{"categoryGroup": "audit", "enabled": true}]'
#     azure_zh: >-
#       Azure 门户 > 该存储账户 > 诊断设置 > blob > 添加诊断设置，或执行 az monitor diagnostic-settings create --name audit --resource
#       ACCOUNT_ID/blobServices/default --workspace ID --logs '[{"categoryGroup": "audit", "enabled": true}]'。
#     aliyun: >-
#       OSS console > the bucket > Logging > Logging: on, or ossutil logging --method put oss://NAME oss://LOGS/NAME;
#       for searching, Real-time Log Query.
#     aliyun_zh: >-
#       OSS 控制台 > 该 Bucket > 日志管理 > 日志转存：开启，或执行 ossutil logging --method put oss://NAME
#       oss://LOGS/NAME；需要检索分析的，使用实时日志查询。
#     terraform: >-
#       aws_s3_bucket_logging.target_bucket; azurerm_monitor_diagnostic_setting on the blob service;
#       alicloud_oss_bucket_logging.target_bucket
#     terraform_zh: >-
#       aws_s3_bucket_logging.target_bucket; 在 blob 服务上配置 azurerm_monitor_diagnostic_setting;
#       alicloud_oss_bucket_logging.target_bucket
#   references: ["GB/T 22239-2019 8.1.4.3 a"]
package mlps.checks.data.bucket_logging

deny contains {"at": "logging/enabled", "args": {}} if {
	input.facts.logging.enabled == false
}
