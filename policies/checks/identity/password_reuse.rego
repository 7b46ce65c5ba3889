# METADATA
# title: Recent passwords cannot be used again
# description: >-
#   Changing a password helps only if the old one does not come back. The last five passwords are refused.
# custom:
#   id: identity-password-reuse
#   title_zh: 禁止重复使用近期口令
#   description_zh: 更换口令后又改回旧口令，定期更换就失去意义。口令策略应拒绝最近 5 次使用过的口令。
#   targets: [account.identity]
#   facts: [password_policy.reuse_prevention]
#   severity: medium
#   items: ["g:compute.password"]
#   not_offered:
#     - cloud: azure
#       en: >-
#         Microsoft Entra ID refuses the last password alone and has no setting: sign in without passwords, or let the
#         policy of the domain bind synchronised accounts (-PasswordHistoryCount 5), and provide it as evidence.
#       zh: Microsoft Entra ID 仅拒绝最近一次口令且不可配置；应采用无口令登录，或由本地域口令策略（-PasswordHistoryCount 5）约束同步账户，并以其配置作为佐证。
#     - cloud: azure-china
#       en: >-
#         Microsoft Entra ID refuses the last password alone and has no setting: sign in without passwords, or let the
#         policy of the domain bind synchronised accounts (-PasswordHistoryCount 5), and provide it as evidence.
#       zh: Microsoft Entra ID 仅拒绝最近一次口令且不可配置；应采用无口令登录，或由本地域口令策略（-PasswordHistoryCount 5）约束同步账户，并以其配置作为佐证。
#   message: "the password policy does not refuse the last {minimum} passwords"
#   message_zh: "口令策略未禁止使用最近 {minimum} 次用过的口令"
#   remediation:
#     en: Let the password policy remember at least five passwords.
#     zh: 在账号口令策略中设置历史口令检查次数不少于 5 次。
#     aws: >-
#       aws iam update-account-password-policy --password-reuse-prevention 5 with the other settings repeated, or IAM >
#       Account settings > Password policy > Prevent password reuse.
#     aws_zh: >-
#       执行 aws iam update-account-password-policy --password-reuse-prevention 5（其余设置须一并填写），或 IAM > 账户设置 > 密码策略 >
#       防止密码重复使用。
#     azure: >-
#       Microsoft Entra ID refuses only the last password of cloud accounts; for synchronised ones
#       Set-ADDefaultDomainPasswordPolicy -PasswordHistoryCount 5. Prefer passwordless sign-in.
#     azure_zh: >-
#       Microsoft Entra ID 仅拒绝云账户最近一次的口令；同步账户执行 Set-ADDefaultDomainPasswordPolicy -PasswordHistoryCount 5。建议采用无口令登录。
#     aliyun: >-
#       RAM console > Identities > Settings > Password Strength > Edit: password history check 5, or aliyun ims
#       SetPasswordPolicy --PasswordReusePrevention 5 with the other settings repeated; CloudSSO: aliyun cloudsso
#       SetPasswordPolicy --DirectoryId DIRECTORY --PasswordReusePrevention 5
#     aliyun_zh: >-
#       RAM 控制台 > 身份管理 > 设置 > 密码强度 > 编辑：历史密码检查策略 5 次，或执行 aliyun ims SetPasswordPolicy --PasswordReusePrevention
#       5，其余设置须一并填写；云 SSO 执行 aliyun cloudsso SetPasswordPolicy --DirectoryId DIRECTORY --PasswordReusePrevention 5。
#     terraform: >-
#       aws_iam_account_password_policy.password_reuse_prevention = 5;
#       alicloud_ram_account_password_policy.password_reuse_prevention = 5
#   references: ["GB/T 22239-2019 8.1.4.1 a"]
package mlps.checks.identity.password_reuse

_minimum := 5

deny contains {"at": "password_policy", "args": {"minimum": _minimum}} if {
	input.facts.password_policy == null
}

deny contains {"at": "password_policy/reuse_prevention", "args": {"minimum": _minimum}} if {
	input.facts.password_policy.reuse_prevention < _minimum
}
