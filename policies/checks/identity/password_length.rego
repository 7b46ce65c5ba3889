# METADATA
# title: The password policy asks for long passwords
# description: >-
#   Every character makes guessing harder. Passwords have at least 8 characters, and 12 from level 3 on; on Azure, whose
#   directory fixes 8 and has no setting, 8 are enough. An account without a password policy leaves it to its users.
# custom:
#   id: identity-password-length
#   title_zh: 口令策略规定口令最小长度
#   description_zh: 口令越长越难被猜解。口令长度不少于 8 位，三级起不少于 12 位（Azure 目录固定为 8 位且不可配置，按 8 位判定）；未设置口令策略的账号视为未作要求。
#   targets: [account.identity]
#   facts: [password_policy.minimum_length]
#   severity: high
#   items: ["g:compute.password"]
#   message: "the password policy does not ask for {minimum} characters or more"
#   message_zh: "口令策略未要求口令长度不少于 {minimum} 位"
#   remediation:
#     en: Set the minimum length in the account's password policy; users meet it at their next change.
#     zh: 在账号口令策略中设置最小长度，并要求用户更换不符合要求的口令。
#     aws: >-
#       IAM > Account settings > Password policy > Edit, or aws iam update-account-password-policy
#       --minimum-password-length 12 with the other settings repeated (those left out fall back to the default).
#     aws_zh: >-
#       IAM > 账户设置 > 密码策略 > 编辑，或执行 aws iam update-account-password-policy --minimum-password-length
#       12，其余设置须一并填写（未填写的会恢复为默认值）。
#     azure: >-
#       Microsoft Entra ID fixes 8 characters for cloud accounts; synchronised accounts follow the domain's policy:
#       Set-ADDefaultDomainPasswordPolicy -MinPasswordLength 12. Prefer passwordless sign-in.
#     azure_zh: >-
#       Microsoft Entra ID 固定要求云账户口令为 8 位；同步账户遵循本地域策略：Set-ADDefaultDomainPasswordPolicy -MinPasswordLength 12。建议采用无口令登录。
#     aliyun: >-
#       RAM console > Identities > Settings > Password Strength > Edit: Password Length 12, or aliyun ims
#       SetPasswordPolicy --MinimumPasswordLength 12 with the other settings repeated; CloudSSO: aliyun cloudsso
#       SetPasswordPolicy --DirectoryId DIRECTORY --MinPasswordLength 12
#     aliyun_zh: >-
#       RAM 控制台 > 身份管理 > 设置 > 密码强度 > 编辑：密码长度 12，或执行 aliyun ims SetPasswordPolicy --MinimumPasswordLength
#       12，其余设置须一并填写；云 SSO 执行 aliyun cloudsso SetPasswordPolicy --DirectoryId DIRECTORY --MinPasswordLength 12。
#     terraform: >-
#       aws_iam_account_password_policy.minimum_password_length = 12;
#       alicloud_ram_account_password_policy.minimum_password_length = 12
#   references: ["GB/T 22239-2019 8.1.4.1 a"]
package mlps.checks.identity.password_length

_minimum := {1: 8, 2: 8, 3: 12, 4: 12}[input.level] if input.provider != "azure"

# Microsoft Entra ID asks for 8 and cannot be told to ask for more.
_minimum := 8 if input.provider == "azure"

deny contains {"at": "password_policy", "args": {"minimum": _minimum}} if {
	input.facts.password_policy == null
}

deny contains {"at": "password_policy/minimum_length", "args": {"minimum": _minimum}} if {
	input.facts.password_policy.minimum_length < _minimum
}
