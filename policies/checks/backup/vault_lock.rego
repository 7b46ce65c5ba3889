# METADATA
# title: Backup vaults are locked and encrypted
# description: >-
#   Ransomware deletes the backups first. In a locked vault nobody can delete or shorten a backup before its time, no
#   administrator either. From level 3 on, vaults are locked and encrypted; how long backups are kept is left to the
#   checks of what is backed up.
# custom:
#   id: backup-vault-lock
#   title_zh: 备份库防删除锁定并加密
#   description_zh: 勒索攻击往往先删除备份。备份库锁定（不可变备份）后，备份到期前任何人（包括管理员）都不能删除或缩短留存期。三级起备份库应启用锁定并加密存储。
#   targets: [backup.vault]
#   facts: [encryption.enabled, lock_days]
#   severity: medium
#   items: ["g:backup.local", "g:data.storage-integrity"]
#   message: "level {level} asks for a locked, encrypted vault; days locked: {locked} (-: none), encrypted: {encrypted}"
#   message_zh: "第 {level} 级要求备份库锁定并加密；锁定天数：{locked}（“-”表示未锁定），加密：{encrypted}"
#   remediation:
#     en: >-
#       Lock the vault, first in the mode that can be undone, and for good after a rehearsed restore. An unencrypted
#       vault is replaced by a new one.
#     zh: 先以可撤销方式启用锁定，恢复演练通过后再永久锁定；未加密的备份库应新建加密备份库替换。
#     aws: >-
#       AWS Backup console > Vaults > the vault > Vault Lock, or aws backup put-backup-vault-lock-configuration
#       --backup-vault-name NAME --min-retention-days 30 --changeable-for-days 3 (final after those days; without the
#       last option anyone with the right takes it off again); encrypted anew: aws backup
#       create-backup-vault --backup-vault-name NAME --encryption-key-arn KEY
#     aws_zh: >-
#       AWS Backup 控制台 > 保管库 > 该保管库 > 保管库锁定，或执行 aws backup put-backup-vault-lock-configuration --backup-vault-name NAME
#       --min-retention-days 30 --changeable-for-days 3（期满后锁定不可撤销；不加最后一个参数时，有权限者可随时解除锁定）；新建加密的备份保管库执行
#       aws backup create-backup-vault --backup-vault-name NAME --encryption-key-arn KEY。
#     azure: >-
#       Portal > the vault > Properties > Immutable vault, or az backup vault update --name NAME --resource-group GROUP
#       --immutability-state Locked (Backup vaults: az dataprotection backup-vault update --vault-name NAME
#       --resource-group GROUP --immutability-state Locked). Vaults are always encrypted.
#     azure_zh: >-
#       Azure 门户 > 该保管库 > 属性 > 不可变保管库，或执行 az backup vault update --name NAME --resource-group GROUP --immutability-state
#       Locked（备份保管库执行 az dataprotection backup-vault update --vault-name NAME --resource-group GROUP
#       --immutability-state Locked）。保管库始终加密。
#     aliyun: >-
#       Cloud Backup console > Backup Vaults > the vault > Immutable Backup: on; it cannot be turned off again.
#       Encrypted with a key of your own: aliyun hbr CreateVault --VaultRegionId REGION --VaultName NAME --EncryptType
#       KMS --KmsKeyId KEY
#     aliyun_zh: >-
#       云备份控制台 > 备份库 > 该备份库 > 开启不可变备份（开启后无法关闭）。使用自有密钥加密的备份库执行 aliyun hbr CreateVault --VaultRegionId REGION --VaultName
#       NAME --EncryptType KMS --KmsKeyId KEY。
#     terraform: >-
#       aws_backup_vault_lock_configuration.min_retention_days, aws_backup_vault.kms_key_arn;
#       azurerm_recovery_services_vault.immutability = "Locked", azurerm_data_protection_backup_vault.immutability;
#       alicloud_hbr_vault.worm_enabled = true with encrypt_type = "KMS"
#     terraform_zh: >-
#       aws_backup_vault_lock_configuration.min_retention_days, aws_backup_vault.kms_key_arn;
#       azurerm_recovery_services_vault.immutability = "Locked", azurerm_data_protection_backup_vault.immutability;
#       alicloud_hbr_vault.worm_enabled = true 并设置 encrypt_type = "KMS"
#   references: ["GB/T 22239-2019 8.1.4.9 a", "GB/T 22239-2019 8.1.4.7 b"]
package mlps.checks.backup.vault_lock

applies if input.level >= 3

deny contains {"at": "lock_days", "args": _args} if {
	input.level >= 3
	input.facts.lock_days == null
}

deny contains {"at": "lock_days", "args": _args} if {
	input.level >= 3
	is_number(input.facts.lock_days)
	input.facts.lock_days < 1
}

deny contains {"at": "encryption/enabled", "args": _args} if {
	input.level >= 3
	input.facts.encryption.enabled == false
}

_args := {"level": input.level, "locked": _locked, "encrypted": _encrypted}

# "-" where it is not known.
default _encrypted := "-"

_encrypted := input.facts.encryption.enabled

default _locked := "-"

_locked := input.facts.lock_days if is_number(input.facts.lock_days)
