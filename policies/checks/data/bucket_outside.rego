# METADATA
# title: Bucket policies grant nothing to outsiders
# description: >-
#   A bucket policy that lets in another account, anyone, or every user of an identity provider hands the data to people
#   whom nobody here knows. Grants to the own account, to accounts allowed in mlps.yaml and to services of the cloud are
#   fine, and so is one that a condition narrows to known callers or networks. On AWS, an ACL that names further owners
#   counts too. Alibaba Cloud's own rules also ask for a source address in every policy.
# custom:
#   id: data-bucket-outside
#   title_zh: 存储桶策略不授权外部主体
#   description_zh: >-
#     存储桶策略授权其他账号、任何人或某身份提供商的全部用户，即是把数据交给无法确认身份的第三方。授权给本账号、mlps.yaml
#     允许的账号及云服务，或以条件限定了调用者、来源网络的，不在此列；AWS 上 ACL 授权其他账号的同样视为对外授权。
#   targets: [storage.bucket]
#   facts: [policy.principal, policy.account, policy.kind, policy.narrows, acl.principal, acl.kind]
#   severity: high
#   items: [data.authorised-access]
#   message: "rights are granted outside the account, without a condition that narrows them: {principal}"
#   message_zh: "向账号以外的主体授权，且没有收窄范围的条件：{principal}"
#   remediation:
#     en: >-
#       Remove the grant, or name the caller and narrow it by network or organisation. Accounts of your own belong under
#       allowed_accounts in mlps.yaml.
#     zh: 删除该授权，或列明被授权主体并限定来源网络、组织；本单位的其他账号请登记在 mlps.yaml 的 allowed_accounts 中。
#     aws: >-
#       S3 console > the bucket > Permissions > Bucket policy, or aws s3api put-bucket-policy --bucket NAME --policy
#       file://policy.json with a Condition on aws:PrincipalOrgID, aws:SourceVpce or aws:SourceIp; turn ACLs off: aws
#       s3api put-bucket-ownership-controls --bucket NAME --ownership-controls
#       Rules=[{ObjectOwnership=BucketOwnerEnforced}]
#     aws_zh: >-
#       S3 控制台 > 该存储桶 > 权限 > 存储桶策略，或执行 aws s3api put-bucket-policy --bucket NAME --policy file://policy.json，并在
#       Condition 中限定 aws:PrincipalOrgID、aws:SourceVpce 或 aws:SourceIp；禁用 ACL：aws s3api put-bucket-ownership-controls
#       --bucket NAME --ownership-controls Rules=[{ObjectOwnership=BucketOwnerEnforced}]。
#     azure: >-
#       Portal > the storage account > Access control (IAM) > Role assignments: remove guests and foreign applications,
#       or az role assignment delete --ids ID; az storage account update --name NAME --resource-group GROUP
#       --allow-cross-tenant-replication false --allow-shared-key-access false
#     azure_zh: >-
#       Azure 门户 > 该存储账户 > 访问控制 (IAM) > 角色分配：移除来宾和外部应用程序，或执行 az role assignment delete --ids ID；禁止跨租户复制和共享密钥访问执行 az
#       storage account update --name NAME --resource-group GROUP --allow-cross-tenant-replication false
#       --allow-shared-key-access false。
#     aliyun: >-
#       OSS console > the bucket > Permission Control > Bucket Policy, or ossutil bucket-policy --method put oss://NAME
#       policy.json with principals of the account and a Condition on acs:SourceIp or acs:SourceVpc.
#     aliyun_zh: >-
#       OSS 控制台 > 该 Bucket > 权限控制 > Bucket 授权策略，或执行 ossutil bucket-policy --method put oss://NAME
#       policy.json，仅授权本账号的主体，并在 Condition 中限定 acs:SourceIp 或 acs:SourceVpc。
#     terraform: >-
#       aws_s3_bucket_policy.policy, aws_s3_bucket_ownership_controls with object_ownership = "BucketOwnerEnforced";
#       azurerm_role_assignment, azurerm_storage_account.cross_tenant_replication_enabled = false;
#       alicloud_oss_bucket_policy.policy
#     terraform_zh: >-
#       aws_s3_bucket_policy.policy, aws_s3_bucket_ownership_controls 的 object_ownership = "BucketOwnerEnforced";
#       azurerm_role_assignment, azurerm_storage_account.cross_tenant_replication_enabled = false;
#       alicloud_oss_bucket_policy.policy
#   references:
#     - GB/T 22239-2019 8.2.4.5 b
#     - "Alibaba Cloud Config: oss-bucket-policy-outside-organization-check"
#     - "Alibaba Cloud Config: oss-bucket-authorize-specified-ip"
package mlps.checks.data.bucket_outside

import data.mlps.lib.grants

# CloudFront writes its standard logs under these canonical ids: abroad, and in mainland China.
_log_delivery := {
	"c4c1ede66af53448b93c283ce9448c4ba468c9432aa01d700d3878632f77d2d0",
	"a52cb28745c0c06e84ec548334e44bfa7fc2a85c54af20cd59e4969344b7af56",
}

deny contains {"at": sprintf("policy/%d", [i]), "args": {"principal": object.get(grant, "principal", "?")}} if {
	some i, grant in input.facts.policy
	_is_outsider(grant)
}

# An ACL names owners by canonical id, which does not tell the account. One of them is the bucket's own.
deny contains {"at": "acl", "args": {"principal": sprintf("ACL: %s", [concat(", ", sort(_owners))])}} if {
	count(_owners) > 1
}

_is_outsider(grant) if grants.open_to_outsiders(grant)

# A provider confirms who somebody is, for every customer of that provider; conditions say who of them is meant.
_is_outsider(grant) if {
	grant.kind == "federated"
	grant.narrows == false
}

_owners contains grant.principal if {
	some grant in input.facts.acl
	grant.kind == "account"
	is_string(grant.principal)
	not grant.principal in _log_delivery
}
