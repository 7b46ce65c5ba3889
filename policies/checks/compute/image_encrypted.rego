# METADATA
# title: Images and snapshots are encrypted
# description: >-
#   Images and snapshots outlive the disks that they were made of and travel between regions and accounts. From
#   level 3 on, cryptography keeps what they hold from unlawful access.
# custom:
#   id: compute-image-encrypted
#   title_zh: 镜像和快照加密存储
#   description_zh: 镜像和快照的留存时间往往长于原磁盘，并可跨地域、跨账号复制。三级起应采用密码技术防止其中的敏感资源被非法访问。
#   targets: [compute.image, compute.snapshot]
#   facts: [encryption.enabled]
#   severity: high
#   items: [compute.image-confidentiality, compute.image-integrity]
#   message: "the image or snapshot is not encrypted"
#   message_zh: "该镜像或快照未加密"
#   remediation:
#     en: Copy it with encryption on, use the copy, delete the original; encrypt the source disks.
#     zh: 加密复制出新的镜像或快照，切换使用后删除原件，并对源磁盘启用加密。
#     aws: >-
#       EC2 console > AMIs > the image > Actions > Copy AMI > Encrypt EBS snapshots of AMI copy, or aws ec2 copy-image
#       --encrypted --kms-key-id KEY --source-image-id AMI --source-region REGION --name NAME; EC2 console > Snapshots >
#       the snapshot > Actions > Copy snapshot > Encrypt this snapshot, or aws ec2 copy-snapshot --encrypted
#       --kms-key-id KEY --source-snapshot-id SNAP --source-region REGION; for new ones aws ec2
#       enable-ebs-encryption-by-default
#     aws_zh: >-
#       EC2 控制台 > AMI > 该镜像 > 操作 > 复制 AMI > 加密 AMI 副本的 EBS 快照，或执行 aws ec2 copy-image --encrypted --kms-key-id KEY
#       --source-image-id AMI --source-region REGION --name NAME；EC2 控制台 > 快照 > 该快照 > 操作 > 复制快照 > 加密此快照，或执行 aws ec2
#       copy-snapshot --encrypted --kms-key-id KEY --source-snapshot-id SNAP --source-region REGION；新建云盘默认加密执行 aws ec2
#       enable-ebs-encryption-by-default。
#     azure: >-
#       Managed snapshots and images are always encrypted; for your own key portal > Snapshots > Create > Encryption >
#       Disk encryption set, or az snapshot create --resource-group GROUP --name NAME --source DISK
#       --disk-encryption-set SET --encryption-type EncryptionAtRestWithCustomerKey
#     azure_zh: >-
#       托管快照和映像始终加密；使用自有密钥：Azure 门户 > 快照 > 创建 > 加密 > 磁盘加密集，或执行 az snapshot create --resource-group GROUP --name NAME
#       --source DISK --disk-encryption-set SET --encryption-type EncryptionAtRestWithCustomerKey。
#     aliyun: >-
#       ECS console > Images > the image > Copy Image > Encrypt, or aliyun ecs CopyImage --RegionId REGION --ImageId ID
#       --Encrypted true --KMSKeyId KEY; ECS console > Snapshots > the snapshot > Copy Snapshot > Encrypt, or aliyun ecs
#       CopySnapshot --RegionId REGION --SnapshotId ID --DestinationRegionId REGION --DestinationSnapshotName NAME
#       --DestinationSnapshotDescription TEXT --Encrypted true --KMSKeyId KEY
#     aliyun_zh: >-
#       ECS 控制台 > 镜像 > 该镜像 > 复制镜像 > 加密，或执行 aliyun ecs CopyImage --RegionId REGION --ImageId ID --Encrypted true
#       --KMSKeyId KEY；ECS 控制台 > 快照 > 该快照 > 复制快照 > 加密，或执行 aliyun ecs CopySnapshot --RegionId REGION --SnapshotId ID
#       --DestinationRegionId REGION --DestinationSnapshotName NAME --DestinationSnapshotDescription TEXT --Encrypted
#       true --KMSKeyId KEY。
#     terraform: >-
#       aws_ami_copy.encrypted, aws_ebs_snapshot_copy.encrypted, alicloud_image_copy.encrypted = true;
#       azurerm_snapshot of an azurerm_managed_disk with disk_encryption_set_id
#     terraform_zh: >-
#       aws_ami_copy.encrypted, aws_ebs_snapshot_copy.encrypted, alicloud_image_copy.encrypted = true; 由设置了
#       disk_encryption_set_id 的 azurerm_managed_disk 创建 azurerm_snapshot
#   references: ["GB/T 22239-2019 8.2.4.4 b", "GB/T 22239-2019 8.2.4.4 c", High-risk case 7.4.1.1]
package mlps.checks.compute.image_encrypted

# Level 2 asks for integrity checks of images; confidentiality is asked for from level 3 on.
applies if input.level >= 3

deny contains {"at": "encryption/enabled", "args": {}} if {
	input.level >= 3
	input.facts.encryption.enabled == false
}
