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
#   remediation:
#     en: Create a second key, move its users over, disable the old one, delete it. Better, use roles instead of keys.
#     zh: 新建访问密钥并切换使用方，停用并删除旧密钥；条件允许时改用角色和临时凭证。
#     aws: >-
#       IAM > Users > the user > Security credentials > Create access key, or aws iam create-access-key --user-name
#       USER; after the change aws iam update-access-key --user-name USER --access-key-id KEY --status Inactive, then
#       aws iam delete-access-key --user-name USER --access-key-id KEY. On instances use an instance profile.
#     azure: >-
#       Microsoft Entra ID > App registrations > the app > Certificates & secrets, or az ad app credential reset --id
#       APP --append --end-date DATE within 90 days, then az ad app credential delete --id APP --key-id OLD; prefer
#       managed identities.
#     aliyun: >-
#       RAM console > Identities > Users > the user > AccessKey: create, switch, disable, delete, or
#       aliyun ims UpdateAccessKey --UserPrincipalName USER --UserAccessKeyId KEY --Status Inactive; prefer RAM roles.
#     terraform: Replace aws_iam_access_key or alicloud_ram_access_key; prefer aws_iam_role and alicloud_ram_role.
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
