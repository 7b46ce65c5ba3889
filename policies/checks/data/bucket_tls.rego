# METADATA
# title: Buckets refuse plain HTTP
# description: >-
#   Over plain HTTP, objects and the signatures of requests can be read and changed on the way.
# custom:
#   id: data-bucket-tls
#   title_zh: 存储桶拒绝明文 HTTP 访问
#   description_zh: 明文 HTTP 传输的对象和请求签名可被窃听或篡改，应采用密码技术保证通信过程中数据的保密性。
#   targets: [storage.bucket]
#   facts: [tls.required]
#   severity: high
#   items: ["g:network.transport-confidentiality", "g:data.transport-confidentiality"]
#   message: "the bucket accepts requests over plain HTTP"
#   message_zh: "存储桶接受明文 HTTP 请求"
#   remediation:
#     en: Deny requests that do not come over TLS, after checking the access log for clients that still use HTTP.
#     zh: 先从访问日志确认没有仍使用 HTTP 的客户端，再拒绝非 TLS 请求。
#     aws: >-
#       S3 console > the bucket > Permissions > Bucket policy, or aws s3api put-bucket-policy --bucket NAME --policy
#       file://policy.json. Add: Effect Deny, Principal "*", Action "s3:*", on the bucket and its objects, Condition
#       {"Bool": {"aws:SecureTransport": "false"}}.
#     aws_zh: >-
#       S3 控制台 > 该存储桶 > 权限 > 存储桶策略，或执行 aws s3api put-bucket-policy --bucket NAME --policy file://policy.json。添加语句：Effect
#       Deny、Principal "*"、Action "s3:*"，作用于该存储桶及其对象，Condition {"Bool": {"aws:SecureTransport": "false"}}。
#     azure: >-
#       Portal > the storage account > Configuration > Secure transfer required: Enabled, or az storage account update
#       --name NAME --resource-group GROUP --https-only true --min-tls-version TLS1_2
#     azure_zh: >-
#       Azure 门户 > 该存储账户 > 配置 > 需要安全传输：已启用，或执行 az storage account update --name NAME --resource-group GROUP --https-only
#       true --min-tls-version TLS1_2。
#     aliyun: >-
#       OSS console > the bucket > Permission Control > Bucket Policy, or ossutil bucket-policy --method put oss://NAME
#       policy.json. Add: Effect Deny, Principal "*", Action "oss:*", on the bucket and its objects, Condition {"Bool":
#       {"acs:SecureTransport": "false"}}.
#     aliyun_zh: >-
#       OSS 控制台 > 该 Bucket > 权限控制 > Bucket 授权策略，或执行 ossutil bucket-policy --method put oss://NAME
#       policy.json。添加语句：Effect Deny、Principal "*"、Action "oss:*"，作用于该 Bucket 及其对象，Condition {"Bool":
#       {"acs:SecureTransport": "false"}}。
#     terraform: >-
#       aws_s3_bucket_policy and alicloud_oss_bucket_policy with that statement;
#       azurerm_storage_account.https_traffic_only_enabled = true
#     terraform_zh: >-
#       在 aws_s3_bucket_policy 和 alicloud_oss_bucket_policy 中加入该语句; azurerm_storage_account.https_traffic_only_enabled =
#       true
#   references:
#     - GB/T 22239-2019 8.1.2.2 b
#     - GB/T 22239-2019 8.1.4.8 a
#     - "Alibaba Cloud Config: oss-bucket-only-https-enabled"
package mlps.checks.data.bucket_tls

deny contains {"at": "tls/required", "args": {}} if {
	input.facts.tls.required == false
}
