# METADATA
# title: Users who sign in to the console have multi-factor authentication
# description: >-
#   A password alone can be guessed, reused or phished. From level 3 on, two kinds of authentication are combined,
#   one of them cryptographic.
# custom:
#   id: identity-user-mfa
#   title_zh: 可登录控制台的用户启用多因素认证
#   description_zh: 仅凭口令易被猜解、复用或钓鱼。三级起应采用两种以上组合的鉴别技术，且其中至少一种使用密码技术。
#   targets: [identity.user]
#   facts: [console, mfa, enabled]
#   severity: high
#   items: ["g:compute.mfa"]
#   message: "the user can sign in to the console with a password alone"
#   message_zh: "该用户仅凭口令即可登录控制台，未启用多因素认证"
#   remediation:
#     en: Bind an MFA device to the user, or take its console password away if it does not need one.
#     zh: 为该用户绑定多因素认证设备；无需登录控制台的，关闭其控制台登录。
#     aws: >-
#       aws iam enable-mfa-device --user-name USER --serial-number ARN --authentication-code1 C1
#       --authentication-code2 C2; without need for the console: aws iam delete-login-profile --user-name USER
#     azure: >-
#       Microsoft Entra admin centre > Protection > Conditional Access > New policy: all users, all cloud apps, grant
#       "Require multifactor authentication".
#     aliyun: >-
#       RAM console > Identities > Users > the user > Authentication > enable an MFA device, and Identities > Settings:
#       require MFA for sign-in of all RAM users.
#     terraform: >-
#       aws_iam_virtual_mfa_device; azuread_conditional_access_policy with built_in_controls = ["mfa"];
#       alicloud_ram_login_profile with mfa_bind_required = true
#   references: ["GB/T 22239-2019 8.1.4.1 d", "Alibaba Cloud Config: ram-user-mfa-check"]
package mlps.checks.identity.user_mfa

applies if _signs_in

deny contains {"at": "mfa", "args": {}} if {
	_signs_in
	input.facts.mfa == false
}

# A disabled user, or one without a password, cannot sign in to the console.
_signs_in if {
	input.facts.console == true
	input.facts.enabled == true
}
