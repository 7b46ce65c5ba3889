# METADATA
# title: No volumes are left over
# description: >-
#   A volume that nothing uses keeps the data of the machine that it was taken from, and nobody looks after it. It is
#   attached, or backed up and deleted; the platform then clears its storage. Snapshots are left to residual-snapshots.
# custom:
#   id: residual-volumes
#   title_zh: 清理闲置云盘
#   description_zh: 未挂载的云盘仍保存着原主机的数据且无人管理。应挂载使用，或备份后删除，由云平台清除其存储空间。遗留的快照由 residual-snapshots 检查。
#   targets: [compute.disk]
#   facts: [attached]
#   severity: low
#   items: [residual.memory-storage]
#   message: "the volume is attached to nothing and keeps its data"
#   message_zh: "云盘未挂载到任何实例，数据仍被保留"
#   remediation:
#     en: Ask the owner; attach the volume, or snapshot what is still needed and delete it.
#     zh: 与责任人确认后挂载使用；不再需要的，对须留存的数据做快照后删除云盘。
#     aws: >-
#       EC2 console > Volumes > State: Available > Delete volume, or aws ec2 delete-volume --volume-id VOL; to find
#       them: aws ec2 describe-volumes --filters Name=status,Values=available
#     aws_zh: >-
#       EC2 控制台 > 卷 > 状态：可用 > 删除卷，或执行 aws ec2 delete-volume --volume-id VOL；查找闲置的卷执行 aws ec2 describe-volumes --filters
#       Name=status,Values=available。
#     azure: >-
#       Portal > Disks > Disk state: Unattached > Delete, or az disk delete --name NAME --resource-group GROUP; to find
#       them: az disk list --query "[?diskState=='Unattached'].id"
#     azure_zh: >-
#       Azure 门户 > 磁盘 > 磁盘状态：未附加 > 删除，或执行 az disk delete --name NAME --resource-group GROUP；查找闲置的磁盘执行 az disk list
#       --query "[?diskState=='Unattached'].id"。
#     aliyun: >-
#       ECS console > Block Storage > Disks > Status: Unattached > Release, or aliyun ecs DeleteDisk --DiskId DISK; to
#       find them: aliyun ecs DescribeDisks --RegionId REGION --Status Available
#     aliyun_zh: >-
#       ECS 控制台 > 存储与快照 > 云盘 > 状态：待挂载 > 释放，或执行 aliyun ecs DeleteDisk --DiskId DISK；查找闲置的云盘执行 aliyun ecs DescribeDisks
#       --RegionId REGION --Status Available。
#     terraform: >-
#       Remove aws_ebs_volume, azurerm_managed_disk or alicloud_ecs_disk, or add aws_volume_attachment,
#       azurerm_virtual_machine_data_disk_attachment, alicloud_ecs_disk_attachment
#     terraform_zh: >-
#       删除 aws_ebs_volume, azurerm_managed_disk 或 alicloud_ecs_disk，或增加 aws_volume_attachment,
#       azurerm_virtual_machine_data_disk_attachment, alicloud_ecs_disk_attachment
#   references: ["GB/T 22239-2019 8.2.4.7 a"]
package mlps.checks.residual.volumes

deny contains {"at": "attached", "args": {}} if {
	input.facts.attached == false
}
