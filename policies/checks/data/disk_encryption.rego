# METADATA
# title: Volumes are encrypted
# description: >-
#   An encrypted volume keeps its data, and every snapshot made of it, unreadable to whoever gets hold of the storage.
#   An unattached volume still holds its data, so it is judged too; the vendor's rule judges volumes in use only. Launch
#   templates are judged by the volumes of the instances that they make.
# custom:
#   id: data-disk-encryption
#   title_zh: 云盘加密存储
#   description_zh: 云盘加密后，即使底层存储或由其生成的快照被他人获得，数据也无法读取。未挂载的云盘仍保存着数据，同样需要加密；启动模板按其创建的实例的云盘判定。
#   targets: [compute.disk, compute.launch_template]
#   facts: [encryption.enabled, disks_encrypted]
#   severity: high
#   items: ["g:data.storage-confidentiality"]
#   message: "a volume is not encrypted"
#   message_zh: "云盘未加密"
#   remediation:
#     en: Make an encrypted copy from a snapshot, swap the volumes in a maintenance window, delete the old one.
#     zh: 由快照创建加密云盘，在维护窗口内替换原云盘，确认后删除原云盘。
#     aws: >-
#       EC2 console > Volumes > Create snapshot, then Create volume from snapshot > Encrypt this volume; or aws ec2
#       create-snapshot --volume-id VOL; aws ec2 create-volume --snapshot-id SNAP --encrypted --kms-key-id KEY
#       --availability-zone ZONE; detach the old volume, attach the new one. Launch templates: Encrypted=true in
#       aws ec2 create-launch-template-version, or aws ec2 enable-ebs-encryption-by-default.
#     aws_zh: >-
#       EC2 控制台 > 卷 > 创建快照，再从快照创建卷 > 加密此卷；或执行 aws ec2 create-snapshot --volume-id VOL、aws ec2 create-volume
#       --snapshot-id SNAP --encrypted --kms-key-id KEY --availability-zone ZONE；随后卸载原卷，挂载新卷。启动模板执行 aws ec2
#       create-launch-template-version 并设置 Encrypted=true，或执行 aws ec2 enable-ebs-encryption-by-default。
#     azure: >-
#       Managed disks are always encrypted at rest; for your own key portal > the disk > Encryption, or az disk update
#       --name NAME --resource-group GROUP --encryption-type EncryptionAtRestWithCustomerKey --disk-encryption-set SET
#     azure_zh: >-
#       托管磁盘始终静态加密；使用自有密钥：Azure 门户 > 该磁盘 > 加密，或执行 az disk update --name NAME --resource-group GROUP --encryption-type
#       EncryptionAtRestWithCustomerKey --disk-encryption-set SET。
#     aliyun: >-
#       ECS console > Snapshots > the snapshot > Create Disk > Disk Encryption, or aliyun ecs CreateSnapshot --DiskId
#       ID; aliyun ecs CreateDisk --SnapshotId SNAP --Encrypted true --KMSKeyId KEY --ZoneId ZONE; for a system disk
#       copy the image encrypted (CopyImage) and replace the disk (ReplaceSystemDisk).
#     aliyun_zh: >-
#       ECS 控制台 > 快照 > 该快照 > 创建云盘 > 加密，或执行 aliyun ecs CreateSnapshot --DiskId ID、aliyun ecs CreateDisk --SnapshotId SNAP
#       --Encrypted true --KMSKeyId KEY --ZoneId ZONE；系统盘须加密复制镜像 (CopyImage) 后更换系统盘 (ReplaceSystemDisk)。
#     terraform: >-
#       aws_ebs_volume.encrypted, aws_instance root_block_device { encrypted = true }, alicloud_ecs_disk.encrypted,
#       alicloud_instance.system_disk_encrypted = true; azurerm_managed_disk.disk_encryption_set_id
#   references: ["GB/T 22239-2019 8.1.4.8 b", "Alibaba Cloud Config: ecs-in-use-disk-encrypted"]
package mlps.checks.data.disk_encryption

deny contains {"at": "encryption/enabled", "args": {}} if {
	input.facts.encryption.enabled == false
}

deny contains {"at": "disks_encrypted", "args": {}} if {
	input.facts.disks_encrypted == false
}
