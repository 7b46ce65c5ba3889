# METADATA
# title: Images and snapshots are not shared
# description: >-
#   An image or snapshot holds whole disks: data, configuration, often credentials. Whoever it is shared with can
#   read all of it, at leisure and unseen. Accounts that mlps.yaml allows (allowed_accounts) may have it; everyone
#   never may.
# custom:
#   id: compute-image-private
#   title_zh: 镜像和快照不对外共享
#   description_zh: >-
#     镜像和快照包含整块磁盘的数据、配置乃至凭证，被共享的账号可全部读取且不留痕迹，应防止非法访问。共享给 mlps.yaml 的
#     allowed_accounts 所列账号的不在此列，公开共享的一律视为不符合。
#   targets: [compute.image, compute.snapshot, database.snapshot]
#   facts: [shared_with]
#   severity: critical
#   items: [compute.image-confidentiality, data.authorised-access]
#   message: "shared with {account}"
#   message_zh: "已共享给 {account}"
#   words_zh:
#     account: {"all (everyone)": 所有人}
#   remediation:
#     en: Take the sharing back. Declare the account under allowed_accounts in mlps.yaml where it is one of your own.
#     zh: 取消共享；确属本单位其他账号的，登记在 mlps.yaml 的 allowed_accounts 中。
#     aws: >-
#       EC2 console > AMIs > the image > Actions > Edit AMI permissions > Private, or aws ec2 modify-image-attribute
#       --image-id AMI --launch-permission "Remove=[{Group=all}]" ({UserId=ACCOUNT} for an account); EC2 console >
#       Snapshots > the snapshot > Actions > Modify permissions, or aws ec2 modify-snapshot-attribute --snapshot-id SNAP
#       --attribute createVolumePermission --operation-type remove --group-names all; RDS console > Snapshots > the
#       snapshot > Actions > Share snapshot, or aws rds modify-db-snapshot-attribute --db-snapshot-identifier SNAP
#       --attribute-name restore --values-to-remove all; then aws ec2 enable-snapshot-block-public-access --state
#       block-all-sharing and aws ec2 enable-image-block-public-access --image-block-public-access-state
#       block-new-sharing
#     aws_zh: >-
#       EC2 控制台 > AMI > 该镜像 > 操作 > 编辑 AMI 权限 > 私有，或执行 aws ec2 modify-image-attribute --image-id AMI --launch-permission
#       "Remove=[{Group=all}]"（指定账号为 {UserId=ACCOUNT}）；EC2 控制台 > 快照 > 该快照 > 操作 > 修改权限，或执行 aws ec2
#       modify-snapshot-attribute --snapshot-id SNAP --attribute createVolumePermission --operation-type remove
#       --group-names all；RDS 控制台 > 快照 > 该快照 > 操作 > 共享快照，或执行 aws rds modify-db-snapshot-attribute
#       --db-snapshot-identifier SNAP --attribute-name restore --values-to-remove all；随后执行 aws ec2
#       enable-snapshot-block-public-access --state block-all-sharing 和 aws ec2 enable-image-block-public-access
#       --image-block-public-access-state block-new-sharing。
#     azure: >-
#       Portal > the snapshot > Settings > Networking > Disable public and private access, or az snapshot update --name
#       NAME --resource-group GROUP --network-access-policy DenyAll --public-network-access Disabled; az snapshot
#       revoke-access --name NAME --resource-group GROUP; portal > Azure compute galleries > the gallery > Sharing, or
#       az sig share reset --resource-group GROUP --gallery-name GALLERY
#     azure_zh: >-
#       Azure 门户 > 该快照 > 设置 > 网络 > 禁用公共和专用访问，或执行 az snapshot update --name NAME --resource-group GROUP
#       --network-access-policy DenyAll --public-network-access Disabled；撤销已签发的访问执行 az snapshot revoke-access --name
#       NAME --resource-group GROUP；Azure 门户 > Azure 计算库 > 该库 > 共享，或执行 az sig share reset --resource-group GROUP
#       --gallery-name GALLERY。
#     aliyun: >-
#       ECS console > Images > the image > Share Image, or aliyun ecs ModifyImageSharePermission --RegionId REGION
#       --ImageId ID --RemoveAccount.1 ACCOUNT (and --IsPublic false); ECS console > Snapshots > the snapshot > Unshare
#       Snapshot, or remove it from the resource share: aliyun resourcesharing DisassociateResourceShare
#       --ResourceShareId SHARE --Resources.1.ResourceId SNAPSHOT --Resources.1.ResourceType Snapshot
#     aliyun_zh: >-
#       ECS 控制台 > 镜像 > 该镜像 > 共享镜像，或执行 aliyun ecs ModifyImageSharePermission --RegionId REGION --ImageId ID
#       --RemoveAccount.1 ACCOUNT（以及 --IsPublic false）；ECS 控制台 > 快照 > 该快照 > 取消共享快照，或将其移出资源共享单元：aliyun resourcesharing
#       DisassociateResourceShare --ResourceShareId SHARE --Resources.1.ResourceId SNAPSHOT --Resources.1.ResourceType
#       Snapshot。
#     terraform: >-
#       Remove aws_ami_launch_permission, aws_snapshot_create_volume_permission, alicloud_image_share_permission;
#       azurerm_snapshot.network_access_policy = "DenyAll", azurerm_shared_image_gallery without sharing;
#       aws_db_snapshot.shared_accounts = []
#     terraform_zh: >-
#       删除 aws_ami_launch_permission, aws_snapshot_create_volume_permission, alicloud_image_share_permission;
#       azurerm_snapshot.network_access_policy = "DenyAll", azurerm_shared_image_gallery 不设置共享;
#       aws_db_snapshot.shared_accounts = []
#   references: ["GB/T 22239-2019 8.2.4.4 c", "GB/T 22239-2019 8.2.4.5 b", High-risk case 7.4.1.1]
package mlps.checks.compute.image_private

import data.mlps.lib.grants

deny contains {"at": sprintf("shared_with/%d", [i]), "args": {"account": account}} if {
	some i, account in input.facts.shared_with
	is_string(account)
	account != "all"
	grants.is_outside(account)
}

# Everyone is no account, whatever mlps.yaml allows. In words that need no translation.
deny contains {"at": sprintf("shared_with/%d", [i]), "args": {"account": "all (everyone)"}} if {
	some i, account in input.facts.shared_with
	account == "all"
}
