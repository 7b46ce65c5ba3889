# METADATA
# title: Access keys are rotated within 90 days
# description: >-
#   Long-lived keys end up in code, notebooks and backups. Replacing them every 90 days ends the use of the copies
#   that nobody knows of.
# custom:
#   id: identity-key-age
#   title_zh: 访问密钥定期轮换
#   description_zh: 长期有效的访问密钥容易散落在代码、笔记和备份中。每 90 天轮换一次，使不知去向的副本失效。
#   targets: [identity.user]
#   facts: [keys.id, keys.active, keys.created]
#   severity: high
#   items: ["g:compute.password"]
#   message: "access key {key} is {days} days old; the limit is {limit} days"
#   message_zh: "访问密钥 {key} 已使用 {days} 天，超过 {limit} 天未轮换"
#   measured: [days]
#   remediation:
#     en: Create a second key, move its users over, disable the old one, delete it. Better, use roles instead of keys.
#     zh: 新建访问密钥并切换使用方，停用并删除旧密钥；条件允许时改用角色和临时凭证。
#     aws: >-
#       IAM > Users > the user > Security credentials > Create access key, or aws iam create-access-key --user-name
#       USER; after the change aws iam update-access-key --user-name USER --access-key-id KEY --status Inactive, then
#       aws iam delete-access-key --user-name USER --access-key-id KEY. On instances use an instance profile.
#     aws_zh: >-
#       IAM > 用户 > 该用户 > 安全凭证 > 创建访问密钥，或执行 aws iam create-access-key --user-name USER；切换完成后执行 aws iam update-access-key
#       --user-name USER --access-key-id KEY --status Inactive，再执行 aws iam delete-access-key --user-name USER
#       --access-key-id KEY。实例上改用实例配置文件。
#     azure: >-
#       Microsoft Entra ID > App registrations > the app > Certificates & secrets, or az ad app credential reset --id
#       APP --append --end-date DATE within 90 days, then az ad app credential delete --id APP --key-id OLD; prefer
#       managed identities.
#     azure_zh: >-
#       Microsoft Entra ID > 应用注册 > 该应用 > 证书和密码，或执行 az ad app credential reset --id APP --append --end-date DATE（DATE
#       不晚于 90 天），再执行 az ad app credential delete --id APP --key-id OLD；建议改用托管标识。
#     aliyun: >-
#       RAM console > Identities > Users > the user > AccessKey: create, switch, disable, delete, or
#       aliyun ims UpdateAccessKey --UserPrincipalName USER --UserAccessKeyId KEY --Status Inactive; prefer RAM roles.
#     aliyun_zh: >-
#       RAM 控制台 > 身份管理 > 用户 > 该用户 > AccessKey：创建、切换、禁用、删除，或执行 aliyun ims UpdateAccessKey --UserPrincipalName USER
#       --UserAccessKeyId KEY --Status Inactive；建议改用 RAM 角色。
#     terraform: Replace aws_iam_access_key or alicloud_ram_access_key; prefer aws_iam_role and alicloud_ram_role.
#     terraform_zh: 更换 aws_iam_access_key 或 alicloud_ram_access_key; 建议改用 aws_iam_role 和 alicloud_ram_role
#   references: ["GB/T 22239-2019 8.1.4.1 a"]
package mlps.checks.identity.key_age

import data.mlps.lib.time as clock

_limit := 90

applies if {
	some key in input.facts.keys
	key.active == true
}

deny contains {"at": sprintf("keys/%d/created", [i]), "args": args} if {
	some i, key in input.facts.keys
	key.active == true
	days := clock.age_days(key.created)
	days > _limit
	args := {"key": object.get(key, "id", "?"), "days": days, "limit": _limit}
}
