# METADATA
# title: Log stores are encrypted
# description: >-
#   Logs repeat what passes through a system, credentials and personal data included; at rest they are protected like
#   the data itself.
# custom:
#   id: data-log-encryption
#   title_zh: 日志库加密存储
#   description_zh: 日志中常含凭证和个人信息，应与业务数据同样加密存储。
#   targets: [log.store]
#   facts: [encryption.enabled]
#   severity: medium
#   items: ["g:data.storage-confidentiality"]
#   message: "the log store is not encrypted"
#   message_zh: "日志库未加密存储"
#   remediation:
#     en: Turn encryption on for the log store; it holds for what is written from then on.
#     zh: 为日志库启用加密；加密对启用后写入的日志生效。
#     aws: >-
#       CloudWatch Logs encrypts always; for your own key (the console has no such setting) aws logs associate-kms-key
#       --log-group-name NAME --kms-key-id KEY
#     aws_zh: >-
#       CloudWatch Logs 始终加密；使用自有密钥（控制台没有该设置）执行 aws logs associate-kms-key --log-group-name NAME --kms-key-id KEY。
#     azure: >-
#       Log Analytics encrypts always; for your own key link a dedicated cluster: portal > Log Analytics clusters, or az
#       monitor log-analytics cluster update --key-vault-uri URI --key-name KEY --name CLUSTER --resource-group GROUP
#     azure_zh: >-
#       Log Analytics 始终加密；使用自有密钥须关联专用群集：Azure 门户 > Log Analytics 群集，或执行 az monitor log-analytics cluster update
#       --key-vault-uri URI --key-name KEY --name CLUSTER --resource-group GROUP。
#     aliyun: >-
#       Simple Log Service console > the project > the Logstore > Modify > Encryption, or aliyun sls UpdateLogStore
#       --project PROJECT --logstore LOGSTORE with encrypt_conf: enable true and, for your own key, user_cmk_info.
#     aliyun_zh: >-
#       日志服务控制台 > 该 Project > 该 Logstore > 修改 > 加密，或执行 aliyun sls UpdateLogStore --project PROJECT --logstore
#       LOGSTORE，encrypt_conf 中 enable 设为 true；使用自有密钥的，设置 user_cmk_info。
#     terraform: >-
#       aws_cloudwatch_log_group.kms_key_id; azurerm_log_analytics_cluster_customer_managed_key; alicloud_log_store
#       encrypt_conf { enable = true }
#   references: ["GB/T 22239-2019 8.1.4.8 b", "Alibaba Cloud Config: sls-logstore-enabled-encrypt"]
package mlps.checks.data.log_encryption

deny contains {"at": "encryption/enabled", "args": {}} if {
	input.facts.encryption.enabled == false
}
