# METADATA
# title: Failed sign-ins lock the account
# description: >-
#   Guessing passwords ends after a few failures: sign-in is refused for a while. Not asked where a cloud has no
#   such setting of its own.
# custom:
#   id: identity-lockout
#   title_zh: 登录失败处理策略已启用
#   description_zh: 应启用登录失败处理功能，连续登录失败达到限定次数后锁定账号或延迟登录。云平台未提供该设置时不适用。
#   targets: [account.identity]
#   facts: [password_policy.lockout_attempts]
#   severity: medium
#   items: ["g:compute.login-failure"]
#   message: "sign-in is not locked after {limit} failures: {found}"
#   message_zh: "登录失败超过 {limit} 次后未锁定，当前设置为 {found}"
#   remediation:
#     en: Lock sign-in after at most five failures.
#     zh: 将登录失败锁定阈值设置为不超过 5 次。
#     aws: >-
#       AWS throttles console sign-in itself and offers no setting: IAM > Identity providers > Add provider, or aws iam
#       create-saml-provider --name NAME --saml-metadata-document file://metadata.xml, for a provider that locks
#       accounts.
#     aws_zh: >-
#       AWS 自行对控制台登录限速，不提供该设置；应接入支持账号锁定的身份提供商：IAM > 身份提供商 > 添加提供商，或执行 aws iam create-saml-provider --name NAME
#       --saml-metadata-document file://metadata.xml。
#     azure: >-
#       Microsoft Entra admin centre > Protection > Authentication methods > Password protection > Lockout threshold: 5,
#       or az rest --method patch --url https://graph.microsoft.com/v1.0/groupSettings/ID (in China
#       https://microsoftgraph.chinacloudapi.cn) --body with LockoutThreshold 5 of "Password Rule Settings".
#     azure_zh: >-
#       Microsoft Entra 管理中心 > 保护 > 身份验证方法 > 密码保护 > 锁定阈值：5，或执行 az rest --method patch --url
#       https://graph.microsoft.com/v1.0/groupSettings/ID（中国为 https://microsoftgraph.chinacloudapi.cn），在 --body 中将
#       "Password Rule Settings" 的 LockoutThreshold 设为 5。
#     aliyun: >-
#       RAM console > Identities > Settings > Password Strength > Edit: maximum logon attempts 5, or aliyun ims
#       SetPasswordPolicy --MaxLoginAttemps 5 (spelled so) with the other settings repeated; CloudSSO: aliyun cloudsso
#       SetPasswordPolicy --DirectoryId DIRECTORY --MaxLoginAttempts 5.
#     aliyun_zh: >-
#       RAM 控制台 > 身份管理 > 设置 > 密码强度 > 编辑：密码重试约束 5 次，或执行 aliyun ims SetPasswordPolicy --MaxLoginAttemps
#       5（参数名拼写如此），其余设置须一并填写；云 SSO 执行 aliyun cloudsso SetPasswordPolicy --DirectoryId DIRECTORY --MaxLoginAttempts 5。
#     terraform: >-
#       alicloud_ram_account_password_policy.max_login_attempts = 5; the providers aws and azurerm have no such argument
#     terraform_zh: alicloud_ram_account_password_policy.max_login_attempts = 5; aws 和 azurerm 没有相应参数
#   references:
#     - GB/T 22239-2019 8.1.4.1 b
#     - "Alibaba Cloud Config: ram-password-max-login-attemps-check"
package mlps.checks.identity.lockout

_limit := {1: 10, 2: 5, 3: 5, 4: 5}[input.level]

# AWS has no such setting; a missing policy says nothing about it.
applies if is_number(input.facts.password_policy.lockout_attempts)

deny contains {"at": "password_policy/lockout_attempts", "args": {"limit": _limit, "found": attempts}} if {
	attempts := input.facts.password_policy.lockout_attempts
	attempts > _limit
}

# 0: any number of failures is taken.
deny contains {"at": "password_policy/lockout_attempts", "args": {"limit": _limit, "found": 0}} if {
	input.facts.password_policy.lockout_attempts == 0
}
