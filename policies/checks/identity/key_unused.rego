# METADATA
# title: Credentials that nobody uses are disabled
# description: >-
#   A key or password that was not used for 90 days belongs to somebody who left or to software that is gone, and
#   nobody would notice its misuse.
# custom:
#   id: identity-key-unused
#   title_zh: 停用长期未使用的访问密钥和口令
#   description_zh: 90 天未使用的访问密钥或控制台口令多属离岗人员或已下线的程序，被冒用也难以察觉，应及时停用或删除。
#   targets: [identity.user]
#   facts:
#     - console
#     - enabled
#     - keys.id
#     - keys.active
#     - keys.created
#     - keys.last_used
#     - password_last_used
#     - password_changed
#   severity: medium
#   items: ["g:compute.accounts"]
#   message: "the credential {credential} has not been used for more than {limit} days"
#   message_zh: "凭证 {credential} 超过 {limit} 天未使用"
#   words_zh:
#     credential: {password: 控制台口令}
#   remediation:
#     en: Ask the owner, disable the key or the console sign-in, and delete it when nothing breaks.
#     zh: 与责任人确认后停用该密钥或控制台登录，观察无影响后删除；离岗人员的账户一并清理。
#     aws: >-
#       IAM > Users > the user > Security credentials > Access keys > Deactivate, or aws iam update-access-key
#       --user-name USER --access-key-id KEY --status Inactive; the password: Console sign-in > Manage > Disable, or aws
#       iam delete-login-profile --user-name USER.
#     aws_zh: >-
#       IAM > 用户 > 该用户 > 安全凭证 > 访问密钥 > 停用，或执行 aws iam update-access-key --user-name USER --access-key-id KEY --status
#       Inactive；口令：控制台登录 > 管理 > 禁用，或执行 aws iam delete-login-profile --user-name USER。
#     azure: >-
#       Microsoft Entra ID > Users > the user > Edit properties > Settings > Account enabled: off, or az ad user update
#       --id USER --account-enabled false; set up an access review for inactive users in Microsoft Entra ID Governance.
#     azure_zh: >-
#       Microsoft Entra ID > 用户 > 该用户 > 编辑属性 > 设置 > 已启用帐户：关闭，或执行 az ad user update --id USER --account-enabled false；并在
#       Microsoft Entra ID Governance 中对不活跃用户设置访问评审。
#     aliyun: >-
#       RAM console > Identities > Users > the user > AccessKey > Disable, or aliyun ims UpdateAccessKey
#       --UserPrincipalName USER --UserAccessKeyId KEY --Status Inactive; Authentication > Console Logon > Remove, or
#       aliyun ims DeleteLoginProfile --UserPrincipalName USER.
#     aliyun_zh: >-
#       RAM 控制台 > 身份管理 > 用户 > 该用户 > AccessKey > 禁用，或执行 aliyun ims UpdateAccessKey --UserPrincipalName USER
#       --UserAccessKeyId KEY --Status Inactive；认证管理 > 控制台登录管理 > 清空登录设置，或执行 aliyun ims DeleteLoginProfile
#       --UserPrincipalName USER。
#     terraform: >-
#       Remove aws_iam_access_key, aws_iam_user_login_profile, alicloud_ram_access_key or alicloud_ram_login_profile,
#       or set status = "Inactive" on the key.
#     terraform_zh: >-
#       删除 aws_iam_access_key, aws_iam_user_login_profile, alicloud_ram_access_key 或 alicloud_ram_login_profile，或将密钥设为
#       status = "Inactive"
#   references:
#     - GB/T 22239-2019 8.1.4.2 c
#     - "Alibaba Cloud Config: ram-user-ak-used-expired-check"
#     - "Alibaba Cloud Config: ram-user-last-login-expired-check"
package mlps.checks.identity.key_unused

import data.mlps.lib.time as clock

_limit := 90

applies if _password_works

applies if {
	some key in input.facts.keys
	key.active == true
}

deny contains {"at": sprintf("keys/%d/last_used", [i]), "args": _args(key)} if {
	some i, key in input.facts.keys
	key.active == true
	clock.age_days(key.last_used) > _limit
}

# A key that was never used counts from its creation.
deny contains {"at": sprintf("keys/%d/last_used", [i]), "args": _args(key)} if {
	some i, key in input.facts.keys
	key.active == true
	key.last_used == null
	clock.age_days(key.created) > _limit
}

deny contains {"at": "password_last_used", "args": {"credential": "password", "limit": _limit}} if {
	_password_works
	clock.age_days(input.facts.password_last_used) > _limit
}

# A password that was never used counts from when it was set.
deny contains {"at": "password_last_used", "args": {"credential": "password", "limit": _limit}} if {
	_password_works
	input.facts.password_last_used == null
	clock.age_days(input.facts.password_changed) > _limit
}

# Never used, and the cloud does not say since when it exists: nothing shows that anybody needs it.
deny contains {"at": "password_last_used", "args": {"credential": "password", "limit": _limit}} if {
	_password_works
	input.facts.password_last_used == null
	input.facts.password_changed == null
}

_args(key) := {"credential": object.get(key, "id", "?"), "limit": _limit}

_password_works if {
	input.facts.console == true
	input.facts.enabled == true
}
