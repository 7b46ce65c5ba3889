# METADATA
# title: Images and snapshots are not shared
# description: >-
#   An image or snapshot holds whole disks: data, configuration, often credentials. Whoever it is shared with can
#   read all of it, at leisure and unseen.
# custom:
#   id: compute-image-private
#   title_zh: 镜像和快照不对外共享
#   description_zh: 镜像和快照包含整块磁盘的数据、配置乃至凭证，被共享的账号可全部读取且不留痕迹，应防止非法访问。
#   targets: [compute.image, compute.snapshot, database.snapshot]
#   facts: [shared_with]
#   severity: critical
#   items: [compute.image-confidentiality, data.authorised-access]
#   message: "shared with {account}"
#   message_zh: "已共享给 {account}"
#   remediation:
#     en: Take the sharing back. Waive it with an expiry where the account is one of your own.
#     zh: 取消共享；确属本单位账号的，登记豁免并注明期限。
#     aws: >-
#       aws ec2 modify-image-attribute --image-id AMI --launch-permission "Remove=[{Group=all}]";
#       aws ec2 modify-snapshot-attribute --snapshot-id SNAP --attribute createVolumePermission --operation-type remove
#       --group-names all; aws rds modify-db-snapshot-attribute --attribute-name restore --values-to-remove all; then
#       aws ec2 enable-snapshot-block-public-access --state block-all-sharing
#     azure: >-
#       az snapshot update --name NAME --resource-group GROUP --network-access-policy DenyAll
#       --public-network-access Disabled; az snapshot revoke-access; Azure Compute Gallery > Sharing: turn off the
#       community gallery and remove other subscriptions.
#     aliyun: >-
#       aliyun ecs ModifyImageSharePermission --ImageId ID --RemoveAccount.1 ACCOUNT (and --IsPublic false);
#       ECS console > Snapshots > the snapshot > Unshare.
#     terraform: >-
#       Remove aws_ami_launch_permission, aws_snapshot_create_volume_permission, alicloud_image_share_permission;
#       azurerm_snapshot.network_access_policy = "DenyAll"; aws_db_snapshot.shared_accounts = []
#   references: ["GB/T 22239-2019 8.2.4.4 c", "GB/T 22239-2019 8.2.4.5 b", High-risk case 7.4.1.1]
package mlps.checks.compute.image_private

deny contains {"at": sprintf("shared_with/%d", [i]), "args": {"account": _shown(account)}} if {
	some i, account in input.facts.shared_with
	is_string(account)
	account != input.account
}

# The word of the facts for everyone, in words that need no translation.
_shown("all") := "all (everyone, 所有人)"

_shown(account) := account if account != "all"
