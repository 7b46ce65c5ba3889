# METADATA
# title: Snapshots of what is gone do not linger
# description: >-
#   Deleting a system deletes neither its snapshots nor its images: all of its data live on, unseen. A copy whose source
#   is gone is removed within 180 days. What has to be kept longer, such as an archive or an image that machines are
#   made of, is waived with an expiry. Copies of which the cloud does not tell the source are not judged.
# custom:
#   id: residual-snapshots
#   title_zh: 已删除资源的快照和镜像及时清理
#   description_zh: 删除系统并不会一并删除其快照和镜像，数据仍完整留存且无人关注。源资源已不存在的快照、镜像应在 180 天内清理；归档、基准镜像等须长期保留的，登记豁免并注明期限。云平台不提供来源的副本不作检查。
#   targets: [compute.snapshot, compute.image]
#   facts: [source_exists, created]
#   severity: low
#   items: [residual.all-copies]
#   message: "the source is gone, and the copy is {days} days old; the limit is {limit} days"
#   message_zh: "源资源已删除，该副本已留存 {days} 天，超过 {limit} 天"
#   measured: [days]
#   remediation:
#     en: Ask the owner, delete the copy, and let a lifecycle rule remove the next ones.
#     zh: 与责任人确认后删除该副本，并通过快照策略、生命周期规则自动清理。
#     aws: >-
#       EC2 console > Snapshots > the snapshot > Delete, or aws ec2 delete-snapshot --snapshot-id SNAP; images: aws ec2
#       deregister-image --image-id AMI --delete-associated-snapshots; from then on aws dlm create-lifecycle-policy with
#       a retain rule.
#     aws_zh: >-
#       EC2 控制台 > 快照 > 该快照 > 删除，或执行 aws ec2 delete-snapshot --snapshot-id SNAP；镜像执行 aws ec2 deregister-image --image-id
#       AMI --delete-associated-snapshots；此后由 aws dlm create-lifecycle-policy 的保留规则自动清理。
#     azure: >-
#       Portal > Snapshots > the snapshot > Delete, or az snapshot delete --name NAME --resource-group GROUP; az image
#       delete; for a gallery az sig image-version delete.
#     azure_zh: >-
#       Azure 门户 > 快照 > 该快照 > 删除，或执行 az snapshot delete --name NAME --resource-group GROUP；映像执行 az image
#       delete；计算库中的映像执行 az sig image-version delete。
#     aliyun: >-
#       ECS console > Snapshots > the snapshot > Delete, or aliyun ecs DeleteSnapshot --SnapshotId SNAP; images: aliyun
#       ecs DeleteImage --RegionId REGION --ImageId IMAGE; from then on aliyun ecs ModifyAutoSnapshotPolicyEx --regionId
#       REGION --autoSnapshotPolicyId ID --retentionDays 30
#     aliyun_zh: >-
#       ECS 控制台 > 快照 > 该快照 > 删除，或执行 aliyun ecs DeleteSnapshot --SnapshotId SNAP；镜像执行 aliyun ecs DeleteImage --RegionId
#       REGION --ImageId IMAGE；此后执行 aliyun ecs ModifyAutoSnapshotPolicyEx --regionId REGION --autoSnapshotPolicyId ID
#       --retentionDays 30 自动清理。
#     terraform: >-
#       Remove aws_ebs_snapshot, aws_ami, azurerm_snapshot, azurerm_image, alicloud_ecs_snapshot or alicloud_image; set
#       aws_dlm_lifecycle_policy retain_rule, alicloud_ecs_auto_snapshot_policy.retention_days
#     terraform_zh: >-
#       删除 aws_ebs_snapshot, aws_ami, azurerm_snapshot, azurerm_image, alicloud_ecs_snapshot 或 alicloud_image; 设置
#       aws_dlm_lifecycle_policy 的 retain_rule, alicloud_ecs_auto_snapshot_policy.retention_days
#   references: ["GB/T 22239-2019 8.2.4.7 b", High-risk case 7.4.4.1]
package mlps.checks.residual.snapshots

import data.mlps.lib.time as clock

_limit := 180

# Null: the cloud does not tell of what the copy was made.
applies if input.facts.source_exists != null

deny contains {"at": "source_exists", "args": {"days": days, "limit": _limit}} if {
	input.facts.source_exists == false
	days := clock.age_days(input.facts.created)
	days > _limit
}
