# METADATA
# title: Data are encrypted with keys of the customer
# description: >-
#   From level 3 on, volumes, databases, file systems and backups are encrypted with a key that the customer manages, in
#   an account of its own: ending access to the key then ends access to the data. At level 4 the key material is made by
#   the customer or lives in a hardware module. Buckets have a check of their own (data-bucket-encryption).
# custom:
#   id: data-customer-keys
#   title_zh: 数据使用客户自行管理的密钥加密
#   description_zh: >-
#     三级起，云盘、数据库、文件系统和备份应使用由客户管理、位于本单位账号内的密钥加密，从而可通过停用密钥终止对数据的访问；四级系统的密钥材料应由客户导入，或由硬件密码模块
#     (HSM) 生成和保护。存储桶由 data-bucket-encryption 检查。
#   targets: [compute.disk, database.instance, storage.file_system, backup.vault, key.encryption_key]
#   facts: [encryption.enabled, encryption.key_manager, encryption.key_id, engine, manager, origin, state]
#   severity: medium
#   items: [data.key-management]
#   message: "level {level} asks for encryption with a key of the customer's own; found: {found} (-: not encrypted)"
#   message_zh: "第 {level} 级要求使用客户自有密钥加密，实际为：{found}"
#   words_zh:
#     found: {"-": 未加密, provider: 云厂商密钥}
#   remediation:
#     en: >-
#       Encrypt with a key of your own in your own account; at level 4 import its material or keep it in a hardware
#       module. What is encrypted already is copied or restored with the new key.
#     zh: 使用本单位账号内的自有密钥加密；四级系统导入自有密钥材料或使用硬件密码模块保护的密钥。已加密的存量数据通过复制或恢复更换密钥。
#     aws: >-
#       KMS console > Customer managed keys > Create key; aws ec2 copy-snapshot --encrypted --kms-key-id KEY, aws rds
#       copy-db-snapshot --kms-key-id KEY and restore; aws backup create-backup-vault --encryption-key-arn KEY. Material
#       of your own: aws kms create-key --origin EXTERNAL, then import-key-material. KMS keeps every key in hardware.
#     aws_zh: >-
#       KMS 控制台 > 客户管理型密钥 > 创建密钥；云盘执行 aws ec2 copy-snapshot --encrypted --kms-key-id KEY，数据库执行 aws rds copy-db-snapshot
#       --kms-key-id KEY 后恢复；备份执行 aws backup create-backup-vault --encryption-key-arn KEY。导入自有密钥材料：aws kms create-key
#       --origin EXTERNAL，再执行 import-key-material。KMS 的密钥均由硬件密码模块保护。
#     azure: >-
#       Portal > the resource > Encryption or Data encryption > Customer-managed key; az disk-encryption-set create
#       --key-url URL, az disk update --name NAME --resource-group GROUP --disk-encryption-set SET --encryption-type
#       EncryptionAtRestWithCustomerKey; az sql server tde-key set --server-key-type AzureKeyVault --kid URL; in
#       hardware: az keyvault key create --vault-name VAULT --name KEY --kty RSA-HSM
#     azure_zh: >-
#       Azure 门户 > 该资源 > 加密或数据加密 > 客户管理的密钥；磁盘执行 az disk-encryption-set create --key-url URL、az disk update --name NAME
#       --resource-group GROUP --disk-encryption-set SET --encryption-type EncryptionAtRestWithCustomerKey；SQL 执行 az sql
#       server tde-key set --server-key-type AzureKeyVault --kid URL；硬件保护的密钥执行 az keyvault key create --vault-name VAULT
#       --name KEY --kty RSA-HSM。
#     aliyun: >-
#       KMS console > Keys > Create Key (protection level HSM), or aliyun kms CreateKey --ProtectionLevel HSM --Origin
#       EXTERNAL and ImportKeyMaterial; aliyun ecs CreateDisk --Encrypted true --KMSKeyId KEY; RDS console > the
#       instance > Data Security > Data Encryption; Cloud Backup: aliyun hbr CreateVault --EncryptType KMS --KmsKeyId
#       KEY
#     aliyun_zh: >-
#       KMS 控制台 > 密钥管理 > 创建密钥（保护级别选择 HSM），或执行 aliyun kms CreateKey --ProtectionLevel HSM --Origin EXTERNAL 和
#       ImportKeyMaterial；云盘执行 aliyun ecs CreateDisk --Encrypted true --KMSKeyId KEY；RDS 控制台 > 该实例 > 数据安全性 > 数据加密；云备份执行
#       aliyun hbr CreateVault --EncryptType KMS --KmsKeyId KEY。
#     terraform: >-
#       kms_key_id of aws_ebs_volume, aws_db_instance and aws_efs_file_system, aws_backup_vault.kms_key_arn,
#       aws_kms_external_key; azurerm_managed_disk.disk_encryption_set_id,
#       azurerm_mssql_server_transparent_data_encryption, azurerm_key_vault_key.key_type = "RSA-HSM";
#       alicloud_ecs_disk.kms_key_id, alicloud_db_instance.encryption_key, alicloud_hbr_vault.kms_key_id,
#       alicloud_kms_key.protection_level = "HSM"
#     terraform_zh: >-
#       aws_ebs_volume, aws_db_instance 和 aws_efs_file_system 的 kms_key_id, aws_backup_vault.kms_key_arn,
#       aws_kms_external_key; azurerm_managed_disk.disk_encryption_set_id,
#       azurerm_mssql_server_transparent_data_encryption, azurerm_key_vault_key.key_type = "RSA-HSM";
#       alicloud_ecs_disk.kms_key_id, alicloud_db_instance.encryption_key, alicloud_hbr_vault.kms_key_id,
#       alicloud_kms_key.protection_level = "HSM"
#   references: ["GB/T 22239-2019 8.2.4.5 d", "GB/T 22239-2019 9.2.4.5 d"]
package mlps.checks.data.customer_keys

import data.mlps.lib.databases
import data.mlps.lib.grants
import data.mlps.lib.keys

applies if _holds_data

applies if _is_judged_key

deny contains {"at": "encryption/enabled", "args": _args("-")} if {
	_holds_data
	input.facts.encryption.enabled == false
}

deny contains {"at": "encryption/key_manager", "args": _args(input.facts.encryption.key_manager)} if {
	_holds_data
	input.facts.encryption.enabled == true
	keys.falls_short(input.facts.encryption.key_manager)
}

# Only an ARN tells whose account the key is in. A template does not know its own account.
deny contains {"at": "encryption/key_id", "args": _args(input.facts.encryption.key_id)} if {
	_holds_data
	input.facts.encryption.enabled == true
	input.facts.encryption.key_manager == "customer"
	input.account != "template"
	grants.is_outside(_account_of(input.facts.encryption.key_id))
}

deny contains {"at": "origin", "args": _args(input.facts.origin)} if {
	_is_judged_key
	_in_software(input.provider)
	input.facts.origin == "provider"
}

_holds_data if {
	input.level >= 3
	not input.type in {"key.encryption_key", "database.instance"}
}

_holds_data if {
	input.level >= 3
	databases.keeps_data(input.facts.engine)
}

# What the keys themselves are made of matters at level 4.
_is_judged_key if {
	input.level >= 4
	input.type == "key.encryption_key"
	input.facts.manager in {"customer", "external"}
	input.facts.state == "enabled"
}

# AWS keeps the keys of KMS in hardware modules, whatever their origin.
_in_software(provider) if provider != "aws"

_account_of(key_id) := parts[4] if {
	startswith(key_id, "arn:")
	parts := split(key_id, ":")
	parts[2] == "kms"
	parts[4] != ""
}

_account_of(key_id) := parts[3] if {
	startswith(key_id, "acs:kms:")
	parts := split(key_id, ":")
	parts[3] != ""
}

_args(found) := {"level": input.level, "found": found}
