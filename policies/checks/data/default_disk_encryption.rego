# METADATA
# title: New volumes are encrypted by default
# description: >-
#   With encryption by default, a volume is encrypted even where whoever creates it forgets to ask. Judged in the
#   regions that the account uses.
# custom:
#   id: data-default-disk-encryption
#   title_zh: 新建云盘默认加密
#   description_zh: 启用默认加密后，即使创建者未指定，新建云盘也会加密。仅检查账号实际使用的地域。
#   targets: [account.configuration]
#   facts: [default_disk_encryption.region, default_disk_encryption.enabled, regions_in_use]
#   severity: high
#   items: ["g:data.storage-confidentiality"]
#   message: "new volumes in {region} are not encrypted by default"
#   message_zh: "地域 {region} 未启用云盘默认加密"
#   remediation:
#     en: Turn default encryption on in every region in use; it changes nothing for volumes that exist.
#     zh: 在每个在用地域启用云盘默认加密；该设置不影响存量云盘。
#     aws: >-
#       EC2 console of the region > Settings > Data protection and security > EBS encryption > Manage, or aws ec2
#       enable-ebs-encryption-by-default --region REGION; aws ec2 modify-ebs-default-kms-key-id --kms-key-id KEY
#       --region REGION
#     aws_zh: >-
#       EC2 控制台（切换到该区域）> 设置 > 数据保护和安全 > EBS 加密 > 管理，或执行 aws ec2 enable-ebs-encryption-by-default --region
#       REGION；指定默认密钥执行 aws ec2 modify-ebs-default-kms-key-id --kms-key-id KEY --region REGION。
#     azure: >-
#       Nothing to turn on, managed disks are always encrypted; for your own key: portal > Policy > Assignments > Assign
#       policy, or az policy assignment create with a built-in policy that asks for a disk encryption set.
#     azure_zh: 无需开启，托管磁盘始终加密；使用自有密钥：Azure 门户 > 策略 > 分配 > 分配策略，或以要求磁盘加密集的内置策略执行 az policy assignment create。
#     aliyun: >-
#       ECS console > Settings of the region > Block Storage > account-level default encryption, or aliyun ecs
#       EnableDiskEncryptionByDefault --RegionId REGION
#     aliyun_zh: ECS 控制台（切换到该地域）> 设置 > 块存储 > 账号级默认加密，或执行 aliyun ecs EnableDiskEncryptionByDefault --RegionId REGION。
#     terraform: >-
#       aws_ebs_encryption_by_default with enabled = true, in each region; azurerm_subscription_policy_assignment;
#       alicloud_ecs_disk_encryption_by_default where the provider's version has it
#     terraform_zh: >-
#       各地域配置 aws_ebs_encryption_by_default 的 enabled = true; azurerm_subscription_policy_assignment;
#       alicloud_ecs_disk_encryption_by_default（须所用 Provider 版本支持）
#   references: ["GB/T 22239-2019 8.1.4.8 b"]
package mlps.checks.data.default_disk_encryption

# A cloud without the setting lists no region.
applies if count(input.facts.default_disk_encryption) > 0

deny contains {"at": sprintf("default_disk_encryption/%d/enabled", [i]), "args": {"region": setting.region}} if {
	some i, setting in input.facts.default_disk_encryption
	setting.enabled == false
	setting.region in input.facts.regions_in_use
}
