# METADATA
# title: Key vaults and secret stores name their networks
# description: >-
#   A vault that answers any address leaves keys and secrets to a stolen credential alone. Its firewall names the
#   networks that use it: not every address, and no public range wider than an IPv4 /16 or IPv6 /32.
# custom:
#   id: boundary-key-vault-network
#   title_zh: 密钥保管库和凭据库限定访问网络
#   description_zh: 密钥保管库对任意地址开放时，密钥和凭据仅靠访问凭证保护。应限定可访问的网络，不得对任意地址或过宽的公网网段（宽于 /16，IPv6 为 /32）开放。
#   targets: [key.encryption_key, key.secret]
#   facts: [network_ranges]
#   severity: medium
#   items: [boundary.access-control]
#   not_offered:
#     - cloud: aws-cn
#       en: >-
#         KMS and Secrets Manager have no list of networks: bind them by VPC endpoints (boundary-private-endpoints)
#         and by the condition aws:SourceVpce in their policies.
#       zh: KMS 与 Secrets Manager 没有网络白名单，应使用 VPC 终端节点，并在策略中以 aws:SourceVpce 条件限定来源。
#     - cloud: aws
#       en: >-
#         KMS and Secrets Manager have no list of networks: bind them by VPC endpoints (boundary-private-endpoints)
#         and by the condition aws:SourceVpce in their policies.
#       zh: KMS 与 Secrets Manager 没有网络白名单，应使用 VPC 终端节点，并在策略中以 aws:SourceVpce 条件限定来源。
#   message: "the vault answers {range}"
#   message_zh: "密钥保管库对 {range} 开放"
#   remediation:
#     en: Let the vault answer named networks or private endpoints only.
#     zh: 在保管库防火墙中仅允许指定网络，或仅允许经专用终结点访问。
#     aws: >-
#       KMS and Secrets Manager have no firewall: KMS console > the key > Key policy (or Secrets Manager console > the
#       secret > Resource permissions) with the condition aws:SourceVpce, or aws kms put-key-policy --key-id KEY
#       --policy file://policy.json, aws secretsmanager put-resource-policy --secret-id SECRET --resource-policy
#       file://policy.json.
#     aws_zh: >-
#       KMS 和 Secrets Manager 没有防火墙，应以策略条件 aws:SourceVpce 限定来源：KMS 控制台 > 该密钥 > 密钥策略（或 Secrets Manager 控制台 > 该 Secret >
#       资源权限），或执行 aws kms put-key-policy --key-id KEY --policy file://policy.json、aws secretsmanager put-resource-policy
#       --secret-id SECRET --resource-policy file://policy.json。
#     azure: >-
#       Portal > Key vaults > the vault > Networking > Allow public access from specific virtual networks and IP
#       addresses, or az keyvault update --resource-group RG --name VAULT --default-action Deny, then az keyvault
#       network-rule add --resource-group RG --name VAULT --ip-address 203.0.113.0/24; az keyvault update
#       --public-network-access Disabled.
#     azure_zh: >-
#       Azure 门户 > 密钥保管库 > 该保管库 > 网络 > 允许从特定虚拟网络和 IP 地址进行公共访问，或执行 az keyvault update --resource-group RG --name VAULT
#       --default-action Deny，再执行 az keyvault network-rule add --resource-group RG --name VAULT --ip-address
#       203.0.113.0/24；也可执行 az keyvault update --public-network-access Disabled。
#     aliyun: >-
#       KMS console > Access Control > Network Access Rules, bound to the policy of the application access point, or
#       aliyun kms CreateNetworkRule --Name RULE --Type Private --SourcePrivateIp '["10.0.0.0/16"]'; a KMS instance
#       answers the VPCs that are bound to it: aliyun kms UpdateKmsInstanceBindVpc --KmsInstanceId ID --BindVpcs VPCS.
#     aliyun_zh: >-
#       KMS 控制台 > 应用接入 > 网络控制规则，并与应用接入点的权限策略绑定，或执行 aliyun kms CreateNetworkRule --Name RULE --Type Private
#       --SourcePrivateIp '["10.0.0.0/16"]'；KMS 实例仅响应与其绑定的专有网络：aliyun kms UpdateKmsInstanceBindVpc --KmsInstanceId ID
#       --BindVpcs VPCS。
#     terraform: >-
#       azurerm_key_vault.network_acls.default_action = "Deny" or public_network_access_enabled = false,
#       alicloud_kms_network_rule.source_private_ip, alicloud_kms_instance.bind_vpcs
#     terraform_zh: >-
#       azurerm_key_vault.network_acls.default_action = "Deny" 或 public_network_access_enabled = false,
#       alicloud_kms_network_rule.source_private_ip, alicloud_kms_instance.bind_vpcs
#   references: ["GB/T 22239-2019 8.2.3.1 a"]
package mlps.checks.boundary.key_vault_network

import data.mlps.lib.network

# Null where the cloud has no such setting.
applies if is_array(input.facts.network_ranges)

deny contains {"at": sprintf("network_ranges/%d", [i]), "args": {"range": range}} if {
	some i, range in input.facts.network_ranges
	network.is_wide(range)
}
