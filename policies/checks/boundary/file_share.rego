# METADATA
# title: File systems can be mounted from named networks only
# description: >-
#   File shares trust the machines that mount them. Their firewall, network rules or access group name the networks of
#   the applications: not every address, and no public range wider than an IPv4 /16 or IPv6 /32. Stricter than Alibaba
#   Cloud's pre-check, which refuses the default access group alone.
# custom:
#   id: boundary-file-share
#   title_zh: 文件系统仅允许指定网段挂载
#   description_zh: 文件存储默认信任挂载它的主机，其挂载点安全组、网络规则或权限组应仅包含应用所在网段，不得对任意地址或过宽的公网网段开放，不得使用默认权限组。
#   targets: [storage.file_system]
#   facts: [mount_ranges, exposure.public]
#   severity: high
#   items: [boundary.access-control]
#   message: "the file system may be mounted from {range}"
#   message_zh: "文件系统允许从 {range} 挂载"
#   remediation:
#     en: Let only the networks of the applications mount the file system.
#     zh: 仅允许应用所在网段挂载，删除对任意地址开放的规则，停用默认权限组。
#     aws: >-
#       EFS console > File systems > the file system > Network > Manage, or aws efs
#       modify-mount-target-security-groups --mount-target-id MOUNT --security-groups SG; a policy for everyone: aws
#       efs put-file-system-policy --file-system-id FS --policy file://policy.json.
#     aws_zh: >-
#       EFS 控制台 > 文件系统 > 该文件系统 > 网络 > 管理，或执行 aws efs modify-mount-target-security-groups --mount-target-id MOUNT
#       --security-groups SG；策略对任何人开放的，执行 aws efs put-file-system-policy --file-system-id FS --policy
#       file://policy.json。
#     azure: >-
#       Portal > Storage accounts > the account > Networking > Enabled from selected virtual networks, or az storage
#       account update --resource-group RG --name ACCOUNT --default-action Deny, then az storage account network-rule
#       add --resource-group RG --account-name ACCOUNT --vnet-name VNET --subnet SUBNET.
#     azure_zh: >-
#       Azure 门户 > 存储账户 > 该存储账户 > 网络 > 从选定的虚拟网络启用，或执行 az storage account update --resource-group RG --name ACCOUNT
#       --default-action Deny，再执行 az storage account network-rule add --resource-group RG --account-name ACCOUNT
#       --vnet-name VNET --subnet SUBNET。
#     aliyun: >-
#       NAS console > Permission Group > Create, then File System List > the file system > Mount Targets > Modify, or
#       aliyun nas CreateAccessRule --AccessGroupName GROUP --SourceCidrIp 10.0.0.0/16 --RWAccessType RDWR
#       --UserAccessType no_squash, then aliyun nas ModifyMountTarget --FileSystemId FS --MountTargetDomain DOMAIN
#       --AccessGroupName GROUP.
#     aliyun_zh: >-
#       NAS 控制台 > 权限组 > 创建权限组，再到文件系统列表 > 该文件系统 > 挂载使用 > 修改权限组，或执行 aliyun nas CreateAccessRule --AccessGroupName GROUP
#       --SourceCidrIp 10.0.0.0/16 --RWAccessType RDWR --UserAccessType no_squash，再执行 aliyun nas ModifyMountTarget
#       --FileSystemId FS --MountTargetDomain DOMAIN --AccessGroupName GROUP。
#     terraform: >-
#       aws_efs_mount_target.security_groups, azurerm_storage_account.network_rules.default_action = "Deny",
#       alicloud_nas_access_rule.source_cidr_ip, alicloud_nas_mount_target.access_group_name
#   references:
#     - GB/T 22239-2019 8.2.3.1 a
#     - "Alibaba Cloud Config: nas-filesystem-mount-target-access-group-check"
package mlps.checks.boundary.file_share

import data.mlps.lib.network

deny contains {"at": sprintf("mount_ranges/%d", [i]), "args": {"range": range}} if {
	some i, range in input.facts.mount_ranges
	network.is_wide(range)
}

deny contains {"at": "exposure/public", "args": {"range": "0.0.0.0/0"}} if input.facts.exposure.public == true
