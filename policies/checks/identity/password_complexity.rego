# METADATA
# title: The password policy asks for several kinds of characters
# description: >-
#   Passwords of one kind of character fall to word lists. The policy asks for at least three of upper case, lower
#   case, digits and symbols.
# custom:
#   id: identity-password-complexity
#   title_zh: 口令策略规定口令复杂度
#   description_zh: 单一字符种类的口令易被字典破解。口令策略应要求大写字母、小写字母、数字、特殊字符中的三种以上。
#   targets: [account.identity]
#   facts: [password_policy.character_kinds]
#   severity: high
#   items: ["g:compute.password"]
#   message: "the password policy does not ask for {minimum} kinds of characters"
#   message_zh: "口令策略未要求包含 {minimum} 种以上字符"
#   remediation:
#     en: Ask for upper case, lower case, digits and symbols in the account's password policy.
#     zh: 在账号口令策略中勾选大写字母、小写字母、数字和特殊字符。
#     aws: >-
#       IAM > Account settings > Password policy > Edit > Custom, or aws iam update-account-password-policy
#       --require-uppercase-characters --require-lowercase-characters --require-numbers --require-symbols with the other
#       settings repeated.
#     aws_zh: >-
#       IAM > 账户设置 > 密码策略 > 编辑 > 自定义，或执行 aws iam update-account-password-policy --require-uppercase-characters
#       --require-lowercase-characters --require-numbers --require-symbols，其余设置须一并填写。
#     azure: >-
#       Microsoft Entra ID asks for three of four kinds for cloud accounts; synchronised accounts follow the domain's
#       policy: Set-ADDefaultDomainPasswordPolicy -ComplexityEnabled $true
#     azure_zh: >-
#       Microsoft Entra ID 要求云账户口令包含四种字符中的三种；同步账户遵循本地域策略：Set-ADDefaultDomainPasswordPolicy -ComplexityEnabled $true。
#     aliyun: >-
#       RAM console > Identities > Settings > Password Strength > Edit: tick the required elements, or
#       aliyun ims SetPasswordPolicy --RequireUppercaseCharacters true --RequireLowercaseCharacters true
#       --RequireNumbers true --RequireSymbols true with the other settings repeated.
#     aliyun_zh: >-
#       RAM 控制台 > 身份管理 > 设置 > 密码强度 > 编辑：勾选密码中必须包含的元素，或执行 aliyun ims SetPasswordPolicy --RequireUppercaseCharacters true
#       --RequireLowercaseCharacters true --RequireNumbers true --RequireSymbols true，其余设置须一并填写。
#     terraform: >-
#       aws_iam_account_password_policy and alicloud_ram_account_password_policy: require_uppercase_characters,
#       require_lowercase_characters, require_numbers, require_symbols = true
#     terraform_zh: >-
#       aws_iam_account_password_policy 和 alicloud_ram_account_password_policy 的 require_uppercase_characters,
#       require_lowercase_characters, require_numbers, require_symbols = true
#   references: ["GB/T 22239-2019 8.1.4.1 a", "Alibaba Cloud Config: ram-password-require-char-check"]
package mlps.checks.identity.password_complexity

_minimum := 3

deny contains {"at": "password_policy", "args": {"minimum": _minimum}} if {
	input.facts.password_policy == null
}

deny contains {"at": "password_policy/character_kinds", "args": {"minimum": _minimum}} if {
	input.facts.password_policy.character_kinds < _minimum
}
