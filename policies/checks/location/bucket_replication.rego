# METADATA
# title: Buckets replicate to mainland China and allowed accounts only
# description: >-
#   A replication rule copies every new object. One that ends abroad takes customer data and personal data out of the
#   country without anyone deciding so; one that ends in another's account hands them over. Where mlps.yaml declares
#   `allowed_regions`, those regions are allowed and no others; `allowed_accounts` are accounts beside the own.
# custom:
#   id: location-bucket-replication
#   title_zh: 存储桶仅复制到境内地域及允许的账号
#   description_zh: >-
#     跨区域复制会自动复制全部新增对象。目标位于境外时，客户数据和个人信息将在未经评估的情况下出境；目标属于其他账号时，即是将数据交予他人。mlps.yaml
#     中声明 allowed_regions、allowed_accounts 的，以所声明的地域和账号为准。
#   targets: [storage.bucket]
#   facts: [replication.region, replication.account]
#   severity: high
#   items: [data.residency, data.authorised-access]
#   message: "objects are replicated to {target}, which is not an allowed region or account"
#   message_zh: "对象被复制到 {target}，该地域或账号不在允许范围内"
#   remediation:
#     en: >-
#       Replace the rule by one to a mainland region and an account of your own, and delete the copies elsewhere once
#       they are no longer needed. Accounts of your own belong under allowed_accounts in mlps.yaml.
#     zh: 改为复制到境内地域和本单位账号，并在确认不再需要后删除其他副本；本单位的其他账号请登记在 mlps.yaml 的 allowed_accounts 中。
#     aws: >-
#       S3 console > the bucket > Management > Replication rules, or aws s3api put-bucket-replication --bucket BUCKET
#       --replication-configuration file://rules.json with a destination bucket in cn-north-1 or cn-northwest-1; aws s3
#       rb s3://COPY --force for the copy.
#     aws_zh: >-
#       S3 控制台 > 该存储桶 > 管理 > 复制规则，或执行 aws s3api put-bucket-replication --bucket BUCKET --replication-configuration
#       file://rules.json，目标存储桶位于 cn-north-1 或 cn-northwest-1；原副本执行 aws s3 rb s3://COPY --force 删除。
#     azure: >-
#       Portal > the storage account > Redundancy, or az storage account update --name ACCOUNT --resource-group RG --sku
#       Standard_ZRS, or a paired region within China; Data management > Object replication, or az storage account
#       or-policy delete --account-name ACCOUNT --resource-group RG --policy-id ID for object replication abroad.
#     azure_zh: >-
#       Azure 门户 > 该存储账户 > 冗余，或执行 az storage account update --name ACCOUNT --resource-group RG --sku
#       Standard_ZRS，或使用境内的配对区域；复制到境外的对象复制：数据管理 > 对象复制，或执行 az storage account or-policy delete --account-name ACCOUNT
#       --resource-group RG --policy-id ID。
#     aliyun: >-
#       OSS console > the bucket > Data Management > Cross-Region Replication, or aliyun oss bucket-replication --method
#       delete oss://BUCKET RULE_ID, then a rule to a mainland region.
#     aliyun_zh: >-
#       OSS 控制台 > 该 Bucket > 数据管理 > 跨区域复制，或执行 aliyun oss bucket-replication --method delete oss://BUCKET
#       RULE_ID，再新建目标为境内地域的规则。
#     terraform: >-
#       aws_s3_bucket_replication_configuration.rule.destination, azurerm_storage_account.account_replication_type, no
#       azurerm_storage_object_replication abroad, alicloud_oss_bucket_replication.destination.location
#     terraform_zh: >-
#       aws_s3_bucket_replication_configuration.rule.destination,
#       azurerm_storage_account.account_replication_type，不配置复制到境外的 azurerm_storage_object_replication,
#       alicloud_oss_bucket_replication.destination.location
#   references: ["GB/T 22239-2019 8.2.4.5 a", "GB/T 22239-2019 8.2.4.5 b", "High-risk case 7.4.2.1"]
package mlps.checks.location.bucket_replication

import data.mlps.lib.grants
import data.mlps.lib.location

applies if count(input.facts.replication) > 0

deny contains {"at": sprintf("replication/%d/region", [i]), "args": {"target": replica.region}} if {
	some i, replica in input.facts.replication
	location.is_abroad(input.provider, replica.region)
}

# Null where the cloud does not tell the account.
deny contains {"at": sprintf("replication/%d/account", [i]), "args": {"target": replica.account}} if {
	some i, replica in input.facts.replication
	is_string(replica.account)
	grants.is_outside(replica.account)
}
