# METADATA
# title: Buckets replicate to mainland China only
# description: >-
#   A replication rule copies every new object. One that ends abroad takes customer data and personal data out of
#   the country without anyone deciding so.
# custom:
#   id: location-bucket-replication
#   title_zh: 存储桶仅复制到境内地域
#   description_zh: 跨区域复制会自动复制全部新增对象。目标位于境外时，客户数据和个人信息将在未经评估的情况下出境。
#   targets: [storage.bucket]
#   facts: [replication.region]
#   severity: high
#   items: [data.residency]
#   message: "objects are replicated to {region}, outside mainland China"
#   message_zh: "对象被复制到中国内地以外的地域 {region}"
#   remediation:
#     en: Replace the rule by one to a mainland region, and delete the copies abroad once they are no longer needed.
#     zh: 改为复制到境内地域，并在确认不再需要后删除境外副本。
#     aws: >-
#       aws s3api put-bucket-replication --bucket BUCKET --replication-configuration file://rules.json with a
#       destination bucket in cn-north-1 or cn-northwest-1.
#     azure: >-
#       az storage account update --name ACCOUNT --sku Standard_ZRS, or a paired region within China; az storage
#       account or-policy delete for object replication abroad.
#     aliyun: >-
#       OSS console > bucket > Data Management > Cross-Region Replication, or aliyun oss bucket-replication --method
#       delete oss://BUCKET RULE_ID, then a rule to a mainland region.
#     terraform: >-
#       aws_s3_bucket_replication_configuration.rule.destination, azurerm_storage_account.account_replication_type,
#       alicloud_oss_bucket_replication.destination.location
#   references: ["GB/T 22239-2019 8.2.4.5 a"]
package mlps.checks.location.bucket_replication

import data.mlps.lib.location

applies if count(input.facts.replication) > 0

deny contains {"at": sprintf("replication/%d/region", [i]), "args": {"region": replica.region}} if {
	some i, replica in input.facts.replication
	location.is_abroad(input.provider, replica.region)
}
