# METADATA
# title: Passwords expire
# description: >-
#   A password that leaked unnoticed stays useful until it is changed. Passwords are changed within 90 days, within
#   180 days at level 1.
# custom:
#   id: identity-password-age
#   title_zh: 口令定期更换
#   description_zh: 口令泄露后在更换之前一直可用。口令有效期不超过 90 天，一级系统不超过 180 天；永不过期视为不符合。
#   targets: [account.identity]
#   facts: [password_policy.max_age_days]
#   severity: medium
#   items: ["g:compute.password"]
#   message: "the password policy does not make passwords expire within {limit} days"
#   message_zh: "口令策略未要求口令在 {limit} 天内更换"
#   remediation:
#     en: Let passwords expire within the limit; warn users before the first ones do.
#     zh: 在账号口令策略中设置口令有效期，并提前通知用户。
#     aws: >-
#       aws iam update-account-password-policy --max-password-age 90 with the other settings repeated, or IAM >
#       Account settings > Password policy > Turn on password expiration.
#     aws_zh: >-
#       执行 aws iam update-account-password-policy --max-password-age 90（其余设置须一并填写），或 IAM > 账户设置 > 密码策略 > 启用密码过期。
#     azure: >-
#       Microsoft 365 admin centre > Settings > Org settings > Security & privacy > Password expiration policy, or
#       az rest --method patch --url https://graph.microsoft.com/v1.0/domains/DOMAIN (in China
#       https://microsoftgraph.chinacloudapi.cn) --body '{"passwordValidityPeriodInDays":90}'
#     azure_zh: >-
#       Microsoft 365 管理中心 > 设置 > 组织设置 > 安全和隐私 > 密码过期策略，或执行 az rest --method patch --url
#       https://graph.microsoft.com/v1.0/domains/DOMAIN（中国为 https://microsoftgraph.chinacloudapi.cn）--body
#       '{"passwordValidityPeriodInDays":90}'。
#     aliyun: >-
#       RAM console > Identities > Settings > Password Strength > Edit: validity period 90 days, or aliyun ims
#       SetPasswordPolicy --MaxPasswordAge 90 with the other settings repeated; CloudSSO: aliyun cloudsso
#       SetPasswordPolicy --DirectoryId DIRECTORY --MaxPasswordAge 90
#     aliyun_zh: >-
#       RAM 控制台 > 身份管理 > 设置 > 密码强度 > 编辑：密码有效期 90 天，或执行 aliyun ims SetPasswordPolicy --MaxPasswordAge 90，其余设置须一并填写；云
#       SSO 执行 aliyun cloudsso SetPasswordPolicy --DirectoryId DIRECTORY --MaxPasswordAge 90。
#     terraform: >-
#       aws_iam_account_password_policy.max_password_age = 90;
#       alicloud_ram_account_password_policy.max_password_age = 90
#   references: ["GB/T 22239-2019 8.1.4.1 a", "Alibaba Cloud Config: ram-password-max-age-check"]
package mlps.checks.identity.password_age

_limit := {1: 180, 2: 90, 3: 90, 4: 90}[input.level]

deny contains {"at": "password_policy", "args": {"limit": _limit}} if {
	input.facts.password_policy == null
}

deny contains {"at": "password_policy/max_age_days", "args": {"limit": _limit}} if {
	input.facts.password_policy.max_age_days > _limit
}

# Null, or 0 as some clouds write it: a password never expires.
deny contains {"at": "password_policy/max_age_days", "args": {"limit": _limit}} if {
	input.facts.password_policy.max_age_days in {null, 0}
}
