# METADATA
# title: Keys of the customer rotate every year
# description: >-
#   Rotation limits how much data one version of a key protects. Judged are enabled keys that the customer manages and
#   whose kind can rotate by itself; others are rotated by hand, which no configuration shows.
# custom:
#   id: data-key-rotation
#   title_zh: 客户管理的密钥自动轮换
#   description_zh: 轮换可限制单一密钥版本所保护的数据量。仅检查由客户管理、已启用且支持自动轮换的密钥；不支持自动轮换的须人工轮换并留存记录。
#   targets: [key.encryption_key]
#   facts: [manager, state, origin, algorithm, rotation_days]
#   severity: medium
#   items: [data.key-management]
#   message: "the key does not rotate by itself within {limit} days"
#   message_zh: "密钥未启用 {limit} 天以内的自动轮换"
#   remediation:
#     en: Turn automatic rotation on; older versions stay, so that nothing has to be re-encrypted.
#     zh: 启用自动轮换；历史密钥版本会保留，无需重新加密存量数据。
#     aws: >-
#       KMS console > Customer managed keys > the key > Key rotation > Edit, or aws kms enable-key-rotation --key-id KEY
#       --rotation-period-in-days 365
#     aws_zh: >-
#       KMS 控制台 > 客户管理型密钥 > 该密钥 > 密钥轮换 > 编辑，或执行 aws kms enable-key-rotation --key-id KEY --rotation-period-in-days 365。
#     azure: >-
#       Portal > the key vault > Keys > the key > Rotation policy, or az keyvault key rotation-policy update
#       --vault-name VAULT --name KEY --value policy.json with a lifetime action "Rotate" that is due at most P1Y after
#       creation.
#     azure_zh: >-
#       Azure 门户 > 该密钥保管库 > 密钥 > 该密钥 > 轮换策略，或执行 az keyvault key rotation-policy update --vault-name VAULT --name KEY
#       --value policy.json，其中生存期操作 "Rotate" 应在创建后 P1Y 以内触发。
#     aliyun: >-
#       KMS console > Keys > the key > Key Rotation > Configure Rotation Policy, or aliyun kms UpdateRotationPolicy
#       --KeyId KEY --EnableAutomaticRotation true --RotationInterval 365d
#     aliyun_zh: >-
#       KMS 控制台 > 密钥管理 > 该密钥 > 密钥轮转 > 设置轮转策略，或执行 aliyun kms UpdateRotationPolicy --KeyId KEY --EnableAutomaticRotation
#       true --RotationInterval 365d。
#     terraform: >-
#       aws_kms_key.enable_key_rotation = true; azurerm_key_vault_key rotation_policy { automatic { time_after_creation
#       = "P1Y" } }; alicloud_kms_key.automatic_rotation = "Enabled", rotation_interval = "365d"
#   references: ["GB/T 22239-2019 8.2.4.5 d"]
package mlps.checks.data.key_rotation

_limit := 365

# Kinds that AWS and Alibaba Cloud do not rotate by themselves: asymmetric keys and keys for message codes.
_fixed_kinds := ["RSA", "EC", "HMAC", "SM2", "ML_"]

applies if _can_rotate

deny contains {"at": "rotation_days", "args": {"limit": _limit}} if {
	_can_rotate
	input.facts.rotation_days == null
}

deny contains {"at": "rotation_days", "args": {"limit": _limit}} if {
	_can_rotate
	input.facts.rotation_days > _limit
}

# Azure Key Vault rotates every kind of key that it made itself, in hardware too.
_can_rotate if {
	_in_use_by_customer
	input.provider == "azure"
	input.facts.origin in {"provider", "hsm"}
}

_can_rotate if {
	_in_use_by_customer
	input.provider != "azure"
	input.facts.origin == "provider"
	strings.any_prefix_match(input.facts.algorithm, _fixed_kinds) == false
}

# The provider rotates its own keys; keys that are disabled or about to be deleted cannot rotate.
_in_use_by_customer if {
	input.facts.manager == "customer"
	input.facts.state == "enabled"
}
