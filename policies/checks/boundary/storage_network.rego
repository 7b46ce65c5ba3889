# METADATA
# title: Storage accounts name their networks
# description: >-
#   A storage account that answers any address leaves its data to a stolen key or signature alone. Its firewall names
#   the networks that use it: not every address, and no public range wider than an IPv4 /16 or IPv6 /32.
# custom:
#   id: boundary-storage-network
#   title_zh: 存储账户限定访问网络
#   description_zh: 存储账户对任意地址开放时，数据仅靠账户密钥或共享访问签名保护，一旦泄露即可从任何位置读取。应限定可访问的网络，不得对任意地址或过宽的公网网段（宽于 /16，IPv6 为 /32）开放。
#   targets: [storage.bucket]
#   facts: [source_ranges]
#   severity: medium
#   items: [boundary.access-control]
#   not_offered:
#     - cloud: aws-cn
#       en: >-
#         S3 has no firewall: bind buckets by VPC endpoints (boundary-private-endpoints) and by the condition
#         aws:SourceVpce or aws:SourceIp in their policies (data-bucket-outside).
#       zh: >-
#         S3 没有防火墙，应使用 VPC 终端节点（boundary-private-endpoints），并在存储桶策略中以 aws:SourceVpce 或 aws:SourceIp
#         条件限定来源（data-bucket-outside）。
#     - cloud: aws
#       en: >-
#         S3 has no firewall: bind buckets by VPC endpoints (boundary-private-endpoints) and by the condition
#         aws:SourceVpce or aws:SourceIp in their policies (data-bucket-outside).
#       zh: >-
#         S3 没有防火墙，应使用 VPC 终端节点（boundary-private-endpoints），并在存储桶策略中以 aws:SourceVpce 或 aws:SourceIp
#         条件限定来源（data-bucket-outside）。
#     - cloud: aliyun
#       en: >-
#         OSS has no firewall: let the policies of buckets deny other networks by the conditions acs:SourceVpc and
#         acs:SourceIp (data-bucket-outside).
#       zh: OSS 没有防火墙，应在 Bucket Policy 中以 acs:SourceVpc、acs:SourceIp 条件拒绝其他来源（data-bucket-outside）。
#   message: "the storage account answers {range}"
#   message_zh: "存储账户对 {range} 开放"
#   remediation:
#     en: Let the account answer named networks or private endpoints only.
#     zh: 在存储账户防火墙中仅允许指定网络，或仅允许经专用终结点访问。
#     aws: >-
#       S3 has no firewall: S3 console > the bucket > Permissions > Bucket policy with the condition aws:SourceVpce, or
#       aws s3api put-bucket-policy --bucket BUCKET --policy file://policy.json.
#     aws_zh: >-
#       S3 没有防火墙，应以策略条件 aws:SourceVpce 限定来源：S3 控制台 > 该存储桶 > 权限 > 存储桶策略，或执行 aws s3api put-bucket-policy --bucket BUCKET
#       --policy file://policy.json。
#     aliyun: >-
#       OSS has no firewall: OSS console > the bucket > Permission Control > Bucket Policy that denies what comes from
#       elsewhere by acs:SourceVpc or acs:SourceIp, or ossutil api put-bucket-policy --bucket BUCKET --body
#       file://policy.json.
#     aliyun_zh: >-
#       OSS 没有防火墙，应以策略条件 acs:SourceVpc 或 acs:SourceIp 拒绝其他来源：OSS 控制台 > 该 Bucket > 权限控制 > Bucket 授权策略，或执行 ossutil api
#       put-bucket-policy --bucket BUCKET --body file://policy.json。
#     azure: >-
#       Portal > Storage accounts > the account > Networking > Enabled from selected virtual networks and IP addresses,
#       or az storage account update --resource-group RG --name ACCOUNT --default-action Deny --bypass AzureServices,
#       then az storage account network-rule add --resource-group RG --account-name ACCOUNT --ip-address 203.0.113.0/24;
#       az storage account update --public-network-access Disabled closes it but for private endpoints.
#     azure_zh: >-
#       Azure 门户 > 存储账户 > 该账户 > 网络 > 从选定的虚拟网络和 IP 地址启用，或执行 az storage account update --resource-group RG --name
#       ACCOUNT --default-action Deny --bypass AzureServices，再执行 az storage account network-rule add --resource-group
#       RG --account-name ACCOUNT --ip-address 203.0.113.0/24；也可执行 az storage account update --public-network-access
#       Disabled，仅保留专用终结点。
#     terraform: >-
#       azurerm_storage_account: network_rules { default_action = "Deny" } or public_network_access_enabled = false,
#       azurerm_storage_account_network_rules.default_action = "Deny"
#     terraform_zh: >-
#       azurerm_storage_account 的 network_rules { default_action = "Deny" } 或 public_network_access_enabled = false,
#       azurerm_storage_account_network_rules.default_action = "Deny"
#   references: ["GB/T 22239-2019 8.2.3.1 a"]
package mlps.checks.boundary.storage_network

import data.mlps.lib.network

applies if input.provider == "azure"

deny contains {"at": sprintf("source_ranges/%d", [i]), "args": {"range": range}} if {
	input.provider == "azure"
	some i, range in input.facts.source_ranges
	network.is_wide(range)
}
