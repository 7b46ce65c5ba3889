# METADATA
# title: A user is a person or a program, not both
# description: >-
#   A user with a console password and active access keys mixes a person and a program: neither can be taken
#   away without the other.
# custom:
#   id: identity-mixed-use
#   title_zh: 同一用户不同时用于控制台登录和程序访问
#   description_zh: 同一用户既能登录控制台又持有启用的访问密钥时，人员与程序共用身份，难以审计和回收。
#   targets: [identity.user]
#   facts: [console, enabled, keys.id, keys.active]
#   severity: low
#   items: ["g:compute.accounts"]
#   message: "the user signs in to the console and holds the active access key {key}"
#   message_zh: "该用户可登录控制台，同时持有启用的访问密钥 {key}"
#   remediation:
#     en: Give the program a role or a user of its own, and disable the keys of the person.
#     zh: 为程序创建角色或独立用户，停用人员用户的访问密钥。
#     aws: >-
#       IAM > Users > the user > Security credentials > Access keys > Deactivate, or aws iam update-access-key
#       --user-name USER --access-key-id KEY --status Inactive; of a program's user aws iam delete-login-profile
#       --user-name USER.
#     aws_zh: >-
#       IAM > 用户 > 该用户 > 安全凭证 > 访问密钥 > 停用，或执行 aws iam update-access-key --user-name USER --access-key-id KEY --status
#       Inactive；该用户归程序使用的，执行 aws iam delete-login-profile --user-name USER。
#     azure: >-
#       Use managed identities or service principals for programs: Microsoft Entra admin centre > App
#       registrations, or az ad app create --display-name NAME
#     azure_zh: 程序使用托管标识或服务主体：Microsoft Entra 管理中心 > 应用注册，或执行 az ad app create --display-name NAME。
#     aliyun: >-
#       RAM console > Identities > Users > the user > AccessKey > Disable, or aliyun ram UpdateAccessKey --UserName USER
#       --UserAccessKeyId KEY --Status Inactive; of a program's user aliyun ram DeleteLoginProfile --UserName USER.
#     aliyun_zh: >-
#       RAM 控制台 > 身份管理 > 用户 > 该用户 > AccessKey > 禁用，或执行 aliyun ram UpdateAccessKey --UserName USER --UserAccessKeyId KEY
#       --Status Inactive；该用户归程序使用的，执行 aliyun ram DeleteLoginProfile --UserName USER。
#     terraform: >-
#       aws_iam_access_key and alicloud_ram_access_key beside a login profile: remove one of them
#     terraform_zh: aws_iam_access_key, alicloud_ram_access_key 与登录配置二者只保留其一
#   references:
#     - GB/T 22239-2019 8.1.4.2 c
#     - "Alibaba Cloud Config: ram-user-login-check"
package mlps.checks.identity.mixed_use

# Alibaba Cloud's pre-check, which sees no keys in templates, flags every user with a console password; here a key that
# works has to stand beside it.
deny contains {"at": sprintf("keys/%d/active", [i]), "args": {"key": object.get(key, "id", "?")}} if {
	input.facts.console == true
	input.facts.enabled == true
	some i, key in input.facts.keys
	key.active == true
}
