# METADATA
# title: Users who sign in to the console have multi-factor authentication
# description: >-
#   A password alone can be guessed, reused or phished. From level 3 on, two kinds of authentication are combined, one
#   of them cryptographic: an app or device that computes codes, or a security key. A code by text message or mail is
#   not.
# custom:
#   id: identity-user-mfa
#   title_zh: 可登录控制台的用户启用多因素认证
#   description_zh: 仅凭口令易被猜解、复用或钓鱼。三级起应采用两种以上组合的鉴别技术，且其中至少一种使用密码技术（动态口令应用、硬件令牌或安全密钥）；仅以短信或邮件验证码作为第二因素的不符合要求。
#   targets: [identity.user]
#   facts: [console, mfa, mfa_kinds, enabled]
#   severity: high
#   items: ["g:compute.mfa", "g:management.security-admin"]
#   message: "the user signs in to the console without a cryptographic second factor (second factors: {factors})"
#   message_zh: "该用户登录控制台未使用基于密码技术的第二因素（第二因素：{factors}）"
#   words_zh:
#     factors: {"-": 无, email: 邮件, sms: 短信}
#   remediation:
#     en: Bind an MFA device to the user, or take its console password away if it does not need one.
#     zh: 为该用户绑定多因素认证设备；无需登录控制台的，关闭其控制台登录。
#     aws: >-
#       IAM > Users > the user > Security credentials > Assign MFA device, or aws iam enable-mfa-device --user-name USER
#       --serial-number ARN --authentication-code1 C1 --authentication-code2 C2; without need for the console: aws iam
#       delete-login-profile --user-name USER
#     aws_zh: >-
#       IAM > 用户 > 该用户 > 安全凭证 > 分配 MFA 设备，或执行 aws iam enable-mfa-device --user-name USER --serial-number ARN
#       --authentication-code1 C1 --authentication-code2 C2；无需登录控制台的，执行 aws iam delete-login-profile --user-name USER。
#     azure: >-
#       Microsoft Entra admin centre > Protection > Conditional Access > New policy: all users, all cloud apps, grant
#       "Require multifactor authentication", or az rest --method post --url
#       https://graph.microsoft.com/v1.0/identity/conditionalAccess/policies (in China
#       https://microsoftgraph.chinacloudapi.cn) --body with grantControls.builtInControls mfa; switch SMS and voice off
#       under Authentication methods > Policies.
#     azure_zh: >-
#       Microsoft Entra 管理中心 > 保护 > 条件访问 > 新建策略：所有用户、所有云应用，授予“需要多重身份验证”，或执行 az rest --method post --url
#       https://graph.microsoft.com/v1.0/identity/conditionalAccess/policies（中国为
#       https://microsoftgraph.chinacloudapi.cn），在 --body 中将 grantControls.builtInControls 设为 mfa；并在身份验证方法 > 策略中关闭短信和语音。
#     aliyun: >-
#       RAM console > Identities > Users > the user > Authentication > enable an MFA device, or aliyun ims
#       UpdateLoginProfile --UserPrincipalName USER --MFABindRequired true; for all RAM users Identities > Settings,
#       or aliyun ims SetSecurityPreference --MFAOperationForLogin mandatory; for users of CloudSSO aliyun cloudsso
#       UpdateMFAAuthenticationSettings --DirectoryId DIRECTORY --MFAAuthenticationSettings Enabled.
#     aliyun_zh: >-
#       RAM 控制台 > 身份管理 > 用户 > 该用户 > 认证管理 > 绑定 MFA 设备，或执行 aliyun ims UpdateLoginProfile --UserPrincipalName USER
#       --MFABindRequired true；对全部 RAM 用户：身份管理 > 设置，或执行 aliyun ims SetSecurityPreference --MFAOperationForLogin
#       mandatory；对云 SSO 用户执行 aliyun cloudsso UpdateMFAAuthenticationSettings --DirectoryId DIRECTORY
#       --MFAAuthenticationSettings Enabled。
#     terraform: >-
#       aws_iam_virtual_mfa_device; azuread_conditional_access_policy with built_in_controls = ["mfa"];
#       alicloud_ram_login_profile with mfa_bind_required = true
#     terraform_zh: >-
#       aws_iam_virtual_mfa_device; azuread_conditional_access_policy 的 built_in_controls = ["mfa"];
#       alicloud_ram_login_profile 的 mfa_bind_required = true
#   references: ["GB/T 22239-2019 8.1.4.1 d", "Alibaba Cloud Config: ram-user-mfa-check"]
package mlps.checks.identity.user_mfa

applies if _signs_in

# Codes that are sent, not computed.
_sent := {"sms", "email"}

deny contains {"at": "mfa", "args": {"factors": "-"}} if {
	_signs_in
	input.facts.mfa == false
}

deny contains {"at": "mfa_kinds", "args": {"factors": concat(", ", kinds)}} if {
	_signs_in
	input.facts.mfa == true
	kinds := input.facts.mfa_kinds
	count(kinds) > 0
	every kind in kinds {
		kind in _sent
	}
}

# A disabled user, or one without a password, cannot sign in to the console.
_signs_in if {
	input.facts.console == true
	input.facts.enabled == true
}
