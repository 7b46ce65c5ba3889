# METADATA
# title: No key in use is about to be deleted
# description: >-
#   When a key is gone, all that it encrypts is gone. A key in its waiting time that something still uses, or of which
#   nobody can say that nothing does, is looked at before the time is up.
# custom:
#   id: data-key-deletion
#   title_zh: 在用密钥不处于待删除状态
#   description_zh: 密钥删除后其加密的数据将永久无法解密。待删除密钥仍被使用，或无法确认未被使用时，应在等待期内核实。
#   targets: [key.encryption_key]
#   facts: [state, used_by]
#   severity: high
#   items: [data.key-management]
#   message: "the key is about to be deleted; resources that use it: {used_by}"
#   message_zh: "密钥处于待删除状态，仍在使用它的资源数：{used_by}"
#   measured: [used_by]
#   remediation:
#     en: Cancel the deletion until nothing uses the key; disable it for a while first, and see what breaks.
#     zh: 先取消删除计划，停用一段时间并确认没有影响后再删除。
#     aws: >-
#       KMS console > Customer managed keys > the key > Key actions > Cancel key deletion, or aws kms
#       cancel-key-deletion --key-id KEY, then aws kms disable-key or enable-key.
#     aws_zh: >-
#       KMS 控制台 > 客户管理型密钥 > 该密钥 > 密钥操作 > 取消密钥删除，或执行 aws kms cancel-key-deletion --key-id KEY，再执行 aws kms disable-key 或
#       enable-key。
#     azure: >-
#       Portal > the key vault > Keys > Manage deleted keys > Recover, or az keyvault key recover --vault-name VAULT
#       --name KEY; keep purge protection on: az keyvault update --name VAULT --enable-purge-protection true
#     azure_zh: >-
#       Azure 门户 > 该密钥保管库 > 密钥 > 管理已删除的密钥 > 恢复，或执行 az keyvault key recover --vault-name VAULT --name KEY；保持清除保护启用：az
#       keyvault update --name VAULT --enable-purge-protection true。
#     aliyun: >-
#       KMS console > Keys > the key > Cancel Key Deletion, or aliyun kms CancelKeyDeletion --KeyId KEY; for keys in use
#       aliyun kms SetDeletionProtection --ProtectedResourceArn ARN --EnableDeletionProtection true
#     aliyun_zh: >-
#       KMS 控制台 > 密钥管理 > 该密钥 > 取消计划删除密钥，或执行 aliyun kms CancelKeyDeletion --KeyId KEY；在用密钥执行 aliyun kms
#       SetDeletionProtection --ProtectedResourceArn ARN --EnableDeletionProtection true。
#     terraform: >-
#       aws_kms_key.deletion_window_in_days = 30, azurerm_key_vault.purge_protection_enabled = true,
#       alicloud_kms_key.deletion_protection = "Enabled"; lifecycle { prevent_destroy = true }
#   references: ["GB/T 22239-2019 8.2.4.5 d"]
package mlps.checks.data.key_deletion

deny contains {"at": "state", "args": {"used_by": input.facts.used_by}} if {
	input.facts.state == "pending-deletion"
	input.facts.used_by > 0
}

# Null: the cloud does not tell what uses a key, so that nothing shows it to be free.
deny contains {"at": "state", "args": {"used_by": "-"}} if {
	input.facts.state == "pending-deletion"
	input.facts.used_by == null
}
