# METADATA
# title: Sign-in sessions end
# description: >-
#   A session that never ends is a door left open. Console sessions end within 12 hours, within 8 from level 2
#   on and within 4 at level 4.
# custom:
#   id: identity-session
#   title_zh: 登录会话超时自动退出
#   description_zh: 登录连接超时应自动退出。控制台登录会话时长一级不超过 12 小时，二、三级不超过 8 小时，四级不超过 4 小时。
#   targets: [account.identity]
#   facts: [session_max_minutes]
#   severity: low
#   items: ["g:compute.login-failure"]
#   message: "sign-in sessions last {minutes} minutes, longer than {limit}"
#   message_zh: "登录会话最长 {minutes} 分钟，超过 {limit} 分钟"
#   not_offered:
#     - cloud: aws
#       en: >-
#         IAM has no setting for the length of a console session: limit the maximum session duration of roles,
#         or sign in through an identity provider with its own limit.
#       zh: IAM 不提供控制台会话时长设置，应限制角色的最大会话时长，或通过自带会话时长控制的身份提供商登录。
#     - cloud: aws-cn
#       en: >-
#         IAM has no setting for the length of a console session: limit the maximum session duration of roles,
#         or sign in through an identity provider with its own limit.
#       zh: IAM 不提供控制台会话时长设置，应限制角色的最大会话时长，或通过自带会话时长控制的身份提供商登录。
#   remediation:
#     en: Shorten the sign-in session.
#     zh: 缩短登录会话时长。
#     aws: >-
#       IAM > Roles > the role > Edit > Maximum session duration, or aws iam update-role --role-name ROLE
#       --max-session-duration 28800 for the roles that people assume; IAM Identity Center > Permission sets > the set >
#       Session duration, or aws sso-admin update-permission-set --instance-arn INSTANCE --permission-set-arn SET
#       --session-duration PT8H, then aws sso-admin provision-permission-set.
#     aws_zh: >-
#       IAM > 角色 > 该角色 > 编辑 > 最长会话持续时间，或对人员所扮演的角色执行 aws iam update-role --role-name ROLE --max-session-duration
#       28800；IAM Identity Center > 权限集 > 该权限集 > 会话持续时间，或执行 aws sso-admin update-permission-set --instance-arn INSTANCE
#       --permission-set-arn SET --session-duration PT8H，再执行 aws sso-admin provision-permission-set。
#     azure: >-
#       Microsoft Entra admin centre > Protection > Conditional Access > the policy > Session > Sign-in frequency: 8
#       hours, or az rest --method patch --url
#       https://graph.microsoft.com/v1.0/identity/conditionalAccess/policies/ID (in China
#       https://microsoftgraph.chinacloudapi.cn) --body with sessionControls.signInFrequency.
#     azure_zh: >-
#       Microsoft Entra 管理中心 > 保护 > 条件访问 > 该策略 > 会话 > 登录频率：8 小时，或执行 az rest --method patch --url
#       https://graph.microsoft.com/v1.0/identity/conditionalAccess/policies/ID（中国为
#       https://microsoftgraph.chinacloudapi.cn），在 --body 中设置 sessionControls.signInFrequency。
#     aliyun: >-
#       RAM console > Identities > Settings > User Security > session duration, or aliyun ims
#       SetSecurityPreference --LoginSessionDuration 8
#     aliyun_zh: >-
#       RAM 控制台 > 身份管理 > 设置 > 用户安全 > 登录会话的过期时间，或执行 aliyun ims SetSecurityPreference --LoginSessionDuration 8。
#     terraform: >-
#       alicloud_ram_security_preference.login_session_duration = 8; aws_iam_role.max_session_duration;
#       azuread_conditional_access_policy session_controls.sign_in_frequency
#   references:
#     - GB/T 22239-2019 8.1.4.1 b
package mlps.checks.identity.session

_limit := {1: 720, 2: 480, 3: 480, 4: 240}[input.level]

# Null: a cloud that has no such setting.
applies if is_number(input.facts.session_max_minutes)

deny contains {"at": "session_max_minutes", "args": {"minutes": minutes, "limit": _limit}} if {
	minutes := input.facts.session_max_minutes
	minutes > _limit
}
